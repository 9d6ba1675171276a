//! What a line will do, told before it is sent: from the transition table where it is about states, from what is known
//! of the session elsewhere. Knows no sentence; the texts have one for every [`Prospect`].

use std::str;

use popglass_protocol::{
    capability::Capabilities,
    codec::request::{BadRequest, parse_request},
    command::{Command, CommandName},
    grammar::{self, Argument, Fault, Role},
    limits,
    sasl::{Mechanism, MechanismName},
    state::{State, transition},
    types::{MessageNumber, printable},
};

use crate::{
    route, texts,
    words::{Forecast, Language, Situation, Verdict, Way},
};

/// Letters that may be wrong in a keyword that was probably meant.
const TYPOS_MAX: usize = 1;

/// Octets of a word that is compared with the keywords.
const KEYWORD_OCTETS_MAX: usize = 8;

/// What is to be said of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Prospect {
    Nothing,
    TooLong {
        octets: usize,
    },
    SeveralLines,
    Response {
        cancels: bool,
    },
    /// The server has not greeted yet.
    TooEarly,
    /// The session is over, or about to be.
    Over,
    Unknown {
        keyword: String,
        meant: Option<CommandName>,
    },
    Foreign {
        keyword: String,
        neighbour: Neighbour,
    },
    NoKeyword,
    Wrong {
        command: CommandName,
        argument: Argument,
        fault: Fault,
    },
    Missing {
        command: CommandName,
        argument: Argument,
    },
    Extra {
        command: CommandName,
    },
    Misplaced {
        command: CommandName,
        state: State,
        ways: Vec<Vec<CommandName>>,
        allowed: Vec<CommandName>,
    },
    NoSuchMessage {
        number: MessageNumber,
        count: u32,
    },
    MarkedAlready {
        command: CommandName,
        number: MessageNumber,
    },
    NotAnnounced {
        command: CommandName,
    },
    TlsStands,
    NoStamp,
    MechanismNotAnnounced {
        mechanism: String,
        announced: Vec<String>,
    },
    Does(Box<Deed>),
}

/// A command that may be given, and what it meets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Deed {
    pub(crate) command: Command,
    pub(crate) state: State,
    pub(crate) marked: Vec<MessageNumber>,
    /// How many messages are not marked, if that is known.
    pub(crate) unmarked: Option<u32>,
}

/// Whose words a line may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Neighbour {
    Smtp,
    Imap,
    Http,
    /// POP3 as it once was.
    OlderPop3,
}

/// What whoever listens would have of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exposure {
    pub(crate) kind: Exposed,
    /// TLS could be started first.
    pub(crate) stls: bool,
}

/// See [`Exposure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exposed {
    /// The password itself, with this line.
    Password,
    /// The password itself, with the next line.
    PasswordNext,
    /// Something to try passwords against.
    Guessable,
    /// Whatever the response holds.
    Response,
}

/// Tells what a typed line will do in a situation, before it is sent. A line end may be there or not.
#[must_use]
pub fn forecast(language: Language, situation: &Situation, typed: &[u8]) -> Forecast {
    let texts = &texts::of(language).forecast;
    let content = without_line_end(typed);
    let (verdict, prospect) = judge(situation, content);
    let exposure = exposure(situation, content, &prospect);
    let (undo, leads_to) = match &prospect {
        Prospect::Does(deed) => ((texts.undo)(deed), leads_to(deed)),
        _ => (None, None),
    };
    Forecast {
        verdict,
        what: (texts.what)(&prospect),
        undo,
        warning: exposure.map(|exposure| (texts.warning)(exposure)),
        leads_to,
        rfc: rfc(&prospect).into(),
    }
}

pub(crate) fn without_line_end(typed: &[u8]) -> &[u8] {
    let content = typed.strip_suffix(b"\n").unwrap_or(typed);
    content.strip_suffix(b"\r").unwrap_or(content)
}

fn judge(situation: &Situation, content: &[u8]) -> (Verdict, Prospect) {
    if situation.exchange {
        return (Verdict::Response, Prospect::Response { cancels: content == b"*" });
    }
    if content.is_empty() {
        return (Verdict::Nothing, Prospect::Nothing);
    }
    match situation.state {
        State::Update | State::Closed => return (Verdict::Refused, Prospect::Over),
        State::Greeting => return (Verdict::Depends, Prospect::TooEarly),
        State::Authorization | State::UserGiven | State::Transaction => {}
    }
    if content.iter().any(|octet| matches!(octet, b'\r' | b'\n' | 0)) {
        return (Verdict::Depends, Prospect::SeveralLines);
    }
    let octets = content.len() + "\r\n".len();
    if octets > limits::COMMAND_LINE_OCTETS_MAX {
        return (Verdict::Refused, Prospect::TooLong { octets });
    }
    match parse_request(content) {
        Ok(command) => in_state(situation, command),
        Err(BadRequest::Unknown) => unknown(situation, content),
        Err(BadRequest::Arguments(_)) => (Verdict::Refused, bad_arguments(content)),
    }
}

fn unknown(situation: &Situation, content: &[u8]) -> (Verdict, Prospect) {
    let keyword = content.split(|&octet| octet == b' ').next().unwrap_or_default();
    // What is masked in the field is not to be read below it.
    let is_secret =
        crate::secret_from(situation, &String::from_utf8_lossy(content)).is_some_and(|from| from < keyword.len());
    if keyword.is_empty() || is_secret {
        return (Verdict::Refused, Prospect::NoKeyword);
    }
    let keyword = printable(keyword).to_ascii_uppercase();
    let prospect = match neighbour(&keyword) {
        Some(neighbour) => Prospect::Foreign { keyword, neighbour },
        None => Prospect::Unknown { meant: meant(&keyword), keyword },
    };
    (Verdict::Unknown, prospect)
}

/// What `grammar` finds wrong first: it and `codec` find the same.
fn bad_arguments(content: &[u8]) -> Prospect {
    let tokens = grammar::command_tokens(content);
    let command = tokens.iter().find_map(|token| match token.role {
        Role::Keyword(command) => Some(command),
        _ => None,
    });
    let found = command.and_then(|command| {
        tokens.iter().find_map(|token| match token.role {
            Role::Wrong(argument, fault) => Some(Prospect::Wrong { command, argument, fault }),
            Role::Missing(argument) => Some(Prospect::Missing { command, argument }),
            Role::Extra => Some(Prospect::Extra { command }),
            _ => None,
        })
    });
    found.unwrap_or(Prospect::NoKeyword)
}

fn in_state(situation: &Situation, command: Command) -> (Verdict, Prospect) {
    let (name, state) = (command.name(), situation.state);
    if transition(state, name).is_none() {
        let ways = route::home(name).map(|home| route::ways(state, home)).unwrap_or_default();
        return (Verdict::Refused, Prospect::Misplaced { command: name, state, ways, allowed: route::allowed(state) });
    }
    if let Some(obstacle) = obstacle(situation, &command) {
        return obstacle;
    }
    let marked = situation.marked.clone();
    let unmarked =
        situation.messages.map(|count| count.saturating_sub(u32::try_from(marked.len()).unwrap_or(u32::MAX)));
    let verdict = verdict(situation, &command);
    (verdict, Prospect::Does(Box::new(Deed { command, state, marked, unmarked })))
}

/// Why a command that may be given here will not do.
fn obstacle(situation: &Situation, command: &Command) -> Option<(Verdict, Prospect)> {
    let refused = |prospect| Some((Verdict::Refused, prospect));
    let name = command.name();
    if let Some(number) = command.number() {
        if let Some(count) = situation.messages.filter(|&count| number.as_u32() > count) {
            return refused(Prospect::NoSuchMessage { number, count });
        }
        if situation.marked.contains(&number) {
            return refused(Prospect::MarkedAlready { command: name, number });
        }
    }
    let announced = situation.announced();
    let lacks = |has: fn(&Capabilities) -> bool| announced.as_ref().is_some_and(|announced| !has(announced));
    let not_announced = Some((Verdict::Depends, Prospect::NotAnnounced { command: name }));
    match command {
        Command::Stls if situation.way == Way::Tls => refused(Prospect::TlsStands),
        Command::Stls if lacks(|announced| announced.stls) => refused(Prospect::NotAnnounced { command: name }),
        Command::Apop { .. } if !situation.stamp => refused(Prospect::NoStamp),
        Command::Top { .. } if lacks(|announced| announced.top) => not_announced,
        Command::Uidl(_) if lacks(|announced| announced.uidl) => not_announced,
        Command::User(_) if lacks(|announced| announced.user) => not_announced,
        Command::Utf8 if lacks(|announced| announced.utf8.is_some()) => not_announced,
        Command::Lang(_) if lacks(|announced| announced.lang) => not_announced,
        Command::Auth { mechanism, .. } => mechanism_obstacle(announced.as_ref()?, mechanism),
        _ => None,
    }
}

fn mechanism_obstacle(announced: &Capabilities, mechanism: &MechanismName) -> Option<(Verdict, Prospect)> {
    let names = announced.sasl.as_deref().unwrap_or_default();
    if names.contains(mechanism) {
        return None;
    }
    let announced = names.iter().map(|name| name.as_str().to_owned()).collect();
    let mechanism = mechanism.as_str().to_owned();
    Some((Verdict::Depends, Prospect::MechanismNotAnnounced { mechanism, announced }))
}

/// Of a command that nothing stands in the way of.
fn verdict(situation: &Situation, command: &Command) -> Verdict {
    let known = situation.capabilities.is_some();
    let works = match command {
        // The answer hangs on a secret, or on what the server has.
        Command::Pass(_) | Command::Apop { .. } | Command::Auth { .. } | Command::AuthList | Command::Lang(Some(_)) => {
            false
        }
        Command::Top { .. } => known && situation.messages.is_some(),
        Command::Retr(_) | Command::Dele(_) | Command::List(Some(_)) => situation.messages.is_some(),
        Command::Uidl(number) => known && (number.is_none() || situation.messages.is_some()),
        Command::User(_) | Command::Capa | Command::Stls | Command::Utf8 | Command::Lang(None) => known,
        Command::Stat | Command::List(None) | Command::Rset | Command::Noop | Command::Quit => true,
    };
    if works { Verdict::Works } else { Verdict::Depends }
}

fn leads_to(deed: &Deed) -> Option<State> {
    transition(deed.state, deed.command.name()).map(|row| row.on_ok).filter(|&state| state != deed.state)
}

/// What a listener would have. Also of lines that will be refused: they travel all the same.
fn exposure(situation: &Situation, content: &[u8], prospect: &Prospect) -> Option<Exposure> {
    if situation.way != Way::Clear {
        return None;
    }
    let secret = grammar::command_tokens(content).iter().any(|token| token.role.is_secret());
    let word =
        |place: usize| content.split(|&octet| octet == b' ').nth(place).and_then(|word| str::from_utf8(word).ok());
    let mechanism = word(1).and_then(Mechanism::of_name);
    let is = |keyword: &str| word(0).is_some_and(|word| word.eq_ignore_ascii_case(keyword));
    let kind = match prospect {
        Prospect::Response { cancels: false } => Exposed::Response,
        Prospect::Response { cancels: true } => return None,
        _ if is("PASS") && secret => Exposed::Password,
        _ if is("APOP") && secret => Exposed::Guessable,
        _ if is("AUTH") => match mechanism {
            Some(mechanism) if mechanism.exposes_secret() && secret => Exposed::Password,
            Some(mechanism) if mechanism.exposes_secret() => Exposed::PasswordNext,
            Some(Mechanism::CramMd5) => Exposed::Guessable,
            _ => return None,
        },
        Prospect::Does(deed) if deed.command.name() == CommandName::User => Exposed::PasswordNext,
        _ => return None,
    };
    let stls = situation.announced().is_some_and(|announced| announced.stls)
        && transition(situation.state, CommandName::Stls).is_some();
    Some(Exposure { kind, stls })
}

fn rfc(prospect: &Prospect) -> &'static str {
    match prospect {
        Prospect::Nothing => "",
        Prospect::TooLong { .. } => "RFC 2449 §4",
        Prospect::Response { .. } | Prospect::MechanismNotAnnounced { .. } => "RFC 5034 §4",
        Prospect::TooEarly => "RFC 1939 §4",
        Prospect::Over => "RFC 1939 §6",
        Prospect::SeveralLines
        | Prospect::Unknown { .. }
        | Prospect::Foreign { .. }
        | Prospect::NoKeyword
        | Prospect::Misplaced { .. } => "RFC 1939 §3",
        Prospect::Wrong { command, .. }
        | Prospect::Missing { command, .. }
        | Prospect::Extra { command }
        | Prospect::MarkedAlready { command, .. }
        | Prospect::NotAnnounced { command } => command.rfc(),
        Prospect::NoSuchMessage { .. } => "RFC 1939 §5",
        Prospect::TlsStands => "RFC 2595 §4",
        Prospect::NoStamp => "RFC 1939 §7",
        Prospect::Does(deed) => deed.command.name().rfc(),
    }
}

fn neighbour(keyword: &str) -> Option<Neighbour> {
    match keyword {
        "HELO" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "VRFY" | "EXPN" | "STARTTLS" => Some(Neighbour::Smtp),
        "LOGIN" | "SELECT" | "FETCH" | "STORE" | "SEARCH" | "IDLE" | "LOGOUT" | "CAPABILITY" => Some(Neighbour::Imap),
        "GET" | "POST" | "HEAD" => Some(Neighbour::Http),
        "LAST" | "RPOP" | "XTND" => Some(Neighbour::OlderPop3),
        _ => None,
    }
}

/// The keyword that is the fewest typos away.
fn meant(keyword: &str) -> Option<CommandName> {
    if keyword.len() > KEYWORD_OCTETS_MAX {
        return None;
    }
    let near = |name: &CommandName| typos(keyword.as_bytes(), name.keyword().as_bytes());
    CommandName::ALL.into_iter().min_by_key(near).filter(|name| near(name) <= TYPOS_MAX)
}

/// Letters to change, add, leave out, or two neighbours to swap, until one word is the other.
fn typos(one: &[u8], other: &[u8]) -> usize {
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, left) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, right) in other.iter().enumerate() {
            let changed = last[column] + usize::from(left != right);
            let mut fewest = changed.min(last[column + 1] + 1).min(now[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *right && *left == other[column - 1] {
                let swapped: &Vec<usize> = &before_last;
                fewest = fewest.min(swapped[column - 1] + 1);
            }
            now.push(fewest);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last[other.len()]
}
