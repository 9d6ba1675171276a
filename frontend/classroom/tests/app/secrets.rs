//! What is hidden while it is typed, in the terminals of all protocols.

use popglass_classroom::app::{Door, Model, Move, Msg, view::view_panes};
use popglass_lessons::lessons;

use crate::{opened, send};

/// The first lesson with a terminal that has this door, connected through it.
fn connected(door: Door) -> (Model, String) {
    let all = lessons().iter();
    let mut places = all.flat_map(|lesson| lesson.plan.terminals.iter().map(move |terminal| (lesson.number, terminal)));
    let (number, terminal) = places.find(|(_, terminal)| terminal.doors.contains(&door)).expect("there is one");
    let mut model = opened(&format!("#lesson={number}&seed=7&lang=en"));
    send(&mut model, [Msg::Moved(Move::Connect(terminal.name.clone(), door))]);
    (model, terminal.name.clone())
}

/// Whether what stands in the input is hidden, and whether something is offered in its stead.
fn hidden(model: &mut Model, terminal: &str, typed: &str) -> (bool, bool) {
    send(model, [Msg::Typed { terminal: terminal.to_owned(), text: typed.to_owned() }]);
    let panes = view_panes(model);
    let guide = &panes.terminals.iter().find(|it| it.name == terminal).expect("it is there").guide;
    (guide.is_secret, !guide.completions.is_empty())
}

#[test]
fn a_secret_is_hidden_while_it_is_typed_in_every_terminal() {
    // What was sent, and what is being typed behind it.
    for (door, sent, typed, expected) in [
        (Door::Pop3, &[][..], "USER ada", false),
        (Door::Pop3, &["USER ada"], "PASS ", true),
        (Door::Pop3, &["USER ada"], "PASS hunter2", true),
        (Door::Pop3, &["USER ada"], "hunter2", true),
        (Door::Pop3, &[], "PASSWORD hunter2", true),
        (Door::Pop3, &[], "AUTH PLAIN ", true),
        (Door::Pop3, &[], "NOOP", false),
        (Door::Smtp, &[], "EHLO me", false),
        (Door::Smtp, &["EHLO me"], "AUTH PLAIN", false),
        (Door::Smtp, &["EHLO me"], "AUTH PLAIN ", true),
        (Door::Smtp, &["EHLO me"], "AUTH PLAIN AGh1", true),
        (Door::Smtp, &["EHLO me", "AUTH LOGIN"], "", true),
        (Door::Smtp, &["EHLO me", "AUTH LOGIN"], "YWRh", true),
        (Door::Smtp, &["EHLO me", "AUTH LOGIN"], "QUIT", false),
        (Door::Smtp, &["EHLO me", "MAIL FROM:<a@b.example>"], "RCPT TO:<ada@mail.example>", false),
        (Door::Imap, &[], "a LOGIN ada", false),
        (Door::Imap, &[], "a LOGIN ada ", true),
        (Door::Imap, &[], "a LOGIN ada hunter2", true),
        (Door::Imap, &["a LOGIN ada {7}"], "hunt", true),
        (Door::Imap, &["a AUTHENTICATE PLAIN"], "AGh1", true),
        (Door::Imap, &["a AUTHENTICATE PLAIN"], "b NOOP", false),
        (Door::Imap, &["a NOOP"], "b SELECT INBOX", false),
    ] {
        let (mut model, terminal) = connected(door);
        send(&mut model, sent.iter().map(|line| Msg::Moved(Move::Line(terminal.clone(), (*line).to_owned()))));
        let (is_hidden, is_offered) = hidden(&mut model, &terminal, typed);
        assert_eq!(is_hidden, expected, "{door:?} {sent:?} {typed:?}");
        assert!(!(is_hidden && is_offered), "{door:?} {sent:?} {typed:?}");
    }
}

/// A server that asks for a response, and one that does not answer: what is typed may be a response all the same.
#[test]
fn a_response_is_hidden_as_long_as_auth_has_no_answer() {
    for (faults, sent, typed, expected) in [
        ("AUTH: swallow", &["AUTH PLAIN"][..], "", true),
        ("AUTH: swallow", &["AUTH LOGIN"], "what", true),
        ("AUTH: replace \"+ \\r\\n\"", &["AUTH PLAIN"], "", true),
        ("AUTH: replace \"+ \\r\\n\"", &["AUTH PLAIN"], "AGh1bnRlcjI=", true),
        ("AUTH: refuse no", &["AUTH PLAIN"], "what", false),
        ("", &["AUTH BOGUS"], "what", false),
    ] {
        let mut draft = popglass_classroom::app::Draft::of(popglass_lessons::lesson(6).expect("it is there"));
        draft.plan.servers[0].profile.faults = faults.into();
        let word = draft.to_link().expect("it is small");
        let mut model = opened(&format!("#scenario={word}&seed=7&lang=en"));
        send(&mut model, [Msg::Moved(Move::Connect("a".into(), Door::Pop3))]);
        send(&mut model, sent.iter().map(|line| Msg::Moved(Move::Line("a".into(), (*line).to_owned()))));
        assert_eq!(hidden(&mut model, "a", typed).0, expected, "{faults} {sent:?} {typed:?}");
    }
}

/// A connection that is over waits for nothing: what is typed then is no response.
#[test]
fn nothing_is_hidden_as_a_response_once_the_connection_is_over() {
    for (door, faults, sent) in [
        (Door::Pop3, "AUTH: swallow", &["AUTH PLAIN"][..]),
        (Door::Pop3, "AUTH: hang-up", &["AUTH PLAIN"]),
        (Door::Pop3, "AUTH: replace \"+ \\r\\n\"", &["AUTH PLAIN"]),
    ] {
        let mut draft = popglass_classroom::app::Draft::of(popglass_lessons::lesson(6).expect("it is there"));
        draft.plan.servers[0].profile.faults = faults.into();
        let word = draft.to_link().expect("it is small");
        let mut model = opened(&format!("#scenario={word}&seed=7&lang=en"));
        send(&mut model, [Msg::Moved(Move::Connect("a".into(), door))]);
        send(&mut model, sent.iter().map(|line| Msg::Moved(Move::Line("a".into(), (*line).to_owned()))));
        send(&mut model, [Msg::Moved(Move::HangUp("a".into()))]);
        assert!(!hidden(&mut model, "a", "USER ada").0, "{door:?} {faults}");
        assert!(!hidden(&mut model, "a", "").0, "{door:?} {faults}");
    }
    for sent in [&["a AUTHENTICATE PLAIN"][..], &["a LOGIN ada {7}"]] {
        let (mut model, terminal) = connected(Door::Imap);
        send(&mut model, sent.iter().map(|line| Msg::Moved(Move::Line(terminal.clone(), (*line).to_owned()))));
        assert!(hidden(&mut model, &terminal, "b").0, "{sent:?}");
        send(&mut model, [Msg::Moved(Move::HangUp(terminal.clone()))]);
        assert!(!hidden(&mut model, &terminal, "b").0, "{sent:?}");
    }
}
