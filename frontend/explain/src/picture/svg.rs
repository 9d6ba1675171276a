//! Pieces of SVG: text that cannot break out, lines, heads of arrows. No style attributes: the page's policy would not
//! apply them.

/// Text as it may stand in an element or an attribute. Characters that XML does not have are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => safe.push(character),
        }
    }
    safe
}

/// A name, shortened; without what would turn the direction of the text behind it.
pub(super) fn cut(name: &str, chars_max: usize) -> String {
    let turns = |character: &char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut letters = name.chars().filter(|letter| !letter.is_control() && !turns(letter));
    let mut cut: String = letters.by_ref().take(chars_max).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// A line of text that begins, or ends, at a place.
pub(super) fn text(class: &str, x: u32, y: u32, words: &str) -> String {
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(words))
}

/// A path and the head of an arrow at its end, which points down or to the left.
pub(super) fn arrow(points: &[(u32, u32)]) -> String {
    let Some(&(x, y)) = points.last() else { return String::new() };
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
    let downwards = points.iter().rev().nth(1).is_some_and(|before| before.0 == x);
    let head = if downwards {
        format!("M{} {} L{x} {y} L{} {}", x - 4, y - 6, x + 4, y - 6)
    } else {
        format!("M{} {} L{x} {y} L{} {}", x + 6, y - 4, x + 6, y + 4)
    };
    format!("<path class=\"picture-line\" d=\"M{}\"/><path class=\"picture-head\" d=\"{head} Z\"/>", path.join(" L"))
}
