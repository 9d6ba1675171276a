//! What only the inside can try: another table gives another picture.

use super::*;

#[test]
fn a_row_that_is_removed_is_missing_in_the_picture() {
    let facts = PictureFacts {
        id: String::new(),
        state: Some(State::Authorization),
        server: String::new(),
        user: String::new(),
        maildrop: None,
    };
    let whole = draw(Language::En, &facts, TRANSITIONS).svg;
    for left_out in 0..TRANSITIONS.len() {
        let mut rows = TRANSITIONS.to_vec();
        let row = rows.remove(left_out);
        let svg = draw(Language::En, &facts, &rows).svg;
        assert_ne!(svg, whole, "{row:?}");
        assert_eq!(shows(&svg, &row), 0, "{row:?}");
        assert_eq!(shows(&whole, &row), 1, "{row:?}");
    }
}

/// How many arrows there are for a row.
fn shows(svg: &str, row: &Transition) -> usize {
    let ends = format!("data-from=\"{:?}\" data-to=\"{:?}\" data-commands=\"", row.from, row.on_ok);
    let commands = svg.split(&ends).skip(1).filter_map(|rest| rest.split('"').next());
    let command = format!("{:?}", row.command);
    commands.flat_map(str::split_whitespace).filter(|other| *other == command).count()
}
