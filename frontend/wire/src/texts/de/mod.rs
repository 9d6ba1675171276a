//! German.

mod certificate;
mod extensions;
mod hello;
mod session;

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    session: session::TEXTS,
    hello: hello::TEXTS,
    extensions: extensions::TEXTS,
    certificate: certificate::TEXTS,
};
