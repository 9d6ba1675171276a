//! A message's text as fields of a form: header lines, body, one attachment. What else stands in it stays as it is.

/// What separates the parts of a message with an attachment. No line of anybody's begins so.
const BOUNDARY: &str = "popglass-part";

/// The value of a header field, unfolded; nothing if it is missing.
pub(super) fn header(text: &str, name: &str) -> Option<String> {
    let (head, _) = split(text);
    let lines: Vec<&str> = head.lines().collect();
    let (first, end) = span(&lines, name)?;
    let (_, value) = lines[first].split_once(':')?;
    let folded = lines[first + 1..end].iter().map(|line| line.trim());
    Some(std::iter::once(value.trim()).chain(folded).collect::<Vec<_>>().join(" "))
}

/// Writes a header field, in its place or behind the others; an empty one is taken out.
pub(super) fn set_header(text: &mut String, name: &str, value: &str) {
    let (head, body) = split(text);
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    let borrowed: Vec<&str> = head.lines().collect();
    let written = (!value.trim().is_empty()).then(|| format!("{name}: {}", value.trim()));
    match span(&borrowed, name) {
        Some((first, end)) => {
            lines.splice(first..end, written);
        }
        None => lines.extend(written),
    }
    let head: String = lines.iter().map(|line| format!("{line}\n")).collect();
    *text = put(&head, body);
}

/// What stands behind the header; of a message with an attachment, what was written.
pub(super) fn body(text: &str) -> String {
    match parts(text) {
        Some((written, _)) => written.to_owned(),
        None => split(text).1.to_owned(),
    }
}

/// Writes what stands behind the header.
pub(super) fn set_body(text: &mut String, written: &str) {
    let attached = attachment(text);
    let body = match attached {
        Some((name, content)) => joined(written, &name, &content),
        None => written.to_owned(),
    };
    *text = put(split(text).0, &body);
}

/// The attachment: its name, and what is in it. Only one that this module wrote is known.
pub(super) fn attachment(text: &str) -> Option<(String, String)> {
    let (_, attached) = parts(text)?;
    let (head, content) = attached.split_once("\n\n")?;
    let (_, name) = head.split_once("filename=\"")?;
    Some((name.split('"').next().unwrap_or_default().to_owned(), content.to_owned()))
}

/// Puts an attachment in, in the place of the one that was there; an empty name takes it away.
pub(super) fn set_attachment(text: &mut String, name: &str, content: &str) {
    let written = body(text);
    let attach = !name.is_empty();
    set_header(text, "MIME-Version", if attach { "1.0" } else { "" });
    let mixed = format!("multipart/mixed; boundary=\"{BOUNDARY}\"");
    set_header(text, "Content-Type", if attach { &mixed } else { "" });
    let body = if attach { joined(&written, name, content) } else { written };
    *text = put(split(text).0, &body);
}

/// Header and body. A body needs a header: without one it would be taken for it.
fn put(head: &str, body: &str) -> String {
    match head.trim_end_matches('\n') {
        "" => format!("Subject:\n\n{body}"),
        head => format!("{head}\n\n{body}"),
    }
}

fn joined(written: &str, name: &str, content: &str) -> String {
    format!(
        "--{BOUNDARY}\nContent-Type: text/plain; charset=utf-8\n\n{written}\n--{BOUNDARY}\nContent-Type: text/plain; \
         charset=utf-8\nContent-Disposition: attachment; filename=\"{name}\"\n\n{content}\n--{BOUNDARY}--\n"
    )
}

/// What was written, and the second part with its header.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (head, body) = split(text);
    head.contains(BOUNDARY).then_some(())?;
    let rest = body.strip_prefix("--")?.strip_prefix(BOUNDARY)?;
    let (_, rest) = rest.split_once("\n\n")?;
    let (written, rest) = rest.split_once(&format!("\n--{BOUNDARY}\n"))?;
    let (attached, _) = rest.split_once(&format!("\n--{BOUNDARY}--"))?;
    Some((written, attached))
}

/// The header, and what stands behind the empty line.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches('\n');
    text.split_once("\n\n").unwrap_or((text, ""))
}

/// From which line on a field stands, and where it ends.
fn span(lines: &[&str], name: &str) -> Option<(usize, usize)> {
    let is_it = |line: &&str| line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name));
    let first = lines.iter().position(is_it)?;
    let folded = lines[first + 1..].iter().take_while(|line| line.starts_with([' ', '\t'])).count();
    Some((first, first + 1 + folded))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "From: Grace <g@a>\nSubject: Two\n words\nX-Odd: 1\n\nHello\n\nAda\n";

    #[test]
    fn fields_are_read_and_written_and_the_rest_stays() {
        for (name, value, expected) in [
            ("subject", Some("Two words"), "From: Grace <g@a>\nsubject: New\nX-Odd: 1\n\nHello\n\nAda\n"),
            ("X-Odd", Some("1"), "From: Grace <g@a>\nSubject: Two\n words\nX-Odd: New\n\nHello\n\nAda\n"),
            ("To", None, "From: Grace <g@a>\nSubject: Two\n words\nX-Odd: 1\nTo: New\n\nHello\n\nAda\n"),
        ] {
            assert_eq!(header(TEXT, name).as_deref(), value, "{name}");
            let mut text = TEXT.to_owned();
            set_header(&mut text, name, "New");
            assert_eq!(text, expected, "{name}");
        }
        let mut text = TEXT.to_owned();
        set_header(&mut text, "Subject", "");
        set_body(&mut text, "Bye\n");
        assert_eq!(text, "From: Grace <g@a>\nX-Odd: 1\n\nBye\n");
    }

    #[test]
    fn an_attachment_comes_and_goes_and_the_body_stays() {
        let mut text = TEXT.to_owned();
        set_attachment(&mut text, "map.txt", "left, right");
        assert_eq!(attachment(&text), Some(("map.txt".into(), "left, right".into())));
        assert_eq!(body(&text), "Hello\n\nAda\n");
        set_body(&mut text, "Bye");
        assert_eq!((body(&text).as_str(), attachment(&text).map(|it| it.1).as_deref()), ("Bye", Some("left, right")));
        set_attachment(&mut text, "", "");
        assert_eq!((body(&text).as_str(), attachment(&text)), ("Bye", None));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "\\PC{0,40}(\n\\PC{0,20}){0,5}", value in "[a-z]([a-z ]{0,20}[a-z])?") {
            let mut text = text;
            let was = body(&text);
            set_header(&mut text, "Subject", &value);
            prop_assert_eq!(header(&text, "Subject"), Some(value));
            prop_assert_eq!(body(&text), was);
            set_body(&mut text, "x\n\ny");
            prop_assert_eq!(body(&text), "x\n\ny");
        }
    }
}
