//! The way from server to server: deliveries into the worlds of a few domains, one SMTP session for each step between two.
//! Knows no interface, and no time but what it is told.

use std::collections::BTreeMap;

use popglass_protocol::types::UniqueId;

use crate::{
    World,
    smtp::{
        Config, Delivery, Line, Server,
        path::Address,
        relay::{Relayed, relay},
        server::mailbox_of,
        trace,
    },
};

/// The servers that know each other, one a domain, each named `mail.` and the domain.
#[derive(Debug, Clone, Default)]
pub struct Post {
    sites: BTreeMap<String, Site>,
}

#[derive(Debug, Clone)]
struct Site {
    world: World,
    config: Config,
    address: String,
}

/// What became of one delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Journey {
    /// Sessions between servers, in their order.
    pub hops: Vec<Hop>,
    /// Where it ended, for each recipient; reports of failure that went back are among them.
    pub arrivals: Vec<Arrival>,
}

/// One session between two servers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Hop {
    /// The domain whose server is the client.
    pub from: String,
    /// The domain whose server it is.
    pub to: String,
    /// What they said; the first [`crate::smtp::LINES_MAX`] lines.
    pub lines: Vec<Line>,
}

/// A message and one of its recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Arrival {
    /// The mailbox, as RCPT named it.
    pub recipient: String,
    /// How it went.
    pub fate: Fate,
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Fate {
    /// It lies in a mailbox.
    Delivered {
        /// The domain.
        domain: String,
        /// Its user.
        user: String,
        /// The message's name in that user's POP3 sessions.
        unique_id: UniqueId,
    },
    /// The next server said no. The sender gets a report, unless the message was one (RFC 5321 §4.5.5, §6.1).
    Refused {
        /// What it said, such as `550 there is no such mailbox here`.
        reply: String,
    },
}

impl Post {
    /// No servers yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A domain more, with the usual server. All servers learn of each other.
    pub fn add_domain(&mut self, domain: &str, world: World) {
        self.add_server(domain, world, Config::default());
    }

    /// As [`Self::add_domain`], with what the server takes, knows and allows from `config`; host, domains and neighbours are
    /// filled in here.
    pub fn add_server(&mut self, domain: &str, world: World, config: Config) {
        let domain = domain.to_ascii_lowercase();
        let config = Config { host: format!("mail.{domain}"), domains: vec![domain.clone()], ..config };
        // Addresses of RFC 5737, for examples.
        let address = format!("192.0.2.{}", 10 + self.sites.len() % 200);
        self.sites.insert(domain, Site { world, config, address });
        let domains: Vec<_> = self.sites.keys().cloned().collect();
        for (own, site) in &mut self.sites {
            site.config.neighbours = domains.iter().filter(|domain| *domain != own).cloned().collect();
        }
    }

    /// A session with a domain's server. Nothing if there is no such domain.
    #[must_use]
    pub fn server(&self, domain: &str) -> Option<Server> {
        self.sites.get(domain).map(|site| Server::new(site.config.clone(), site.world.clone()))
    }

    /// Carries what a domain's server accepted to where it belongs, at this time in seconds since 1970.
    pub fn carry(&self, domain: &str, delivery: Delivery, unix_seconds: i64) -> Journey {
        let mut journey = Journey::default();
        self.carry_on(&mut journey, domain, delivery, unix_seconds);
        journey
    }

    fn carry_on(&self, journey: &mut Journey, domain: &str, delivery: Delivery, unix_seconds: i64) {
        let Some(site) = self.sites.get(domain) else { return };
        let mut elsewhere: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut refused = Vec::new();
        for recipient in &delivery.recipients {
            match self.domain_of(recipient) {
                Some(other) if other != domain => elsewhere.entry(other).or_default().push(recipient.clone()),
                _ => match site.put(recipient, &delivery) {
                    Some((user, unique_id)) => {
                        let fate = Fate::Delivered { domain: domain.to_owned(), user, unique_id };
                        journey.arrivals.push(Arrival { recipient: recipient.clone(), fate });
                    }
                    // It was there when RCPT was answered; or it is a sender who never was.
                    None => refused.push((recipient.clone(), "550 there is no such mailbox here".to_owned())),
                },
            }
        }
        for (next, recipients) in elsewhere {
            let delivery = Delivery { recipients, ..delivery.clone() };
            refused.extend(self.hop(journey, (domain, site), next, &delivery, unix_seconds));
        }
        if refused.is_empty() {
            return;
        }
        if !delivery.reverse_path.is_empty() {
            let report = report(site, &delivery, &refused, unix_seconds);
            self.carry_on(journey, domain, report, unix_seconds);
        }
        let fate = |(recipient, reply)| Arrival { recipient, fate: Fate::Refused { reply } };
        journey.arrivals.extend(refused.into_iter().map(fate));
    }

    /// One session with the next server; gives whom it did not take.
    fn hop(
        &self,
        journey: &mut Journey,
        (from, site): (&str, &Site),
        to: &str,
        delivery: &Delivery,
        unix_seconds: i64,
    ) -> Vec<(String, String)> {
        let Some(next) = self.sites.get(to) else { return Vec::new() };
        let config = Config { client_address: site.address.clone(), ..next.config.clone() };
        let mut server = Server::new(config, next.world.clone());
        server.handle_time(unix_seconds);
        let Relayed { lines, refused } = relay(&site.config.host, delivery, &mut server);
        journey.hops.push(Hop { from: from.to_owned(), to: to.to_owned(), lines });
        while let Some(accepted) = server.poll_delivery() {
            self.carry_on(journey, to, accepted, unix_seconds);
        }
        refused
    }

    /// The domain of ours that a mailbox is at.
    fn domain_of(&self, recipient: &str) -> Option<&str> {
        let address = Address::parse(recipient)?;
        self.sites.keys().find(|domain| address.is_at(domain)).map(String::as_str)
    }
}

impl Site {
    /// Puts it into the mailbox, with `Return-Path:` on top (RFC 5321 §4.4).
    fn put(&self, recipient: &str, delivery: &Delivery) -> Option<(String, UniqueId)> {
        let users = self.world.users();
        let local = match Address::parse(recipient) {
            Some(address) if self.config.domains.iter().any(|domain| address.is_at(domain)) => address.local,
            // Nobody's mail but the postmaster's goes without a domain (RFC 5321 §4.5.1).
            None if recipient.eq_ignore_ascii_case("postmaster") => recipient.to_owned(),
            Some(_) | None => return None,
        };
        let postmaster = local.eq_ignore_ascii_case("postmaster").then(|| users.first()).flatten();
        let user = mailbox_of(&users, &local).or(postmaster)?;
        let return_path = trace::return_path(&delivery.reverse_path);
        let unique_id = self.world.deliver(user, [return_path.as_bytes(), &delivery.message].concat())?;
        Some((user.clone(), unique_id))
    }
}

/// What the sender is told of recipients that were refused: from nobody, so that no report answers a report
/// (RFC 5321 §4.5.5, §6.1).
fn report(site: &Site, delivery: &Delivery, refused: &[(String, String)], unix_seconds: i64) -> Delivery {
    let host = &site.config.host;
    let (sender, date) = (&delivery.reverse_path, trace::date(unix_seconds));
    let lines: String = refused.iter().map(|(recipient, reply)| format!("<{recipient}>: {reply}\r\n")).collect();
    let lines_of_header = delivery.message.split_inclusive(|octet| *octet == b'\n').take_while(|line| *line != b"\r\n");
    let header: Vec<u8> = lines_of_header.take(REPORTED_HEADER_LINES_MAX).flatten().copied().collect();
    let text = format!(
        "Date: {date}\r\nFrom: Mail Delivery System <postmaster@{host}>\r\nTo: <{sender}>\r\n\
         Subject: Your message could not be delivered\r\nAuto-Submitted: auto-replied\r\n\r\n\
         Your message could not be delivered to:\r\n\r\n{lines}\r\nIts header was:\r\n\r\n"
    );
    Delivery {
        reverse_path: String::new(),
        recipients: vec![sender.clone()],
        message: [text.as_bytes(), &header].concat(),
    }
}

/// Lines of a header that a report repeats.
const REPORTED_HEADER_LINES_MAX: usize = 40;
