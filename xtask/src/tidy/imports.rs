//! Who may mention whom, where the compiler cannot tell: the rules of ARCHITECTURE.md that lie inside one crate.

use super::Offence;
use super::source::Source;

/// Within these files no code may contain these words.
struct Ban {
    /// The files: a folder or a file.
    within: &'static str,
    /// Files below it that may.
    except: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const BROWSER: &[&str] = &["gloo_", "js_sys", "leptos", "wasm_bindgen", "web_sys"];

const BANS: &[Ban] = &[
    Ban { within: "protocol/src/", except: &[], words: &["std::"], why: "the core has no standard library" },
    Ban { within: "session/src/", except: &[], words: BROWSER, why: "the session knows no browser" },
    Ban { within: "sandbox/src/", except: &[], words: BROWSER, why: "the sandbox knows no browser" },
    Ban { within: "frontend/src/app/", except: &[], words: BROWSER, why: "the app is pure; `ui` and `io` are not" },
    Ban {
        within: "frontend/src/ui/",
        except: &[],
        words: &["serde_json", "popglass_session", "popglass_protocol"],
        why: "the ui shows view models and sends messages; it parses and decides nothing",
    },
    Ban {
        within: "frontend/src/program/",
        except: &[],
        words: &["crate::app", "crate::i18n", "crate::io", "crate::ui", "popglass_"],
        why: "how a program runs, and no program: three of them have it",
    },
    Ban {
        within: "frontend/classroom/src/app/",
        except: &[],
        words: BROWSER,
        why: "the app is pure; `ui` and `io` are not",
    },
    Ban {
        within: "frontend/classroom/src/ui/",
        except: &[],
        words: &["popglass_protocol", "popglass_session", "popglass_wire"],
        why: "the ui shows view models and sends messages; it parses and decides nothing",
    },
    Ban {
        within: "frontend/tls/src/",
        except: &["frontend/tls/src/exports.rs"],
        words: BROWSER,
        why: "TLS is pure; `exports.rs` holds the borders to JavaScript",
    },
    Ban {
        within: "frontend/wire/src/",
        except: &[],
        words: BROWSER,
        why: "the wire is pure, and the same in a browser and without",
    },
    Ban {
        within: "frontend/console/src/app/",
        except: &[],
        words: BROWSER,
        why: "the app is pure; `ui` and `io` are not",
    },
    Ban {
        within: "frontend/console/src/ui/",
        except: &[],
        words: &["popglass_protocol", "popglass_session"],
        why: "the ui shows view models and sends messages; it parses and decides nothing",
    },
    Ban {
        within: "frontend/explain/src/",
        except: &[],
        words: BROWSER,
        why: "explanations are pure, and the same in a browser and without",
    },
    Ban {
        within: "bridge/src/",
        except: &["bridge/src/demo.rs", "bridge/src/demo/"],
        words: &["popglass_sandbox"],
        why: "only the demo knows the sandbox",
    },
    Ban {
        within: "bridge/src/",
        except: &["bridge/src/dial.rs"],
        words: &["TcpStream::connect", "TcpSocket", "UdpSocket", "lookup_host", "to_socket_addrs"],
        why: "only dial.rs opens a socket to a server, and it takes an approved target",
    },
];

/// Checks one file.
pub(super) fn check(source: &Source<'_>) -> Vec<Offence> {
    let bans = BANS.iter().filter(|ban| {
        source.name.starts_with(ban.within) && !ban.except.iter().any(|except| source.name.starts_with(except))
    });
    let mut offences = Vec::new();
    for ban in bans {
        for (line, code) in source.code() {
            if let Some(word) = ban.words.iter().find(|word| mentions(code, word)) {
                let rule = format!("mentions `{word}`: {}", ban.why);
                offences.push(Offence { file: source.name.to_owned(), line, rule });
            }
        }
    }
    offences
}

/// Whether the word stands in the code by itself, and not as the end of another.
fn mentions(code: &str, word: &str) -> bool {
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_may_not_mention_is_found() {
        let check = |name: &str, text: &str, offences: usize| {
            assert_eq!(check(&Source::new(name, text)).len(), offences, "{name}: {text}");
        };
        check("protocol/src/a.rs", "use std::fmt;\n", 1);
        check("protocol/src/a.rs", "use core::fmt;\n// not std::fmt\n", 0);
        check("protocol/src/a.rs", "use mystd::fmt;\n", 0);
        check("protocol/src/a.rs", "#[cfg(test)]\nmod tests {\n    use std::fmt;\n}\n", 0);
        check("protocol/tests/a.rs", "use std::fmt;\n", 0);
        check("session/src/a.rs", "web_sys::console::log_1();\n", 1);
        check("frontend/src/app/a.rs", "use leptos::prelude::*;\n", 1);
        check("frontend/src/program/a.rs", "use crate::app::Msg;\n", 1);
        check("frontend/src/program/a.rs", "use leptos::prelude::*;\n", 0);
        check("frontend/tls/src/engine/mod.rs", "use wasm_bindgen::JsValue;\n", 1);
        check("frontend/tls/src/exports.rs", "use wasm_bindgen::JsValue;\n", 0);
        check("frontend/wire/src/link.rs", "use js_sys::Date;\n", 1);
        check("frontend/src/ui/a.rs", "use leptos::prelude::*;\n", 0);
        check("frontend/src/ui/a.rs", "use popglass_session::Event;\n", 1);
        check("bridge/src/server.rs", "popglass_sandbox::world();\n", 1);
        check("bridge/src/demo.rs", "popglass_sandbox::world();\n", 0);
        check("bridge/src/relay.rs", "let socket = TcpStream::connect(address).await?;\n", 1);
        check("bridge/src/dial.rs", "let socket = TcpStream::connect(address).await?;\n", 0);
    }
}
