//! The one file of the page that a site changes: `index.html` gets lines that name its bridges and its policy. Writes
//! them, and takes exactly them out again, so that the rest can be compared with what was built. Pure.

use super::bridges::Bridges;
use crate::headers::page_policy;

/// The lines go behind this one: before anything that a policy could forbid.
const ANCHOR: &str = "    <meta charset=\"utf-8\">\n";

const POLICY: &str = "    <meta http-equiv=\"Content-Security-Policy\" content=\"";
const BRIDGES: &str = "    <meta name=\"popglass-bridges\" content=\"";
const ANY_BRIDGE: &str = "    <meta name=\"popglass-any-bridge\" content=\"yes\">\n";
const END: &str = "\">\n";

/// The page's policy, less what only a header can say.
fn policy_in_document(bridges: &Bridges) -> String {
    let policy = page_policy(&bridges.sockets());
    let parts = policy.split("; ").filter(|part| !part.starts_with("frame-ancestors "));
    parts.collect::<Vec<_>>().join("; ")
}

fn lines(bridges: &Bridges) -> String {
    let mut lines = format!("{POLICY}{}{END}", policy_in_document(bridges));
    if !bridges.tunnels.is_empty() {
        lines += &format!("{BRIDGES}{}{END}", bridges.tunnels.join(" "));
    }
    if bridges.any {
        lines += ANY_BRIDGE;
    }
    lines
}

/// The built `index.html` with the site's lines in it; nothing if it is not of the shape that they fit into.
pub(super) fn with_bridges(built: &str, bridges: &Bridges) -> Option<String> {
    let (before, after) = built.split_once(ANCHOR)?;
    Some(format!("{before}{ANCHOR}{}{after}", lines(bridges)))
}

/// An `index.html` as it is served, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Served {
    /// Without any line of a site: as built, or something else altogether.
    AsBuilt,
    /// With the lines that a site for these bridges has.
    OfSite {
        /// Without them.
        built: String,
        /// What they name.
        bridges: Bridges,
    },
    /// With such lines, but not those that `site` writes: another policy, or something between them.
    Changed,
}

/// Takes the lines of a site out.
pub(super) fn take_apart(served: &str) -> Served {
    let Some((before, behind)) = served.split_once(ANCHOR) else { return Served::AsBuilt };
    let Some(rest) = behind.strip_prefix(POLICY) else { return Served::AsBuilt };
    let read = || {
        let (_, mut rest) = rest.split_once(END)?;
        let mut tunnels = Vec::new();
        if let Some(named) = rest.strip_prefix(BRIDGES) {
            let (named, behind) = named.split_once(END)?;
            tunnels = named.split(' ').collect();
            rest = behind;
        }
        let bridges = Bridges::parse(&tunnels, rest.starts_with(ANY_BRIDGE)).ok()?;
        // What was read is written again: only if that gives the very same octets was nothing else there.
        let after = behind.strip_prefix(lines(&bridges).as_str())?;
        Some(Served::OfSite { built: format!("{before}{ANCHOR}{after}"), bridges })
    };
    read().unwrap_or(Served::Changed)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::headers::READER_POLICY;
    use crate::workshop::Workshop;

    const BUILT: &str =
        "<!doctype html>\n<html>\n  <head>\n    <meta charset=\"utf-8\">\n    <title>Popglass</title>\n";

    fn bridges(texts: &[&str], any: bool) -> Bridges {
        Bridges::parse(texts, any).unwrap()
    }

    #[test]
    fn the_lines_of_a_site_name_its_policy_and_its_bridges() {
        let site = with_bridges(BUILT, &bridges(&["https://a.example", "wss://b.example/x"], true)).unwrap();
        let lines: Vec<&str> = site.lines().skip(4).take(4).collect();
        assert_eq!(
            lines,
            [
                "    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' \
                 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                 connect-src 'self' wss:; frame-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; \
                 form-action 'none'\">",
                "    <meta name=\"popglass-bridges\" content=\"wss://a.example/tunnel wss://b.example/x\">",
                "    <meta name=\"popglass-any-bridge\" content=\"yes\">",
                "    <title>Popglass</title>",
            ]
        );
    }

    #[test]
    fn what_was_put_in_is_taken_out_and_nothing_else() {
        let rows = [
            bridges(&[], false),
            bridges(&["https://a.example"], false),
            bridges(&[], true),
            bridges(&["https://a.example", "http://127.0.0.1:8110"], true),
        ];
        for bridges in rows {
            let site = with_bridges(BUILT, &bridges).unwrap();
            assert_eq!(take_apart(&site), Served::OfSite { built: BUILT.to_owned(), bridges });
        }
        assert_eq!(take_apart(BUILT), Served::AsBuilt);
        assert_eq!(take_apart("<p>something else</p>"), Served::AsBuilt);
        assert_eq!(with_bridges("<p>something else</p>", &bridges(&[], false)), None);
    }

    #[test]
    fn a_weaker_policy_or_a_line_more_is_a_change() {
        let site = with_bridges(BUILT, &bridges(&["https://a.example"], false)).unwrap();
        let rows = [
            (
                "connect-src 'self' wss://a.example/tunnel",
                "connect-src 'self' wss://a.example/tunnel wss://evil.example",
            ),
            ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
            ("; form-action 'none'\">", "\">"),
            ("content=\"wss://a.example/tunnel\"", "content=\"wss://evil.example/tunnel\""),
            ("content=\"wss://a.example/tunnel\"", "content=\"wss://a.example\""),
            ("content=\"wss://a.example/tunnel\"", "content=\"x\"><script src=\"//evil.example\"></script><p a=\""),
        ];
        for (from, to) in rows {
            let changed = site.replace(from, to);
            assert_ne!(changed, site, "{from}");
            assert_eq!(take_apart(&changed), Served::Changed, "{to}");
        }
        // A script between the lines and the rest stays, so the rest differs from what was built.
        let more = site.replace("    <title>", "    <script src=\"x.js\"></script>\n    <title>");
        assert!(matches!(take_apart(&more), Served::OfSite { built, .. } if built != BUILT));
    }

    #[test]
    fn the_frame_for_mail_says_its_own_policy_and_the_page_takes_the_lines() {
        let root = Workshop::open().unwrap().root().to_path_buf();
        let reader = fs::read_to_string(root.join("frontend/reader.html")).unwrap();
        let policy = READER_POLICY.strip_suffix("; frame-ancestors 'self'").unwrap();
        assert!(reader.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")));
        let index = fs::read_to_string(root.join("index.html")).unwrap();
        assert_eq!(index.matches(ANCHOR).count(), 1);
    }
}
