//! English: the ways to log in, and why one fails.

use std::borrow::Cow;

use popglass_protocol::{
    login::{Method, NoMethod, Wish},
    reply::Refusal,
    sasl::{ChallengeFault, Mechanism, Unfit},
};
use popglass_session::refusal::LoginFault;

use crate::i18n::texts::{SignInTexts, Trouble};

pub(super) const SIGN_IN: SignInTexts = SignInTexts {
    options: "Sign-in options",
    method: "Sign-in method",
    method_name: |wish| match wish {
        Wish::Automatic => "Automatic (strongest)".to_owned(),
        Wish::Exactly(method) => method.to_string(),
    },
    explanation,
    token: "Access token",
    signed_in: |method| format!("Signed in by {method}: {}", explanation(Wish::Exactly(method))),
    dropped: |wish| {
        format!("{} needs TLS up to this page, so the strongest other way is taken.", (SIGN_IN.method_name)(wish))
    },
};

fn explanation(wish: Wish) -> &'static str {
    match wish {
        Wish::Automatic => "Popglass asks the server what it offers and takes the strongest way that uses a password.",
        Wish::Exactly(Method::UserPass) => "Name and password travel as they are. Only TLS keeps them from others.",
        Wish::Exactly(Method::Apop) => {
            "Instead of the password a digest of it travels. It is made by MD5, which is too weak today."
        }
        Wish::Exactly(Method::Sasl(mechanism)) => match mechanism {
            Mechanism::Plain => "Name and password travel in base64, which anybody can read. Only TLS keeps them safe.",
            Mechanism::Login => "Like PLAIN, but in two questions: old, and still common.",
            Mechanism::CramMd5 => {
                "The password stays here; a proof by MD5 travels. Whoever hears it can try out passwords quickly."
            }
            Mechanism::ScramSha1 => {
                "The password stays here, and both sides prove that they know it. SHA-1 is old, but still holds here."
            }
            Mechanism::ScramSha256 => "The password stays here, and both sides prove that they know it.",
            Mechanism::ScramSha1Plus => {
                "Like SCRAM-SHA-1, and bound to this very TLS connection: nobody between can pass the proof on."
            }
            Mechanism::ScramSha256Plus => {
                "Like SCRAM-SHA-256, and bound to this very TLS connection: nobody between can pass the proof on. The strongest way."
            }
            Mechanism::OAuthBearer | Mechanism::XOAuth2 => {
                "Instead of a password you give a token that your provider issues. Large providers ask for it."
            }
            Mechanism::External => "Who you are follows from the connection itself, such as from a certificate.",
            Mechanism::Anonymous => "You come as a guest. No password is sent; your name only says who asks.",
        },
    }
}

pub(super) fn no_method(none: NoMethod) -> Trouble {
    let (what, advice): (Cow<'static, str>, _) = match none {
        NoMethod::NotOffered(method) => (
            format!("This server does not offer to sign in by {method}.").into(),
            "No password was sent. Choose “Automatic” or another method among the sign-in options.",
        ),
        NoMethod::Exposed(method) => (
            format!("By {method} everybody on the way could read the password.").into(),
            "No password was sent. Choose an encrypted connection.",
        ),
        NoMethod::NoChannelBinding(mechanism) => (
            format!("{mechanism} needs an encryption that ends in this page.").into(),
            "No password was sent. Choose the same method without -PLUS.",
        ),
        NoMethod::Nothing => (
            "This server offers no way to sign in with a password.".into(),
            "No password was sent. If your provider issues access tokens, choose OAUTHBEARER or XOAUTH2 among the sign-in options.",
        ),
    };
    Trouble { what, advice: advice.into(), quote: None }
}

pub(super) fn unfit(method: Method, reason: Unfit) -> Trouble {
    let advice = match reason {
        Unfit::Empty => "User name, password or token is missing. Nothing was sent.",
        Unfit::IllegalOctet => "It holds a character that this method cannot carry. Nothing was sent.",
        Unfit::TooLong => "It is too long for this method. Nothing was sent.",
        Unfit::Prohibited | Unfit::NotAscii => {
            "This method takes plain letters, digits and signs only (ASCII). Choose another method; nothing was sent."
        }
        Unfit::NoChannelBinding => "It needs an encryption that ends in this page. Nothing was sent.",
    };
    let what = format!("User name or password cannot be sent by {method}.");
    Trouble { what: what.into(), advice: advice.into(), quote: None }
}

pub(super) fn aborted(fault: ChallengeFault) -> Trouble {
    match fault {
        ChallengeFault::ServerNotProven => Trouble::plain(
            "The server did not prove that it knows your password, so the sign-in was broken off.",
            "Somebody may be posing as your mail server. Your password itself was not sent.",
        ),
        ChallengeFault::NotBase64 | ChallengeFault::Unexpected => Trouble::plain(
            "The server lost its way in the sign-in, so it was broken off.",
            "Try another method among the sign-in options. The transcript shows what the server said.",
        ),
        ChallengeFault::Iterations => Trouble::plain(
            "The server asks for unreasonably much or little computing, so the sign-in was broken off.",
            "Too little would make your password easy to guess, too much would stop this page. Try another method.",
        ),
    }
}

pub(super) fn refused(fault: LoginFault, refusal: &Refusal) -> Trouble {
    let (what, advice) = match fault {
        LoginFault::Credentials => (
            "The server refused the login.",
            "Check user name and password. Some providers want an app password, or POP3 to be switched on first.",
        ),
        LoginFault::AppPassword => (
            "Your provider wants an app password.",
            "That is a password for this program alone. You make it on your provider’s web pages, under security.",
        ),
        LoginFault::Token => (
            "Your provider takes no password here, only an access token.",
            "Choose OAUTHBEARER or XOAUTH2 among the sign-in options, if you have a token.",
        ),
        LoginFault::SwitchedOff => (
            "Your provider has not switched POP3 on for this mailbox.",
            "Look for POP3 in the settings on your provider’s web pages, switch it on, and try again.",
        ),
        LoginFault::WebLogin => {
            ("Your provider wants you to sign in on its web pages first.", "Do that in a new tab, then try again here.")
        }
        LoginFault::InUse => (
            "The mailbox is in use by another session.",
            "Only one session at a time may open it. Close the other mail program, or wait a few minutes.",
        ),
        LoginFault::TooSoon => {
            ("The server wants more time between two logins.", "Wait a few minutes, then try again.")
        }
        LoginFault::ServerForNow => {
            ("The server has a problem that may pass.", "Try again in a few minutes. Your password may well be right.")
        }
        LoginFault::ServerForGood => {
            ("The server has a problem that will not pass by itself.", "Only whoever runs the server can help.")
        }
    };
    Trouble::quoting(what, advice, &refusal.text)
}
