//! A folder that a server takes for the whole machine: a copy of the unpacked packages, in which one test writes what it
//! likes. Knows accounts and files; knows no server.

use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{PASSWORD_HASH, USER};
use crate::folders;

/// The copy. When it is dropped, every process that runs in it ends, however it got there; then the copy is removed.
#[derive(Debug)]
pub(super) struct Root {
    folder: TempDir,
}

/// Who owns a file. The numbers are of no account on the machine itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Root,
    /// The one whose mail it is.
    User,
    /// The server's own account.
    Server,
}

impl Owner {
    /// The number of its account and group.
    pub(super) fn id(self) -> u32 {
        match self {
            Self::Root => 0,
            Self::User => 51_000,
            Self::Server => 51_001,
        }
    }
}

impl Root {
    /// Copies what `cargo xtask` has unpacked, by hard links, and adds the accounts: root, the user, and one account of
    /// the server's name.
    ///
    /// # Panics
    /// If this is not root, or if the folder is not there.
    pub(super) fn copy(server: &str) -> Self {
        assert!(rustix::process::geteuid().is_root(), "{server} runs by chroot: run this test as root");
        let packages = folders::target("servers").join(server);
        assert!(packages.is_dir(), "no {server} at {}: run `cargo xtask test --only interop`", packages.display());
        // Below the build folder too: hard links do not leave their file system.
        let folder = tempfile::Builder::new()
            .prefix(server)
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir_in(folders::target("servers-running"))
            .expect("a folder for the copy");
        let mut copy = Command::new("cp");
        let copied = copy.args(["--archive", "--link"]).arg(packages.join(".")).arg(folder.path()).status();
        assert!(copied.expect("`cp` is part of every system").success(), "{server} could not be copied");
        let root = Self { folder };
        let accounts = [("root", Owner::Root), (USER, Owner::User), (server, Owner::Server)];
        let lines = |line: &dyn Fn(&str, u32) -> String| -> String {
            accounts.iter().map(|(name, owner)| line(name, owner.id())).collect()
        };
        root.write("etc/passwd", lines(&|name, id| format!("{name}:x:{id}:{id}::/home/{name}:/bin/sh\n")));
        root.write("etc/group", lines(&|name, id| format!("{name}:x:{id}:\n")) + "mail:x:8:\n");
        root.write("etc/shadow", format!("{USER}:{PASSWORD_HASH}:19000:0:99999:7:::\n"));
        root.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\nservices: files\n");
        root.write("etc/hosts", "127.0.0.1 localhost\n");
        for folder in ["tmp", "var/mail"] {
            fs::create_dir_all(root.path(folder)).expect("a new folder");
            fs::set_permissions(root.path(folder), fs::Permissions::from_mode(0o1777)).expect("it is ours");
        }
        root
    }

    /// Where a file of the copy lies on the machine.
    pub(super) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Writes a file that only its owner, root, may change, and everybody may read.
    pub(super) fn write(&self, inside: &str, content: impl AsRef<[u8]>) {
        self.write_for(Owner::Root, 0o644, inside, content);
    }

    /// Writes a file.
    pub(super) fn write_for(&self, owner: Owner, mode: u32, inside: &str, content: impl AsRef<[u8]>) {
        let path = self.path(inside);
        // A file of a package is one and the same in all copies: it is replaced, never written to.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => panic!("{}: {error}", path.display()),
            _ => {}
        }
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
        chown(&path, Some(owner.id()), Some(owner.id())).expect("root may hand over files");
    }

    /// Makes a folder of the owner's.
    pub(super) fn make_folder(&self, owner: Owner, inside: &str) {
        fs::create_dir_all(self.path(inside)).expect("a new folder");
        chown(self.path(inside), Some(owner.id()), Some(owner.id())).expect("root may hand over folders");
    }

    /// Gives what lies there to the owner, everything below included.
    pub(super) fn hand_over(&self, owner: Owner, inside: &str) {
        let mut rest = vec![self.path(inside)];
        while let Some(path) = rest.pop() {
            chown(&path, Some(owner.id()), Some(owner.id())).expect("root may hand over files");
            if path.is_dir() {
                rest.extend(fs::read_dir(&path).expect("it is there").map(|entry| entry.expect("it is there").path()));
            }
        }
    }

    /// A program to be run inside.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(self.folder.path()).arg(program).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        command
    }

    /// Runs a program inside to its end, gives it this input, and returns its output.
    pub(super) fn run(&self, program: &str, arguments: &[&str], input: &str) -> String {
        let mut command = self.command(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("`chroot` is part of every system");
        child.stdin.take().expect("it was asked for").write_all(input.as_bytes()).expect("it reads its input");
        let output = child.wait_with_output().expect("it was started");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {} {complaint}", output.status);
        String::from_utf8(output.stdout).expect("it writes ASCII")
    }

    /// Ends who runs inside: the kernel says of each process what it takes for the root.
    fn end_everyone(&self) {
        let inside = |process: &Path| fs::read_link(process.join("root")).is_ok_and(|root| root == self.folder.path());
        loop {
            let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
            let ids = entries.filter(|entry| inside(&entry.path()));
            let ids: Vec<_> =
                ids.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)).collect();
            if ids.is_empty() {
                return;
            }
            for id in ids {
                // It may have ended by itself: then there is nothing to do.
                let _gone = kill_process(id, Signal::KILL);
            }
        }
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        self.end_everyone();
    }
}
