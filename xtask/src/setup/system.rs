//! Programs that come from the operating system: on Debian and Ubuntu installed by apt where we are root, elsewhere named
//! exactly. It does not know what the tests do with them.

use std::fs;
use std::path::Path;

use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop};

/// One thing that the operating system has to bring.
pub(crate) struct Requirement {
    /// How a person calls it.
    pub(crate) title: &'static str,
    /// One of these is enough; a name is looked for on PATH and in `sbin`, a path as it stands.
    any_of: &'static [&'static str],
    /// Debian's package.
    pub(super) package: &'static str,
}

/// What the browser journeys run in.
pub(crate) const BROWSER: [Requirement; 3] = [
    Requirement { title: "Chromium", any_of: &["chromium", "chromium-browser", "google-chrome"], package: "chromium" },
    Requirement {
        title: "chromedriver",
        any_of: &["chromedriver", "chromium.chromedriver"],
        package: "chromium-driver",
    },
    // Chromium only recommends one, and without any its pages are white.
    Requirement {
        title: "a font",
        any_of: &["/usr/share/fonts", "/System/Library/Fonts"],
        package: "fonts-liberation",
    },
];

/// What the fuzz engine, which is C++, is built with.
pub(crate) const COMPILER: [Requirement; 1] =
    [Requirement { title: "a C++ compiler", any_of: &["c++", "g++", "clang++"], package: "g++" }];

/// The real mail server, and another program's view of it.
pub(crate) const MAIL_SERVER: [Requirement; 4] = [
    Requirement { title: "Dovecot", any_of: &["dovecot"], package: "dovecot-core" },
    Requirement {
        title: "Dovecot's POP3 server",
        any_of: &["/usr/lib/dovecot/pop3", "/usr/libexec/dovecot/pop3", "/usr/local/libexec/dovecot/pop3"],
        package: "dovecot-pop3d",
    },
    Requirement { title: "Python (for its poplib)", any_of: &["python3"], package: "python3" },
    Requirement {
        title: "OpenSSL (for RSA keys and its view of certificates)",
        any_of: &["openssl"],
        package: "openssl",
    },
];

/// What fetches a page, and is one of the clients below.
pub(crate) const CURL: Requirement = Requirement { title: "curl", any_of: &["curl"], package: "curl" };

/// POP3 clients that nobody here has written, and the parts of Perl that its one logs in and starts TLS with.
pub(crate) const MAIL_CLIENTS: [Requirement; 7] = [
    CURL,
    Requirement { title: "mpop", any_of: &["mpop"], package: "mpop" },
    Requirement { title: "fetchmail", any_of: &["fetchmail"], package: "fetchmail" },
    Requirement { title: "getmail", any_of: &["getmail"], package: "getmail6" },
    Requirement {
        title: "Perl's Authen::SASL",
        any_of: &["/usr/share/perl5/Authen/SASL.pm"],
        package: "libauthen-sasl-perl",
    },
    Requirement {
        title: "Perl's Digest::HMAC",
        any_of: &["/usr/share/perl5/Digest/HMAC_MD5.pm"],
        package: "libdigest-hmac-perl",
    },
    Requirement {
        title: "Perl's IO::Socket::SSL",
        any_of: &["/usr/share/perl5/IO/Socket/SSL.pm"],
        package: "libio-socket-ssl-perl",
    },
];

/// What reads saved packets, beside the code that wrote them.
pub(crate) const PACKET_READER: [Requirement; 1] =
    [Requirement { title: "tshark", any_of: &["tshark"], package: "tshark" }];

/// What compiles C for the page's target, and binds it together; [`super::wasm_c`] looks closer.
pub(crate) const WASM_C: [Requirement; 2] = [
    Requirement { title: "a clang that knows WebAssembly", any_of: &["clang", "clang-22"], package: "clang-22" },
    Requirement { title: "llvm-ar", any_of: &["llvm-ar", "llvm-ar-22"], package: "llvm-22" },
];

/// What counts instructions.
pub(crate) const MEASUREMENT: [Requirement; 1] =
    [Requirement { title: "valgrind", any_of: &["valgrind"], package: "valgrind" }];

impl Requirement {
    /// Where it lies, if it is here.
    pub(crate) fn find(&self, workshop: &Workshop) -> Option<String> {
        self.any_of.iter().find_map(|name| workshop.find_program(name)).map(|path| path.display().to_string())
    }

    /// How it would be installed.
    pub(crate) fn install_line(&self) -> String {
        let anywhere = || format!("install {} (Debian's package `{}`)", self.title, self.package);
        match Distribution::current() {
            Distribution::Debian => format!("apt-get install {}", self.package),
            Distribution::Ubuntu => snap_line(self.package).map_or_else(anywhere, str::to_owned),
            Distribution::Other => anywhere(),
        }
    }
}

/// Installs what is missing, or says exactly what is.
pub(crate) fn provide(workshop: &Workshop, requirements: &[Requirement]) -> Outcome {
    let missing: Vec<_> = requirements.iter().filter(|requirement| requirement.find(workshop).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().map(|requirement| requirement.package).collect();
    install_packages(workshop, &packages)?;
    let still: Vec<_> = missing.iter().filter(|requirement| requirement.find(workshop).is_none()).collect();
    if still.is_empty() {
        return Ok(());
    }
    let titles: Vec<_> = still.iter().map(|requirement| requirement.title).collect();
    Err(Failure::new(format!("after installing {}, there is still no {}", packages.join(" "), titles.join(", no "))))
}

/// Installs Debian packages, or says what to type.
pub(crate) fn install_packages(workshop: &Workshop, packages: &[&str]) -> Outcome {
    match Distribution::current() {
        Distribution::Other => {
            return Err(Failure::new(format!(
                "this is neither Debian nor Ubuntu: install by hand what these Debian packages bring, then start again: {}",
                packages.join(" ")
            )));
        }
        Distribution::Ubuntu => {
            // There the apt packages only call for snaps, which containers do not run.
            let lines: Vec<_> = packages.iter().filter_map(|package| snap_line(package)).collect();
            if !lines.is_empty() {
                return Err(Failure::new(format!(
                    "Ubuntu has it as a snap; type, then start again: {}",
                    lines.join("; ")
                )));
            }
        }
        Distribution::Debian => {}
    }
    let list = packages.join(" ");
    if !rustix::process::geteuid().is_root() {
        return Err(Failure::new(format!("not root; type, then start again: sudo apt-get install {list}")));
    }
    step(&format!("install {list} by apt"), || {
        let mut update = workshop.command("apt-get");
        workshop.run(update.args(["update", "--quiet"]))?;
        let mut install = workshop.command("apt-get");
        install.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages);
        workshop.run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
        stop_mail_server(workshop, packages)
    })
}

/// Debian starts a server as soon as it is installed. Nobody asked for one here: the tests start their own.
fn stop_mail_server(workshop: &Workshop, packages: &[&str]) -> Outcome {
    if !packages.contains(&"dovecot-core") || !Path::new("/run/systemd/system").exists() {
        return Ok(());
    }
    workshop.run(workshop.command("systemctl").args(["disable", "--now", "dovecot.socket", "dovecot.service"]))
}

fn snap_line(package: &str) -> Option<&'static str> {
    match package {
        "chromium" | "chromium-driver" => Some("snap install chromium"),
        _ => None,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Distribution {
    Debian,
    Ubuntu,
    Other,
}

impl Distribution {
    fn current() -> Self {
        Self::of(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// By the text of /etc/os-release: the distribution itself, else the family it names.
    fn of(release: &str) -> Self {
        let value = |key: &str| {
            let line = release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
            Some(line.trim_matches(['"', '\'']))
        };
        let id = value("ID").unwrap_or_default();
        let family = value("ID_LIKE").unwrap_or_default();
        if std::iter::once(id).chain(family.split(' ')).any(|name| name == "ubuntu") {
            return Self::Ubuntu;
        }
        if std::iter::once(id).chain(family.split(' ')).any(|name| name == "debian") {
            return Self::Debian;
        }
        Self::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_are_told_by_os_release() {
        let check = |release, distribution| assert_eq!(Distribution::of(release), distribution);
        check("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n", Distribution::Debian);
        check("ID=ubuntu\nID_LIKE=debian\n", Distribution::Ubuntu);
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", Distribution::Ubuntu);
        check("ID=raspbian\nID_LIKE=debian\n", Distribution::Debian);
        check("ID=fedora\n", Distribution::Other);
        check("", Distribution::Other);
    }
}
