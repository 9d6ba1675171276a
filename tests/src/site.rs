//! The built page on a plain file server: no bridge, no tunnel, nothing but files.

use std::{net::Ipv4Addr, path::PathBuf};

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
    task: JoinHandle<()>,
}

impl Site {
    /// Serves what `trunk build` has left in `dist`.
    ///
    /// # Panics
    /// If the page was not built.
    pub async fn start() -> Self {
        let folder = folders::workspace().join("dist");
        assert!(folder.join("index.html").exists(), "the page was not built: run `trunk build --release`");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let authority = listener.local_addr().expect("a bound socket has an address").to_string();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, folder.clone()));
            }
        });
        Self { authority, task }
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
async fn answer(mut stream: TcpStream, folder: PathBuf) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(count @ 1..) => request.extend(&buffer[..count]),
            Ok(0) | Err(_) => return,
        }
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/");
    let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let (status, body) = match std::fs::read(folder.join(name)) {
        Ok(body) if !name.contains("..") => ("200 OK", body),
        Ok(_) | Err(_) => ("404 Not Found", Vec::new()),
    };
    // A browser that goes away needs no answer.
    drop(stream.write_all(&response(status, media_type(name), "", &body)).await);
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
