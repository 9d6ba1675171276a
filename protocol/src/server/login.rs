//! Who are you? USER and PASS, APOP, and what every login ends in. AUTH is in `exchange`.

use crate::{
    reply::{ResponseCode, SystemFault},
    server::{LoginRefusal, Maildrop, Server, Tls, exchange::apop_digest, reply::Item, text::Text},
    types::{ApopDigest, UserName},
};

impl<D: Maildrop> Server<D> {
    pub(super) fn answer_user(&mut self, user: &UserName) -> bool {
        if !self.config.user_pass {
            return self.refuse(Text::NotOffered);
        }
        if !self.takes_secrets() {
            return self.refuse(Text::NeedsTls);
        }
        if !self.takes_text(user.as_str()) {
            return self.refuse(Text::AsciiOnly);
        }
        if self.config.tells_who_exists && self.maildrop.password_of(user.as_str()).is_none() {
            self.failed_logins += 1;
            return self.refuse(Text::UserUnknown);
        }
        self.user = user.as_str().into();
        // Whether there is such a user is told only together with the password (RFC 1939 §13).
        self.accept(Text::NowThePassword)
    }

    pub(super) fn answer_pass(&mut self, password: &str) -> bool {
        if !self.takes_text(password) {
            return self.refuse(Text::AsciiOnly);
        }
        let opened = self.maildrop.open(&self.user, password, self.clock.now);
        self.log_in(opened)
    }

    pub(super) fn answer_apop(&mut self, user: &UserName, digest: &ApopDigest) -> bool {
        let Some(stamp) = self.stamp() else { return self.refuse(Text::NotOffered) };
        if !self.takes_text(user.as_str()) {
            return self.refuse(Text::AsciiOnly);
        }
        let right = self
            .maildrop
            .password_of(user.as_str())
            .is_some_and(|password| apop_digest(&stamp, password.expose()) == digest.expose());
        let opened =
            if right { self.maildrop.open_as(user.as_str(), self.clock.now) } else { Err(LoginRefusal::Credentials) };
        self.log_in(opened)
    }

    /// RFC 6856 §2.2: UTF-8 in names and passwords only where `UTF8 USER` is announced; UTF8 need not be given for it.
    fn takes_text(&self, text: &str) -> bool {
        text.is_ascii() || self.config.utf8.is_some_and(|utf8| utf8.user)
    }

    /// What every login ends in.
    pub(super) fn log_in(&mut self, opened: Result<(), LoginRefusal>) -> bool {
        match opened {
            Ok(()) => {
                self.marked = (0..self.maildrop.message_count()).map(|_| false).collect();
                let (count, octets) = self.totals();
                self.accept(Text::LoggedIn { count, octets })
            }
            Err(LoginRefusal::Credentials) => {
                self.failed_logins += 1;
                self.refuse_with(&ResponseCode::Auth, Text::Credentials)
            }
            Err(LoginRefusal::InUse) => self.refuse_with(&ResponseCode::InUse, Text::InUse),
            Err(LoginRefusal::TooSoon) => self.refuse_with(&ResponseCode::LoginDelay, Text::TooSoon),
            Err(LoginRefusal::System(fault)) => {
                // RFC 3206 §4: SYS has two second levels, and no meaning without one.
                let fault = if fault == SystemFault::Permanent { fault } else { SystemFault::Temporary };
                self.refuse_with(&ResponseCode::System(fault), Text::StorageFails)
            }
        }
    }

    pub(super) fn answer_stls(&mut self) -> bool {
        // RFC 6856 §2.1: STLS does not follow UTF8.
        if self.utf8 {
            return self.refuse(Text::AlreadyUtf8);
        }
        if !self.offers_stls() {
            return self.refuse(Text::TlsImpossible);
        }
        self.accept(Text::StartTls);
        // What came in the clear behind STLS must not be taken for what comes in TLS (RFC 2595 §4).
        self.input.clear();
        self.user.clear();
        self.facts.tls = Tls::Starting;
        self.queue.push_back(Item::UpgradeTls);
        true
    }
}
