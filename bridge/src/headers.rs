//! What goes over HTTP beside every file of the page: the policies that bind the browser, and how long it may keep what.
//! Only text: `server.rs` sends it, and `cargo xtask site` compiles this very file to write the same for other servers.

/// The frame in which mail is shown: its own policy, and only the page may frame it.
pub(crate) const READER_PATH: &str = "/reader.html";

/// The frame's policy. `frontend/reader.html` carries the same, less what a document cannot say of itself.
pub(crate) const READER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; \
    img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/// The page's policy, and with it its workers': a worker has only what comes with its own script. Not every browser takes
/// `'self'` for a WebSocket, so `sockets` name where they may go.
pub(crate) fn page_policy(sockets: &[String]) -> String {
    let connect: Vec<&str> = std::iter::once("'self'").chain(sockets.iter().map(String::as_str)).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src {}; frame-src 'self'; manifest-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        connect.join(" ")
    )
}

/// Nothing but what the page uses: copying a line of the transcript, and showing a message on the whole screen.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), \
    clipboard-write=(self), display-capture=(), encrypted-media=(), fullscreen=(self), gamepad=(), geolocation=(), \
    gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
    window-management=(), xr-spatial-tracking=()";

/// What every answer carries: that of the page with [`page_policy`], and in the same way that of its workers and files.
pub(crate) fn page_headers(policy: &str) -> Vec<(&'static str, String)> {
    headers(policy, "DENY")
}

/// What the frame for mail carries.
pub(crate) fn reader_headers() -> Vec<(&'static str, String)> {
    headers(READER_POLICY, "SAMEORIGIN")
}

fn headers(policy: &str, framing: &str) -> Vec<(&'static str, String)> {
    let rows = [
        ("content-security-policy", policy),
        ("x-frame-options", framing),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        // On workers' scripts too: a worker without it does not start in a page that has it.
        ("cross-origin-embedder-policy", "require-corp"),
        ("permissions-policy", PERMISSIONS),
    ];
    rows.map(|(name, value)| (name, value.to_owned())).into()
}

/// Ends in 16 hex digits that trunk took from the content: such a name never means anything else again.
const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";
/// May change under its name with every version: asked for each time, answered with 304 while it is the same.
pub(crate) const REVALIDATE: &str = "no-cache";

/// How long a browser may keep a file without asking.
pub(crate) fn cache_control(path: &str) -> &'static str {
    if is_hashed(path) { CACHE_FOREVER } else { REVALIDATE }
}

/// Whether trunk put its hash into the name: `name-0123456789abcdef.js`, or before wasm-bindgen's `_bg.wasm`. It writes
/// 64 bits without leading zeros; one name in 4 thousand million has fewer than eight digits, and is revalidated.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| (8..=16).contains(&hash.len()) && hash.bytes().all(|octet| octet.is_ascii_hexdigit()))
}
