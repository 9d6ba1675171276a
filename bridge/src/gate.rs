//! First octets only: is this mail at all? Makes the bridge useless for anything else that listens on a listed port.
//! The one place in the bridge that knows how a POP3 server, or TLS, begins; what follows is not looked at.

use popglass_protocol::tunnel::{FailReason, TlsEnds};

/// RFC 1939 §4: the server speaks first, and in one of two words.
const GREETINGS: [&[u8]; 2] = [b"+OK", b"-ERR"];

/// RFC 8446 §5.1: the content types that a TLS connection can begin with.
const HANDSHAKE: u8 = 22;
const ALERT: u8 = 21;

/// What has been seen of a connection's beginning.
#[derive(Debug)]
pub(crate) struct Gate {
    mode: TlsEnds,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Nothing yet, from either side.
    Silent,
    /// So much of the greeting, and it fits so far.
    Greeting(Vec<u8>),
    /// The page began with a TLS handshake; the server's answer is due.
    TlsOffered,
    /// It is mail, or TLS in front of it.
    Open,
}

impl Gate {
    pub(crate) fn new(mode: TlsEnds) -> Self {
        Self { mode, state: State::Silent }
    }

    /// Looks at octets of the page. Where TLS ends in the page from the first octet, it must begin with TLS; everywhere
    /// else the server greets first, and a request that is sent before could do harm to what is no mail server.
    pub(crate) fn check_page(&mut self, octets: &[u8]) -> Result<(), FailReason> {
        match (&self.state, octets.first()) {
            (State::Open | State::TlsOffered, _) | (_, None) => Ok(()),
            (State::Silent, Some(&HANDSHAKE)) if self.mode == TlsEnds::Page => {
                self.state = State::TlsOffered;
                Ok(())
            }
            (State::Silent | State::Greeting(_), Some(_)) => Err(FailReason::BadMessage),
        }
    }

    /// Looks at octets of the server.
    pub(crate) fn check_upstream(&mut self, octets: &[u8]) -> Result<(), FailReason> {
        let Some(&first) = octets.first() else { return Ok(()) };
        let seen = match &mut self.state {
            State::Open => return Ok(()),
            State::TlsOffered if matches!(first, HANDSHAKE | ALERT) => {
                self.state = State::Open;
                return Ok(());
            }
            State::TlsOffered => return Err(FailReason::TlsNotSpoken),
            // In TLS the client speaks first, so this is something else.
            State::Silent if self.mode == TlsEnds::Page => return Err(FailReason::TlsNotSpoken),
            State::Silent => &mut Vec::new(),
            State::Greeting(seen) => seen,
        };
        seen.extend(octets.iter().take(4));
        let begins = |greeting: &&[u8]| {
            let length = greeting.len().min(seen.len());
            seen[..length].eq_ignore_ascii_case(&greeting[..length])
        };
        let Some(greeting) = GREETINGS.iter().find(|greeting| begins(greeting)) else {
            return Err(FailReason::NotMail);
        };
        self.state = if seen.len() >= greeting.len() { State::Open } else { State::Greeting(std::mem::take(seen)) };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum From {
        Page(&'static [u8]),
        Upstream(&'static [u8]),
    }
    use self::From::{Page, Upstream};

    fn check(mode: TlsEnds, octets: &[From], expected: Result<(), FailReason>) {
        let mut gate = Gate::new(mode);
        let mut outcome = Ok(());
        for step in octets {
            outcome = outcome.and_then(|()| match step {
                Page(octets) => gate.check_page(octets),
                Upstream(octets) => gate.check_upstream(octets),
            });
        }
        assert_eq!(outcome, expected, "{mode:?}");
    }

    /// Where the server greets before anything else.
    const GREETED: [TlsEnds; 3] = [TlsEnds::PageStls, TlsEnds::Bridge, TlsEnds::Nowhere];

    #[test]
    fn a_greeting_opens_the_gate() {
        for mode in GREETED {
            check(mode, &[Upstream(b"+OK ready\r\n"), Page(b"CAPA\r\n"), Upstream(b"anything")], Ok(()));
            check(mode, &[Upstream(b"-ERR busy\r\n")], Ok(()));
            check(mode, &[Upstream(b"+"), Upstream(b"O"), Upstream(b"K"), Page(b"x")], Ok(()));
            check(mode, &[Upstream(b"-"), Upstream(b"ERR")], Ok(()));
        }
    }

    #[test]
    fn behind_the_greeting_nothing_is_looked_at() {
        let stls = [
            Upstream(b"+OK ready\r\n"),
            Page(b"STLS\r\n"),
            Upstream(b"+OK begin\r\n"),
            Page(b"\x16\x03\x01"),
            Upstream(b"\x16\x03\x03"),
            Page(b"\x17\x03\x03"),
            Upstream(b"\x00\xff\r\n"),
        ];
        check(TlsEnds::PageStls, &stls, Ok(()));
        // Whether STLS comes at all, and what is answered, is the page's to judge.
        check(TlsEnds::PageStls, &[Upstream(b"+OK"), Page(b"\x00"), Upstream(b"* OK imap")], Ok(()));
    }

    #[test]
    fn what_is_no_mail_server_is_refused() {
        for (mode, reason) in GREETED
            .map(|mode| (mode, FailReason::NotMail))
            .into_iter()
            .chain([(TlsEnds::Page, FailReason::TlsNotSpoken)])
        {
            for greeting in [&b"SSH-2.0-x\r\n"[..], b"220 smtp", b"* OK imap", b"HTTP/1.1 400", b"\x16\x03\x01", b"-OK"]
            {
                let mut gate = Gate::new(mode);
                assert_eq!(gate.check_upstream(greeting), Err(reason), "{mode:?} {greeting:?}");
            }
        }
        for mode in GREETED {
            check(mode, &[Upstream(b"+"), Upstream(b"x")], Err(FailReason::NotMail));
        }
    }

    #[test]
    fn nobody_speaks_before_the_greeting() {
        for mode in GREETED {
            check(mode, &[Page(b"GET / HTTP/1.1\r\n")], Err(FailReason::BadMessage));
            check(mode, &[Page(b"CAPA\r\n")], Err(FailReason::BadMessage));
            check(mode, &[Page(b"STLS\r\n")], Err(FailReason::BadMessage));
            check(mode, &[Page(b"\x16\x03\x01")], Err(FailReason::BadMessage));
            check(mode, &[Upstream(b"+"), Page(b"CAPA\r\n")], Err(FailReason::BadMessage));
            check(mode, &[Upstream(b"+"), Page(b"\x16\x03\x01")], Err(FailReason::BadMessage));
        }
    }

    #[test]
    fn tls_at_once_is_begun_by_the_page_and_answered_in_tls() {
        check(TlsEnds::Page, &[Page(b"\x16\x03\x01"), Upstream(b"\x16\x03\x03"), Upstream(b"any")], Ok(()));
        check(TlsEnds::Page, &[Page(b"\x16"), Page(b"\x03\x01"), Upstream(b"\x15")], Ok(()));
        check(TlsEnds::Page, &[Page(b"\x16\x03\x01"), Upstream(b"+OK")], Err(FailReason::TlsNotSpoken));
        check(TlsEnds::Page, &[Upstream(b"+OK"), Page(b"\x16\x03\x01")], Err(FailReason::TlsNotSpoken));
        check(TlsEnds::Page, &[Page(b"CAPA\r\n")], Err(FailReason::BadMessage));
        check(TlsEnds::Page, &[Page(b"\x17\x03\x03")], Err(FailReason::BadMessage));
    }
}
