//! Step mode and slow motion: lines of either side pass one by one, and the link gets credit for what has passed. Knows
//! no user; the page says when the next line may pass.

use popglass_protocol::transcript::{Direction, Line};

use super::{Session, Stage};
use crate::{
    Millis,
    command::Pace,
    event::{EndReason, Item, SessionEvent},
    host::{Effect, LinkEvent, LinkOrder},
    pacer::{Passing, TooMuch},
};

impl Session {
    pub(super) fn set_pace(&mut self, pace: Pace) {
        self.pacer.set_pace(pace, self.now);
    }

    /// The user, or the time, lets one line pass.
    pub(super) fn pass_next(&mut self) {
        let folds = self.folds();
        if let Some(passing) = self.pacer.step(folds) {
            self.let_pass(passing);
        }
    }

    /// Octets of the server: to the connection, or to those that wait.
    pub(super) fn receive(&mut self, octets: &[u8]) {
        // What comes before TLS stands belongs to nobody; the connection knows what to think of it.
        let holds = match &self.stage {
            Stage::Connected { connection, .. } => !self.pacer.is_open() && !connection.is_securing(),
            Stage::Idle | Stage::Dialling { .. } => false,
        };
        if !holds {
            return self.take_in(octets);
        }
        if let Stage::Connected { connection, .. } = &mut self.stage {
            connection.handle_sign_of_life(self.now);
        }
        if let Err(TooMuch) = self.pacer.hold_received(octets) {
            self.hang_up(EndReason::LimitExceeded { detail: "more octets came than were granted".into() });
        }
    }

    /// The link has come to an end, in its order behind what it brought. False if nothing of that waits.
    pub(super) fn hold_end(&mut self, event: &LinkEvent) -> bool {
        let holds = self.pacer.holds_received() && matches!(self.stage, Stage::Connected { .. });
        if holds {
            self.pacer.hold_link(event.clone());
        }
        holds
    }

    /// The time has come for a line in slow motion.
    pub(super) fn pass_if_due(&mut self, now: Millis) {
        if self.pacer.due().is_some_and(|due| now >= due) {
            self.pass_next();
        }
    }

    /// A line of the client, before its octets.
    pub(super) fn say(&mut self, line: Line) {
        if line.direction == Direction::ClientToServer && !self.pacer.is_open() {
            self.pacer.announce(line);
        } else {
            self.show(line);
        }
    }

    /// Whole lines of the client's.
    pub(super) fn send(&mut self, octets: Vec<u8>) {
        if self.pacer.is_open() {
            self.order(LinkOrder::Send(octets));
        } else {
            self.pacer.hold_sent(&octets);
        }
    }

    /// What was held goes with the connection.
    pub(super) fn drop_held(&mut self) {
        if self.pacer.clear() {
            self.tell(SessionEvent::Held(None));
        }
    }

    /// Lets pass what need not wait, and tells what does. Stands at the end of everything that the host calls.
    pub(super) fn proceed(&mut self) {
        loop {
            let folds = self.folds();
            let Some(passing) = self.pacer.take_passing(folds) else { break };
            self.let_pass(passing);
        }
        self.grant();
        self.pacer.arm(self.now);
        let folds = self.folds();
        if let Some(held) = self.pacer.news(folds) {
            self.tell(SessionEvent::Held(held));
        }
    }

    fn let_pass(&mut self, passing: Passing) {
        match passing {
            Passing::Sent(line, octets) => {
                self.show(line);
                self.order(LinkOrder::Send(octets));
            }
            Passing::Received(octets) => {
                self.take_in(&octets);
                let securing = matches!(&self.stage, Stage::Connected { connection, .. } if connection.is_securing());
                if securing && self.pacer.holds_received() {
                    // Said in the clear behind `+OK` to STLS: it must not pass for something said in TLS.
                    let octets = self.pacer.take_received();
                    self.take_in(&octets);
                }
            }
            Passing::Link(event) => self.end_of_link(event),
        }
    }

    fn take_in(&mut self, octets: &[u8]) {
        self.with_connection(|connection, now| connection.handle_octets(octets, now));
        self.taken += octets.len() as u64;
    }

    /// Once for all that was taken in, behind what came of it: a grant is a message.
    fn grant(&mut self) {
        let taken = std::mem::take(&mut self.taken);
        if taken > 0 {
            self.effects.push_back(Effect::Grant(taken));
        }
    }

    /// A line goes into the transcript; one of the client's is about to leave.
    fn show(&mut self, line: Line) {
        if let Stage::Connected { connection, .. } = &mut self.stage {
            connection.handle_passed(&line, self.now);
        }
        self.record(Item::Line(line));
    }

    fn folds(&self) -> bool {
        matches!(&self.stage, Stage::Connected { connection, .. } if connection.folds())
    }
}
