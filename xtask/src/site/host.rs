//! What a site's web server should send beside the files: the same headers as the bridge, for the two ways in which most
//! hosts take them. Pure.

use super::bridges::Bridges;
use crate::headers::{READER_PATH, REVALIDATE, cache_control, page_headers, page_policy, reader_headers};

/// Netlify's and Cloudflare's way. Where several rules match, they join what they say in ways of their own, so each file
/// has its own rule, and none matches two.
pub(crate) fn underscore_headers(bridges: &Bridges, names: &[&str]) -> String {
    let page = page_headers(&page_policy(&bridges.sockets()));
    let reader = reader_headers();
    let mut text = String::new();
    for path in std::iter::once("/".to_owned()).chain(names.iter().map(|name| format!("/{name}"))) {
        text += &format!("{path}\n");
        let headers = if path == READER_PATH { &reader } else { &page };
        for (name, value) in headers {
            text += &format!("  {name}: {value}\n");
        }
        text += &format!("  cache-control: {}\n", cache_control(&path));
    }
    text
}

/// For a `server` block of nginx. A `location` with an `add_header` of its own loses those around it, so each has all.
pub(crate) fn nginx_headers(bridges: &Bridges) -> String {
    let page = page_headers(&page_policy(&bridges.sockets()));
    let rows = |headers: &[(&'static str, String)], indent: &str| -> String {
        headers.iter().map(|(name, value)| format!("{indent}add_header {name} \"{value}\" always;\n")).collect()
    };
    format!(
        "# For the `server` block of nginx; `root` names the folder of this file. The site is expected at /.\n\
         gzip_static on;\n\
         # With the module for it: brotli_static on;\n\
         types {{\n    text/html html;\n    text/css css;\n    text/javascript js;\n    application/wasm wasm;\n    \
         image/svg+xml svg;\n}}\n\
         charset utf-8;\n\
         add_header cache-control \"{REVALIDATE}\" always;\n{}\
         location = {READER_PATH} {{\n    add_header cache-control \"{REVALIDATE}\" always;\n{}}}\n",
        rows(&page, ""),
        rows(&reader_headers(), "    ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_of_the_bridge_is_there_and_the_frame_has_its_own() {
        let bridges = Bridges::parse(&["https://a.example"], false).unwrap();
        let names = ["index.html", "app-0123456789abcdef.js", "reader.html", "tls.js"];
        let text = underscore_headers(&bridges, &names);
        let beginning = "  content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ";
        let rules: Vec<(&str, &str)> = text.split("\n/").map(|rule| rule.split_once('\n').unwrap()).collect();
        let paths: Vec<&str> = rules.iter().map(|(path, _)| *path).collect();
        assert_eq!(paths, ["/", "index.html", "app-0123456789abcdef.js", "reader.html", "tls.js"]);
        for (path, rule) in rules {
            let is_reader = path == "reader.html";
            assert_eq!(rule.starts_with(beginning), !is_reader, "{path}: {rule}");
            assert_eq!(rule.contains("connect-src 'self' wss://a.example/tunnel; "), !is_reader, "{path}: {rule}");
            let (ancestors, framing) = if is_reader { ("'self'", "SAMEORIGIN") } else { ("'none'", "DENY") };
            let cache = if path.contains('-') { "public, max-age=31536000, immutable" } else { "no-cache" };
            for line in [
                format!("frame-ancestors {ancestors}\n"),
                format!("  x-frame-options: {framing}\n"),
                "  cross-origin-embedder-policy: require-corp\n".to_owned(),
                "  permissions-policy: accelerometer=()".to_owned(),
                format!("  cache-control: {cache}"),
            ] {
                assert!(rule.contains(&line), "{path} {line}: {rule}");
            }
        }

        let nginx = nginx_headers(&bridges);
        for (name, value) in page_headers(&page_policy(&bridges.sockets())) {
            assert!(nginx.contains(&format!("add_header {name} \"{value}\" always;\n")), "{name}: {nginx}");
        }
        assert!(nginx.contains("    add_header x-frame-options \"SAMEORIGIN\" always;\n"), "{nginx}");
    }
}
