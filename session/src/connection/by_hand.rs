//! What the user types beside the buttons, or instead of them: sent as it stands, and what the server makes of it is
//! followed, as if the session had asked. Knows no keyboard.

use popglass_protocol::{
    client::{self, CommandId},
    codec::request::parse_request,
    command::Command,
    login::Method,
    reply::{Refusal, Reply},
    sasl::Mechanism,
    secret::Secret,
    state::State,
    tunnel::TlsEnds,
    types::MessageNumber,
};

use crate::{
    account::Account,
    command::Route,
    connection::{Connection, Purpose},
    event::{LineFault, Phase, SessionEvent},
    ledger::Deletions,
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
}

/// What a typed line asked for, as far as the session has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Mark(MessageNumber),
    TakeMarksBack,
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
        }
    }
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
        let is_stls = parse_request(line.as_bytes()) == Ok(Command::Stls) && !self.client.awaits_response();
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

    /// A typed line is about to go out: what it may do is written before.
    pub(super) fn handle_typed(&mut self, id: CommandId, command: Option<Command>) {
        let purpose = match command {
            Some(Command::Dele(number)) => {
                if let Some(listing) = &self.listing {
                    self.deletions.mark(number, listing);
                }
                self.marks.want_typed(number);
                Purpose::Typed(Typed::Mark(number))
            }
            Some(Command::Rset) => {
                let taken_back = self.marks.unwant_typed();
                self.forget(&taken_back);
                Purpose::Typed(Typed::TakeMarksBack)
            }
            Some(Command::Quit) => {
                self.tell(SessionEvent::Phase(Phase::Finishing));
                Purpose::Finish
            }
            command => {
                self.note_login(command);
                Purpose::Typed(Typed::Other)
            }
        };
        self.purposes.insert(id, purpose);
    }

    /// Who logs in by hand, and how.
    fn note_login(&mut self, command: Option<Command>) {
        let hand = &mut self.hand;
        match command.filter(|_| self.client.state() != State::Transaction) {
            Some(Command::User(user)) => hand.user = Some(user.as_str().into()),
            Some(Command::Pass(_)) => hand.method = Some(Method::UserPass),
            Some(Command::Apop { user, .. }) => {
                (hand.user, hand.method) = (Some(user.as_str().into()), Some(Method::Apop));
            }
            Some(Command::Auth { mechanism, .. }) => {
                let mechanism = Mechanism::of_name(mechanism.as_str()).filter(|known| !proves_server(*known));
                (hand.user, hand.method) = (None, mechanism.map(Method::Sasl));
            }
            _ => {}
        }
    }

    pub(super) fn handle_typed_reply(&mut self, typed: Typed, reply: Reply) {
        // A mark that is granted before the login is none.
        let marks_count = self.client.state() == State::Transaction;
        match (typed, reply) {
            (Typed::Mark(number), Reply::Marked(_)) if marks_count => self.mark_confirmed(number),
            (Typed::Mark(number), _) => {
                self.settle_mark_refused(number);
                self.tell_marks();
            }
            (Typed::TakeMarksBack, reply) => {
                self.settle_marks_taken_back(marks_count && reply == Reply::MarksTakenBack);
                self.tell_marks();
            }
            (Typed::Other, Reply::LoggedIn) => self.logged_in_by_hand(),
            (Typed::Other, _) => {}
        }
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
        let is_closed = !self.is_open() && !self.hand.is_opening && !self.quit_sent;
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
        self.look_around();
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
