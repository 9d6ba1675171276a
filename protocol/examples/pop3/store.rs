//! Messages to files, so that what is told to be there is there after a power cut: each is written under a temporary
//! name, synced, renamed; the folder is synced last. Disks answer slowly and lines do, too, so threads wait for the
//! disk while the line goes on. Knows nothing of POP3.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
};

use crate::failure::Failure;

/// Threads that wait for the disk. A journal makes many syncs good at once, so more of them cost little.
const THREADS: usize = 16;

/// Octets that may wait for the disk before the line has to.
const WAITING_OCTETS_MAX: usize = 64 * 1024 * 1024;

/// A folder that takes messages.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    present: HashSet<OsString>,
    queue: Sender<Incoming>,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

/// A message on its way to its file. Dropped before its end, it leaves no file.
#[derive(Debug)]
pub(crate) struct Message {
    pieces: Sender<Piece>,
    shared: Arc<Shared>,
}

#[derive(Debug)]
enum Piece {
    Octets(Vec<u8>),
    End,
}

#[derive(Debug)]
struct Incoming {
    name: String,
    pieces: Receiver<Piece>,
}

#[derive(Debug, Default)]
struct Shared {
    progress: Mutex<Progress>,
    less_waits: Condvar,
}

#[derive(Debug, Default)]
struct Progress {
    octets_waiting: usize,
    failed: Option<(PathBuf, io::Error)>,
}

impl Shared {
    /// No thread panics while it holds the lock; if one did, its numbers would be good still.
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self, octets: usize) {
        self.progress().octets_waiting -= octets;
        self.less_waits.notify_one();
    }
}

impl Store {
    /// Makes the folder if it is missing, and looks at what is there.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::file(folder, &error);
        if !folder.is_dir() {
            fs::create_dir_all(folder).map_err(failed)?;
            if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                sync_folder(parent).map_err(failed)?;
            }
        }
        let entries = fs::read_dir(folder).map_err(failed)?;
        let present = entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>();
        let (queue, incoming) = channel();
        let (incoming, shared) = (Arc::new(Mutex::new(incoming)), Arc::new(Shared::default()));
        let threads = (0..THREADS).map(|_| {
            let (folder, incoming, shared) = (folder.to_owned(), Arc::clone(&incoming), Arc::clone(&shared));
            thread::spawn(move || write_all(&folder, &incoming, &shared))
        });
        Ok(Self {
            folder: folder.to_owned(),
            present: present.map_err(failed)?,
            queue,
            threads: threads.collect(),
            shared,
        })
    }

    /// Whether a file of this name was there from the start.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.present.contains(OsString::from(name).as_os_str())
    }

    /// This name, or if a file has it already, the next one that is free.
    pub(crate) fn free_name(&self, name: String) -> String {
        let stem = name.strip_suffix(".eml").unwrap_or(&name);
        let others = (2..).map(|count: u64| format!("{stem}~{count}.eml"));
        let free = others.into_iter().find(|other| !self.has(other));
        if self.has(&name) { free.unwrap_or(name) } else { name }
    }

    /// Begins a message.
    pub(crate) fn begin(&self, name: String) -> Message {
        let (pieces, receiver) = channel();
        // The threads end when the queue does, not before: somebody listens.
        let _ = self.queue.send(Incoming { name, pieces: receiver });
        Message { pieces, shared: Arc::clone(&self.shared) }
    }

    /// Whether a message could not be written; there is no sense in fetching more then.
    pub(crate) fn has_failed(&self) -> bool {
        self.shared.progress().failed.is_some()
    }

    /// Waits for the disk. When this succeeds, all messages are there to stay.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        drop(self.queue);
        for thread in self.threads {
            if thread.join().is_err() {
                let lost = io::Error::other("a thread that writes files ended unexpectedly");
                return Err(Failure::file(&self.folder, &lost));
            }
        }
        if let Some((path, error)) = self.shared.progress().failed.take() {
            return Err(Failure::file(&path, &error));
        }
        sync_folder(&self.folder).map_err(|error| Failure::file(&self.folder, &error))
    }
}

impl Message {
    /// Adds octets. Waits while too many wait for the disk already.
    pub(crate) fn write(&self, octets: Vec<u8>) {
        let mut progress = self.shared.progress();
        while progress.octets_waiting > WAITING_OCTETS_MAX {
            progress = self.shared.less_waits.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
        progress.octets_waiting += octets.len();
        drop(progress);
        let _ = self.pieces.send(Piece::Octets(octets));
    }

    /// The message is whole.
    pub(crate) fn end(self) {
        let _ = self.pieces.send(Piece::End);
    }
}

fn write_all(folder: &Path, incoming: &Mutex<Receiver<Incoming>>, shared: &Shared) {
    loop {
        let next = incoming.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(message) = next else { return };
        let (temporary, path) = (folder.join(format!(".{}.part", message.name)), folder.join(&message.name));
        if let Err(error) = write_one(&message.pieces, &temporary, &path, shared) {
            shared.progress().failed.get_or_insert((path, error));
            // What is left of the message has to be taken, or the line would wait for ever.
            for piece in &message.pieces {
                if let Piece::Octets(octets) = piece {
                    shared.taken(octets.len());
                }
            }
            let _ = fs::remove_file(&temporary);
        }
    }
}

fn write_one(pieces: &Receiver<Piece>, temporary: &Path, path: &Path, shared: &Shared) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(temporary)?);
    loop {
        match pieces.recv() {
            Ok(Piece::Octets(octets)) => {
                shared.taken(octets.len());
                file.write_all(&octets)?;
            }
            Ok(Piece::End) => break,
            // The message was given up: it never was.
            Err(_) => return fs::remove_file(temporary),
        }
    }
    file.into_inner()?.sync_all()?;
    // What was there is skipped, so this is another message whose name is the same on this file system.
    if path.try_exists()? {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "another message has this name in this folder"));
    }
    fs::rename(temporary, path)
}

/// A new name is there to stay once its folder is synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Store;

    #[test]
    fn whole_messages_are_there_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("new/mail");
        let store = Store::open(&path).expect("it can be made");
        for index in 0..100 {
            let message = store.begin(format!("{index}.eml"));
            message.write(b"Subject: ".to_vec());
            message.write(index.to_string().into_bytes());
            if index % 2 == 0 {
                message.end();
            }
        }
        store.finish().expect("it can be written");
        let store = Store::open(&path).expect("it is there");
        assert!(store.has("42.eml") && !store.has("43.eml"));
        store.finish().expect("there is nothing to do");
        assert_eq!(fs::read_dir(&path).expect("it is there").count(), 50);
        assert_eq!(fs::read(path.join("42.eml")).expect("it is there"), b"Subject: 42");
    }

    #[test]
    fn a_message_never_replaces_another() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let store = Store::open(folder.path()).expect("it is there");
        for text in ["one", "two"] {
            let message = store.begin("a.eml".to_owned());
            message.write(text.as_bytes().to_vec());
            message.end();
        }
        let failure = store.finish().expect_err("one of them cannot be written").to_string();
        assert!(failure.contains("a.eml"), "{failure}");
    }
}
