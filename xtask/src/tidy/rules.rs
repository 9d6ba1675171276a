//! The rules that hold in every file alike.

use super::Offence;
use super::source::Source;

/// Code without its tests.
const FILE_LINES_MAX: usize = 400;
/// Code with its tests.
const FILE_AND_TESTS_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// What is for the hour, not for the project. In two halves, so that this file does not offend against itself.
const LEFTOVERS: [(&str, &str); 6] =
    [("dbg", "!("), ("todo", "!("), ("unimplemented", "!("), ("#[igno", "re"), ("#[all", "ow("), ("FIX", "ME")];

/// Checks one file.
pub(super) fn check(source: &Source<'_>) -> Vec<Offence> {
    let offence = |line, rule: String| Offence { file: source.name.to_owned(), line, rule };
    let mut offences = Vec::new();
    if !source.lines.first().is_some_and(|line| line.starts_with("//! ")) {
        offences.push(offence(1, "opens without `//!`: say what the file is and what it does not know".to_owned()));
    }
    if source.lines_before_tests > FILE_LINES_MAX {
        let rule = format!("{} lines before its tests, more than {FILE_LINES_MAX}", source.lines_before_tests);
        offences.push(offence(1, rule));
    }
    if source.lines.len() > FILE_AND_TESTS_LINES_MAX {
        offences.push(offence(1, format!("{} lines, more than {FILE_AND_TESTS_LINES_MAX}", source.lines.len())));
    }
    for (line, length) in source.functions() {
        if length > FUNCTION_LINES_MAX {
            offences.push(offence(line, format!("a function of {length} lines, more than {FUNCTION_LINES_MAX}")));
        }
    }
    for (line, code) in source.code_and_tests() {
        for (one, other) in LEFTOVERS {
            let leftover = format!("{one}{other}");
            if code.contains(&leftover) {
                offences.push(offence(line, format!("`{leftover}` is left over")));
            }
        }
    }
    offences
}

/// The page's policy runs no inline script and no inline style, so none may be written.
pub(super) fn check_page(name: &str, text: &str) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.to_ascii_lowercase();
        let inline_script = code.contains("<script") && !code.contains("src=");
        let handler = code.contains(" onclick=") || code.contains(" onload=") || code.contains("javascript:");
        if inline_script || handler || code.contains("<style") || code.contains(" style=") {
            let rule = "inline script or style: the page's policy would not run it".to_owned();
            offences.push(Offence { file: name.to_owned(), line: index + 1, rule });
        }
    }
    offences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(offences: &[Offence]) -> Vec<usize> {
        offences.iter().map(|offence| offence.line).collect()
    }

    #[test]
    fn each_rule_finds_its_offence_and_its_line() {
        let check = |text: &str, lines: &[usize]| {
            assert_eq!(lines_of(&check(&Source::new("a.rs", text))), lines, "{text:.60}");
        };
        check("//! A file.\n\nfn a() {\n    b();\n}\n", &[]);
        check("fn a() {}\n", &[1]);
        check("", &[1]);
        check(&format!("//! A file.\n{}", "a();\n".repeat(400)), &[1]);
        check(&format!("//! A file.\n#[cfg(test)]\n{}", "a();\n".repeat(400)), &[]);
        check(&format!("//! A file.\n#[cfg(test)]\n{}", "a();\n".repeat(500)), &[1]);
        check(&format!("//! A file.\nfn a() {{\n{}}}\n", "    b();\n".repeat(68)), &[]);
        check(&format!("//! A file.\nfn a() {{\n{}}}\n", "    b();\n".repeat(69)), &[2]);
        for (one, other) in LEFTOVERS {
            check(&format!("//! A file.\n// {one}{other}\n    {one}{other}\n"), &[3]);
        }
    }

    #[test]
    fn a_page_has_no_inline_script_and_no_inline_style() {
        let check =
            |text: &str, lines: &[usize]| assert_eq!(lines_of(&check_page("index.html", text)), lines, "{text}");
        check("<script type=\"module\" src=\"boot.js\"></script>", &[]);
        check("<p>\n<script>start()</script>", &[2]);
        check("<button onclick=\"start()\">", &[1]);
        check("<style>p { color: red }</style>", &[1]);
        check("<p style=\"color: red\">", &[1]);
        check("<link data-trunk rel=\"css\" href=\"a.css\">", &[]);
    }
}
