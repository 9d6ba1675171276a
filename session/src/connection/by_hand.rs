//! What the user types beside the buttons, or instead of them: sent as it stands, and what the server makes of it is
//! followed, as if the session had asked. Knows no keyboard.

use popglass_protocol::{
    client::{self, CommandId, Said, command_meant},
    command::{Command, CommandName},
    login::Method,
    reply::{Listed, Refusal, Reply},
    sasl::Mechanism,
    secret::Secret,
    state::State,
    transcript::Meaning,
    tunnel::TlsEnds,
    types::MessageNumber,
};

use crate::{
    account::Account,
    command::Route,
    connection::{By, Connection, Purpose},
    event::{LineFault, MailboxEntry, Phase, SessionEvent},
    ledger::Deletions,
    listing::Listing,
    marks::{Change, Marks},
};

/// What only sessions with typed lines have.
#[derive(Debug)]
pub(super) struct Hand {
    /// Until the user asks for the mailbox.
    is_by_hand: bool,
    /// The user has asked for it, and it is not there yet.
    pub(super) is_opening: bool,
    /// TLS can end in the page, and does not stand yet.
    pub(super) can_start_tls: bool,
    /// Nothing protects the line, and nothing can.
    in_the_clear: bool,
    /// The name that was typed last, and the way to log in.
    user: Option<String>,
    method: Option<Method>,
    /// What only a lax server takes for QUIT was typed, and is not answered.
    quits_laxly: bool,
    /// It was refused: as a line that is none, or because not all could be deleted (RFC 1939 §6). Then the server says no
    /// more.
    quit_refused: bool,
    /// What was listed while a message was marked of which nobody knows the number, before all marks were taken back.
    listed_before: Option<Vec<Listed>>,
}

/// What a typed line asked for, as far as the session has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// By a line that only a lax server takes for QUIT.
    Quit,
    /// Only the transcript shows it.
    Other,
}

impl Hand {
    pub(super) fn new(account: &Account) -> Self {
        let ends = match &account.route {
            Route::Sandbox => None,
            Route::Bridge { tls, .. } => Some(*tls),
        };
        Self {
            is_by_hand: account.credentials.is_none(),
            is_opening: false,
            can_start_tls: ends == Some(TlsEnds::PageStls),
            in_the_clear: ends == Some(TlsEnds::Nowhere),
            user: None,
            method: None,
            quits_laxly: false,
            quit_refused: false,
            listed_before: None,
        }
    }
}

/// What a typed line does to the marks if the server says `+OK`, and whether a strict one can.
pub(super) fn change_of(said: &Said) -> Option<(Change, By)> {
    let change = match said.name()? {
        CommandName::Dele => Change::Mark(said.number()),
        CommandName::Rset => Change::TakeBack,
        _ => return None,
    };
    Some((change, if matches!(said, Said::Command(_)) { By::Line } else { By::UnsureLine }))
}

/// By hand nobody checks the proof (RFC 5802 §5), so such a login is not told as one by this mechanism.
fn proves_server(mechanism: Mechanism) -> bool {
    use Mechanism::{ScramSha1, ScramSha1Plus, ScramSha256, ScramSha256Plus};
    matches!(mechanism, ScramSha1 | ScramSha1Plus | ScramSha256 | ScramSha256Plus)
}

impl Connection {
    /// The session asks for nothing by itself.
    pub(super) fn is_by_hand(&self) -> bool {
        self.hand.is_by_hand
    }

    /// Sends a line as typed, or says why it cannot be.
    pub(crate) fn send_line(&mut self, line: &Secret<String>) -> Result<(), LineFault> {
        let line = line.expose();
        let is_stls = command_meant(line) == Some(CommandName::Stls) && !self.client.awaits_response();
        if is_stls && self.hand.in_the_clear {
            return Err(LineFault::NoTls);
        }
        match self.client.send_line(line) {
            Ok(_) => Ok(()),
            Err(client::LineFault::TooLong { octets, octets_max }) => {
                Err(LineFault::TooLong { octets: octets as u64, octets_max: octets_max as u64 })
            }
            Err(client::LineFault::ControlCharacter) => Err(LineFault::ControlCharacter),
            Err(client::LineFault::Closed) => Err(LineFault::NoConnection),
            Err(client::LineFault::TooMany) => Err(LineFault::TooMany),
        }
    }

    /// A typed line is about to go out: what it may do is written before, also where only a lax server does it.
    pub(super) fn handle_typed(&mut self, id: CommandId, said: Said) {
        if let Some((change, by)) = change_of(&said) {
            self.purposes.insert(id, Purpose::Marks { change, by });
            self.record_change(change);
            return;
        }
        let purpose = match said.name() {
            Some(CommandName::Quit) => {
                self.tell(SessionEvent::Phase(Phase::Finishing));
                self.hand.quits_laxly = !matches!(said, Said::Command(_));
                if self.hand.quits_laxly { Purpose::Typed(Typed::Quit) } else { Purpose::Finish }
            }
            _ => {
                self.note_login(said);
                Purpose::Typed(Typed::Other)
            }
        };
        self.purposes.insert(id, purpose);
    }

    /// The line that passes is what a lax server takes for QUIT: no other that is no command goes out before its answer.
    pub(super) fn is_lax_quit(&self, meaning: Meaning) -> bool {
        self.hand.quits_laxly && matches!(meaning, Meaning::UnknownCommand)
    }

    /// Who logs in by hand, and how.
    fn note_login(&mut self, said: Said) {
        let hand = &mut self.hand;
        if self.client.state() == State::Transaction {
            return;
        }
        match said {
            Said::Command(Command::User(user)) => hand.user = Some(user.as_str().into()),
            Said::Command(Command::Pass(_)) | Said::Resembling { name: CommandName::Pass, .. } => {
                hand.method = Some(Method::UserPass);
            }
            Said::Command(Command::Apop { user, .. }) => {
                (hand.user, hand.method) = (Some(user.as_str().into()), Some(Method::Apop));
            }
            Said::Command(Command::Auth { mechanism, .. }) => {
                let mechanism = Mechanism::of_name(mechanism.as_str()).filter(|known| !proves_server(*known));
                (hand.user, hand.method) = (None, mechanism.map(Method::Sasl));
            }
            // Nobody knows for whom a lax server takes it.
            Said::Resembling { name: CommandName::User | CommandName::Apop | CommandName::Auth, .. } => {
                (hand.user, hand.method) = (None, None);
            }
            Said::Command(_) | Said::Resembling { .. } | Said::Unknown => {}
        }
    }

    pub(super) fn handle_typed_reply(&mut self, typed: Typed, reply: Reply) {
        match (typed, reply) {
            (Typed::Quit, Reply::Goodbye) => self.finish(Reply::Goodbye),
            (Typed::Quit, _) => {
                (self.hand.quits_laxly, self.hand.quit_refused) = (false, true);
                let phase = if self.is_open() { Phase::Open } else { Phase::ByHand };
                self.tell(SessionEvent::Phase(phase));
                // What was asked for in between is not done, and nobody shall wait for it.
                self.tell_marks();
            }
            (Typed::Other, Reply::LoggedIn) => self.logged_in_by_hand(),
            (Typed::Other, _) => {}
        }
    }

    /// The server answers, so the line that was no QUIT was none to it either.
    pub(super) fn settle_quit_refused(&mut self) {
        if std::mem::take(&mut self.hand.quit_refused) {
            self.quit_sent = false;
            self.record();
        }
    }

    pub(super) fn look_for_marks(&mut self) {
        self.send(Command::List(None), Purpose::Unmarked);
    }

    /// The listing while something was marked whose number nobody knows: what is not in it is marked (RFC 1939 §5).
    pub(super) fn handle_unmarked(&mut self, reply: Reply) {
        let Reply::List(listed) = reply else { return };
        if !self.is_open() {
            self.hand.listed_before = Some(listed);
            return;
        }
        let found = self.unlisted(listed, &self.marks);
        if self.marks.contains(None) && !found.is_empty() {
            self.marks.retain(|marked| marked.is_some());
            found.into_iter().for_each(|number| self.marks.apply(Change::Mark(Some(number))));
            self.forget(None);
            self.record();
            self.tell_marks();
        }
    }

    /// RSET took the mark back of which nobody knew the number; now it can be told.
    pub(super) fn mark_unread_again(&mut self) {
        let Some(before) = self.hand.listed_before.take() else { return };
        // Where RSET was refused the mark is still there, and nobody knows its number; another RSET is the user's.
        if !self.marks.contains(None) && !self.is_coming(Change::TakeBack) {
            let found = self.unlisted(before, &self.sure());
            self.mark(&found);
        }
    }

    /// The messages that are in the mailbox, not in this listing, and not known as marked.
    fn unlisted(&self, listed: Vec<Listed>, marked: &Marks) -> Vec<MessageNumber> {
        let listed = Listing::new(listed, Vec::new());
        let mut unlisted = Vec::new();
        for MailboxEntry { number, .. } in self.listing.iter().flat_map(Listing::entries) {
            if listed.octets(*number).is_none() && !marked.contains(Some(*number)) {
                unlisted.push(*number);
            }
        }
        unlisted
    }

    fn logged_in_by_hand(&mut self) {
        if let Some(method) = self.hand.method {
            self.tell(SessionEvent::LoggedIn(method));
        }
        // The user was quicker than the session: what it wanted to do is done.
        if self.login.take().is_some() {
            self.look_around();
        }
    }

    /// By hand, and in TRANSACTION.
    pub(crate) fn can_open_maildrop(&self) -> bool {
        let quits = self.quit_sent && !self.hand.quit_refused;
        let is_closed = !self.is_open() && !self.hand.is_opening && !quits;
        self.is_by_hand() && is_closed && self.client.state() == State::Transaction
    }

    /// The name with which the user logged in, where a name was typed.
    pub(crate) fn user_typed(&self) -> Option<&str> {
        self.hand.user.as_deref()
    }

    /// From here on the session is one like any other.
    pub(crate) fn open_maildrop(&mut self, deletions: Deletions) {
        self.deletions = deletions;
        (self.hand.is_by_hand, self.hand.is_opening) = (false, true);
        self.hand.listed_before = None;
        if self.marks.is_empty() && !self.is_changing() {
            self.look_around();
            return;
        }
        // LIST leaves out what is marked (RFC 1939 §5): so all marks are taken back, and set again behind it. In the same
        // breath, so that nothing that is typed comes between; and behind the headers, since no server hands out one of what
        // is marked.
        if self.marks.contains(None) || self.is_coming(Change::Mark(None)) {
            self.look_for_marks();
        }
        let staying = self.staying(&Marks::default());
        self.send_take_back();
        self.look_around();
        self.ask_for_headers_of(&staying);
        staying.into_iter().for_each(|number| self.send_mark(number));
    }

    /// STAT or LIST was refused: the user goes on by hand.
    pub(super) fn not_opened(&mut self, refusal: Refusal) {
        (self.hand.is_by_hand, self.hand.is_opening) = (true, false);
        // The other questions of the same breath are the user's now: their answers are for the transcript alone.
        for purpose in self.purposes.values_mut() {
            if matches!(purpose, Purpose::CapabilitiesAgain | Purpose::Totals | Purpose::Listing | Purpose::UniqueIds) {
                *purpose = Purpose::Typed(Typed::Other);
            }
        }
        self.tell(SessionEvent::Refused { number: None, refusal });
        self.tell(SessionEvent::Phase(Phase::ByHand));
    }

    /// The typed lines that never had their turn.
    pub(crate) fn take_unsent_lines(&mut self) -> Vec<Secret<String>> {
        self.client.take_unsent_lines()
    }
}
