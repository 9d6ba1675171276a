//! The worker's entry: takes requests from the page, reads their octets, posts the responses. All thinking is in
//! [`popglass_mail_worker::answer`].
//!
//! A panic is a trap here, since nothing unwinds: the page hears an `error` event of its `Worker` and starts another.

#[cfg(target_arch = "wasm32")]
mod browser;

fn main() {
    #[cfg(target_arch = "wasm32")]
    browser::listen();
}
