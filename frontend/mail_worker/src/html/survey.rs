//! Counts what an HTML part would fetch, and collects the `cid:` images it names. The count is for the reader's eyes; no
//! safety hangs on it. Also guesses how deep the elements nest, since a parser's work grows with the square of that.

use std::collections::{BTreeSet, HashMap};

use super::images;
use super::tags::{Found, read};

/// Attributes whose value is fetched without a click, on whatever element.
const FETCHED: [&str; 11] =
    ["action", "background", "classid", "code", "data", "dynsrc", "formaction", "lowsrc", "poster", "src", "srcset"];

/// Elements whose `href` or `xlink:href` is fetched without a click.
const FETCHED_HREF: [&str; 5] = ["feimage", "image", "link", "script", "use"];

/// What an HTML part wants.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// References to remote content.
    pub(super) remote: usize,
    /// Content-IDs of images, as the message spells them.
    pub(super) content_ids: BTreeSet<String>,
    /// How many elements are open at once, at most.
    pub(super) depth: usize,
}

/// Looks through an HTML part.
pub(super) fn survey(html: &str) -> Survey {
    let mut survey = Survey::default();
    let mut open = OpenElements::default();
    read(html, &mut |found| match found {
        Found::EndTag { name } => open.close(name),
        Found::Tag { name, attributes } => {
            open.open(name);
            survey.depth = survey.depth.max(open.count);
            for attribute in attributes {
                let key = &*attribute.name.local;
                let is_fetched =
                    FETCHED.contains(&key) || FETCHED_HREF.contains(&name) && (key == "href" || key == "xlink:href");
                if is_fetched && is_remote(&attribute.value) {
                    survey.remote += 1;
                }
                if key == "style" {
                    survey.remote += remote_in_style(&attribute.value);
                }
                if name == "img" && key == "src" {
                    survey.content_ids.extend(images::content_id(&attribute.value));
                }
            }
        }
        Found::StyleSheet(text) => survey.remote += remote_in_style(text),
        Found::Markup => {}
    });
    survey
}

/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that the next of their kind closes; in honest mail they stand by the thousand without an end tag. Inside
/// foreign elements that rule does not hold.
const CLOSED_BY_THE_NEXT: [&str; 12] =
    ["body", "dd", "dt", "head", "html", "li", "p", "tbody", "td", "tfoot", "th", "tr"];

/// Counts what is opened and not closed, name by name: more than a browser keeps open, hardly ever less.
#[derive(Default)]
struct OpenElements {
    by_name: HashMap<String, usize>,
    count: usize,
    has_foreign: bool,
}

impl OpenElements {
    fn open(&mut self, name: &str) {
        self.has_foreign |= matches!(name, "svg" | "math");
        if VOID.contains(&name) || (CLOSED_BY_THE_NEXT.contains(&name) && !self.has_foreign) {
            return;
        }
        match self.by_name.get_mut(name) {
            Some(open) => *open += 1,
            None => {
                self.by_name.insert(name.to_owned(), 1);
            }
        }
        self.count += 1;
    }

    fn close(&mut self, name: &str) {
        if let Some(open) = self.by_name.get_mut(name).filter(|open| **open > 0) {
            *open -= 1;
            self.count -= 1;
        }
    }
}

/// An address of another machine: `srcset` may hold several, one is enough.
fn is_remote(value: &str) -> bool {
    let value = value.trim_matches(|character: char| character.is_whitespace() || character.is_control());
    let lower = value.to_ascii_lowercase();
    !lower.starts_with("data:")
        && !lower.starts_with("cid:")
        && (lower.starts_with("//") || lower.starts_with("\\\\") || lower.contains("://"))
}

/// `url(…)` and `@import "…"` that name another machine.
fn remote_in_style(style: &str) -> usize {
    let lower = style.to_ascii_lowercase();
    let quotes = |character: char| character == '"' || character == '\'' || character.is_whitespace();
    let names_remote = |rest: &str| {
        let end = rest.char_indices().nth(80).map_or(rest.len(), |(end, _)| end);
        let rest = rest.get(..end).unwrap_or_default().trim_start_matches(quotes);
        rest.starts_with("//") || rest.starts_with("http:") || rest.starts_with("https:") || rest.starts_with("ftp:")
    };
    let urls = lower.split("url(").skip(1).filter(|rest| names_remote(rest)).count();
    let imports = lower.split("@import").skip(1).filter(|rest| names_remote(rest)).count();
    urls + imports
}

#[cfg(test)]
mod tests {
    use super::survey;

    #[test]
    fn remote_references_are_counted() {
        let rows = [
            ("<p>nothing</p>", 0),
            ("<a href=https://x.example>link</a>", 0),
            ("<img src=https://x.example/a.png>", 1),
            ("<IMG SRC='//x.example/a.png'>", 1),
            ("<img src='cid:a@b'><img src='data:image/png;base64,AAAA'>", 0),
            ("<img src=a.png>", 0),
            ("<img src=https://x.example/a srcset='https://x.example/b 2x'>", 2),
            ("<body background=http://x.example/a.png>", 1),
            ("<table background='&#104;ttp://x.example/a'>", 1),
            ("<div style='background:url(https://x.example/a)'>", 1),
            ("<style>@import 'https://x.example/a.css'; p{background:url(//x.example/b)}</style>", 2),
            ("<style>@import url(https://x.example/a.css)</style>", 1),
            ("<link rel=stylesheet href=https://x.example/a.css>", 1),
            ("<video poster=https://x.example/a><source src=https://x.example/b></video>", 2),
            ("<!-- <img src=https://x.example/a> -->", 0),
            ("<svg><image xlink:href=https://x.example/a></svg>", 1),
            ("<title><img src=https://x.example/a></title>", 0),
        ];
        for (html, expected) in rows {
            assert_eq!(survey(html).remote, expected, "{html}");
        }
    }

    #[test]
    fn depth_is_what_stays_open() {
        let rows = [
            ("", 0),
            ("<div><b>x</b></div><div>", 2),
            ("<p>a<p>b<li>c<br><img>", 0),
            ("</b></b><b>", 1),
            ("<svg><td><td>", 3),
        ];
        for (html, expected) in rows {
            assert_eq!(survey(html).depth, expected, "{html}");
        }
        assert_eq!(survey(&"<div><i>".repeat(500)).depth, 1000);
        assert_eq!(survey(&"<div></div>".repeat(500)).depth, 1);
    }

    #[test]
    fn content_ids_of_images_are_collected() {
        let found = survey("<img src='cid:one@x'><img src='CID:two%40x'><a href='cid:three@x'>");
        assert_eq!(found.content_ids.into_iter().collect::<Vec<_>>(), ["one@x", "two@x"]);
    }
}
