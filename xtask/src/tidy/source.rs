//! A Rust file as the rules see it: numbered lines, which of them are code, and which belong to tests.

/// One file.
pub(super) struct Source<'a> {
    /// Its path from the project's folder, with slashes.
    pub(super) name: &'a str,
    /// Every line.
    pub(super) lines: Vec<&'a str>,
    /// How many lines come before the tests; tests stand last.
    pub(super) lines_before_tests: usize,
}

impl<'a> Source<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        let lines: Vec<_> = text.lines().collect();
        let lines_before_tests = if is_test_file(name) {
            0
        } else {
            lines.iter().position(|line| *line == "#[cfg(test)]").unwrap_or(lines.len())
        };
        Self { name, lines, lines_before_tests }
    }

    /// The lines of code outside tests with their numbers, comments left out.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &'a str)> {
        numbered(&self.lines[..self.lines_before_tests])
    }

    /// The same, tests included.
    pub(super) fn code_and_tests(&self) -> impl Iterator<Item = (usize, &'a str)> {
        numbered(&self.lines)
    }

    /// Functions with the number of their first line and how many lines they have. rustfmt's layout makes it easy: a
    /// function ends at the first closing brace that stands as far in as its first line.
    pub(super) fn functions(&self) -> Vec<(usize, usize)> {
        let mut functions = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let Some(indent) = function_indent(line) else { continue };
            let closing = format!("{}}}", " ".repeat(indent));
            let rest = &self.lines[index..];
            // A declaration without a body, or all on one line, is never too long.
            let first_end = rest.iter().position(|line| line.trim_end().ends_with(['{', ';', '}'])).unwrap_or(0);
            if rest[first_end].trim_end().ends_with('{')
                && let Some(last) = rest.iter().position(|line| *line == closing)
            {
                functions.push((index + 1, last + 1));
            }
        }
        functions
    }
}

fn is_test_file(name: &str) -> bool {
    name.contains("/tests/") || name.starts_with("tests/") || name.ends_with("/tests.rs")
}

fn numbered<'a>(lines: &[&'a str]) -> impl Iterator<Item = (usize, &'a str)> {
    let code = lines.iter().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.map(|(index, line)| (index + 1, *line)).collect::<Vec<_>>().into_iter()
}

/// How far in a line stands that begins a function.
fn function_indent(line: &str) -> Option<usize> {
    let code = line.trim_start();
    let before = code.split("fn ").next().filter(|before| before.len() < code.len())?;
    let modifiers = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe", "extern", "\"C\""];
    let begins = before.split_whitespace().all(|word| modifiers.contains(&word) || word.starts_with("pub(in"));
    begins.then_some(line.len() - code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_from_first_line_to_closing_brace() {
        let check =
            |text: &str, functions: &[(usize, usize)]| assert_eq!(Source::new("a.rs", text).functions(), functions);
        check("fn a() {\n    b();\n}\n", &[(1, 3)]);
        check("impl A {\n    pub(crate) async fn a(\n        b: u8,\n    ) -> u8 {\n        b\n    }\n}\n", &[(2, 5)]);
        check("trait A {\n    fn a();\n}\n", &[]);
        check("fn a() {}\nfn b() { c() }\n", &[]);
        check("let a: fn() = b;\n// fn c() {\n}\n", &[]);
    }

    #[test]
    fn tests_and_comments_are_told_from_code() {
        let source = Source::new("a.rs", "a();\n// b();\n#[cfg(test)]\nmod tests {\n    c();\n}\n");
        assert_eq!(source.code().collect::<Vec<_>>(), [(1, "a();")]);
        assert_eq!(source.code_and_tests().count(), 5);
        assert_eq!(Source::new("tests/src/a.rs", "a();\n").code().count(), 0);
    }
}
