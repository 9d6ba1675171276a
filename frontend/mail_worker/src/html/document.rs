//! The document around a sanitised fragment: it forbids itself everything but inline styles and `data:` images, whatever
//! the fragment holds.

/// The policy of the document. It can only tighten what it inherits from the page around its frame.
const POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// White paper, since mail is written for it; long words and wide images stay inside.
const STYLE: &str = "\
:root{color-scheme:light;background:#fff}\
body{margin:0;padding:1rem;color:#1b1b1f;background:#fff;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
img{max-width:100%;height:auto}\
table{max-width:100%}\
pre{white-space:pre-wrap}\
blockquote{margin:0 0 0 .5rem;padding-left:.75rem;border-left:3px solid #c8c8d0}\
a{color:#0b57d0}";

/// A whole document for `srcdoc`.
pub(super) fn document(fragment: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <meta name=\"referrer\" content=\"no-referrer\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <style>{STYLE}</style></head><body>{fragment}</body></html>"
    )
}
