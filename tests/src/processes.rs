//! Child processes that end with the test, whichever way the test ends. Knows their ids and nothing of what they do.

use std::{
    fs,
    io::Read,
    os::unix::process::CommandExt as _,
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};

/// A child and everything that it started. Killed when dropped, a panicking test included.
#[derive(Debug)]
pub struct Processes {
    child: Child,
    output: Arc<Mutex<String>>,
}

impl Processes {
    /// Starts it in a process group of its own, and keeps what it writes to stdout and stderr.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        let (reader, writer) = std::io::pipe().expect("the system gives a pipe");
        let copy = writer.try_clone().expect("the system gives a second handle to the pipe");
        command.process_group(0).stdin(std::process::Stdio::null()).stdout(writer).stderr(copy);
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().unwrap_or_else(|error| panic!("cannot start {program}: {error}"));
        // The command keeps its ends of the pipe open as long as it lives; without them, the reader sees the end.
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let output = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&output);
        thread::spawn(move || collect(reader, &sink));
        Self { child, output }
    }

    /// The child's id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything written so far.
    #[must_use]
    pub fn output(&self) -> String {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it has ended, and how.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Asks the child itself to end.
    pub fn ask_to_end(&self) {
        self.signal_child(Signal::TERM);
    }

    /// Ends the child and all its descendants at once.
    pub fn kill(&mut self) {
        let family = family(self.child.id());
        for id in family {
            signal(id, Signal::KILL);
        }
        // Reaped here, so that its id is free again only now.
        drop(self.child.wait());
    }

    fn signal_child(&self, wanted: Signal) {
        signal(self.child.id(), wanted);
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        self.kill();
    }
}

fn signal(id: u32, wanted: Signal) {
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // It may have ended by itself: then there is nothing to do.
        let _gone = kill_process(pid, wanted);
    }
}

fn collect(mut reader: impl Read, sink: &Mutex<String>) {
    let mut buffer = [0; 4096];
    while let Ok(count) = reader.read(&mut buffer) {
        if count == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
        sink.lock().unwrap_or_else(PoisonError::into_inner).push_str(&text);
    }
}

/// The process and its descendants, youngest generation last. A browser puts its own children into a group of their
/// own, so the group alone would not do.
fn family(ancestor: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent_of(id)?)))
        .collect();
    let mut family = vec![ancestor];
    let mut next = 0;
    while let Some(&current) = family.get(next) {
        family.extend(parents.iter().filter(|(_, parent)| *parent == current).map(|(id, _)| *id));
        next += 1;
    }
    family
}

fn parent_of(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name stands in parentheses and may hold blanks: the fields go on behind the last one.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
