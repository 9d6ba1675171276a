//! Finds addresses in plain text. Makes no markup: what is found is a [`Span`], so nothing can be injected.

use ammonia::Url;

use crate::limits::LINK_CHARS_MAX;
use crate::names::is_deceptive;
use crate::wire::Span;

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Cuts text into plain runs and links.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(next_candidate) {
        let from = at + offset;
        let preceded_by_word = text.get(..from).and_then(|before| before.chars().next_back());
        let link = text.get(from..).and_then(link_at).filter(|_| !preceded_by_word.is_some_and(char::is_alphanumeric));
        match link {
            Some(link) => {
                push_plain(&mut spans, text.get(plain_from..from));
                spans.push(Span::Link(link.to_owned()));
                at = from + link.len();
                plain_from = at;
            }
            None => at = from + 1,
        }
    }
    push_plain(&mut spans, text.get(plain_from..));
    spans
}

fn push_plain(spans: &mut Vec<Span>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        spans.push(Span::Text(text.to_owned()));
    }
}

/// Where the next scheme begins: schemes are ASCII, so this is a character boundary, and so is the place behind its first
/// letter.
fn next_candidate(text: &str) -> Option<usize> {
    let octets = text.as_bytes();
    (0..octets.len()).find(|at| {
        matches!(octets.get(*at), Some(b'h' | b'H' | b'm' | b'M'))
            && SCHEMES.iter().any(|scheme| {
                octets.get(*at..at + scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
            })
    })
}

/// The link that begins with this text, without the punctuation of the sentence around it.
fn link_at(text: &str) -> Option<&str> {
    let end = match text.char_indices().take(LINK_CHARS_MAX + 1).find(|(_, character)| ends_link(*character)) {
        Some((end, _)) => end,
        None if text.chars().nth(LINK_CHARS_MAX).is_some() => return None,
        None => text.len(),
    };
    let mut link = text.get(..end)?;
    while let Some(last) = link.chars().next_back() {
        let belongs = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' | '’' | '”' | '“' | '»' => false,
            ')' => link.matches(')').count() <= link.matches('(').count(),
            ']' => link.matches(']').count() <= link.matches('[').count(),
            _ => true,
        };
        if belongs {
            break;
        }
        link = link.strip_suffix(last)?;
    }
    let url = Url::parse(link).ok()?;
    let names_somebody = match url.scheme() {
        "mailto" => url.path().contains('@'),
        _ => url.host_str().is_some_and(|host| !host.is_empty()),
    };
    names_somebody.then_some(link)
}

fn ends_link(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || is_deceptive(character)
        || matches!(character, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}' | '„' | '«')
}

#[cfg(test)]
mod tests {
    use super::spans;
    use crate::wire::Span;

    /// Writes links as [[…]], so that a row shows what is found and what stays.
    fn check(given: &str, expected: &str) {
        let shown: String = spans(given)
            .iter()
            .map(|span| match span {
                Span::Text(text) => text.clone(),
                Span::Link(link) => format!("[[{link}]]"),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn links_are_found_as_they_stand() {
        check("no link here", "no link here");
        check("", "");
        check("https://example.com", "[[https://example.com]]");
        check("see http://example.com/a?b=c#d.", "see [[http://example.com/a?b=c#d]].");
        check("HTTPS://EXAMPLE.COM/", "[[HTTPS://EXAMPLE.COM/]]");
        check("<https://example.com/>", "<[[https://example.com/]]>");
        check("(see https://example.com/a)", "(see [[https://example.com/a]])");
        check("https://en.wikipedia.org/wiki/Post_(office)", "[[https://en.wikipedia.org/wiki/Post_(office)]]");
        check("https://example.com/, https://example.org!", "[[https://example.com/]], [[https://example.org]]!");
        check("mailto:anna@example.com", "[[mailto:anna@example.com]]");
        check("https://müller.example/straße", "[[https://müller.example/straße]]");
        check("„https://example.com“", "„[[https://example.com]]“");
    }

    #[test]
    fn what_is_no_link_stays_text() {
        for given in [
            "http://",
            "https:// example.com",
            "xhttps://example.com",
            "mailto:nobody",
            "javascript:alert(1)",
            "ftp://example.com",
            "file:///etc/passwd",
            "data:text/html,x",
            "hm, müde",
            "https://\u{202E}moc.elpmaxe",
        ] {
            check(given, given);
        }
    }

    #[test]
    fn an_endless_link_is_text() {
        let endless = format!("https://example.com/{}", ")".repeat(100_000));
        check(&endless, &endless);
    }

    #[test]
    fn markup_in_text_ends_a_link() {
        check("https://a.example/\"><script>x", "[[https://a.example/]]\"><script>x");
        check("https://a.example/\u{202E}x", "[[https://a.example/]]\u{202E}x");
    }
}
