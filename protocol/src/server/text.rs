//! What the server says to people, in the languages that LANG offers (RFC 6856 §3). Knows no status indicator and no
//! response code: those are for programs, and the same everywhere.

use alloc::{borrow::Cow, format};

use crate::types::{LanguageTag, MessageNumber, Octets};

/// A language of the server's texts. English before anything is asked for: its texts are ASCII (RFC 2277 §4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::English, Self::German];

    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language's name in itself.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Lookup by RFC 4647 §3.4: `de-AT` is served by `de`; `*` by the default.
    pub(super) fn find(range: &LanguageTag) -> Option<Self> {
        let primary = range.as_str().split('-').next().unwrap_or_default();
        if primary == "*" {
            return Some(Self::default());
        }
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

/// Every text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    AlreadyUtf8,
    AsciiOnly,
    BadCommand,
    Capabilities,
    Credentials,
    Goodbye,
    Deleted { marked: usize },
    DeletedPartly { marked: usize, removed: usize },
    InUse,
    LanguageSpoken,
    LanguageUnknown,
    Languages,
    LineTooLong,
    LoginCancelled,
    LoggedIn { count: usize, octets: Octets },
    Marked(MessageNumber),
    MarksTakenBack { count: usize, octets: Octets },
    Mechanisms,
    MessageOctets(Octets),
    Misplaced(&'static str),
    NeedsTls,
    NeedsUtf8,
    NoSuchMessage,
    NotOffered,
    NowThePassword,
    Sizes { count: usize, octets: Octets },
    StartTls,
    StillHere,
    StorageFails,
    TlsImpossible,
    TooSoon,
    Top,
    UniqueIds { count: usize, octets: Octets },
    UserUnknown,
    Utf8,
}

impl Text {
    pub(super) fn in_language(self, language: Language) -> Cow<'static, str> {
        match language {
            Language::English => self.in_english(),
            Language::German => self.in_german(),
        }
    }

    fn in_english(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::AlreadyUtf8 => "TLS must be started before UTF8",
            Self::AsciiOnly => "names and passwords are ASCII here",
            Self::BadCommand => "that is no command with arguments that I know",
            Self::Capabilities => "capabilities follow",
            Self::Credentials => "user name or password is wrong",
            Self::Goodbye => "goodbye",
            Self::InUse => "another session has this maildrop open",
            Self::LanguageSpoken => "I speak English now",
            Self::LanguageUnknown => "I do not speak that language",
            Self::Languages => "languages follow",
            Self::LineTooLong => "the command line is too long",
            Self::LoginCancelled => "login cancelled",
            Self::Mechanisms => "mechanisms follow",
            Self::NeedsTls => "start TLS first",
            Self::NeedsUtf8 => "this message needs UTF-8; log in again with UTF8",
            Self::NoSuchMessage => "no such message",
            Self::NotOffered => "not offered",
            Self::NowThePassword => "now the password",
            Self::StartTls => "begin TLS now",
            Self::StillHere => "still here",
            Self::StorageFails => "the maildrop cannot be opened",
            Self::TlsImpossible => "TLS cannot be started here",
            Self::TooSoon => "your last login was too short a time ago",
            Self::Top => "top of message follows",
            Self::UserUnknown => "nobody of that name has a maildrop here",
            Self::Utf8 => "UTF-8 from here on",
            Self::Deleted { marked } => return format!("goodbye, {marked} messages deleted").into(),
            Self::DeletedPartly { marked, removed } => {
                return format!("only {removed} of {marked} marked messages could be deleted").into();
            }
            Self::LoggedIn { count, octets } => {
                return format!("maildrop locked and ready, {count} messages ({octets} octets)").into();
            }
            Self::Marked(number) => return format!("message {number} is marked, QUIT deletes it").into(),
            Self::MarksTakenBack { count, octets } => {
                return format!("no message is marked; maildrop has {count} messages ({octets} octets)").into();
            }
            Self::MessageOctets(octets) => return format!("{octets} octets").into(),
            Self::Misplaced(keyword) => return format!("{keyword} does not belong to this state").into(),
            Self::Sizes { count, octets } => return format!("{count} messages ({octets} octets), octets").into(),
            Self::UniqueIds { count, octets } => {
                return format!("{count} messages ({octets} octets), unique-ids follow").into();
            }
        })
    }

    fn in_german(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::AlreadyUtf8 => "TLS muss vor UTF8 begonnen werden",
            Self::AsciiOnly => "Namen und Passwörter sind hier ASCII",
            Self::BadCommand => "das ist kein Befehl mit Argumenten, die ich kenne",
            Self::Capabilities => "Fähigkeiten folgen",
            Self::Credentials => "Benutzername oder Passwort ist falsch",
            Self::Goodbye => "auf Wiedersehen",
            Self::InUse => "eine andere Sitzung hat dieses Postfach geöffnet",
            Self::LanguageSpoken => "ich spreche jetzt Deutsch",
            Self::LanguageUnknown => "diese Sprache spreche ich nicht",
            Self::Languages => "Sprachen folgen",
            Self::LineTooLong => "die Befehlszeile ist zu lang",
            Self::LoginCancelled => "Anmeldung abgebrochen",
            Self::Mechanisms => "Verfahren folgen",
            Self::NeedsTls => "zuerst TLS beginnen",
            Self::NeedsUtf8 => "diese Nachricht braucht UTF-8; bitte mit UTF8 neu anmelden",
            Self::NoSuchMessage => "keine solche Nachricht",
            Self::NotOffered => "wird nicht angeboten",
            Self::NowThePassword => "nun das Passwort",
            Self::StartTls => "jetzt TLS beginnen",
            Self::StillHere => "noch da",
            Self::StorageFails => "das Postfach lässt sich nicht öffnen",
            Self::TlsImpossible => "TLS kann hier nicht begonnen werden",
            Self::TooSoon => "die letzte Anmeldung ist zu kurz her",
            Self::UserUnknown => "unter diesem Namen hat hier niemand ein Postfach",
            Self::Top => "Anfang der Nachricht folgt",
            Self::Utf8 => "ab jetzt UTF-8",
            Self::Deleted { marked } => return format!("auf Wiedersehen, {marked} Nachrichten gelöscht").into(),
            Self::DeletedPartly { marked, removed } => {
                return format!("nur {removed} von {marked} markierten Nachrichten ließen sich löschen").into();
            }
            Self::LoggedIn { count, octets } => {
                return format!("Postfach gesperrt und bereit, {count} Nachrichten ({octets} Oktette)").into();
            }
            Self::Marked(number) => return format!("Nachricht {number} ist markiert, QUIT löscht sie").into(),
            Self::MarksTakenBack { count, octets } => {
                return format!("nichts ist markiert; {count} Nachrichten ({octets} Oktette)").into();
            }
            Self::MessageOctets(octets) => return format!("{octets} Oktette").into(),
            Self::Misplaced(keyword) => return format!("{keyword} gehört nicht in diesen Zustand").into(),
            Self::Sizes { count, octets } => return format!("{count} Nachrichten ({octets} Oktette), Oktette").into(),
            Self::UniqueIds { count, octets } => {
                return format!("{count} Nachrichten ({octets} Oktette), Kennungen folgen").into();
            }
        })
    }
}
