//! What can be done with a terminal's conversation: one side alone, octets, copying, saving.

use popglass_classroom::app::{
    Door, Effect, Form, Model, Move, Msg, Side, Tool,
    view::{LineKind, view_lesson, view_panes},
};

use crate::{opened, send};

fn used(terminal: &str, tool: Tool) -> Msg {
    Msg::Used { terminal: terminal.into(), tool }
}

/// A lesson, with these lines typed at a terminal.
fn typed(number: u32, terminal: &str, door: Door, lines: &[&str]) -> Model {
    let mut model = opened(&format!("#lesson={number}&seed=7&lang=en"));
    send(&mut model, [Msg::Moved(Move::Connect(terminal.into(), door))]);
    send(&mut model, lines.iter().map(|line| Msg::Moved(Move::Line(terminal.into(), (*line).into()))));
    model
}

fn logged_in() -> Model {
    typed(6, "a", Door::Pop3, &["USER ada", "PASS lovelace", "STAT"])
}

fn shown(model: &Model) -> Vec<(LineKind, String)> {
    let lines = view_panes(model).terminals[0].lines.clone();
    lines.iter().map(|line| (line.kind, line.text.clone())).collect()
}

#[test]
fn one_side_alone_is_shown_and_what_happened_to_the_connection_always() {
    for (side, client, server) in [(Side::Both, 3, 4), (Side::Client, 3, 0), (Side::Server, 0, 4)] {
        let mut model = logged_in();
        send(&mut model, [used("a", Tool::Show(side))]);
        let count = |kind| shown(&model).iter().filter(|(one, _)| *one == kind).count();
        let counts = [LineKind::Client, LineKind::Server, LineKind::Note].map(count);
        assert_eq!(counts, [client, server, 1], "{side:?}");
    }
}

#[test]
fn octets_are_those_of_the_wire_without_the_password() {
    let mut model = logged_in();
    send(&mut model, [used("a", Tool::ShowAs(Form::Octets))]);
    let all = shown(&model);
    let client: Vec<_> = all.iter().filter(|(kind, _)| *kind == LineKind::Client).map(|(_, text)| text).collect();
    assert_eq!(client[0], "55 53 45 52 20 61 64 61  USER ada\n0d 0a                    ··");
    assert!(client[1].starts_with("50 41 53 53 20 2a 2a 2a  PASS ***"), "{}", client[1]);
    assert!(all.iter().all(|(_, text)| !text.contains("6c 6f 76") && !text.contains("love")), "{all:?}");
    let server = all.iter().filter(|(kind, _)| *kind == LineKind::Server);
    assert!(server.clone().all(|(_, text)| text.starts_with("2b 4f 4b")), "{all:?}");
    send(&mut model, [used("a", Tool::ShowAs(Form::Text))]);
    assert!(shown(&model).contains(&(LineKind::Client, "USER ada".into())));
}

#[test]
fn octets_of_smtp_and_imap_are_shown_too() {
    for (number, terminal, door, line, expected) in [
        (24, "ben", Door::Smtp, "EHLO t.example", "45 48 4c 4f 20 74 2e 65  EHLO t.e\n"),
        (25, "a", Door::Imap, "a1 LOGIN ada lovelace", "61 31 20 4c 4f 47 49 4e  a1 LOGIN\n"),
    ] {
        let mut model = typed(number, terminal, door, &[line]);
        send(&mut model, [used(terminal, Tool::ShowAs(Form::Octets))]);
        let all = shown(&model);
        assert!(all.iter().any(|(_, text)| text.starts_with(expected)), "{all:?}");
        assert!(all.iter().filter(|(kind, _)| *kind != LineKind::Note).all(|(_, text)| text.ends_with('·')));
        assert!(!all.iter().any(|(_, text)| text.contains("lovelace") || text.contains("love")), "{all:?}");
    }
}

#[test]
fn everything_is_saved_under_the_lessons_name_whatever_is_shown() {
    let lines_of_smtp = ["EHLO tablet.example", "NOOP", "QUIT"];
    for (number, terminal, door, lines) in [
        (6, "a", Door::Pop3, &["USER ada", "PASS lovelace", "STAT"][..]),
        (24, "ben", Door::Smtp, &lines_of_smtp[..]),
        (25, "a", Door::Imap, &["a1 LOGIN ada lovelace", "a2 SELECT INBOX"][..]),
    ] {
        let mut model = typed(number, terminal, door, lines);
        let wishes = [Tool::Show(Side::Server), Tool::ShowAs(Form::Octets), Tool::SaveText, Tool::SavePackets];
        let effects = send(&mut model, wishes.map(|tool| used(terminal, tool)));
        let [Effect::SaveOctets { name: text_name, octets: text, .. }, Effect::SaveOctets { name, kind, octets }] =
            effects.as_slice()
        else {
            panic!("lesson {number}: {effects:?}");
        };
        assert_eq!(text_name, &format!("popglass-lesson-{number}-{terminal}.txt"));
        assert_eq!(
            (name.as_str(), *kind),
            (&*format!("popglass-lesson-{number}-{terminal}.pcapng"), "application/x-pcapng")
        );
        let text = String::from_utf8(text.clone()).expect("it is text");
        // The lessons' clock begins on this morning.
        assert!(text.contains("2026-11-02") && text.contains("08:00:02."), "{text}");
        let packets = String::from_utf8_lossy(octets).into_owned();
        for line in lines.iter().filter(|line| !line.contains("lovelace")) {
            assert!(text.contains(&format!("C: {line}")), "lesson {number}: {text}");
            assert!(packets.contains(&format!("{line}\r\n")), "lesson {number}: {line}");
        }
        assert!(!text.contains("lovelace") && !packets.contains("lovelace"), "lesson {number}");
    }
}

#[test]
fn what_tls_protected_is_saved_as_it_was_said() {
    let mut model = typed(16, "a", Door::Pop3s, &["CAPA", "QUIT"]);
    let effects = send(&mut model, [used("a", Tool::SaveText)]);
    let [Effect::SaveOctets { octets, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    let text = String::from_utf8_lossy(octets);
    for part in ["TLS stands: TLSv1.3, TLS13_", "C: CAPA", "C: QUIT", "the server closed the connection"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_is_shown_is_copied_and_that_alone_is_said() {
    let mut model = logged_in();
    let said = |model: &Model| view_lesson(model).expect("a lesson is shown").said.len();
    let before = said(&model);
    let effects = send(&mut model, [used("a", Tool::Show(Side::Client)), used("a", Tool::Copy)]);
    let [Effect::Copy(text)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(text.contains("C: USER ada\nC: PASS ••••••••\nC: STAT\n"), "{text}");
    assert!(!text.contains("S:"), "{text}");
    assert_eq!(said(&model), before, "nothing is said before the browser has answered");
    for done in [true, false] {
        send(&mut model, [Msg::Copied(done)]);
    }
    assert_eq!(said(&model), before + 2);
    assert_eq!(send(&mut model, [used("nobody", Tool::Copy)]), []);
}
