//! What a typed line can become, and from where on it is secret. From the transition table and what the server announced;
//! hides nothing itself.

use popglass_protocol::{
    command::CommandName,
    grammar::{self, Argument, Role},
    secrecy,
    state::State,
    types::MessageNumber,
};

use crate::{
    route, texts,
    words::{Completion, Language, Situation, Way},
};

/// Message numbers that are offered at once.
pub const NUMBERS_MAX: usize = 20;

/// Tells what a typed line can become in a situation: commands that may be given there, then their arguments.
#[must_use]
pub fn completions(language: Language, situation: &Situation, typed: &str) -> Vec<Completion> {
    if situation.exchange {
        return Vec::new();
    }
    let texts = texts::of(language);
    let offered = |command: &CommandName| is_offered(situation, *command);
    let commands: Vec<CommandName> = route::allowed(situation.state).into_iter().filter(offered).collect();
    let Some((keyword, _)) = typed.split_once(' ') else {
        return keywords(&commands, typed)
            .into_iter()
            .map(|command| {
                let (takes, needed) = takes(command);
                let keyword = command.keyword();
                let text = if needed > 0 { format!("{keyword} ") } else { keyword.to_owned() };
                let (syntax, what) = (syntax(language, takes, needed), (texts.command)(command).to_owned());
                Completion { text, takes: takes.to_vec(), syntax, what }
            })
            .collect();
    };
    let Some(command) = keywords(&commands, keyword).into_iter().find(|name| name.keyword().len() == keyword.len())
    else {
        return Vec::new();
    };
    let (before, begun) = typed.rsplit_once(' ').unwrap_or((typed, ""));
    let place = before.split(' ').count() - 1;
    let (takes, needed) = takes(command);
    let Some((&argument, behind)) = takes.get(place..).and_then(<[Argument]>::split_first) else { return Vec::new() };
    values(situation, command, argument)
        .into_iter()
        .filter(|value| value.get(..begun.len()).is_some_and(|front| front.eq_ignore_ascii_case(begun)))
        .map(|value| {
            let blank = if needed > place + 1 { " " } else { "" };
            Completion {
                text: format!("{before} {value}{blank}"),
                takes: behind.to_vec(),
                syntax: syntax(language, behind, needed.saturating_sub(place + 1)),
                what: (texts.value)(command, argument, &value),
            }
        })
        .collect()
}

/// Whether what is typed next is a secret.
#[must_use]
pub fn wants_secret(situation: &Situation, typed: &str) -> bool {
    secret_from(situation, typed).is_some()
}

/// Tells from which octet on a typed line shall be masked; it begins a character. Nothing if nowhere, or not yet.
#[must_use]
pub fn secret_from(situation: &Situation, typed: &str) -> Option<usize> {
    if situation.exchange {
        return Some(0);
    }
    // A blank in front is a mistake that must not show a password.
    let front = typed.len() - typed.trim_ascii_start().len();
    let line = typed.get(front..).unwrap_or_default();
    let tokens = grammar::command_tokens(line.as_bytes());
    let awaited = |argument: Argument| argument.is_secret() && line.ends_with(' ');
    let begins = tokens.iter().find(|token| match token.role {
        Role::Missing(argument) => awaited(argument),
        role => role.is_secret(),
    });
    let mechanism_told = matches!(
        tokens.as_slice(),
        [keyword, _, mechanism, blank]
            if keyword.role == Role::Keyword(CommandName::Auth)
                && mechanism.role == Role::Argument(Argument::Mechanism)
                && blank.role == Role::Space
    );
    let begins = begins.map(|token| token.range.start).or(mechanism_told.then_some(line.len()));
    // Where the grammar sees no secret there may be one all the same: the transcript masks it by the same rule.
    let begins = begins.or_else(|| secrecy::secret_from(line));
    // Behind USER the password is due, and it may come without its keyword.
    let begins = begins.or_else(|| (situation.state == State::UserGiven && is_no_keyword(line)).then_some(0))?;
    Some(front + begins)
}

/// No command begins so.
fn is_no_keyword(line: &str) -> bool {
    let word = line.split_ascii_whitespace().next().unwrap_or_default();
    let is_whole = word.len() < line.len();
    let begins = |name: &CommandName| {
        let front = name.keyword().get(..word.len());
        front.is_some_and(|front| front.eq_ignore_ascii_case(word)) && (!is_whole || name.keyword().len() == word.len())
    };
    !word.is_empty() && !CommandName::ALL.iter().any(begins)
}

/// Commands whose keyword begins so, each keyword once.
fn keywords(commands: &[CommandName], begun: &str) -> Vec<CommandName> {
    let mut found: Vec<CommandName> = Vec::new();
    for &command in commands {
        let begins = command.keyword().get(..begun.len()).is_some_and(|front| front.eq_ignore_ascii_case(begun));
        if begins && !found.iter().any(|other| other.keyword() == command.keyword()) {
            found.push(command);
        }
    }
    found
}

/// As the grammar has it; AUTH alone, from before CAPA, is nothing to offer arguments as optional for.
fn takes(command: CommandName) -> (&'static [Argument], usize) {
    let (takes, needed) = grammar::takes(command);
    if command == CommandName::Auth { (takes, 1) } else { (takes, needed) }
}

/// Not what the server will refuse for certain, or is not known to offer.
fn is_offered(situation: &Situation, command: CommandName) -> bool {
    let announced = situation.announced();
    let has = |known: bool| announced.is_none() || known;
    let list = announced.clone().unwrap_or_default();
    match command {
        CommandName::Stls => situation.way != Way::Tls && has(list.stls),
        CommandName::Apop => situation.stamp,
        CommandName::User => has(list.user),
        CommandName::Auth | CommandName::AuthList => has(list.sasl.is_some()),
        CommandName::Top => has(list.top),
        CommandName::Uidl | CommandName::UidlOne => has(list.uidl),
        CommandName::Utf8 => has(list.utf8.is_some()),
        CommandName::Lang | CommandName::LangOne => has(list.lang),
        _ => true,
    }
}

/// What an argument can be.
fn values(situation: &Situation, command: CommandName, argument: Argument) -> Vec<String> {
    match argument {
        Argument::MessageNumber => (1..=situation.messages.unwrap_or(0))
            .filter_map(MessageNumber::new)
            .filter(|number| !situation.marked.contains(number))
            .take(NUMBERS_MAX)
            .map(|number| number.to_string())
            .collect(),
        Argument::LineCount if command == CommandName::Top => vec!["0".into(), "10".into()],
        Argument::Mechanism => {
            let announced = situation.announced().and_then(|announced| announced.sasl).unwrap_or_default();
            announced.iter().map(|name| name.as_str().to_owned()).collect()
        }
        Argument::LanguageTag => vec!["*".into(), "en".into(), "de".into()],
        Argument::Keyword
        | Argument::UserName
        | Argument::Password
        | Argument::Digest
        | Argument::InitialResponse
        | Argument::LineCount => Vec::new(),
    }
}

/// `n k`, and in brackets what can be left out.
fn syntax(language: Language, takes: &[Argument], needed: usize) -> String {
    let short = texts::of(language).argument_short;
    let words = takes.iter().enumerate().map(|(place, &argument)| match place < needed {
        true => short(argument).to_owned(),
        false => format!("[{}]", short(argument)),
    });
    words.collect::<Vec<_>>().join(" ")
}
