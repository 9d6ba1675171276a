//! What the transcript and the session's events tell of a session: the picture follows, and so do forecasts.

use crate::shell::{Shell, number};
use popglass_console::app::view::{picture, view_picture};
use popglass_explain::words::Envelope;
use popglass_frontend::i18n::Language;
use popglass_protocol::{
    command::CommandName,
    state::State,
    transcript::Meaning,
    tunnel::{Address, TlsEnds},
};
use popglass_session::event::{Deletion, EndReason, Ending, Item, MailboxEntry, Note, SessionEvent};

#[test]
fn the_picture_shows_what_is_known_of_the_maildrop() {
    use CommandName::{Dele, List, Stat, User};
    let mut shell = Shell::by_hand();
    shell.line(Meaning::Command(User), "USER ada").hear(SessionEvent::State(State::Transaction));
    shell.line(Meaning::Accepted(List), "+OK").line(Meaning::Body(List), "1 100").line(Meaning::Body(List), "3 300");
    shell.hear(SessionEvent::Marks(vec![number(2)])).line(Meaning::Accepted(Dele), "+OK");
    assert_eq!(view_picture(&shell.model).maildrop, None, "the list has not ended");
    shell.line(Meaning::BodyFolded { command: List, lines: 2 }, "").line(Meaning::BodyEnd(List), ".");
    shell.line(Meaning::Accepted(Stat), "+OK 4 900");
    let facts = view_picture(&shell.model);
    let envelope = |of, octets, marked| Envelope { number: number(of), octets, marked };
    let maildrop = vec![
        envelope(1, Some(100), false),
        envelope(2, None, true),
        envelope(3, Some(300), false),
        envelope(4, None, false),
        envelope(5, None, false),
    ];
    assert_eq!((facts.state, facts.user.as_str()), (Some(State::Transaction), "ada"));
    assert_eq!(facts.maildrop, Some(maildrop));
    shell.says(Item::Note(Note::SandboxOpened));
    assert_eq!(view_picture(&shell.model).maildrop, None, "another connection, another maildrop");
}

#[test]
fn a_mailbox_that_opens_tells_everything_and_an_end_takes_it_back() {
    let mut shell = Shell::by_hand();
    let entries =
        (1..=2).map(|of| MailboxEntry { number: number(of), octets: u64::from(of) * 10, unique_id: None }).collect();
    shell.hear(SessionEvent::Mailbox(entries)).hear(SessionEvent::State(State::Transaction));
    assert_eq!(view_picture(&shell.model).maildrop.map(|maildrop| maildrop.len()), Some(2));
    let ending = Ending { reason: EndReason::Disconnected, deletion: Deletion::NothingMarked };
    shell.hear(SessionEvent::Ended(ending));
    let facts = view_picture(&shell.model);
    assert_eq!((facts.state, facts.maildrop), (None, None));
}

#[test]
fn a_numbering_without_end_is_no_trouble() {
    let mut shell = Shell::in_transaction();
    shell.line(Meaning::Accepted(CommandName::Stat), "+OK 4294967295 1");
    shell.line(Meaning::Accepted(CommandName::ListOne), "+OK 4294967295 99999999999999999999");
    shell.line(Meaning::Accepted(CommandName::ListOne), "+OK 4294967295 1");
    assert_eq!(view_picture(&shell.model).maildrop.map(|maildrop| maildrop.len()), Some(1_000));
}

#[test]
fn a_password_in_the_clear_is_warned_of_where_the_line_can_be_read_on_its_way() {
    let target = || Address { host: "mail.example".into(), port: 110 };
    for (note, warned) in [
        (Note::SandboxOpened, false),
        (Note::Dialling { target: target(), tls: TlsEnds::Page }, false),
        (Note::Dialling { target: target(), tls: TlsEnds::Bridge }, false),
        (Note::Dialling { target: target(), tls: TlsEnds::PageStls }, true),
        (Note::Dialling { target: target(), tls: TlsEnds::Nowhere }, true),
    ] {
        let mut shell = Shell::by_hand();
        shell.says(Item::Note(note.clone())).hear(SessionEvent::State(State::UserGiven)).types("PASS x");
        assert_eq!(shell.vm().forecast.warning.is_some(), warned, "{note:?}");
    }
}

#[test]
fn what_was_announced_in_the_clear_is_forgotten_with_stls() {
    use CommandName::{Capa, Stls};
    let mut shell = Shell::by_hand();
    let offers_uidl = |shell: &mut Shell| {
        shell.hear(SessionEvent::State(State::Transaction)).types("UIDL");
        shell.vm().forecast.what
    };
    let unknown = offers_uidl(&mut shell);
    shell.line(Meaning::Accepted(Capa), "+OK").line(Meaning::Body(Capa), "TOP").line(Meaning::BodyEnd(Capa), ".");
    assert_ne!(offers_uidl(&mut shell), unknown, "it was not announced");
    shell.line(Meaning::Accepted(Stls), "+OK");
    assert_eq!(offers_uidl(&mut shell), unknown);
}

#[test]
fn the_picture_speaks_both_languages_and_has_words() {
    let shell = Shell::in_transaction();
    let facts = view_picture(&shell.model);
    let [en, de] = [Language::En, Language::De].map(|language| picture(language, &facts));
    assert!(en.svg.contains("<svg") && en.text.contains("TRANSACTION"), "{}", en.text);
    assert_ne!(en.text, de.text);
}
