//! Progress: what is kept, what travels in a file, and what is said to files that are none.

use popglass_classroom::app::{
    Effect, Msg, Progress, ProgressFault, Start,
    view::{Loaded, view_list},
};
use proptest::prelude::*;

use crate::{opened_with, send};

#[test]
fn a_file_is_progress_or_refused_with_its_line() {
    for (text, expected) in [
        ("popglass progress 1\n", Ok(0)),
        ("popglass progress 1\ndone 6 5\n", Ok(1)),
        ("popglass progress 1\r\ndone 6 5\r\n\r\n", Ok(1)),
        ("\u{feff}popglass progress 1\ndone 6 5", Ok(1)),
        ("", Err(ProgressFault::NotProgress)),
        ("done 6 5\n", Err(ProgressFault::NotProgress)),
        ("<html>", Err(ProgressFault::NotProgress)),
        ("popglass progress 1\ndone 6 5\ndone 99 1\n", Err(ProgressFault::Line(3))),
        ("popglass progress 1\ndone 6\n", Err(ProgressFault::Line(2))),
        ("popglass progress 1\ndone 6 many\n", Err(ProgressFault::Line(2))),
    ] {
        assert_eq!(Progress::from_file(text).map(|progress| progress.count()), expected, "{text:?}");
    }
}

#[test]
fn a_file_adds_to_what_is_done_and_a_bad_one_changes_nothing() {
    let mut model = opened_with(&Start { address: "#learn".into(), ..Start::default() });
    let effects = send(&mut model, [Msg::ProgressRead("nonsense".into())]);
    assert_eq!((effects, view_list(&model).done), (Vec::new(), 0));
    assert_eq!(view_list(&model).loaded, Some(Loaded::Refused(ProgressFault::NotProgress)));

    let file = "popglass progress 1\ndone 6 5\n";
    let effects = send(&mut model, [Msg::ProgressRead(file.into())]);
    assert_eq!(effects, [Effect::KeepProgress(file.into())]);
    assert_eq!((view_list(&model).done, view_list(&model).loaded), (1, Some(Loaded::Taken(1))));
    assert_eq!(view_list(&model).cards.len(), 1);

    let effects = send(&mut model, [Msg::ProgressSavePressed]);
    assert_eq!(effects, [Effect::Save { name: "popglass-progress.txt".into(), text: file.into() }]);
}

#[test]
fn fewer_moves_are_kept_more_are_not() {
    let mut progress = Progress::default();
    for moves in [7, 5, 9] {
        progress.finish(6, moves);
    }
    assert_eq!((progress.fewest_moves(6), progress.is_done(6), progress.is_done(7)), (Some(5), true, false));
    assert_eq!(Progress::kept(&progress.to_text()), progress);
}

proptest! {
    #[test]
    fn no_file_breaks_the_page(text in ".{0,300}") {
        let _ = Progress::kept(&text);
        let _ = Progress::from_file(&format!("popglass progress 1\n{text}"));
    }
}
