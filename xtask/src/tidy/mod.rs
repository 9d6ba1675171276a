//! The house rules that no compiler knows: every file says what it is, files and functions stay small enough to see,
//! nothing is left lying about, every file is compiled, and who may mention whom. Reads text; understands no Rust beyond
//! what rustfmt makes of it.

mod imports;
mod modules;
mod rules;
mod source;

use std::fmt;
use std::fs;
use std::path::Path;

use crate::workshop::{Failure, Outcome, files_below};
use source::Source;

/// The folders with our Rust code.
const CODE_FOLDERS: [&str; 8] = ["bench", "bridge", "frontend", "protocol", "sandbox", "session", "tests", "xtask"];

/// One place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Offence {
    file: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Offence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

/// Checks every file of the project and prints each offence.
pub(crate) fn check(root: &Path) -> Outcome {
    let mut offences = Vec::new();
    for folder in CODE_FOLDERS {
        for path in files_below(&root.join(folder))? {
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(Failure::during(path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let source = Source::new(&name, &text);
            offences.extend(rules::check(&source));
            offences.extend(imports::check(&source));
            if !modules::is_named(&path) {
                let rule = "no module names this file, so nobody compiles it".to_owned();
                offences.push(Offence { file: name.clone(), line: 1, rule });
            }
        }
    }
    let page = root.join("index.html");
    let text = fs::read_to_string(&page).map_err(Failure::during(page.display()))?;
    offences.extend(rules::check_page("index.html", &text));
    for offence in &offences {
        println!("    {offence}");
    }
    match offences.len() {
        0 => Ok(()),
        count => Err(Failure::new(format!("{count} offences against the house rules (CONTRIBUTING.md)"))),
    }
}
