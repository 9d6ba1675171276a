//! Makes one style sheet of the page's many: each lies beside its component, and a browser that fetches them one by one
//! compresses each for itself. What is loaded later is not linked in the page and stays as it is.

use std::fs;
use std::path::Path;

use crate::workshop::{Failure, Outcome, fingerprint};

/// A link to a style sheet as Trunk writes it, up to the file's name and behind it.
const LINK: (&str, &str) = ("<link rel=\"stylesheet\" href=\"./", "\"/>");

/// Joins the style sheets that `index.html` links, in their order.
pub(crate) fn join(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).map_err(Failure::during(page.display()))?;
    let names = linked(&html);
    match names.len() {
        0 => return Err(Failure::new("index.html links no style sheet as Trunk writes such links")),
        // Joined already.
        1 => return Ok(()),
        _ => {}
    }
    let mut joined = String::new();
    for name in &names {
        let file = dist.join(name);
        joined.push_str(fs::read_to_string(&file).map_err(Failure::during(file.display()))?.trim_end());
        joined.push('\n');
        fs::remove_file(&file).map_err(Failure::during(file.display()))?;
    }
    let plain = dist.join("styles.css");
    fs::write(&plain, joined).map_err(Failure::during(plain.display()))?;
    let digest = fingerprint(dist, std::slice::from_ref(&plain))?;
    let name = format!("styles-{digest}.css");
    fs::rename(&plain, dist.join(&name)).map_err(Failure::during(plain.display()))?;
    fs::write(&page, relinked(&html, &names, &name)).map_err(Failure::during(page.display()))
}

/// The names of the linked sheets, in order.
fn linked(html: &str) -> Vec<&str> {
    html.split(LINK.0).skip(1).filter_map(|rest| rest.split_once(LINK.1)).map(|(name, _)| name).collect()
}

/// The page with one sheet in the place of the first.
fn relinked(html: &str, names: &[&str], sheet: &str) -> String {
    let link = |name: &str| [LINK.0, name, LINK.1].concat();
    let mut html = html.to_owned();
    for (place, name) in names.iter().enumerate() {
        let instead = if place == 0 { link(sheet) } else { String::new() };
        html = html.replacen(&link(name), &instead, 1);
    }
    html.lines().filter(|line| !line.trim().is_empty()).fold(String::new(), |page, line| page + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sheet_stands_where_the_first_stood_with_all_that_was_in_them() {
        let dist = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(dist.path().join(name), text).expect("it can be written");
        let link = |name: &str| [LINK.0, name, LINK.1].concat();
        write("tokens-1.css", "@layer a, b;\n");
        write("base-2.css", "@layer b { p { margin: 0 } }\n");
        write("later.css", "@layer b { q { margin: 0 } }\n");
        write("index.html", &format!("<head>\n    {}\n    {}\n</head>\n", link("tokens-1.css"), link("base-2.css")));
        join(dist.path()).expect("it can be joined");
        let html = fs::read_to_string(dist.path().join("index.html")).expect("it is there");
        let names = linked(&html);
        let [name] = names[..] else { panic!("one sheet was awaited: {html}") };
        let joined = fs::read_to_string(dist.path().join(name)).expect("it is there");
        assert_eq!(joined, "@layer a, b;\n@layer b { p { margin: 0 } }\n");
        assert!(!dist.path().join("base-2.css").exists() && dist.path().join("later.css").exists());
        join(dist.path()).expect("nothing is left to join");
        assert_eq!(fs::read_to_string(dist.path().join("index.html")).expect("it is there"), html);
    }
}
