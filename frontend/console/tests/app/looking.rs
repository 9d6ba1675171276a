//! The transcript: lines taken apart, filtered, and saved.

use crate::shell::Shell;
use popglass_console::app::{Effect, Explained, Export, Msg, News, Sides, view::view_console};
use popglass_frontend::i18n::Language;
use popglass_protocol::{command::CommandName, transcript::Meaning};
use std::sync::Arc;

fn explained(shell: &Shell) -> Option<Arc<Explained>> {
    view_console(&shell.model).explained
}

#[test]
fn a_line_is_explained_when_it_is_pressed_reached_or_pointed_at() {
    let is = |shell: &Shell| explained(shell).map(|explained| (explained.sequence, explained.open));
    let mut shell = Shell::by_hand();
    shell.line(Meaning::Command(CommandName::Stat), "STAT").line(Meaning::Accepted(CommandName::Stat), "+OK 1 2");
    for (msg, expected) in [
        (Msg::EntryPointedAt(2), Some((2, false))),
        (Msg::EntryPressed(2), Some((2, true))),
        (Msg::EntryPointedAt(3), Some((2, true))),
        (Msg::EntryPressed(3), Some((3, true))),
        (Msg::EntryPressed(3), Some((3, false))),
        (Msg::EntryReached(4), Some((4, true))),
        (Msg::EntryReached(4), Some((4, true))),
        (Msg::EntryPressed(1), Some((4, true))),
        (Msg::EntryPressed(99), Some((4, true))),
        (Msg::ExplanationClosed, None),
    ] {
        shell.send(msg.clone());
        assert_eq!(is(&shell), expected, "{msg:?}");
    }
}

#[test]
fn every_piece_of_a_line_is_named_and_a_refusal_is_told() {
    let mut shell = Shell::in_transaction();
    shell.line(Meaning::Command(CommandName::Retr), "RETR 9");
    shell.line(Meaning::Refused(CommandName::Retr), "-ERR no such message");
    shell.send(Msg::EntryReached(3));
    let command = explained(&shell).expect("it is a line");
    let pieces: String = command.tokens.iter().filter_map(|token| command.text.get(token.start..token.end)).collect();
    assert_eq!((pieces.as_str(), command.refusal.is_some()), ("RETR 9", false));
    shell.send(Msg::EntryReached(4));
    assert!(explained(&shell).is_some_and(|explained| explained.refusal.is_some()));
}

#[test]
fn what_is_below_a_line_goes_where_lines_are_drawn_anew() {
    for msg in [Msg::HexChosen(true), Msg::LanguageChosen(Language::De)] {
        let mut shell = Shell::by_hand();
        shell.send(Msg::EntryPressed(2)).send(msg.clone());
        assert_eq!(explained(&shell), None, "{msg:?}");
    }
    let mut shell = Shell::by_hand();
    shell.send(Msg::EntryPressed(2)).send(Msg::LanguageChosen(Language::En));
    assert!(explained(&shell).is_some(), "nothing has changed");
}

#[test]
fn the_transcript_is_saved_as_it_is_shown_and_whole_for_wireshark() {
    let mut shell = Shell::by_hand();
    shell.line(Meaning::Command(CommandName::Stat), "STAT").line(Meaning::Accepted(CommandName::Stat), "+OK 1 2");
    for (sides, has_command, has_answer) in
        [(Sides::Both, true, true), (Sides::Client, true, false), (Sides::Server, false, true)]
    {
        let is_right = |octets: &[u8]| {
            let text = String::from_utf8_lossy(octets);
            assert_eq!(
                (text.contains("STAT"), text.contains("+OK 1 2")),
                (has_command, has_answer),
                "{sides:?}: {text}"
            );
        };
        shell.effects.clear();
        shell
            .send(Msg::SidesChosen(sides))
            .send(Msg::ExportPressed(Export::Text))
            .send(Msg::ExportPressed(Export::Copy));
        match &shell.effects[..] {
            [Effect::Save { name: "popglass-transcript.txt", octets }, Effect::Copy(text)] => {
                is_right(octets);
                is_right(text.as_bytes());
            }
            other => panic!("a file and a text were awaited, not {other:?}"),
        }
        shell.effects.clear();
        shell.send(Msg::ExportPressed(Export::Pcapng));
        match &shell.effects[..] {
            [Effect::Save { name: "popglass-transcript.pcapng", octets }] => {
                let holds = |wanted: &[u8]| octets.windows(wanted.len()).any(|window| window == wanted);
                assert!(holds(b"STAT\r\n") && holds(b"+OK 1 2\r\n"), "{sides:?}");
            }
            other => panic!("a file was awaited, not {other:?}"),
        }
    }
    for done in [true, false] {
        shell.send(Msg::Copied(done));
        assert_eq!(view_console(&shell.model).news, Some(News::Copied(done)));
    }
    shell.types("x");
    assert_eq!(view_console(&shell.model).news, None);
}
