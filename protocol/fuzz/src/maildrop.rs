//! A script's maildrop, and a server over it. Remembers what was deleted; knows no client.

use std::{cell::RefCell, rc::Rc};

use popglass_protocol::{
    secret::Secret,
    server::{CommitFailure, Config, LoginRefusal, Maildrop, Server},
    types::{MessageNumber, UniqueId},
};

use crate::script::Script;

/// Shared with whoever checks what became of it.
#[derive(Debug, Default)]
pub(crate) struct Fate {
    pub(crate) opened: bool,
    pub(crate) committed: Option<Vec<MessageNumber>>,
}

#[derive(Debug)]
pub(crate) struct ScriptedMaildrop {
    user: String,
    password: String,
    messages: Vec<(UniqueId, Vec<u8>)>,
    fate: Rc<RefCell<Fate>>,
}

/// The server of a script, and what becomes of its maildrop.
pub(crate) fn server(script: &Script) -> (Server<ScriptedMaildrop>, Rc<RefCell<Fate>>) {
    let fate = Rc::default();
    let maildrop = ScriptedMaildrop {
        user: script.user.clone(),
        password: script.password.clone(),
        messages: script.messages.iter().enumerate().map(message).collect(),
        fate: Rc::clone(&fate),
    };
    (Server::new(maildrop, Config::complete()).with_randomness([7; 32]), fate)
}

/// Ids that RFC 1939 §7 allows, and no two alike.
fn message((place, (_, content)): (usize, &(Vec<u8>, Vec<u8>))) -> (UniqueId, Vec<u8>) {
    let unique_id = UniqueId::parse(format!("id{place}").as_bytes()).expect("it is not empty");
    (unique_id, content.clone())
}

impl Maildrop for ScriptedMaildrop {
    fn password_of(&self, user: &str) -> Option<Secret<String>> {
        (user == self.user).then(|| Secret::new(self.password.clone()))
    }
    fn token_of(&self, user: &str) -> Option<Secret<String>> {
        self.password_of(user)
    }
    fn open_as(&mut self, _: &str, _: Option<u64>) -> Result<(), LoginRefusal> {
        self.fate.borrow_mut().opened = true;
        Ok(())
    }
    fn message_count(&self) -> usize {
        self.messages.len()
    }
    fn octets(&self, number: MessageNumber) -> u64 {
        self.message(number).len() as u64
    }
    fn unique_id(&self, number: MessageNumber) -> UniqueId {
        self.messages[number.index()].0.clone()
    }
    fn message(&self, number: MessageNumber) -> &[u8] {
        &self.messages[number.index()].1
    }
    fn commit(&mut self, marked: &[MessageNumber]) -> Result<(), CommitFailure> {
        let before = self.fate.borrow_mut().committed.replace(marked.to_vec());
        assert!(before.is_none(), "UPDATE is entered once");
        Ok(())
    }
}
