//! The page, out of the binary: an exact-path table with its caching, compression and content types. No file system at
//! run time, no redirects, so no path can lead anywhere else. Knows nothing of security headers: `server.rs` adds them.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hasher as _},
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};

use crate::headers::cache_control;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/page.rs"));
}

/// The page's files, by path.
pub struct Assets {
    files: BTreeMap<&'static str, File>,
}

struct File {
    content_type: HeaderValue,
    cache_control: HeaderValue,
    plain: Content,
    brotli: Option<Content>,
    gzip: Option<Content>,
}

struct Content {
    octets: &'static [u8],
    /// Of these very octets, so that a cache never mixes two encodings.
    etag: HeaderValue,
}

impl Assets {
    /// The page that the binary was built with.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(embedded::PAGE)
    }

    /// A page of these files; `x.br` and `x.gz` are encodings of `x` and have no path of their own.
    #[must_use]
    pub fn new(entries: &[(&'static str, &'static [u8])]) -> Self {
        let table: BTreeMap<&str, &'static [u8]> = entries.iter().copied().collect();
        let content = |octets: &'static [u8]| Content { octets, etag: etag(octets) };
        let files = entries.iter().filter(|(path, _)| !is_encoding(path, &table)).map(|&(path, octets)| {
            let file = File {
                content_type: content_type(path),
                cache_control: HeaderValue::from_static(cache_control(path)),
                plain: content(octets),
                brotli: table.get(format!("{path}.br").as_str()).copied().map(content),
                gzip: table.get(format!("{path}.gz").as_str()).copied().map(content),
            };
            (path, file)
        });
        Self { files: files.collect() }
    }

    /// Answers a request for the page or one of its files.
    #[must_use]
    pub fn respond(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        if method != Method::GET && method != Method::HEAD {
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        let path = if path == "/" { "/index.html" } else { path };
        let Some(file) = self.files.get(path) else {
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        };
        let (content, encoding) = file.choose(headers);
        let into = response.headers_mut();
        into.insert(header::CACHE_CONTROL, file.cache_control.clone());
        into.insert(header::ETAG, content.etag.clone());
        into.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if is_fresh(headers, &content.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        into.insert(header::CONTENT_TYPE, file.content_type.clone());
        if let Some(encoding) = encoding {
            into.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        into.insert(header::CONTENT_LENGTH, HeaderValue::from(content.octets.len()));
        if method == Method::GET {
            *response.body_mut() = Body::from(content.octets);
        }
        response
    }
}

impl File {
    /// The smallest form that the browser takes.
    fn choose(&self, headers: &HeaderMap) -> (&Content, Option<&'static str>) {
        if let Some(content) = self.brotli.as_ref().filter(|_| accepts(headers, "br")) {
            return (content, Some("br"));
        }
        if let Some(content) = self.gzip.as_ref().filter(|_| accepts(headers, "gzip")) {
            return (content, Some("gzip"));
        }
        (&self.plain, None)
    }
}

/// RFC 9110 §12.5.3, as far as browsers use it: the coding is named, and not with a weight of zero.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        let weight = parameters.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && weight.is_none_or(|weight| weight > 0.0)
    })
}

fn is_fresh(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim).any(|known| known == "*" || known == etag)
}

fn etag(octets: &[u8]) -> HeaderValue {
    // Tells versions of our own files apart, which takes no cryptography.
    let mut hasher = DefaultHasher::new();
    hasher.write(octets);
    HeaderValue::from_str(&format!("\"{:016x}\"", hasher.finish())).expect("hex digits and quotes are visible ASCII")
}

fn is_encoding(path: &str, table: &BTreeMap<&str, &[u8]>) -> bool {
    [".br", ".gz"].iter().any(|ending| path.strip_suffix(ending).is_some_and(|base| table.contains_key(base)))
}

fn content_type(path: &str) -> HeaderValue {
    HeaderValue::from_static(match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        // Any other type would keep the browser from compiling while it loads.
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets() -> Assets {
        Assets::new(&[
            ("/index.html", b"<!doctype html>"),
            ("/index.html.br", b"br"),
            ("/index.html.gz", b"gz"),
            ("/app-0123456789abcdef.js", b"js"),
            ("/app-0123456789abcdef_bg.wasm", b"wasm"),
            ("/app-0123456789abcdef_bg.wasm.gz", b"wasmgz"),
            ("/session_worker.js", b"worker"),
            // The worker imports it when the first TLS session starts; both keep their plain names, as the workers do.
            ("/tls.js", b"tls"),
            ("/tls_bg.wasm", b"tls in wasm"),
            ("/snippets/x-0123456789abcdef/y.js", b"snippet"),
            ("/lonely.gz", b"a file of its own"),
        ])
    }

    fn ask(method: Method, path: &str, headers: &[(header::HeaderName, &str)]) -> Response<Body> {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect();
        assets().respond(&method, path, &headers)
    }

    #[test]
    fn each_file_has_its_type_and_its_caching() {
        let (forever, revalidate) = ("public, max-age=31536000, immutable", "no-cache");
        let rows = [
            ("/", "text/html; charset=utf-8", revalidate, "15"),
            ("/index.html", "text/html; charset=utf-8", revalidate, "15"),
            ("/app-0123456789abcdef.js", "text/javascript; charset=utf-8", forever, "2"),
            ("/app-0123456789abcdef_bg.wasm", "application/wasm", forever, "4"),
            ("/session_worker.js", "text/javascript; charset=utf-8", revalidate, "6"),
            ("/tls.js", "text/javascript; charset=utf-8", revalidate, "3"),
            ("/tls_bg.wasm", "application/wasm", revalidate, "11"),
            ("/snippets/x-0123456789abcdef/y.js", "text/javascript; charset=utf-8", revalidate, "7"),
            ("/lonely.gz", "application/octet-stream", revalidate, "17"),
        ];
        for (path, content_type, cache, length) in rows {
            for method in [Method::GET, Method::HEAD] {
                let response = ask(method, path, &[]);
                assert_eq!(response.status(), StatusCode::OK, "{path}");
                let headers = response.headers();
                assert_eq!(headers[header::CONTENT_TYPE], content_type, "{path}");
                assert_eq!(headers[header::CACHE_CONTROL], cache, "{path}");
                assert_eq!(headers[header::CONTENT_LENGTH], length, "{path}");
                assert_eq!(headers[header::VARY], "Accept-Encoding", "{path}");
            }
        }
    }

    #[test]
    fn the_encoding_is_what_the_browser_takes() {
        let rows = [
            ("/", "gzip, deflate, br, zstd", Some("br")),
            ("/", "gzip", Some("gzip")),
            ("/", "br;q=0, gzip;q=0.5", Some("gzip")),
            ("/", "GZIP", Some("gzip")),
            ("/", "identity", None),
            ("/", "", None),
            ("/", "brotli", None),
            ("/app-0123456789abcdef_bg.wasm", "br, gzip", Some("gzip")),
            ("/session_worker.js", "br, gzip", None),
        ];
        for (path, accept, expected) in rows {
            let response = ask(Method::GET, path, &[(header::ACCEPT_ENCODING, accept)]);
            let encoding = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(encoding, expected, "{path} {accept}");
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let etag = |accept| {
            let response = ask(Method::GET, "/", &[(header::ACCEPT_ENCODING, accept)]);
            response.headers()[header::ETAG].to_str().unwrap().to_owned()
        };
        let (plain, brotli) = (etag(""), etag("br"));
        assert_ne!(plain, brotli, "each encoding has its own tag");
        let rows = [
            (plain.clone(), "", StatusCode::NOT_MODIFIED),
            (format!("\"x\", {plain}"), "", StatusCode::NOT_MODIFIED),
            (brotli.clone(), "br", StatusCode::NOT_MODIFIED),
            (brotli, "", StatusCode::OK),
            ("\"x\"".to_owned(), "", StatusCode::OK),
        ];
        for (known, accept, expected) in rows {
            let response = ask(Method::GET, "/", &[(header::IF_NONE_MATCH, &known), (header::ACCEPT_ENCODING, accept)]);
            assert_eq!(response.status(), expected, "{known} {accept}");
        }
    }

    #[test]
    fn only_exact_paths_and_reading_methods_are_served() {
        let rows = [
            (Method::GET, "/index.html.br", StatusCode::NOT_FOUND),
            (Method::GET, "/index.html/", StatusCode::NOT_FOUND),
            (Method::GET, "//index.html", StatusCode::NOT_FOUND),
            (Method::GET, "/../Cargo.toml", StatusCode::NOT_FOUND),
            (Method::GET, "/%69ndex.html", StatusCode::NOT_FOUND),
            (Method::GET, "/snippets", StatusCode::NOT_FOUND),
            (Method::POST, "/", StatusCode::METHOD_NOT_ALLOWED),
            (Method::OPTIONS, "/", StatusCode::METHOD_NOT_ALLOWED),
        ];
        for (method, path, expected) in rows {
            assert_eq!(ask(method.clone(), path, &[]).status(), expected, "{method} {path}");
        }
    }

    #[test]
    fn the_binary_holds_a_page() {
        let response = Assets::embedded().respond(&Method::GET, "/", &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::OK);
    }
}
