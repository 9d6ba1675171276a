//! The maildrop as envelopes with their numbers; those that are marked are crossed out.

use super::{Drawn, WIDTH, svg};
use crate::{texts::PictureTexts, words::Envelope};

/// Envelopes that are drawn; of the others only the number is told.
pub(super) const ENVELOPES_MAX: usize = 24;

const LEFT: u32 = 6;
const LINE: u32 = 16;
const ENVELOPE_WIDTH: u32 = 32;
const ENVELOPE_HEIGHT: u32 = 22;
/// Between two envelopes, either way.
const GAP: u32 = 7;
const IN_A_ROW: u32 = (WIDTH - 2 * LEFT + GAP) / (ENVELOPE_WIDTH + GAP);
/// Characters of a line of text across the picture.
const CHARS_MAX: usize = 46;

/// Beneath what was drawn so far; at its foot what QUIT would do.
pub(super) fn draw(
    texts: &PictureTexts,
    heading: &str,
    envelopes: Option<&[Envelope]>,
    foot: Option<&str>,
    top: u32,
) -> Drawn {
    let mut y = top + 10;
    let mut drawn = svg::text("picture-name", LEFT, y, &svg::cut(heading, CHARS_MAX));
    let Some(envelopes) = envelopes else {
        y += LINE;
        drawn.push_str(&svg::text("picture-label", LEFT, y, &svg::cut(texts.maildrop_unknown, CHARS_MAX)));
        return Drawn { svg: drawn, height: y + LINE };
    };
    if envelopes.is_empty() {
        y += LINE;
        drawn.push_str(&svg::text("picture-label", LEFT, y, &(texts.messages)(0)));
    }
    y += 8;
    let shown = envelopes.get(..ENVELOPES_MAX).unwrap_or(envelopes);
    let (mut column, mut rows) = (0, 0);
    for envelope in shown {
        let (x, y) = (LEFT + column * (ENVELOPE_WIDTH + GAP), y + rows * (ENVELOPE_HEIGHT + GAP));
        drawn.push_str(&one(envelope, x, y));
        column += 1;
        if column == IN_A_ROW {
            (column, rows) = (0, rows + 1);
        }
    }
    let rows = rows + u32::from(column > 0);
    y += rows * (ENVELOPE_HEIGHT + GAP);
    if envelopes.len() > shown.len() {
        y += LINE;
        drawn.push_str(&svg::text("picture-label", LEFT, y, &(texts.more)(envelopes.len() - shown.len())));
    }
    if let Some(foot) = foot {
        y += LINE;
        drawn.push_str(&svg::text("picture-foot", LEFT, y, foot));
    }
    Drawn { svg: drawn, height: y + LINE / 2 }
}

fn one(envelope: &Envelope, x: u32, y: u32) -> String {
    let (right, bottom, middle) = (x + ENVELOPE_WIDTH, y + ENVELOPE_HEIGHT, x + ENVELOPE_WIDTH / 2);
    let (class, cross) = if envelope.marked {
        let cross =
            format!("<path class=\"picture-cross\" d=\"M{x} {y} L{right} {bottom} M{right} {y} L{x} {bottom}\"/>");
        ("picture-envelope picture-marked", cross)
    } else {
        ("picture-envelope", String::new())
    };
    format!(
        "<g class=\"{class}\" data-number=\"{number}\"><rect class=\"picture-paper\" x=\"{x}\" y=\"{y}\" \
         width=\"{ENVELOPE_WIDTH}\" height=\"{ENVELOPE_HEIGHT}\" rx=\"2\"/><path class=\"picture-flap\" \
         d=\"M{x} {y} L{middle} {} L{right} {y}\"/>{cross}{}</g>",
        y + 8,
        svg::text("picture-number", middle, bottom - 4, &envelope.number.to_string()),
        number = envelope.number,
    )
}
