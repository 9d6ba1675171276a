//! The short list applied: ammonia parses as a browser does, drops, and writes anew.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use ammonia::{Builder, Url, UrlRelative};

use super::allowed;
use super::images::{Inlined, content_id};
use super::style::harmless_declarations;
use crate::limits::IMAGES_OCTETS_MAX;

/// What is left of an HTML part.
pub(super) struct Sanitised {
    /// A fragment, for inside `<body>`.
    pub(super) fragment: String,
    /// Parts of images that it shows, in ascending order.
    pub(super) image_parts: Vec<usize>,
}

/// What the attribute filter shows of images, counted while it runs.
#[derive(Default)]
struct ShownImages {
    parts: BTreeSet<usize>,
    octets: usize,
}

/// Drops all that is not on the list; `cid:` images become what `inlined` holds for them, or go.
pub(super) fn sanitise(html: &str, inlined: HashMap<String, Inlined>) -> Sanitised {
    let shown = Arc::new(Mutex::new(ShownImages::default()));
    let shown_by_filter = Arc::clone(&shown);
    let fragment = builder()
        .attribute_filter(move |tag, attribute, value| match (tag, attribute) {
            ("img", "src") => {
                let mut shown = shown_by_filter.lock().unwrap_or_else(PoisonError::into_inner);
                image_address(value, &inlined, &mut shown).map(Cow::Owned)
            }
            (_, "src") => None,
            ("a", "href") => is_link(value).then_some(Cow::Borrowed(value)),
            (_, "href") => None,
            (_, "style") => Some(harmless_declarations(value)).filter(|style| !style.is_empty()).map(Cow::Owned),
            _ => Some(Cow::Borrowed(value)),
        })
        .clean(html)
        .to_string();
    let shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    Sanitised { fragment, image_parts: shown.parts.iter().copied().collect() }
}

fn builder() -> Builder<'static> {
    let tag_attributes: HashMap<&str, HashSet<&str>> =
        allowed::TAG_ATTRIBUTES.iter().map(|(tag, attributes)| (*tag, attributes.iter().copied().collect())).collect();
    // `cid` for the images' sake; the attribute filter keeps it from links.
    let schemes = allowed::LINK_SCHEMES.into_iter().chain(["cid"]).collect();
    let mut builder = Builder::empty();
    builder
        .tags(allowed::TAGS.into_iter().collect())
        .clean_content_tags(allowed::TAGS_WITH_CONTENT.into_iter().collect())
        .generic_attributes(allowed::ATTRIBUTES.into_iter().collect())
        .tag_attributes(tag_attributes)
        .set_tag_attribute_value("a", "target", allowed::LINK_TARGET)
        .link_rel(Some(allowed::LINK_REL))
        .url_schemes(schemes)
        .url_relative(UrlRelative::Deny)
        .filter_style_properties(allowed::PROPERTIES.into_iter().collect())
        .strip_comments(true);
    builder
}

fn image_address(value: &str, inlined: &HashMap<String, Inlined>, shown: &mut ShownImages) -> Option<String> {
    let image = inlined.get(&content_id(value)?)?;
    let octets = shown.octets.saturating_add(image.octets);
    if octets > IMAGES_OCTETS_MAX {
        return None;
    }
    shown.octets = octets;
    shown.parts.insert(image.part);
    Some(image.address.clone())
}

/// A link that may be followed by a click.
pub(super) fn is_link(value: &str) -> bool {
    Url::parse(value).is_ok_and(|url| allowed::LINK_SCHEMES.contains(&url.scheme()))
}
