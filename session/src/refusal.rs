//! Why a server refuses a login, out of its response code or its words. The codes are specified; the words are what
//! large providers are known to say, and a row each.

use popglass_protocol::reply::{Refusal, ResponseCode, SystemFault};
use serde::{Deserialize, Serialize};

/// Whose fault a refused login is, and so what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoginFault {
    /// User name or password are wrong, or not what the server wants; it does not say more.
    Credentials,
    /// The provider takes a password made for this program only, not the account's own.
    AppPassword,
    /// The provider takes no password at all here, but a token (OAUTHBEARER, XOAUTH2).
    Token,
    /// POP3 is switched off for this account.
    SwitchedOff,
    /// The provider wants the user to log in with a web browser first.
    WebLogin,
    /// Another session holds the maildrop's lock (RFC 2449 §8.1.2).
    InUse,
    /// Logins come too often (RFC 2449 §8.1.1).
    TooSoon,
    /// The server has a problem that may pass (RFC 3206 §4).
    ServerForNow,
    /// The server has a problem that will not pass by itself (RFC 3206 §4).
    ServerForGood,
}

/// A part of the server's text in lower case, and what it means. The first row that fits counts: the more exact ones
/// stand first.
const ROWS: &[(&str, LoginFault)] = &[
    // Gmail, and IMAP servers' words that POP3 gateways pass on.
    ("application-specific password", LoginFault::AppPassword),
    ("app-specific password", LoginFault::AppPassword),
    // Yahoo and AOL; Fastmail, Zoho, GMX and web.de, too, once two-factor authentication is on.
    ("app password", LoginFault::AppPassword),
    ("application password", LoginFault::AppPassword),
    ("anwendungsspezifisch", LoginFault::AppPassword),
    ("app-passwor", LoginFault::AppPassword),
    // Outlook and Office 365.
    ("basic authentication is disabled", LoginFault::Token),
    ("basicauthblocked", LoginFault::Token),
    ("basic authentication is blocked", LoginFault::Token),
    // Gmail.
    ("not enabled for pop", LoginFault::SwitchedOff),
    // Outlook and Exchange, for a user whose mailbox does not allow POP3.
    ("logon denied", LoginFault::SwitchedOff),
    ("user is not allowed to use the service", LoginFault::SwitchedOff),
    // GMX and web.de, in both of their languages.
    ("pop3/imap", LoginFault::SwitchedOff),
    ("pop3 access", LoginFault::SwitchedOff),
    ("pop access", LoginFault::SwitchedOff),
    ("pop3 is disabled", LoginFault::SwitchedOff),
    ("pop3 disabled", LoginFault::SwitchedOff),
    ("pop is disabled", LoginFault::SwitchedOff),
    ("pop3-zugriff", LoginFault::SwitchedOff),
    // Gmail.
    ("web login required", LoginFault::WebLogin),
    ("log in via your web browser", LoginFault::WebLogin),
    // Servers without RESP-CODES.
    ("mailbox in use", LoginFault::InUse),
    ("maildrop already locked", LoginFault::InUse),
    ("mailbox is locked", LoginFault::InUse),
    ("mailbox locked", LoginFault::InUse),
    ("unable to lock", LoginFault::InUse),
    ("too many login", LoginFault::TooSoon),
    ("login delay", LoginFault::TooSoon),
];

impl LoginFault {
    /// What the server's words tell where they are known, else what its response code tells: `[AUTH]` and `[SYS/PERM]`
    /// stand before the more exact words of large providers, too.
    #[must_use]
    pub fn of(refusal: &Refusal) -> Self {
        match &refusal.code {
            Some(ResponseCode::InUse) => return Self::InUse,
            Some(ResponseCode::LoginDelay) => return Self::TooSoon,
            _ => {}
        }
        // Every row is ASCII; the tables of all the world's letters would weigh more than the rest of this crate.
        let text = refusal.text.to_ascii_lowercase();
        let row = ROWS.iter().find(|(words, _)| text.contains(words));
        match (row, &refusal.code) {
            (Some((_, fault)), _) => *fault,
            (None, Some(ResponseCode::System(SystemFault::Permanent))) => Self::ServerForGood,
            (None, Some(ResponseCode::System(SystemFault::Temporary | SystemFault::Unspecified))) => Self::ServerForNow,
            (None, _) => Self::Credentials,
        }
    }
}

#[cfg(test)]
mod tests {
    use popglass_protocol::{
        command::CommandName,
        reply::{Refusal, ResponseCode, SystemFault},
    };

    use super::LoginFault;

    #[test]
    fn what_servers_say_is_told_apart() {
        let permanent = ResponseCode::System(SystemFault::Permanent);
        let temporary = ResponseCode::System(SystemFault::Temporary);
        for (code, text, fault) in [
            (Some(ResponseCode::Auth), "Username and password not accepted.", LoginFault::Credentials),
            (
                Some(ResponseCode::Auth),
                "Application-specific password required: https://support.google.com/accounts/answer/185833",
                LoginFault::AppPassword,
            ),
            (Some(ResponseCode::Auth), "Web login required: https://support.google.com/mail", LoginFault::WebLogin),
            (
                Some(permanent.clone()),
                "Your account is not enabled for POP access. Please visit your Gmail settings page.",
                LoginFault::SwitchedOff,
            ),
            (None, "Logon failure: unknown user name or bad password.", LoginFault::Credentials),
            (None, "Logon denied", LoginFault::SwitchedOff),
            (None, "Authentication unsuccessful, basic authentication is disabled.", LoginFault::Token),
            (None, "Please use an app password to sign in", LoginFault::AppPassword),
            (None, "POP3/IMAP ist nicht aktiviert", LoginFault::SwitchedOff),
            (Some(ResponseCode::InUse), "Do you have another POP session running?", LoginFault::InUse),
            (None, "maildrop already locked", LoginFault::InUse),
            (Some(ResponseCode::LoginDelay), "minimum time between mail checks", LoginFault::TooSoon),
            (Some(temporary), "Temporary system problem. Please try again later.", LoginFault::ServerForNow),
            (Some(permanent), "Mailbox damaged", LoginFault::ServerForGood),
            (None, "Authentication failed.", LoginFault::Credentials),
            (None, "", LoginFault::Credentials),
        ] {
            let refusal = Refusal { command: CommandName::Pass, code, text: text.into() };
            assert_eq!(LoginFault::of(&refusal), fault, "{text}");
        }
    }
}
