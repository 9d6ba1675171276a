//! The tests' own judge of sanitised HTML. It reads only one way of writing: `<name key="value">`, `</name>`, and text
//! without `<`. Every browser reads that way alike, and anything else fails; it shares no code with what it judges.

/// The body of a document the worker made.
pub(crate) fn body(document: &str) -> &str {
    let (_, body) = document.split_once("<body>").expect("the document has a body");
    body.strip_suffix("</body></html>").expect("the document ends")
}

/// Fails if the body could run a script, fetch anything, leave its frame or lie over other things.
pub(crate) fn judge(given: &str, body: &str) {
    let mut rest = body;
    while let Some((_, tag)) = rest.split_once('<') {
        let end = tag_end(tag).unwrap_or_else(|| panic!("{given:?} leaves an open tag: {body}"));
        let (tag, after) = tag.split_at(end);
        rest = &after[1..];
        judge_tag(tag).unwrap_or_else(|reason| panic!("{given:?} leaves {reason}: {body}"));
    }
}

fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.char_indices().find_map(|(at, character)| {
        quoted ^= character == '"';
        (character == '>' && !quoted).then_some(at)
    })
}

fn judge_tag(tag: &str) -> Result<(), String> {
    if let Some(name) = tag.strip_prefix('/') {
        return judge_name(name);
    }
    let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    judge_name(name)?;
    while !attributes.is_empty() {
        let (key, value_and_rest) = attributes.split_once("=\"").ok_or_else(|| format!("attributes {attributes:?}"))?;
        let (value, rest) = value_and_rest.split_once('"').ok_or_else(|| format!("an open value {attributes:?}"))?;
        judge_attribute(name, key, value)?;
        attributes = rest.trim_start();
    }
    Ok(())
}

fn judge_name(name: &str) -> Result<(), String> {
    const FORBIDDEN: &str = " script style svg math form input button select textarea option link meta base object embed \
                             applet video audio source track picture iframe frame frameset template noscript title html \
                             head body image animate set use foreignobject map area portal marquee isindex keygen slot ";
    let is_plain = !name.is_empty() && name.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit());
    if !is_plain || FORBIDDEN.contains(&format!(" {name} ")) {
        return Err(format!("the element {name:?}"));
    }
    Ok(())
}

fn judge_attribute(name: &str, key: &str, value: &str) -> Result<(), String> {
    let is_harmless = match (name, key) {
        ("a", "href") => ["http://", "https://", "mailto:"].iter().any(|scheme| value.starts_with(scheme)),
        ("a", "target") => value == "_blank",
        ("a", "rel") => value == "noopener noreferrer nofollow",
        ("img", "src") => {
            let types = ["png", "jpeg", "gif", "webp", "bmp"];
            types.iter().any(|image| value.starts_with(&format!("data:image/{image};base64,")))
        }
        (_, "style") => {
            let lower = value.to_ascii_lowercase();
            let forbidden = ["url", "\\", "@", "import", "image", "expression", "var(", "position", "/*", "<", "://"];
            !forbidden.iter().any(|word| lower.contains(word))
        }
        (_, "alt" | "title" | "summary" | "abbr") => true,
        _ => {
            const SHAPE: &str = " align valign width height bgcolor color dir lang border hspace vspace colspan rowspan \
                                 nowrap scope face size cellpadding cellspacing rules start type value span clear \
                                 noshade ";
            SHAPE.contains(&format!(" {key} "))
        }
    };
    if is_harmless { Ok(()) } else { Err(format!("{name} {key}={value:?}")) }
}
