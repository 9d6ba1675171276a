//! Reads a sanitised fragment once more, by other code than made it. One thing that is not on the list, and none of it is
//! shown: a hole in the sanitiser then costs a view of one message, not its reader.

use super::sanitise::is_link;
use super::style::is_harmless_value;
use super::tags::{Found, read};
use super::{allowed, images};

/// Whether a fragment holds only what the list allows.
pub(super) fn is_harmless(fragment: &str) -> bool {
    let mut harmless = true;
    read(fragment, &mut |found| {
        harmless &= match found {
            Found::Tag { name, attributes } => {
                allowed::TAGS.contains(&name)
                    && attributes
                        .iter()
                        .all(|attribute| is_harmless_attribute(name, &attribute.name.local, &attribute.value))
            }
            Found::EndTag { name } => allowed::TAGS.contains(&name),
            Found::StyleSheet(_) | Found::Markup => false,
        };
    });
    harmless
}

fn is_harmless_attribute(tag: &str, attribute: &str, value: &str) -> bool {
    match (tag, attribute) {
        ("a", "href") => is_link(value),
        ("a", "target") => value == allowed::LINK_TARGET,
        ("a", "rel") => value == allowed::LINK_REL,
        ("img", "src") => images::is_inlined(value),
        (_, "style") => is_harmless_style(value),
        _ => allowed::has_attribute(tag, attribute),
    }
}

fn is_harmless_style(style: &str) -> bool {
    style.is_empty()
        || style.split(';').all(|declaration| {
            declaration
                .split_once(':')
                .is_some_and(|(property, value)| allowed::PROPERTIES.contains(&property) && is_harmless_value(value))
        })
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn what_the_list_allows_passes() {
        for fragment in [
            "",
            "text &amp; more",
            "<p style=\"color:red;width:1px\">x</p>",
            "<a href=\"https://x.example/\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>",
            "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" alt=\"\">",
        ] {
            assert!(is_harmless(fragment), "{fragment}");
        }
    }

    #[test]
    fn anything_else_fails_all_of_it() {
        for fragment in [
            "<script>alert(1)</script>",
            "<p onclick=\"x\">",
            "<svg></svg>",
            "<style>p{}</style>",
            "<!-- comment -->",
            "<!doctype html>",
            "<img src=\"https://x.example/a.png\">",
            "<img src=\"cid:a@b\">",
            "<a href=\"javascript:alert(1)\">",
            "<a href=\"https://x.example\" target=\"_top\">",
            "<p style=\"background:url(https://x.example/)\">",
            "<p style=\"position:fixed\">",
            "<p id=\"x\">",
            "<table background=\"https://x.example/a.png\">",
            "<iframe srcdoc=\"x\">",
            "<form>",
            "<img srcset=\"a 2x\">",
        ] {
            assert!(!is_harmless(fragment), "{fragment}");
        }
    }
}
