//! Plain text into paragraphs with quote depth: fixed lines as they stand, format=flowed joined again (RFC 3676).
//! Knows nothing of MIME parts.

use crate::links;
use crate::names;
use crate::wire::Paragraph;

/// Blank lines that are kept between two paragraphs, beyond the one that parts them.
const BLANK_PARAGRAPHS_MAX: usize = 2;

/// How lines of a text/plain part end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// A line break is a line break.
    Fixed,
    /// RFC 3676: a line that ends with a space flows on.
    Flowed {
        /// §4: the space at the end of a flowed line was added and goes; for scripts without spaces.
        delete_space: bool,
    },
}

/// A line after joining.
struct Line {
    quote_depth: usize,
    text: String,
}

/// The paragraphs of a text.
pub(crate) fn paragraphs(text: &str, format: Format) -> Vec<Paragraph> {
    let text = names::body(text);
    let lines = match format {
        Format::Fixed => text.lines().map(fixed_line).collect(),
        Format::Flowed { delete_space } => flowed_lines(&text, delete_space),
    };
    let mut paragraphs = Vec::new();
    let mut open: Option<Line> = None;
    let mut blank_lines = 0;
    for line in lines {
        if line.text.trim().is_empty() {
            close(&mut paragraphs, open.take());
            blank_lines += 1;
            continue;
        }
        if !paragraphs.is_empty() {
            let blank = blank_lines.clamp(1, BLANK_PARAGRAPHS_MAX + 1) - 1;
            paragraphs.extend(std::iter::repeat_n(Paragraph::default(), blank));
        }
        blank_lines = 0;
        match &mut open {
            Some(paragraph) if paragraph.quote_depth == line.quote_depth => {
                paragraph.text.push('\n');
                paragraph.text.push_str(&line.text);
            }
            _ => close(&mut paragraphs, open.replace(line)),
        }
    }
    close(&mut paragraphs, open);
    paragraphs
}

fn close(paragraphs: &mut Vec<Paragraph>, line: Option<Line>) {
    if let Some(line) = line {
        paragraphs.push(Paragraph { quote_depth: line.quote_depth, spans: links::spans(&line.text) });
    }
}

/// Quote marks of fixed lines come as `>>` and as `> >`.
fn fixed_line(line: &str) -> Line {
    let mut quote_depth = 0;
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('>') {
        quote_depth += 1;
        rest = match inner.strip_prefix(' ') {
            Some(spaced) if spaced.starts_with('>') => spaced,
            Some(_) | None => inner,
        };
    }
    if quote_depth > 0 {
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    Line { quote_depth, text: rest.trim_end().to_owned() }
}

/// RFC 3676 §4.1: count quote marks, unstuff, then join a flowed line with the next of the same depth.
fn flowed_lines(text: &str, delete_space: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut flows_on = false;
    for line in text.lines() {
        let unquoted = line.trim_start_matches('>');
        let quote_depth = line.len() - unquoted.len();
        // §4.4: one leading space was stuffed.
        let content = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        // §4.3: the signature separator ends with a space and is fixed all the same.
        let is_signature = content == "-- ";
        let is_flowed = content.ends_with(' ') && !is_signature;
        let content = if is_flowed && delete_space { content.strip_suffix(' ').unwrap_or(content) } else { content };
        match lines.last_mut() {
            // §4.5: a flowed line before another depth is improper; it ends there.
            // An empty line after a flowed one should not be either, and was meant as an end.
            Some(open)
                if flows_on && open.quote_depth == quote_depth && !is_signature && !content.trim().is_empty() =>
            {
                open.text.push_str(content);
            }
            _ => lines.push(Line { quote_depth, text: content.to_owned() }),
        }
        flows_on = is_flowed;
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Format, paragraphs};
    use crate::wire::Span;

    const FLOWED: Format = Format::Flowed { delete_space: false };

    /// A row shows paragraphs as `depth|text`, with ¶ between them and ⏎ for line breaks.
    fn check(format: Format, given: &str, expected: &str) {
        let shown: Vec<String> = paragraphs(given, format)
            .iter()
            .map(|paragraph| {
                let text: String = paragraph
                    .spans
                    .iter()
                    .map(|span| match span {
                        Span::Text(text) => text.clone(),
                        Span::Link(link) => format!("[{link}]"),
                    })
                    .collect();
                format!("{}|{}", paragraph.quote_depth, text.replace('\n', "⏎"))
            })
            .collect();
        assert_eq!(shown.join("¶"), expected, "{given:?}");
    }

    #[test]
    fn fixed_lines_stay_lines() {
        check(Format::Fixed, "", "");
        check(Format::Fixed, "\r\n\r\n", "");
        check(Format::Fixed, "one\r\ntwo\r\n", "0|one⏎two");
        check(Format::Fixed, "one\n\ntwo", "0|one¶0|two");
        check(Format::Fixed, "one\n\n\n\n\n\n\ntwo\n\n", "0|one¶0|¶0|¶0|two");
        check(Format::Fixed, "one \ntwo", "0|one⏎two");
        check(Format::Fixed, "    indented", "0|    indented");
        check(Format::Fixed, "see https://example.com/.", "0|see [https://example.com/].");
    }

    #[test]
    fn quote_marks_become_depth() {
        check(Format::Fixed, "> a\n> b\n>> c\n> > d\nmine", "1|a⏎b¶2|c⏎d¶0|mine");
        check(Format::Fixed, "> a\n>\n> b", "1|a¶1|b");
        check(Format::Fixed, ">a", "1|a");
        check(FLOWED, "> a \n> b\n>> c \nd", "1|a b¶2|c¶0|d");
    }

    #[test]
    fn flowed_lines_are_joined_rfc_3676_section_4_1() {
        check(FLOWED, "one \ntwo \nthree\nfour", "0|one two three⏎four");
        check(FLOWED, "one \n\ntwo", "0|one¶0|two");
        check(FLOWED, "last flows on ", "0|last flows on");
    }

    #[test]
    fn a_signature_separator_is_fixed_rfc_3676_section_4_3() {
        check(FLOWED, "text \n-- \nAnna", "0|text⏎--⏎Anna");
    }

    #[test]
    fn stuffed_spaces_go_rfc_3676_section_4_4() {
        check(FLOWED, " From here\n >not a quote\n  indented", "0|From here⏎>not a quote⏎ indented");
    }

    #[test]
    fn deleted_spaces_go_rfc_3676_section_4() {
        let format = Format::Flowed { delete_space: true };
        check(format, "日本 \n語\nkeeps  \none", "0|日本語⏎keeps one");
    }
}
