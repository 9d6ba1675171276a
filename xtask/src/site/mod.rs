//! `cargo xtask site`: the page for any static host, apart from its bridges. The same files as the bridge carries, octet
//! by octet, but for `index.html`, which names the bridges; and beside them what the host should send, and digests.

mod bridges;
mod host;
mod index;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

pub(crate) use bridges::Bridges;
use index::{Served, take_apart};

use crate::compress::{self, is_copy};
use crate::page;
use crate::step::step;
use crate::sums::{self, Sums, sum};
use crate::workshop::{Failure, Outcome, Workshop, files_below, name_in};

/// The page's own document.
pub(crate) const INDEX: &str = "index.html";
/// Headers for Netlify and Cloudflare.
const UNDERSCORE_HEADERS: &str = "_headers";
/// Headers for nginx.
const NGINX_HEADERS: &str = "nginx-headers.txt";

/// What `site` can be told.
#[derive(Args)]
pub(crate) struct SiteOptions {
    /// A bridge that the page offers, such as `https://bridge.example.org`, or `wss://host/path` for its tunnel; repeatable.
    /// Without any, the page asks the host that it comes from
    #[arg(long = "bridge", value_name = "URL")]
    bridges: Vec<String>,
    /// Let whoever uses the page name another bridge
    #[arg(long)]
    any_bridge: bool,
    /// The same as a file: bridges = ["…"], any_bridge = true
    #[arg(long, value_name = "TOML", conflicts_with_all = ["bridges", "any_bridge"])]
    config: Option<PathBuf>,
    /// Where to put it: an empty folder, or an earlier site
    #[arg(long, value_name = "FOLDER", default_value = "site")]
    out: PathBuf,
}

/// Builds the page and lays out the site.
pub(crate) fn site(workshop: &Workshop, options: &SiteOptions) -> Outcome {
    let bridges = match &options.config {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(Failure::during(path.display()))?;
            Bridges::parse_file(&text).map_err(Failure::during(path.display()))?
        }
        None => Bridges::parse(&options.bridges, options.any_bridge).map_err(Failure::new)?,
    };
    let out = workshop.root().join(&options.out);
    // Before the build: nobody should wait ten minutes for this answer.
    files_of_earlier_site(&out)?;
    page::build_page(workshop)?;
    step("lay out the site", || {
        for file in files_of_earlier_site(&out)? {
            fs::remove_file(&file).map_err(Failure::during(file.display()))?;
        }
        lay_out(&workshop.dist(), &out, &bridges)
    })?;
    println!("\nThe site is in {}.", out.display());
    for tunnel in &bridges.tunnels {
        println!("  bridge: {tunnel}; it must know this site: --origin https://…");
    }
    println!(
        "  headers: {UNDERSCORE_HEADERS} (Netlify, Cloudflare), {NGINX_HEADERS}; publish {} too.",
        sums::FILE_NAME
    );
    println!("  A host that sends no headers leaves the workers without a policy: see docs/threat-model.md.");
    Ok(())
}

/// Writes the site into a folder.
fn lay_out(dist: &Path, out: &Path, bridges: &Bridges) -> Outcome {
    for file in files_below(dist)? {
        let copy = out.join(name_in(dist, &file));
        let folder = copy.parent().unwrap_or(out);
        fs::create_dir_all(folder).and_then(|()| fs::copy(&file, &copy)).map_err(Failure::during(copy.display()))?;
    }
    let path = out.join(INDEX);
    let built = fs::read_to_string(&path).map_err(Failure::during(path.display()))?;
    let text = index::with_bridges(&built, bridges)
        .ok_or_else(|| Failure::new("index.html is not of the shape into which the bridges fit"))?;
    fs::write(&path, &text).map_err(Failure::during(path.display()))?;
    for (copy, octets) in compress::copies(&path, text.as_bytes()).map_err(Failure::during(path.display()))? {
        fs::write(&copy, octets).map_err(Failure::during(copy.display()))?;
    }
    // Of what was built: whatever else lies in the folder is not ours to vouch for.
    let mut sums = sums::of_folder(dist)?;
    for name in [INDEX.to_owned(), format!("{INDEX}.br"), format!("{INDEX}.gz")] {
        let path = out.join(&name);
        let content = fs::read(&path).map_err(Failure::during(path.display()))?;
        sums.insert(name, sum(&content));
    }
    for (name, text) in beside(bridges, &sums) {
        let path = out.join(name);
        fs::write(&path, text).map_err(Failure::during(path.display()))?;
    }
    Ok(())
}

/// The digests of the files that a site with this `index.html` has, and its bridges; nothing if it is not the one that
/// was built, with the lines of a site in it. `built` may also be the digests of that very site.
pub(crate) fn sums_of_site(built: &Sums, index: &str) -> Option<(Sums, Bridges)> {
    let Served::OfSite { built: without, bridges } = take_apart(index) else { return None };
    let own = sum(index.as_bytes());
    if ![&own, &sum(without.as_bytes())].contains(&built.get(INDEX)?) {
        return None;
    }
    let mut sums = built.clone();
    sums.insert(INDEX.to_owned(), own);
    for (name, octets) in compress::copies(Path::new(INDEX), index.as_bytes()).ok()? {
        sums.insert(name.display().to_string(), sum(&octets));
    }
    for (name, text) in beside(&bridges, &sums) {
        sums.insert(name.to_owned(), sum(text.as_bytes()));
    }
    Some((sums, bridges))
}

/// What lies beside the page's files, by name: for the host, and for whoever wants to check it.
fn beside(bridges: &Bridges, sums: &Sums) -> [(&'static str, String); 3] {
    let names: Vec<&str> = sums.keys().map(String::as_str).filter(|name| !is_copy(name)).collect();
    [
        (UNDERSCORE_HEADERS, host::underscore_headers(bridges, &names)),
        (NGINX_HEADERS, host::nginx_headers(bridges)),
        (sums::FILE_NAME, sums::write(sums)),
    ]
}

/// The files of an earlier site in this folder: none if it is empty or not there.
///
/// # Errors
/// If the folder holds something else, which nobody asked us to replace.
fn files_of_earlier_site(out: &Path) -> Outcome<Vec<PathBuf>> {
    let Ok(mut entries) = fs::read_dir(out) else { return Ok(Vec::new()) };
    if entries.next().is_none() {
        return Ok(Vec::new());
    }
    let list = out.join(sums::FILE_NAME);
    let sums = fs::read_to_string(&list).ok().and_then(|text| sums::read(&text).ok());
    let is_site =
        fs::read_to_string(out.join(INDEX)).is_ok_and(|text| matches!(take_apart(&text), Served::OfSite { .. }));
    let Some(sums) = sums.filter(|_| is_site) else {
        return Err(Failure::new(format!(
            "{} is neither empty nor an earlier site: name another folder with --out",
            out.display()
        )));
    };
    let names = sums.keys().map(String::as_str).chain([UNDERSCORE_HEADERS, NGINX_HEADERS, sums::FILE_NAME]);
    Ok(names.map(|name| out.join(name)).filter(|path| path.is_file()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dist(folder: &Path) -> PathBuf {
        let dist = folder.join("dist");
        fs::create_dir(&dist).unwrap();
        fs::write(dist.join(INDEX), "<head>\n    <meta charset=\"utf-8\">\n</head>\n").unwrap();
        fs::write(dist.join("app-0123456789abcdef.js"), "run()").unwrap();
        fs::write(dist.join("app-0123456789abcdef.js.br"), "br").unwrap();
        dist
    }

    #[test]
    fn a_site_is_the_built_page_but_for_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let (dist, out) = (dist(folder.path()), folder.path().join("site"));
        let bridges = Bridges::parse(&["https://a.example"], false).unwrap();
        lay_out(&dist, &out, &bridges).unwrap();

        let (built, laid_out) = (sums::of_folder(&dist).unwrap(), sums::of_folder(&out).unwrap());
        for (name, sum) in &built {
            assert_eq!(laid_out[name] == *sum, name != INDEX, "{name}");
        }
        let more: Vec<&str> = laid_out.keys().filter(|name| !built.contains_key(*name)).map(String::as_str).collect();
        assert_eq!(more, ["SHA256SUMS", "_headers", "index.html.br", "index.html.gz", "nginx-headers.txt"]);
        let index = fs::read_to_string(out.join(INDEX)).unwrap();
        assert_eq!(sums_of_site(&built, &index), Some((laid_out.clone(), bridges)), "it follows from the built page");
        let listed = sums::read(&fs::read_to_string(out.join(sums::FILE_NAME)).unwrap()).unwrap();
        assert!(listed.iter().all(|(name, sum)| laid_out[name] == *sum), "{listed:?}");
        assert_eq!(listed.len(), 5);
        assert_eq!(sums_of_site(&listed, &index).map(|(sums, _)| sums), Some(laid_out), "and from the site's own list");
        for changed in [index.replace("</head>", "<script></script></head>"), index.replace("'none'", "*")] {
            assert_eq!(sums_of_site(&built, &changed), None);
        }
        assert_eq!(sums_of_site(&built, &fs::read_to_string(dist.join(INDEX)).unwrap()), None);
    }

    #[test]
    fn only_an_earlier_site_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (dist, out) = (dist(folder.path()), folder.path().join("site"));
        assert!(files_of_earlier_site(&out).unwrap().is_empty(), "it is not there");
        fs::create_dir(&out).unwrap();
        assert!(files_of_earlier_site(&out).unwrap().is_empty(), "it is empty");
        lay_out(&dist, &out, &Bridges::default()).unwrap();
        fs::write(out.join("CNAME"), "mail.example.org").unwrap();
        lay_out(&dist, &out, &Bridges::default()).unwrap();
        let earlier = files_of_earlier_site(&out).unwrap();
        assert_eq!(earlier.len(), 8, "{earlier:?}");
        assert!(!earlier.contains(&out.join("CNAME")), "what others put there stays");
        fs::write(out.join(INDEX), "another page").unwrap();
        assert!(files_of_earlier_site(&out).unwrap_err().to_string().contains("neither empty nor"));
        assert!(files_of_earlier_site(&dist).is_err());
    }
}
