//! What the mail worker has still to read. One message at a time: so whichever it dies on is known, and costs only
//! itself.

use std::collections::VecDeque;

use popglass_mail_worker::wire::{Request, Task};
use popglass_protocol::types::MessageNumber;

use super::effect::{Effect, PayloadId};

/// What a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A row of the mailbox.
    Row(MessageNumber),
    /// The reader.
    Reader(MessageNumber),
    /// A file to save.
    Attachment,
}

/// A request and the octets it goes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) purpose: Purpose,
    pub(super) payload: PayloadId,
    task: Task,
}

impl Job {
    /// The reader keeps its octets; all others are there for the job alone.
    pub(super) fn spare_payload(&self) -> Option<PayloadId> {
        matches!(self.purpose, Purpose::Row(_)).then_some(self.payload)
    }
}

/// The queue.
#[derive(Debug, Default)]
pub(super) struct MailQueue {
    waiting: VecDeque<Job>,
    running: Option<(u32, Job)>,
    last_id: u32,
}

impl MailQueue {
    /// What the user waits for goes to the front, rows to the back.
    pub(super) fn push(&mut self, purpose: Purpose, payload: PayloadId, task: Task, effects: &mut Vec<Effect>) {
        let is_row = matches!(purpose, Purpose::Row(_));
        let job = Job { purpose, payload, task };
        if is_row {
            self.waiting.push_back(job);
        } else {
            self.waiting.push_front(job);
        }
        self.start_next(effects);
    }

    fn start_next(&mut self, effects: &mut Vec<Effect>) {
        if self.running.is_some() {
            return;
        }
        if let Some(job) = self.waiting.pop_front() {
            self.last_id = self.last_id.wrapping_add(1);
            effects.push(Effect::Mail(Request { id: self.last_id, task: job.task.clone() }, job.payload));
            self.running = Some((self.last_id, job));
        }
    }

    /// The job that was answered, unless the answer is a late one to a job that is forgotten.
    pub(super) fn finish(&mut self, id: u32, effects: &mut Vec<Effect>) -> Option<Job> {
        let (_, job) = self.running.take_if(|(running, _)| *running == id)?;
        self.start_next(effects);
        Some(job)
    }

    /// The jobs that will never be answered: the one the worker died on, and all if it cannot come up again.
    pub(super) fn fail(&mut self, had_started: bool, effects: &mut Vec<Effect>) -> Vec<Job> {
        let mut failed: Vec<Job> = self.running.take().map(|(_, job)| job).into_iter().collect();
        if !had_started {
            failed.extend(self.waiting.drain(..));
        }
        self.start_next(effects);
        failed
    }

    /// These octets are about to be forgotten: what waits for its turn with them never gets it.
    pub(super) fn withdraw(&mut self, payload: PayloadId) {
        self.waiting.retain(|job| job.payload != payload);
    }

    /// The session is over: nobody waits for these answers.
    pub(super) fn clear(&mut self, effects: &mut Vec<Effect>) {
        let jobs = self.waiting.drain(..).chain(self.running.take().map(|(_, job)| job));
        effects.extend(jobs.filter_map(|job| job.spare_payload()).map(Effect::Forget));
    }
}
