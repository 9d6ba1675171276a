//! Takes out of the built page what only its authors read: comments, indentation, blank lines. Names, order and whatever
//! has a meaning stay. It knows where blanks may go, and nothing else of the languages.

use std::fs;
use std::path::Path;

use cssparser::{Parser, Token};

use crate::workshop::{Failure, Outcome, files_below};

/// Makes every script, style sheet and document below `dist` as small as it is without what is for its authors.
pub(crate) fn slim(dist: &Path) -> Outcome {
    for file in files_below(dist)? {
        let slimmed: fn(&str) -> String = match file.extension().and_then(|extension| extension.to_str()) {
            Some("js") => script,
            Some("css") => style_sheet,
            Some("html") => document,
            _ => continue,
        };
        let text = fs::read_to_string(&file).map_err(Failure::during(file.display()))?;
        fs::write(&file, slimmed(&text)).map_err(Failure::during(file.display()))?;
    }
    Ok(())
}

/// Without comments that have lines to themselves, indentation and blank lines. Every other end of a line stays, since it
/// may end a statement; a script with anything that runs over lines stays as it is.
fn script(text: &str) -> String {
    if text.lines().any(runs_over_lines) {
        return text.to_owned();
    }
    let mut slimmed = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines() {
        let mut line = line.trim();
        // What opens a comment does not close it: `/*/` is its beginning.
        let inside = if in_comment { Some(line) } else { line.strip_prefix("/*") };
        if let Some(inside) = inside {
            let closed = inside.split_once("*/");
            in_comment = closed.is_none();
            line = closed.map_or("", |(_, behind)| behind.trim());
        }
        if !line.is_empty() && !line.starts_with("//") {
            slimmed.push_str(line);
            slimmed.push('\n');
        }
    }
    slimmed
}

/// Whether something may begin here that goes on in the next line: a template, a string, or a comment behind code. It
/// rather sees one too many.
fn runs_over_lines(line: &str) -> bool {
    let line = line.trim();
    let opened = line.rfind("/*").filter(|&place| place > 0);
    let is_template =
        !line.matches('`').count().is_multiple_of(2) || line.matches("${").count() > line.matches('}').count();
    is_template || line.ends_with('\\') || opened.is_some_and(|place| !line[place..].contains("*/"))
}

/// Without comments and the lines that they leave empty. Lines stay as they are: a blank between words may be seen, and
/// `site/index.rs` finds its place by them.
fn document(text: &str) -> String {
    let mut parts = text.split("<!--");
    let mut html = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        html.push_str(part.split_once("-->").map_or("", |(_, behind)| behind));
    }
    html.lines().filter(|line| !line.trim().is_empty()).fold(String::new(), |html, line| html + line + "\n")
}

fn style_sheet(text: &str) -> String {
    let mut slimmed = String::with_capacity(text.len());
    tokens(&mut Parser::new(text), &mut slimmed);
    slimmed
}

/// Writes the tokens of one block: each as it stands, blanks only where they may mean something.
fn tokens(parser: &mut Parser<'_>, slimmed: &mut String) {
    // Between two selectors a blank is a word of its own, and so it is before what opens (`and (`) or a colon (`a :hover`).
    const NONE_BEFORE: [char; 5] = ['{', '}', ')', ';', ','];
    let (mut blank, mut comment) = (false, false);
    // A mark that is escaped (`.a\:`) belongs to a word.
    let mut behind_mark = true;
    loop {
        let start = parser.position();
        let mut is_mark = false;
        let closing = match parser.next_including_whitespace_and_comments() {
            Err(_) => return,
            Ok(Token::WhiteSpace(_)) => {
                blank = true;
                continue;
            }
            Ok(Token::Comment(_)) => {
                comment = true;
                continue;
            }
            Ok(Token::CurlyBracketBlock) => Some('}'),
            Ok(Token::SquareBracketBlock) => Some(']'),
            Ok(Token::ParenthesisBlock | Token::Function(_)) => Some(')'),
            Ok(Token::Semicolon | Token::Comma | Token::Colon) => {
                is_mark = true;
                None
            }
            Ok(_) => None,
        };
        let token = parser.slice_from(start);
        if blank && !behind_mark && !token.starts_with(NONE_BEFORE) {
            slimmed.push(' ');
        } else if comment && !blank {
            // It may be all that keeps two words apart.
            slimmed.push_str("/**/");
        }
        (blank, comment, behind_mark) = (false, false, is_mark);
        slimmed.push_str(token);
        if let Some(closing) = closing {
            let inside = parser.parse_nested_block(|parser| {
                tokens(parser, slimmed);
                Ok::<_, cssparser::ParseError<()>>(())
            });
            debug_assert!(inside.is_ok(), "a block is read to its end");
            slimmed.push(closing);
            behind_mark = closing == '}';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_keeps_the_blanks_that_mean_something() {
        let check = |text: &str, slimmed: &str| {
            assert_eq!(style_sheet(text), slimmed, "{text}");
            assert_eq!(style_sheet(slimmed), slimmed, "{text}");
        };
        check("", "");
        check("/* who */\n@layer a,\n  b;\n", "@layer a,b;");
        check("a {\n    margin: 0 auto;\n\n    /* why */\n    gap: 1px;\n}\n", "a{margin:0 auto;gap:1px;}");
        check("a :hover , a:hover > b { }", "a :hover,a:hover > b{}");
        check(".a .b, .c.d [e = \"f  g\"] { }", ".a .b,.c.d [e = \"f  g\"]{}");
        check(
            "@media (min-width: 1rem) and (min-height: 2rem) { a { } }",
            "@media (min-width:1rem) and (min-height:2rem){a{}}",
        );
        check("a { width: calc( 1rem - ( 2px + var(--a, 3px) ) ) }", "a{width:calc(1rem - (2px + var(--a,3px)))}");
        check("a { b: none !important; c: url( d.svg ) }", "a{b:none !important;c:url( d.svg )}");
        check("a { content: \"/* kept */  }\" }", "a{content:\"/* kept */  }\"}");
        check("a { & + b { c: d } > e { f: g } }", "a{& + b{c:d}> e{f:g}}");
        check("a/* x */b { c: d/* y */ e }", "a/**/b{c:d e}");
        check(".a\\: .b\\, .c { }", ".a\\: .b\\, .c{}");
        check("a { b: rgb(0 0 0 / 45%) ", "a{b:rgb(0 0 0 / 45%)}");
    }

    #[test]
    fn a_document_loses_its_comments_and_no_blank_between_words() {
        let check = |text: &str, slimmed: &str| assert_eq!(document(text), slimmed, "{text}");
        check("<p>\n    a  b\n    <!-- c\n    d -->\n    <b>e</b> f\n</p>\n", "<p>\n    a  b\n    <b>e</b> f\n</p>\n");
        check("<p>a<!-- b -->c</p>", "<p>ac</p>\n");
    }

    #[test]
    fn a_script_keeps_its_lines_and_what_is_in_its_strings() {
        let check = |text: &str, slimmed: &str| assert_eq!(script(text), slimmed, "{text}");
        check("// a\n\n  const b = \"/* c */  d\"; // e\n", "const b = \"/* c */  d\"; // e\n");
        check("/**\n * @returns {a}\n */\nb()\n", "b()\n");
        check("/* a */ b()\n/* c\n d */ e()\n", "b()\ne()\n");
        check("const a = {}\nawait b()\n", "const a = {}\nawait b()\n");
        check("a = `b  ${c}  // d`;\n  // e\n", "a = `b  ${c}  // d`;\n");
        check("/*/ a */ b()\n", "b()\n");
        for over_lines in [
            "a = `b\n  // c\n`;\n  // d\n",
            "a = `b ${`c\n  // d ${`e\n",
            "a = \"b\\\n  // c\";\n",
            "a(); /* b\n  /* c */\n d()\n",
        ] {
            check(over_lines, over_lines);
        }
    }

    #[test]
    fn only_what_is_text_of_ours_is_touched() {
        let dist = tempfile::tempdir().expect("a folder");
        for name in ["a.js", "b.css", "c.html", "d.svg", "e.wasm"] {
            fs::write(dist.path().join(name), "/* x */ <!-- y -->").expect("it can be written");
        }
        slim(dist.path()).expect("it can be made small");
        let left = |name: &str| fs::read_to_string(dist.path().join(name)).expect("it is there");
        assert_eq!([left("d.svg"), left("e.wasm")], ["/* x */ <!-- y -->", "/* x */ <!-- y -->"]);
        assert_eq!(left("c.html"), "/* x */ \n");
        assert_eq!(left("a.js"), "<!-- y -->\n");
        assert!(!left("b.css").contains('x'));
    }
}
