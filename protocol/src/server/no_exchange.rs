//! What stands for `exchange` in a build without the feature `sasl`: no digests, so no stamp, no APOP and no AUTH.

use alloc::{string::String, vec::Vec};

use crate::{
    command::CommandName,
    sasl::{MechanismName, SaslText},
    server::{Maildrop, Misdeed, Server, text::Text},
    types::Stamp,
};

/// None is ever under way.
#[derive(Debug, Default)]
pub(super) struct Exchanges {}

impl Exchanges {
    pub(super) fn is_under_way(&self) -> bool {
        false
    }
}

/// No stamp is given, so nothing is ever compared with this.
pub(super) fn apop_digest(_: &Stamp, _: &str) -> String {
    String::new()
}

impl<D: Maildrop> Server<D> {
    pub(super) fn stamp(&self) -> Option<Stamp> {
        None
    }

    pub(super) fn answer_auth(&mut self, _: &MechanismName, _: Option<&SaslText>) -> bool {
        self.refuse(Text::NotOffered)
    }

    pub(super) fn answer_response(&mut self, _: &[u8]) -> Vec<Misdeed> {
        self.refuse(Text::LoginCancelled);
        self.faults.at_command(Some(CommandName::Auth))
    }

    pub(super) fn drop_exchange(&mut self) {}
}
