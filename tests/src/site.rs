//! The page on a plain file server: no tunnel, nothing but files. Either what was built, or what `cargo xtask site` has
//! laid out for a bridge elsewhere. On order one file is another than it should be.

use std::{
    net::Ipv4Addr,
    path::PathBuf,
    process::Command,
    sync::{Arc, Mutex, PoisonError},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::folders;

/// The file server.
#[derive(Debug)]
pub struct Site {
    /// Host and port.
    pub authority: String,
    shared: Arc<Mutex<Served>>,
    task: JoinHandle<()>,
}

/// What is served.
#[derive(Debug)]
struct Served {
    folder: PathBuf,
    /// The folder is gone with the server, if it was laid out for it.
    laid_out: Option<TempDir>,
    /// Another text for what is asked for by such a name, with a query of such an end.
    other: Option<Other>,
}

#[derive(Debug)]
struct Other {
    name: String,
    query_end: String,
    text: String,
}

impl Site {
    /// Serves what `trunk build` has left in `dist`.
    ///
    /// # Panics
    /// If the page was not built.
    pub async fn start() -> Self {
        let folder = folders::workspace().join("dist");
        assert!(folder.join("index.html").exists(), "the page was not built: run `cargo xtask build`");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let authority = listener.local_addr().expect("a bound socket has an address").to_string();
        let shared = Arc::new(Mutex::new(Served { folder, laid_out: None, other: None }));
        let served = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&served)));
            }
        });
        Self { authority, shared, task }
    }

    /// From here on it serves what `cargo xtask site` lays out for this bridge, given as the address of its tunnel.
    ///
    /// # Panics
    /// If that fails.
    pub fn name_bridge(&self, tunnel: &str) {
        let folder = tempfile::tempdir().expect("a folder for the site");
        let out = folder.path().join("site");
        let output = Command::new(folders::xtask_binary())
            .args(["site", "--bridge", tunnel, "--out"])
            .arg(&out)
            .env("CARGO_MANIFEST_DIR", folders::workspace().join("xtask"))
            .output()
            .expect("xtask can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut served = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        (served.folder, served.laid_out) = (out, Some(folder));
    }

    /// From here on whatever is asked for by this name, with a query of such an end, is this text instead.
    pub fn replace(&self, name: &str, query_end: &str, text: &str) {
        let (name, query_end, text) = (name.to_owned(), query_end.to_owned(), text.to_owned());
        let mut served = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        served.other = Some(Other { name, query_end, text });
    }

    /// The page's origin, as a bridge is told of it.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.authority)
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.authority)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves one page for any path, with more header lines (each with its CRLF), as long as the test runs; gives host and
/// port.
///
/// # Panics
/// If there is no free port.
pub async fn one_page(page: String, header_lines: &'static str) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let authority = listener.local_addr().expect("a bound socket has an address").to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // Whatever was asked for, the answer is the same.
            drop(stream.read(&mut [0; 4096]).await);
            drop(stream.write_all(&response("200 OK", media_type("html"), header_lines, page.as_bytes())).await);
        }
    });
    authority
}

/// One request a connection is enough for a test.
async fn answer(mut stream: TcpStream, served: Arc<Mutex<Served>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(count @ 1..) => request.extend(&buffer[..count]),
            Ok(0) | Err(_) => return,
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or("/");
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let (status, body) = served.lock().unwrap_or_else(PoisonError::into_inner).file(name, target);
    // A browser that goes away needs no answer.
    drop(stream.write_all(&response(status, media_type(name), "", &body)).await);
}

impl Served {
    fn file(&self, name: &str, target: &str) -> (&'static str, Vec<u8>) {
        let is_other = |other: &&Other| other.name == name && target.ends_with(&other.query_end);
        if let Some(other) = self.other.as_ref().filter(is_other) {
            return ("200 OK", other.text.clone().into_bytes());
        }
        match std::fs::read(self.folder.join(name)) {
            Ok(body) if !name.contains("..") => ("200 OK", body),
            Ok(_) | Err(_) => ("404 Not Found", Vec::new()),
        }
    }
}

fn response(status: &str, media_type: &str, header_lines: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\n{header_lines}content-length: {length}\r\n\
         connection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest" | "json") => "application/json",
        _ => "application/octet-stream",
    }
}
