//! One POP3 session's view of a mailbox: a snapshot, behind the exclusive lock. Knows no commands and no replies.

use popglass_protocol::{
    capability::{Expire, Kept, LoginDelay},
    secret::Secret,
    server::{CommitFailure, LoginRefusal, Maildrop},
    types::{MessageNumber, Octets, UniqueId},
};

use crate::{mailbox::Message, world::World};

/// What one POP3 session is served. Dropped without a commit it gives the lock back and removes nothing.
#[derive(Debug)]
pub struct SandboxMaildrop {
    world: World,
    opened: Option<Opened>,
}

impl SandboxMaildrop {
    pub(crate) fn new(world: World) -> Self {
        Self { world, opened: None }
    }

    fn messages(&self) -> &[Message] {
        self.opened.as_ref().map_or(&[], |opened| &opened.messages)
    }

    fn counted(&self, number: MessageNumber) -> &Message {
        self.messages().get(number.index()).expect("the server asks only for messages that were counted")
    }
}

impl Maildrop for SandboxMaildrop {
    fn password_of(&self, user: &str) -> Option<Secret<String>> {
        self.world.password_of(user)
    }

    fn token_of(&self, user: &str) -> Option<Secret<String>> {
        self.world.token_of(user)
    }

    fn login_delay(&self) -> Option<LoginDelay> {
        self.world.login_delay()
    }

    fn expire(&self) -> Option<Expire> {
        Some(Expire { kept: Kept::Never, per_user: false })
    }

    fn open_as(&mut self, user: &str, now_ms: Option<u64>) -> Result<(), LoginRefusal> {
        let messages = self.world.lock(user, now_ms)?;
        self.opened = Some(Opened { world: self.world.clone(), user: user.to_owned(), messages });
        Ok(())
    }

    fn message_count(&self) -> usize {
        self.messages().len()
    }

    fn octets(&self, number: MessageNumber) -> Octets {
        self.counted(number).octets.len() as Octets
    }

    fn unique_id(&self, number: MessageNumber) -> UniqueId {
        self.counted(number).unique_id.clone()
    }

    fn message(&self, number: MessageNumber) -> &[u8] {
        &self.counted(number).octets
    }

    fn commit(&mut self, marked: &[MessageNumber]) -> Result<(), CommitFailure> {
        if let Some(opened) = self.opened.take() {
            let doomed = marked.iter().filter_map(|number| opened.messages.get(number.index()));
            let doomed: Vec<_> = doomed.map(|message| &message.unique_id).collect();
            opened.world.remove(&opened.user, &doomed);
        }
        Ok(())
    }
}

/// The lock itself: as long as this lives, nobody else gets in.
#[derive(Debug)]
struct Opened {
    world: World,
    user: String,
    messages: Vec<Message>,
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.world.unlock(&self.user);
    }
}

#[cfg(test)]
mod tests;
