//! A lesson's text as it is shown: paragraphs, and in them what stands on the wire. Knows no HTML.

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They stand between backticks: as on the wire.
    pub is_wire: bool,
}

/// A paragraph.
pub type Paragraph = Vec<Piece>;

/// Cuts a text into paragraphs at empty lines, and these at backticks. A backtick without a partner is a backtick.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(pieces).collect()
}

fn pieces(text: &str) -> Paragraph {
    let mut pieces = Vec::new();
    let mut add = |text: &str, is_wire| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_wire });
        }
    };
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('`') {
        let Some((wire, after)) = behind.split_once('`') else { break };
        add(before, false);
        add(wire, true);
        rest = after;
    }
    add(rest, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        let mark = |piece: &Piece| if piece.is_wire { format!("[{}]", piece.text) } else { piece.text.clone() };
        paragraphs(text).iter().map(|paragraph| paragraph.iter().map(mark).collect()).collect()
    }

    #[test]
    fn texts_are_cut_at_empty_lines_and_backticks() {
        for (text, expected) in [
            ("", vec![]),
            ("One.", vec!["One."]),
            ("One.\n\nTwo\nlines.\n", vec!["One.", "Two\nlines."]),
            ("Say `RETR 1`, then `QUIT`.", vec!["Say [RETR 1], then [QUIT]."]),
            ("`+OK`", vec!["[+OK]"]),
            ("A ` alone", vec!["A ` alone"]),
            ("`a` and ` alone", vec!["[a] and ` alone"]),
        ] {
            assert_eq!(marked(text), expected, "{text:?}");
        }
    }
}
