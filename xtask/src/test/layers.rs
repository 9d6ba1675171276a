//! Who may import whom, held by cargo and the compiler: what a crate would be linked with, and that the core builds for
//! a machine without an operating system. It does not look at source text; `tidy` does.

use std::collections::BTreeSet;

use crate::workshop::{Failure, Outcome, Workshop};

/// A target that has no standard library at all.
const BARE_TARGET: &str = "thumbv7em-none-eabi";
const PAGE_TARGET: &str = "wasm32-unknown-unknown";
const BROWSER_CRATES: [&str; 6] = ["gloo-storage", "gloo-timers", "js-sys", "leptos", "wasm-bindgen", "web-sys"];
const IMAP_CRATES: [&str; 2] = ["imap-codec", "imap-types"];

/// What a crate is linked with, tests left out.
struct Layer {
    package: &'static str,
    features: &'static [&'static str],
    /// `None`: this machine.
    target: Option<&'static str>,
    rule: Rule,
}

enum Rule {
    /// Of all crates in the world, only these.
    Only(&'static [&'static str]),
    /// Of our own crates, only these; and none of the others in the second list.
    Ours(&'static [&'static str], &'static [&'static str]),
}

const LAYERS: &[Layer] = &[
    // What POP3 is needs nothing.
    Layer { package: "popglass-protocol", features: &[], target: Some("all"), rule: Rule::Only(&[]) },
    // What a client does with it knows no browser.
    Layer {
        package: "popglass-session",
        features: &[],
        target: Some("all"),
        rule: Rule::Ours(&["popglass-protocol"], &BROWSER_CRATES),
    },
    Layer {
        package: "popglass-sandbox",
        features: &[],
        target: Some("all"),
        rule: Rule::Ours(&["popglass-protocol"], &BROWSER_CRATES),
    },
    // IMAP is for lessons alone: nobody else carries its codec.
    Layer {
        package: "popglass-sandbox",
        features: &[],
        target: Some("all"),
        rule: Rule::Ours(&["popglass-protocol"], &IMAP_CRATES),
    },
    Layer {
        package: "popglass-bridge",
        features: &[],
        target: None,
        rule: Rule::Ours(&["popglass-protocol", "popglass-sandbox"], &IMAP_CRATES),
    },
    // The bridge moves bytes; the demo's mail server is in it only where it is asked for.
    Layer {
        package: "popglass-bridge",
        features: &[],
        target: None,
        rule: Rule::Ours(&["popglass-protocol", "popglass-sandbox"], &BROWSER_CRATES),
    },
    Layer {
        package: "popglass-bridge",
        features: &["--no-default-features"],
        target: None,
        rule: Rule::Ours(&["popglass-protocol"], &["rcgen"]),
    },
    // On this machine the page is its pure part alone.
    Layer {
        package: "popglass-frontend",
        features: &[],
        target: None,
        rule: Rule::Ours(&["popglass-mail-worker", "popglass-protocol", "popglass-session"], &BROWSER_CRATES),
    },
    // The same for the classroom.
    Layer {
        package: "popglass-classroom",
        features: &[],
        target: None,
        rule: Rule::Ours(
            &[
                "popglass-explain",
                "popglass-frontend",
                "popglass-lessons",
                "popglass-mail-worker",
                "popglass-protocol",
                "popglass-sandbox",
                "popglass-session",
                "popglass-tls",
                "popglass-wire",
            ],
            &BROWSER_CRATES,
        ),
    },
    // And for the console.
    Layer {
        package: "popglass-console",
        features: &[],
        target: None,
        rule: Rule::Ours(
            &["popglass-explain", "popglass-frontend", "popglass-mail-worker", "popglass-protocol", "popglass-session"],
            &BROWSER_CRATES,
        ),
    },
    Layer {
        package: "popglass-console",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-explain", "popglass-frontend", "popglass-mail-worker", "popglass-protocol", "popglass-session"],
            &["ammonia", "mail-parser"],
        ),
    },
    // Neither the main thread nor the session worker carries the parsers of mail or the sandbox.
    Layer {
        package: "popglass-frontend",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-mail-worker", "popglass-protocol", "popglass-session"],
            &["ammonia", "mail-parser"],
        ),
    },
    Layer {
        package: "popglass-session-worker",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(&["popglass-protocol", "popglass-session"], &["ammonia", "leptos", "mail-parser"]),
    },
    Layer {
        package: "popglass-sandbox-worker",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-protocol", "popglass-sandbox"],
            &["ammonia", "imap-codec", "leptos", "mail-parser"],
        ),
    },
    Layer {
        package: "popglass-mail-worker",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(&[], &["leptos"]),
    },
    // TLS in the page knows POP3 by its words alone, and no browser but for randomness and the clock.
    Layer {
        package: "popglass-tls",
        features: &[],
        target: None,
        rule: Rule::Ours(&["popglass-protocol", "popglass-session"], &BROWSER_CRATES),
    },
    Layer {
        package: "popglass-tls",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-protocol", "popglass-session"],
            &["ammonia", "gloo-timers", "leptos", "mail-parser", "rcgen", "web-sys"],
        ),
    },
    // Lessons know every part that is pure, and no screen.
    Layer {
        package: "popglass-lessons",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-protocol", "popglass-sandbox", "popglass-session", "popglass-tls", "popglass-wire"],
            &["ammonia", "gloo-timers", "leptos", "mail-parser", "rcgen", "web-sys"],
        ),
    },
    // The wire of the lessons has TLS and no mailbox; its certificates are made beforehand.
    Layer {
        package: "popglass-wire",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-protocol", "popglass-session", "popglass-tls"],
            &["ammonia", "gloo-timers", "leptos", "mail-parser", "rcgen", "web-sys"],
        ),
    },
    // What teaches knows POP3 and what the session says of it, and no browser.
    Layer {
        package: "popglass-explain",
        features: &[],
        target: None,
        rule: Rule::Ours(&["popglass-protocol", "popglass-session"], &BROWSER_CRATES),
    },
    Layer {
        package: "popglass-explain",
        features: &[],
        target: Some(PAGE_TARGET),
        rule: Rule::Ours(
            &["popglass-protocol", "popglass-session"],
            &["ammonia", "gloo-timers", "leptos", "mail-parser", "web-sys"],
        ),
    },
];

/// Checks every layer, then that the core needs no operating system and the bridge no demo.
pub(super) fn check(workshop: &Workshop) -> Outcome {
    let mut broken = Vec::new();
    for layer in LAYERS {
        let linked = linked_with(workshop, layer)?;
        let wrong: Vec<_> = linked.iter().filter(|name| !layer.rule.allows(name)).map(String::as_str).collect();
        if !wrong.is_empty() {
            let target = layer.target.unwrap_or("this machine");
            let features = layer.features.join(" ");
            broken.push(format!(
                "{} {features} on {target} must not be linked with {}",
                layer.package,
                wrong.join(", ")
            ));
        }
    }
    if !broken.is_empty() {
        return Err(Failure::new(broken.join("\n    ")));
    }
    check_without_std(workshop)?;
    let mut bridge = workshop.command("cargo");
    workshop.run(bridge.args(["check", "--package", "popglass-bridge", "--no-default-features"]))
}

impl Rule {
    fn allows(&self, name: &str) -> bool {
        match self {
            Self::Only(allowed) => allowed.contains(&name),
            Self::Ours(allowed, forbidden) => {
                if name.starts_with("popglass-") {
                    allowed.contains(&name)
                } else {
                    !forbidden.contains(&name)
                }
            }
        }
    }
}

/// The names of all crates that a crate would be linked with, itself left out.
fn linked_with(workshop: &Workshop, layer: &Layer) -> Outcome<BTreeSet<String>> {
    let mut tree = workshop.command("cargo");
    tree.args(["tree", "--package", layer.package, "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    tree.args(layer.features);
    tree.args(layer.target.iter().flat_map(|target| ["--target", target]));
    let mut names = names_in(&workshop.read(&mut tree)?);
    if !names.remove(layer.package) {
        return Err(Failure::new(format!("`cargo tree` does not name {}", layer.package)));
    }
    Ok(names)
}

fn names_in(tree: &str) -> BTreeSet<String> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Builds the core for a target without a standard library; where rustup cannot bring one, the page's target and the
/// crate's own attribute have to do, and we say so.
fn check_without_std(workshop: &Workshop) -> Outcome {
    let source = workshop.root().join("protocol").join("src").join("lib.rs");
    let text = std::fs::read_to_string(&source).map_err(Failure::during(source.display()))?;
    if !text.lines().any(|line| line == "#![no_std]") {
        return Err(Failure::new("protocol/src/lib.rs has no line `#![no_std]`"));
    }
    let added = workshop.run(workshop.command("rustup").args(["target", "add", BARE_TARGET]));
    let target = match added {
        Ok(()) => BARE_TARGET,
        Err(failure) => {
            println!("    {failure}; the core is built for {PAGE_TARGET} instead, beside its `#![no_std]`");
            PAGE_TARGET
        }
    };
    for features in ["", "serde"] {
        let mut build = workshop.command("cargo");
        build.args(["check", "--package", "popglass-protocol", "--no-default-features", "--features", features]);
        workshop.run(build.args(["--target", target]))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_for_its_names() {
        let tree = "popglass-session v0.1.0 (/src/popglass/session)\nserde v1.0.0\nserde_derive v1.0.0 (proc-macro)\n\nserde v1.0.0 (*)\n";
        let names: Vec<_> = names_in(tree).into_iter().collect();
        assert_eq!(names, ["popglass-session", "serde", "serde_derive"]);
    }

    #[test]
    fn rules_allow_and_forbid() {
        let ours = Rule::Ours(&["popglass-protocol"], &["leptos"]);
        let check = |rule: &Rule, name, allowed| assert_eq!(rule.allows(name), allowed, "{name}");
        check(&ours, "popglass-protocol", true);
        check(&ours, "popglass-sandbox", false);
        check(&ours, "serde", true);
        check(&ours, "leptos", false);
        check(&Rule::Only(&[]), "serde", false);
    }
}
