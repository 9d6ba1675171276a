//! The list of all texts. What a text says is found in each language's own file.

use std::borrow::Cow;

use popglass_protocol::{
    deviation::Rule,
    login::{Method, Wish},
    reply::Refusal,
    tunnel::TlsEnds,
    types::{MessageNumber, Octets},
};
use popglass_session::{
    event::{Deletion, EndReason, Note, Phase, Progress, Reconciled},
    security::{Told, Vouched},
};

use crate::app::{BridgeFault, Ended, HopPicture, Protection, SourceOnly, Tab, ToastNews, TrustError, view::HopsVm};

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    /// The frame around every screen.
    pub shell: ShellTexts,
    /// The connect screen and the way to the mailbox.
    pub connect: ConnectTexts,
    /// The ways to log in.
    pub sign_in: SignInTexts,
    /// Who can read along, and whom the user trusts.
    pub security: SecurityTexts,
    /// The explanation for newcomers.
    pub what_is: WhatIsTexts,
    /// The list of messages.
    pub mailbox: MailboxTexts,
    /// One message.
    pub reader: ReaderTexts,
    /// The end of a session.
    pub ended: EndedTexts,
    /// The transcript.
    pub transcript: TranscriptTexts,
    /// The sheet of shortcuts.
    pub help: HelpTexts,
}

/// What went wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// In one short sentence.
    pub what: Cow<'static, str>,
    /// What to do about it.
    pub advice: Cow<'static, str>,
    /// The server's or the protocol's own words.
    pub quote: Option<String>,
}

impl Trouble {
    /// Trouble that is told in fixed words.
    #[must_use]
    pub fn plain(what: &'static str, advice: &'static str) -> Self {
        Self { what: what.into(), advice: advice.into(), quote: None }
    }

    /// Trouble that the part of the page which met it has put into words.
    #[must_use]
    pub fn told(told: &Told) -> Self {
        Self { what: told.what.clone().into(), advice: told.advice.clone().into(), quote: None }
    }

    /// Trouble whose peer said something about it.
    #[must_use]
    pub fn quoting(what: &'static str, advice: &'static str, quote: &str) -> Self {
        let quote = quote.trim();
        Self { quote: (!quote.is_empty()).then(|| quote.to_owned()), ..Self::plain(what, advice) }
    }
}

/// The frame.
#[derive(Debug)]
pub struct ShellTexts {
    pub skip_to_content: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    /// Auto, light, dark.
    pub themes: [&'static str; 3],
    pub show_shortcuts: &'static str,
    pub outdated: &'static str,
    pub reload: &'static str,
    pub learn: &'static str,
    pub dismiss: &'static str,
    pub undo: &'static str,
    pub cancel: &'static str,
    pub cancelling: &'static str,
    pub progress_label: &'static str,
    pub progress: fn(&Progress) -> String,
    pub toast: fn(&ToastNews) -> String,
}

/// The connect screen.
#[derive(Debug)]
pub struct ConnectTexts {
    pub heading: &'static str,
    pub lead: &'static str,
    pub sandbox_heading: &'static str,
    pub sandbox_text: &'static str,
    pub sandbox_button: &'static str,
    pub form_heading: &'static str,
    pub server: &'static str,
    pub port: &'static str,
    pub security: &'static str,
    pub security_name: fn(TlsEnds) -> &'static str,
    /// Who can read along.
    pub security_explanation: fn(TlsEnds, HopPicture) -> String,
    pub user: &'static str,
    pub password: &'static str,
    pub show_password: &'static str,
    pub remembers: &'static str,
    pub submit: &'static str,
    pub by_hand: &'static str,
    pub by_hand_heading: fn(&str) -> String,
    pub demo_login: &'static str,
    pub demo_explanation: &'static str,
    pub bridge_asking: &'static str,
    pub bridge_unreachable: &'static str,
    pub bridge_unreachable_advice: &'static str,
    /// The bridge may not allow a page of this origin.
    pub page_refused_perhaps: fn(&str) -> String,
    pub bridge: &'static str,
    pub bridge_other: &'static str,
    pub bridge_hint: &'static str,
    pub bridge_use: &'static str,
    pub bridge_unnamed: &'static str,
    pub bridge_fault: fn(BridgeFault) -> &'static str,
    pub bridge_offers_nothing: &'static str,
    pub bridge_offers_nothing_advice: &'static str,
    pub retry: &'static str,
    pub server_said: &'static str,
    pub sandbox_name: &'static str,
    pub connecting_to: fn(&str) -> String,
    pub phase: fn(Phase) -> &'static str,
    pub trouble: fn(&EndReason) -> Trouble,
}

/// The ways to log in.
#[derive(Debug)]
pub struct SignInTexts {
    pub options: &'static str,
    pub method: &'static str,
    pub method_name: fn(Wish) -> String,
    /// What the method does, and who can learn the password by it.
    pub explanation: fn(Wish) -> &'static str,
    pub token: &'static str,
    pub signed_in: fn(Method) -> String,
    /// The chosen way cannot be gone with the chosen encryption.
    pub dropped: fn(Wish) -> String,
}

/// Who can read along, and whom the user trusts.
#[derive(Debug)]
pub struct SecurityTexts {
    pub picture: &'static str,
    pub page: &'static str,
    pub bridge: &'static str,
    pub server: &'static str,
    pub reads: &'static str,
    pub reads_not: &'static str,
    pub protection: fn(Protection) -> &'static str,
    /// Whom one trusts with the page itself.
    pub operators: fn(HopPicture) -> &'static str,
    pub vouched: fn(Vouched) -> &'static str,
    pub trust: &'static str,
    pub trust_lead: &'static str,
    pub authority_until: fn(&str) -> String,
    pub pin: &'static str,
    pub demo: &'static str,
    pub demo_explanation: &'static str,
    pub remove: &'static str,
    pub add_file: &'static str,
    pub add_text: &'static str,
    pub add: &'static str,
    pub adding: &'static str,
    pub trust_error: fn(&TrustError) -> Trouble,
    pub certificates: &'static str,
    pub certificates_show: &'static str,
    pub certificates_hide: &'static str,
    pub certificates_reading: &'static str,
    pub certificates_missing: &'static str,
    pub refused_certificates: &'static str,
    pub pin_button: &'static str,
    pub pin_question: &'static str,
    pub pin_explanation: &'static str,
    pub pin_confirm: &'static str,
}

/// What POP3 is: a question and its answer, one after the other.
#[derive(Debug)]
pub struct WhatIsTexts {
    pub heading: &'static str,
    pub facts: &'static [(&'static str, &'static str)],
}

/// The list of messages.
#[derive(Debug)]
pub struct MailboxTexts {
    pub heading: &'static str,
    pub count: fn(usize, Octets) -> String,
    pub empty: &'static str,
    pub empty_advice: &'static str,
    pub column_from: &'static str,
    pub column_subject: &'static str,
    pub column_date: &'static str,
    pub column_size: &'static str,
    pub column_actions: &'static str,
    pub no_sender: &'static str,
    pub no_subject: &'static str,
    pub message_number: fn(MessageNumber) -> String,
    pub header_awaited: &'static str,
    pub header_refused: &'static str,
    pub header_unreadable: &'static str,
    pub header_stopped: &'static str,
    pub headers_fetch: &'static str,
    pub attachments_likely: &'static str,
    pub unread_here: &'static str,
    pub mark: fn(MessageNumber) -> String,
    pub unmark: fn(MessageNumber) -> String,
    pub marked: &'static str,
    pub previous_page: &'static str,
    pub next_page: &'static str,
    pub page_status: fn(usize, usize) -> String,
    pub pending: fn(usize) -> String,
    pub pending_explanation: &'static str,
    pub finish_and_delete: &'static str,
    pub finish: &'static str,
    pub finishing: &'static str,
    pub undo_all: &'static str,
    pub disconnect: &'static str,
    pub disconnect_explanation: &'static str,
    pub connection: &'static str,
    pub route: fn(&HopsVm) -> String,
    pub hops: fn(&HopsVm) -> Vec<String>,
    pub reconciled_heading: &'static str,
    /// One sentence for each thing there is to tell.
    pub reconciled: fn(&Reconciled) -> Vec<String>,
    pub mark_again: &'static str,
    pub leave_them: &'static str,
}

/// One message.
#[derive(Debug)]
pub struct ReaderTexts {
    pub back: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub delete: &'static str,
    pub undo: &'static str,
    pub save: &'static str,
    pub from: &'static str,
    pub reply_to: &'static str,
    pub to: &'static str,
    pub cc: &'static str,
    pub date: &'static str,
    pub no_date: &'static str,
    pub size: &'static str,
    pub loading: fn(Octets) -> String,
    pub cancelled: &'static str,
    pub retrieve_again: &'static str,
    pub refused: &'static str,
    pub source_only: fn(SourceOnly) -> String,
    pub malformed: &'static str,
    pub views: &'static str,
    pub tab: fn(Tab) -> &'static str,
    pub no_text: &'static str,
    pub html_title: &'static str,
    pub remote_blocked: fn(usize) -> String,
    pub remote_blocked_why: &'static str,
    pub source_loading: &'static str,
    pub source_cut: &'static str,
    pub header_name: &'static str,
    pub header_value: &'static str,
    pub attachments: fn(usize) -> String,
    pub attachment_inline: &'static str,
    pub download: fn(&str) -> String,
    pub download_short: &'static str,
}

/// The end of a session.
#[derive(Debug)]
pub struct EndedTexts {
    pub heading: fn(&Ended) -> &'static str,
    pub crashed: fn(bool, bool) -> Trouble,
    pub deletion_heading: &'static str,
    /// What became of the marks; and how many messages there were, if that is known.
    pub deletion: fn(&Deletion, Option<usize>) -> String,
    pub reconnect: &'static str,
    pub new_session: &'static str,
}

/// The transcript.
#[derive(Debug)]
pub struct TranscriptTexts {
    pub heading: &'static str,
    pub lead: &'static str,
    pub show: &'static str,
    pub hide: &'static str,
    pub console: &'static str,
    pub console_failed: &'static str,
    pub empty: &'static str,
    pub lines: fn(usize) -> String,
    pub to_newest: &'static str,
    pub client: &'static str,
    pub server: &'static str,
    pub note: &'static str,
    pub folded: fn(u64) -> String,
    /// What a line means, in one sentence.
    pub explain: fn(popglass_protocol::transcript::Meaning) -> Cow<'static, str>,
    /// What happened, and what that means.
    pub note_text: fn(&Note) -> (String, &'static str),
    pub refusal: fn(&Refusal) -> Trouble,
    /// What a line is called that breaks a rule.
    pub deviation: &'static str,
    /// The rule, in one sentence.
    pub rule: fn(Rule) -> &'static str,
}

/// The sheet of shortcuts.
#[derive(Debug)]
pub struct HelpTexts {
    pub heading: &'static str,
    pub keys: &'static [(&'static str, &'static str)],
    pub letters_on: &'static str,
    pub close: &'static str,
}
