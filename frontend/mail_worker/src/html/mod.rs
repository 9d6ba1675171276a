//! An HTML part into a document that shows and does nothing else: no script, no remote content, no form.
//! The reader puts it into a script-less sandboxed frame with a policy of its own; nothing here relies on that, and that
//! relies on nothing here.
//!
//! In order: `survey` counts what would be fetched, `images` turns what `cid:` names into `data:`, `sanitise` lets through
//! a short list and drops the rest, `style` does so for declarations, `audit` reads the result with a fresh eye and
//! refuses all of it over one thing that should not be there.

mod allowed;
mod audit;
mod document;
mod images;
mod sanitise;
mod style;
mod survey;
mod tags;

use std::collections::HashMap;

pub(crate) use images::Raster;

use crate::limits::HTML_DEPTH_MAX;

/// What became of an HTML part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The whole document.
    pub(crate) document: String,
    /// References to remote content that were removed.
    pub(crate) remote_blocked: usize,
    /// The `part`s of the images it shows, in ascending order.
    pub(crate) image_parts: Vec<usize>,
}

/// Sanitises an HTML part; `images` are those of the same message, by Content-ID. Nothing if it nests too deep, or the
/// result does not pass the audit.
pub(crate) fn show(html: &str, images: &HashMap<String, Raster<'_>>) -> Option<Shown> {
    let survey = survey::survey(html);
    if survey.depth > HTML_DEPTH_MAX {
        return None;
    }
    let inlined = images::inline(&survey.content_ids, images);
    let sanitised = sanitise::sanitise(html, inlined);
    if !audit::is_harmless(&sanitised.fragment) {
        return None;
    }
    Some(Shown {
        document: document::document(&sanitised.fragment),
        remote_blocked: survey.remote,
        image_parts: sanitised.image_parts,
    })
}
