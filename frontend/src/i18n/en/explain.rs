//! English: what each line of a transcript means.

use std::borrow::Cow;

use popglass_protocol::{command::CommandName, transcript::Meaning, tunnel::TlsEnds};
use popglass_session::{event::Note, security::TlsFault};

use crate::i18n::Language::En;

pub(super) fn meaning(meaning: Meaning) -> Cow<'static, str> {
    Cow::Borrowed(match meaning {
        Meaning::Greeting => "The server is there and greets. Now it wants to know who you are.",
        Meaning::GreetingRefused => "The server is there, but does not want to talk now. No session begins.",
        Meaning::Command(command) => asked(command),
        Meaning::Challenge(_) => {
            "The server’s challenge. It is base64, which hides nothing: it only writes any octets as letters."
        }
        Meaning::Response(_) => {
            "The client’s response, in base64. It is masked, since it may hold the password or a proof of it."
        }
        Meaning::ExchangeCancelled(_) => {
            "The client breaks the login off with a *. The server answers -ERR, and another try may follow."
        }
        Meaning::Accepted(command) => accepted(command),
        Meaning::Refused(command) => refused(command),
        Meaning::Body(command) => body(command),
        Meaning::BodyFolded { lines, .. } => {
            return format!("{} lines more of the same message, not shown here.", En.count(lines)).into();
        }
        Meaning::BodyEnd(command) => end(command),
        Meaning::UnknownCommand => {
            "A line that is no command of POP3: there is no such word, or what follows does not go with it."
        }
        Meaning::Unexpected => "A line that nobody asked for, or the answer to a command that POP3 does not have.",
    })
}

fn asked(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Asks which extensions the server has to offer.",
        CommandName::User => "Says whose mailbox this is about. The password comes next.",
        CommandName::Pass => {
            "Gives the password. It is masked here; on the wire it is readable unless TLS protects it."
        }
        CommandName::Apop => {
            "Logs in by a digest of the greeting’s stamp and the password. It is masked, since passwords can be tried out on it."
        }
        CommandName::Auth => {
            "Begins a login by this method. What follows goes to and fro in base64, a way to write any octets as letters."
        }
        CommandName::AuthList => "Asks which login methods there are, in the way from before CAPA.",
        CommandName::Utf8 => "Asks to send names, passwords and mail with all the world’s letters from here on.",
        CommandName::Lang => "Asks in which languages the server can speak.",
        CommandName::LangOne => "Asks the server to write its texts in this language.",
        CommandName::Stls => "Asks to switch this connection over to TLS before anything secret is sent.",
        CommandName::Stat => "Asks how many messages there are and how large they are together.",
        CommandName::List => "Asks for the number and the size of every message.",
        CommandName::ListOne => "Asks for the size of this one message.",
        CommandName::Uidl => {
            "Asks for every message’s unique-id: numbers change from session to session, unique-ids do not."
        }
        CommandName::UidlOne => "Asks for the unique-id of this one message.",
        CommandName::Top => {
            "Asks for a message’s header and the first lines of its text, as many as the number says; 0 means the header alone."
        }
        CommandName::Retr => "Asks for the whole message. On the server it stays as it is.",
        CommandName::Dele => "Marks the message for deletion. It is deleted at QUIT, not now.",
        CommandName::Rset => "Takes back every deletion mark of this session.",
        CommandName::Noop => "Asks for nothing. It only shows the server that the client is still there.",
        CommandName::Quit => "Says goodbye. After a login, this is what makes the server delete what is marked.",
    }
}

fn accepted(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Yes. The extensions follow, one a line.",
        CommandName::User => "Go on with the password. This does not have to mean that the mailbox exists.",
        CommandName::Pass => "Logged in. The mailbox is open, and locked so that no other session can change it.",
        CommandName::Apop => {
            "Logged in without sending the password. The mailbox is open, and locked for other sessions."
        }
        CommandName::Auth => "Logged in by this method. The mailbox is open, and no other session can change it.",
        CommandName::AuthList => "Yes. The methods follow, one a line.",
        CommandName::Utf8 => "Agreed. From here on letters beyond ASCII may come as they are.",
        CommandName::Lang => "Yes. The languages follow, one a line.",
        CommandName::LangOne => "Agreed. From here on the server writes its texts in this language.",
        CommandName::Stls => "Agreed. The next octets are the TLS handshake; after it everything is encrypted.",
        CommandName::Stat => "The first number counts the messages, the second their octets.",
        CommandName::List => "Yes. The messages follow, each with number and size.",
        CommandName::ListOne => "The message’s number and its size in octets.",
        CommandName::Uidl => "Yes. The messages follow, each with number and unique-id.",
        CommandName::UidlOne => "The message’s number and its unique-id.",
        CommandName::Top => "Yes. The header follows, then an empty line, then the lines that were asked for.",
        CommandName::Retr => "Yes. The message follows, up to a line that is only a dot.",
        CommandName::Dele => "Marked, and still there: only QUIT makes it final.",
        CommandName::Rset => "No message is marked any more.",
        CommandName::Noop => "The server is still there, too.",
        CommandName::Quit => "Goodbye. If messages were marked, the server has deleted them.",
    }
}

fn refused(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "The server has no CAPA. That is allowed; the client goes on without extensions.",
        CommandName::User => "The server does not take this user name, or no login by USER and PASS.",
        CommandName::Pass => "No login: the password is wrong, or the mailbox cannot be opened or locked now.",
        CommandName::Apop => "No login: the digest does not fit, or the server has no APOP.",
        CommandName::Auth => "No login by this method: wrong password or token, or the server does not offer it.",
        CommandName::AuthList => "The server has no list of methods. That is allowed.",
        CommandName::Utf8 => "The server keeps to ASCII. Mail with other letters comes in a substitute, or not at all.",
        CommandName::Lang => "The server has no list of languages.",
        CommandName::LangOne => "The server does not speak this language and goes on as before.",
        CommandName::Stls => "No TLS on this connection. A careful client sends no password now.",
        CommandName::Stat => "The server could not look into the mailbox.",
        CommandName::List => "The server could not list the mailbox.",
        CommandName::ListOne => "There is no such message, or it is marked for deletion.",
        CommandName::Uidl => "The server has no unique-ids: UIDL is optional.",
        CommandName::UidlOne => "There is no such message, it is marked, or the server has no UIDL at all.",
        CommandName::Top => "No header: there is no such message, it is marked, or the server has no TOP at all.",
        CommandName::Retr => "There is no such message, or it is marked for deletion.",
        CommandName::Dele => "There is no such message, or it is marked already.",
        CommandName::Rset => "Unusual: RFC 1939 knows no refusal of RSET. The marks stay.",
        CommandName::Noop => "Unusual: RFC 1939 knows no refusal of NOOP. The session goes on.",
        CommandName::Quit => "The session is over, but the server could not delete everything that was marked.",
    }
}

fn body(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "One extension that the server offers.",
        CommandName::List | CommandName::ListOne => "One message: its number and its size in octets.",
        CommandName::Uidl | CommandName::UidlOne => "One message: its number and its unique-id.",
        CommandName::Top => "A line of the header, or of the text that was asked for.",
        CommandName::Retr => {
            "A line of the message. If it begins with a dot, one more dot is put before it on the wire."
        }
        CommandName::AuthList => "One login method that the server offers.",
        CommandName::Lang | CommandName::LangOne => "One language: its short tag and its name.",
        CommandName::User
        | CommandName::Pass
        | CommandName::Apop
        | CommandName::Auth
        | CommandName::Stls
        | CommandName::Utf8
        | CommandName::Stat
        | CommandName::Dele
        | CommandName::Rset
        | CommandName::Noop
        | CommandName::Quit => "One more line of the answer.",
    }
}

fn end(command: CommandName) -> &'static str {
    match command {
        CommandName::Top | CommandName::Retr => "A line that is only a dot: here the message ends.",
        CommandName::Capa
        | CommandName::List
        | CommandName::ListOne
        | CommandName::Uidl
        | CommandName::UidlOne
        | CommandName::User
        | CommandName::Pass
        | CommandName::Apop
        | CommandName::Auth
        | CommandName::AuthList
        | CommandName::Stls
        | CommandName::Utf8
        | CommandName::Lang
        | CommandName::LangOne
        | CommandName::Stat
        | CommandName::Dele
        | CommandName::Rset
        | CommandName::Noop
        | CommandName::Quit => "A line that is only a dot: here the list ends.",
    }
}

pub(super) fn note(note: &Note) -> (String, &'static str) {
    match note {
        Note::SandboxOpened => {
            ("Practice server started".into(), "It runs in this page’s memory; nothing goes over a network.")
        }
        Note::Dialling { target, tls } => (
            format!("Dialling {target}"),
            match tls {
                TlsEnds::Page | TlsEnds::PageStls => {
                    "The bridge is asked to reach the server; TLS will end in this page."
                }
                TlsEnds::Bridge => "The bridge is asked to reach the server and to encrypt the way with TLS.",
                TlsEnds::Nowhere => "The bridge is asked to reach the server, without encryption.",
            },
        ),
        Note::Connected { tls } => (
            "Connected".into(),
            match tls {
                None => "Client and practice server can hear each other.",
                Some(TlsEnds::Page) => "The way is open. Only this page and the mail server can read what follows.",
                Some(TlsEnds::PageStls) => {
                    "The way is open. Until TLS begins, everybody on it can read along; after that only this page and the mail server can."
                }
                Some(TlsEnds::Bridge) => "The way is open. Between bridge and mail server, TLS encrypts what follows.",
                Some(TlsEnds::Nowhere) => "The way is open, and everybody on it can read what follows.",
            },
        ),
        Note::TlsStands { version, suite } => (
            format!("TLS stands: {version}, {suite}"),
            "The certificate was checked. From here on page and mail server encrypt everything: what you read below, the bridge sees as ciphertext.",
        ),
        Note::TlsFailed(fault) => ("TLS failed".into(), tls_fault(*fault)),
        Note::ClosedByClient => ("Closed by the client".into(), "This page ended the connection."),
        Note::ClosedByServer => ("Closed by the server".into(), "The other side ended the connection."),
        Note::BridgeFailed(reason) => ("The bridge gave up".into(), super::ends::bridge_failure(*reason).0),
    }
}

/// What it means for the conversation; what to do is told where the session ended.
fn tls_fault(fault: TlsFault) -> &'static str {
    match fault {
        TlsFault::Expired
        | TlsFault::NotYetValid
        | TlsFault::WrongName
        | TlsFault::UnknownIssuer
        | TlsFault::MissingIntermediate
        | TlsFault::SelfSigned
        | TlsFault::Weak
        | TlsFault::BadCertificate => {
            "The server could not show who it is: its certificate was not accepted. No login was sent."
        }
        TlsFault::NotTls | TlsFault::TooOld | TlsFault::CutInHandshake => {
            "Page and server did not come to an agreement. No login was sent."
        }
        TlsFault::Alert => "The server broke TLS off with an alert. Nothing more is sent on this connection.",
        TlsFault::Truncated => "The connection ended without TLS’s goodbye: something may be missing at its end.",
        TlsFault::Corrupted => "What came was not what the server had sent. This page stopped reading at once.",
        TlsFault::BadTrust => "A certificate among those you trust cannot be used, so nothing was begun.",
    }
}
