//! Servers, attackers and wires as a lesson's data orders them.

use popglass_protocol::server::Server;
use popglass_sandbox::{
    INBOX, SandboxMaildrop, Stored, World,
    profile::{Offer, Profile},
};
use popglass_wire::{
    attacker::Attacker,
    identity::Identity,
    link::{ClientTrust, Link},
};

use super::{super::conversation::Conversation, Room};
use crate::format::{AttackerSetup, Certificate, ServerSetup};

impl Room {
    pub(super) fn conversation(&mut self, server: &str, tls: bool, cut_at: Option<u32>) -> Conversation {
        let setup = self.server(server).clone();
        let identity = identity(setup.profile.certificate);
        let trust = ClientTrust::school();
        let now_ms = self.now_ms;
        let link =
            if tls { Link::tls(identity, &trust, now_ms) } else { Link::starting_plain(identity, &trust, now_ms) };
        let link = link.with_attacker(&attacker(self.plan.attacker));
        let mut profile = profile(&setup);
        if let Some(ordinal) = cut_at {
            profile = profile.with_fault(&format!("RETR {ordinal}: cut 60"));
        }
        let pop3 = pop3_server(&profile, &self.worlds[server], self.lots.octets());
        Conversation::new(if tls { pop3.in_tls() } else { pop3 }, link)
    }
}

/// Behind the `@`: the server's name, or, of `mail.a.example`, what stands behind `mail.`.
pub(super) fn domain(server: &str) -> &str {
    server.strip_prefix("mail.").filter(|rest| rest.contains('.')).unwrap_or(server)
}

/// What POP3 sees of a user's mail.
pub(crate) fn inbox(world: &World, user: &str) -> Vec<Stored> {
    world.mailbox(user).into_iter().filter(|stored| stored.folder == INBOX).collect()
}

fn profile(setup: &ServerSetup) -> Profile {
    let wanted = &setup.profile;
    let mut profile = if wanted.minimal { Profile::least() } else { Profile::default() };
    profile.greeting = Some(format!("{} is ready", setup.name));
    if wanted.stls {
        profile = profile.with(Offer::Stls);
    }
    if wanted.apop {
        profile = profile.with(Offer::Apop);
    }
    if wanted.secrets_need_tls {
        profile = profile.without(Offer::SecretsInClear);
    }
    wanted.faults.lines().filter(|line| !line.trim().is_empty()).fold(profile, Profile::with_fault)
}

fn pop3_server(profile: &Profile, world: &World, randomness: [u8; 32]) -> Server<SandboxMaildrop> {
    let server = profile.server(world).or_else(|_| Profile::default().server(world));
    server.expect("the usual profile makes a server").with_randomness(randomness)
}

fn identity(certificate: Certificate) -> Identity {
    match certificate {
        Certificate::Good => Identity::Good,
        Certificate::Expired => Identity::Expired,
        Certificate::WrongName => Identity::WrongName,
        Certificate::SelfSigned => Identity::SelfSigned,
        Certificate::UnknownAuthority => Identity::UnknownAuthority,
    }
}

fn attacker(setup: AttackerSetup) -> Attacker {
    match setup {
        AttackerSetup::Listens => Attacker::Listen,
        AttackerSetup::StripsStls => Attacker::StripStls,
        AttackerSetup::InjectsAfterStls => Attacker::InjectAfterStls(b"-ERR please log in again\r\n".to_vec()),
        AttackerSetup::FalseCertificate => Attacker::FalseCertificate(Identity::UnknownAuthority),
    }
}
