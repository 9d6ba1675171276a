//! POP3 servers of other makers for the interoperability tests. Debian's packages of them exclude one another, so each
//! is unpacked into a folder of its own, to be run there by chroot; nothing is installed, and no script of a package
//! runs. It does not know how a server is configured: the tests do that in copies of the folders.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};

use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop};

/// Counted up whenever the folders are laid out anew from the same packages.
const LAYOUT: u32 = 1;

/// A server's folder, and what is unpacked there together with all that it depends on.
struct Server {
    folder: &'static str,
    packages: &'static [&'static str],
}

const SERVERS: [Server; 4] = [
    Server { folder: "courier", packages: &["courier-pop", "courier-authdaemon", "courier-authlib-userdb"] },
    Server { folder: "cyrus", packages: &["cyrus-pop3d", "sasl2-bin", "libsasl2-modules", "libsasl2-modules-db"] },
    Server { folder: "mailutils", packages: &["mailutils-pop3d"] },
    // Its port is fixed when it is compiled; tcpserver, a small inetd, lends it any other.
    Server { folder: "popa3d", packages: &["popa3d", "ucspi-tcp"] },
];

/// What packages depend on to be installed, or to run programs that the tests do not: most of the octets.
const LEFT_OUT: [&str; 18] = [
    "adduser",
    "cron",
    "debconf",
    "dpkg",
    "exim4-base",
    "exim4-config",
    "exim4-daemon-light",
    "guile-3.0-libs",
    "libperl5.36",
    "libpython3.11",
    "libpython3.11-minimal",
    "libpython3.11-stdlib",
    "passwd",
    "perl",
    "perl-base",
    "perl-modules-5.36",
    "tar",
    "usrmerge",
];

/// Nothing of this is read by a server.
const PRUNED: [&str; 5] = ["doc", "info", "lintian", "locale", "man"];

/// Names the packages and the layout: a folder with another recipe is out of date.
const RECIPE: &str = "recipe";

/// Where the servers lie, if they are here as this version of the recipe makes them.
pub(crate) fn find(workshop: &Workshop) -> Option<PathBuf> {
    let folder = folder(workshop);
    let found = fs::read_to_string(folder.join(RECIPE)).ok()?;
    (found == recipe()).then_some(folder)
}

/// How the folders come about, for whoever does not have them.
pub(crate) const INSTALL_LINE: &str =
    "unpacked from Debian's packages into the build folder by `cargo xtask test --only interop`, as root";

/// Makes the folders if they are not here.
pub(crate) fn provide(workshop: &Workshop) -> Outcome {
    if !rustix::process::geteuid().is_root() {
        return Err(Failure::new(
            "the POP3 servers of other makers run by chroot, which only root may do; type: \
             sudo --preserve-env=PATH,HOME cargo xtask test --only interop",
        ));
    }
    if find(workshop).is_some() {
        return Ok(());
    }
    for program in ["apt-get", "dpkg-deb", "chroot"] {
        if workshop.find_program(program).is_none() {
            return Err(Failure::new(format!(
                "no {program}: the POP3 servers of other makers are unpacked from Debian's packages; run this on Debian"
            )));
        }
    }
    step("unpack POP3 servers of other makers", || build(workshop))
}

fn folder(workshop: &Workshop) -> PathBuf {
    workshop.target().join("servers")
}

fn recipe() -> String {
    let servers = SERVERS.iter().map(|server| format!("{}: {}\n", server.folder, server.packages.join(" ")));
    format!("layout {LAYOUT}\n{}without {}\n", servers.collect::<String>(), LEFT_OUT.join(" "))
}

/// Builds beside the place and moves there at the end: what an interrupted run leaves is never taken for the whole.
fn build(workshop: &Workshop) -> Outcome {
    let scratch = workshop.target().join("servers.new");
    clear(&scratch)?;
    let archives = scratch.join("archives");
    fs::create_dir_all(&archives).map_err(Failure::during(archives.display()))?;
    workshop.run(workshop.command("apt-get").args(["update", "--quiet=2"]))?;
    let closures = SERVERS.iter().map(|server| closure(workshop, &archives, server)).collect::<Outcome<Vec<_>>>()?;
    download(workshop, &archives, closures.iter().flatten().collect())?;
    for (server, closure) in SERVERS.iter().zip(&closures) {
        let root = scratch.join(server.folder);
        for package in closure {
            workshop.run(workshop.command("dpkg-deb").arg("--extract").arg(archives.join(&package.file)).arg(&root))?;
        }
        finish(&root).map_err(Failure::during(root.display()))?;
    }
    clear(&archives)?;
    fs::write(scratch.join(RECIPE), recipe()).map_err(Failure::during(scratch.display()))?;
    let folder = folder(workshop);
    clear(&folder)?;
    fs::rename(&scratch, &folder).map_err(Failure::during(folder.display()))
}

/// One package file as apt names it: `libgc1_1%3a8.2.2-3_amd64.deb`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    file: String,
    name: String,
    /// As `apt-get download` takes it.
    exactly: String,
}

impl Package {
    /// From a line of `--print-uris`: the address in quotes, the file's name, its size, its digest.
    fn parse(line: &str) -> Option<Self> {
        let file = line.strip_prefix('\'')?.split(' ').nth(1)?;
        let [name, version, architecture] = file.strip_suffix(".deb")?.split('_').collect::<Vec<_>>()[..] else {
            return None;
        };
        let version = version.replace("%3a", ":");
        let exactly = match architecture {
            "all" => format!("{name}={version}"),
            architecture => format!("{name}:{architecture}={version}"),
        };
        Some(Self { file: file.to_owned(), name: name.to_owned(), exactly })
    }
}

/// The server's packages and all that they depend on, as the machine's own apt resolves it for a system that has
/// nothing yet.
fn closure(workshop: &Workshop, archives: &Path, server: &Server) -> Outcome<Vec<Package>> {
    let nothing = archives.join("status");
    fs::write(&nothing, "").map_err(Failure::during(nothing.display()))?;
    let mut resolve = workshop.command("apt-get");
    resolve.arg("-o").arg(format!("Dir::State::status={}", nothing.display()));
    resolve.arg("-o").arg(format!("Dir::Cache::archives={}", archives.display()));
    resolve.args(["-o", "Debug::NoLocking=1", "--yes", "--quiet=2", "--no-install-recommends", "--print-uris"]);
    let answer = workshop.read(resolve.arg("install").args(server.packages))?;
    let packages: Vec<_> = answer.lines().filter_map(Package::parse).collect();
    if packages.is_empty() {
        return Err(Failure::new(format!("apt names no packages for {}: {answer}", server.folder)));
    }
    Ok(packages.into_iter().filter(|package| !LEFT_OUT.contains(&package.name.as_str())).collect())
}

/// Fetches each package once, however many servers use it; apt checks the digests.
fn download(workshop: &Workshop, archives: &Path, packages: BTreeSet<&Package>) -> Outcome {
    let mut download = workshop.command("apt-get");
    // As root: the user that apt would become may not write to a build folder.
    download.current_dir(archives).args(["-o", "APT::Sandbox::User=root", "--quiet=2", "download"]);
    workshop.run(download.args(packages.into_iter().map(|package| &package.exactly)))
}

/// Leaves out what nobody reads, and adds the few devices that programs expect.
fn finish(root: &Path) -> io::Result<()> {
    for name in PRUNED {
        let folder = root.join("usr/share").join(name);
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
    }
    let devices = root.join("dev");
    fs::create_dir_all(&devices)?;
    for (name, minor) in [("null", 3), ("random", 8), ("urandom", 9)] {
        let path = devices.join(name);
        mknodat(CWD, &path, FileType::CharacterDevice, Mode::RUSR | Mode::WUSR, makedev(1, minor))?;
        // Apart, since the process's mask takes bits away from the mode above.
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o666))?;
    }
    Ok(())
}

fn clear(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::during(folder.display())(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_read_from_the_lines_that_apt_prints() {
        let check = |line: &str, exactly: Option<(&str, &str)>| {
            let package = Package::parse(line);
            let found = package.as_ref().map(|package| (package.name.as_str(), package.exactly.as_str()));
            assert_eq!(found, exactly, "{line}");
        };
        check(
            "'http://mirror.example/libgc1_8.2.2-3_amd64.deb' libgc1_1%3a8.2.2-3_amd64.deb 245452 SHA256:00",
            Some(("libgc1", "libgc1:amd64=1:8.2.2-3")),
        );
        check("'http://mirror.example/n.deb' netbase_6.4_all.deb 12768 ", Some(("netbase", "netbase=6.4")));
        check("Reading package lists...", None);
        check("'http://mirror.example/InRelease' mirror.example_InRelease 0 ", None);
        check("", None);
    }

    #[test]
    fn the_recipe_names_every_package() {
        let recipe = recipe();
        assert!(SERVERS.iter().flat_map(|server| server.packages).all(|package| recipe.contains(package)), "{recipe}");
    }
}
