//! Placeholders: what the seed drew, and what the world holds as a lesson begins. Knows no TOML and no simulation.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::{Draw, MessageSetup, Plan, ServerSetup, UserSetup};

/// A generator of numbers that look random and are the same for the same seed (SplitMix64). Nothing secret hangs on it.
#[derive(Debug, Clone)]
pub(crate) struct Lots(u64);

impl Lots {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            things.swap(end, self.below(end + 1));
        }
    }

    pub(crate) fn octets<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next() as u8)
    }
}

/// A message as it lies in the world when the lesson begins, or comes to lie there later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) id: String,
    pub(crate) unique_id: String,
    /// With CRLF line ends.
    pub(crate) octets: Vec<u8>,
    pub(crate) later: bool,
}

/// What a lesson with a seed begins with.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    values: BTreeMap<String, String>,
    /// By user, in the order of the maildrop.
    pub(crate) messages: BTreeMap<String, Vec<Placed>>,
}

impl Beginning {
    pub(crate) fn new(plan: &Plan, lots: &mut Lots) -> Self {
        let draws = plan.draws.iter().map(|(name, draw)| (name.clone(), drawn(draw, lots)));
        let mut beginning = Self { values: draws.collect(), messages: BTreeMap::new() };
        beginning.know_columns();
        for server in &plan.servers {
            beginning.know("certificate", &server.name, server.profile.certificate.as_str());
        }
        for user in plan.servers.iter().flat_map(|server| &server.users) {
            beginning.place(user, lots);
        }
        beginning
    }

    fn place(&mut self, user: &UserSetup, lots: &mut Lots) {
        let mut setups: Vec<&MessageSetup> = user.messages.iter().collect();
        if user.shuffled {
            lots.shuffle(&mut setups);
        }
        // What comes later cannot lie before what is there.
        setups.sort_by_key(|setup| setup.later);
        let placed: Vec<_> = setups.into_iter().map(|setup| self.placed(setup, lots)).collect();
        let there = || placed.iter().filter(|message| !message.later).zip(1..);
        let total: usize = there().map(|(message, _)| message.octets.len()).sum();
        let largest = there().max_by_key(|(message, _)| message.octets.len()).map_or(0, |(_, number)| number);
        self.know("count", &user.name, there().count());
        self.know("total", &user.name, total);
        self.know("largest", &user.name, largest);
        for (message, number) in placed.iter().zip(1..) {
            self.know("number", &message.id, number);
            self.know("octets", &message.id, message.octets.len());
            self.know("unique-id", &message.id, &message.unique_id);
        }
        self.messages.insert(user.name.clone(), placed);
    }

    fn placed(&self, setup: &MessageSetup, lots: &mut Lots) -> Placed {
        let mut text = self.fill(setup.text.trim_start_matches('\n'));
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let filled = text.len() + setup.filler_octets as usize;
        while text.len() < filled {
            text.push_str(FILLER);
        }
        Placed {
            id: setup.id.clone(),
            unique_id: format!("{:08x}", lots.next() as u32),
            octets: text.lines().flat_map(|line| [line.as_bytes(), b"\r\n"].concat()).collect(),
            later: setup.later,
        }
    }

    /// Of a drawn word with bars: what stands between them, counted from 1.
    fn know_columns(&mut self) {
        let columns = self.values.iter().flat_map(|(name, value)| {
            columns(value).zip(1..).map(move |(column, number)| (format!("{name} {number}"), column.to_owned()))
        });
        let columns: Vec<_> = columns.collect();
        self.values.extend(columns);
    }

    fn know(&mut self, what: &str, of: &str, value: impl ToString) {
        self.values.insert(format!("{what} {of}"), value.to_string());
    }

    /// Fills the placeholders in. What is no placeholder stays as it is, braces and all.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let (before, from) = rest.split_at(start);
            filled.push_str(before);
            let value = from.find('}').and_then(|end| Some((end, self.values.get(&from[1..end])?)));
            match value {
                Some((end, value)) => {
                    filled.push_str(value);
                    rest = &from[end + 1..];
                }
                None => {
                    filled.push('{');
                    rest = &from[1..];
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// The same lesson with the certificates that are to be dealt in another order.
pub(crate) fn dealt(plan: &Plan, lots: &mut Lots) -> Plan {
    let mut plan = plan.clone();
    let is_dealt = |server: &&mut ServerSetup| server.profile.dealt;
    let mut certificates: Vec<_> =
        plan.servers.iter_mut().filter(is_dealt).map(|server| server.profile.certificate).collect();
    lots.shuffle(&mut certificates);
    for (server, certificate) in plan.servers.iter_mut().filter(is_dealt).zip(certificates) {
        server.profile.certificate = certificate;
    }
    plan
}

impl Plan {
    /// Everything that a text may say which is one placeholder of a drawn word or of its column, and nothing besides, in the
    /// order of the draw; nothing if it is none, or stands for a drawn number.
    #[must_use]
    pub fn drawn_values(&self, text: &str) -> Option<Vec<String>> {
        let name = text.strip_prefix('{')?.strip_suffix('}')?;
        let words = |name: &str| match self.draws.get(name) {
            Some(Draw::OneOf(words)) => Some(words),
            Some(Draw::Number(..)) | None => None,
        };
        if let Some(words) = words(name) {
            return Some(words.clone());
        }
        let (name, column) = name.rsplit_once(' ')?;
        let column = column.parse::<usize>().ok()?.checked_sub(1)?;
        // What has no such column leaves the placeholder as it is.
        let value = |word: &String| columns(word).nth(column).map_or(text.to_owned(), str::to_owned);
        Some(words(name)?.iter().map(value).collect())
    }

    /// The seeds from 1 to `first`, and as many more as are needed for each drawn word to be met at least once; at most
    /// `seeds_max` in all. Ascending.
    #[must_use]
    pub fn seeds_that_meet_all(&self, first: u64, seeds_max: usize) -> Vec<u64> {
        let wanted = self.draws.values().map(|draw| match draw {
            Draw::OneOf(words) => words.iter().collect::<BTreeSet<_>>().len(),
            Draw::Number(..) => 0,
        });
        let wanted: usize = wanted.sum();
        let mut met = BTreeSet::new();
        let mut seeds = Vec::new();
        for seed in 1..=SEEDS_TRIED_MAX.max(first) {
            if seeds.len() >= seeds_max || seed > first && met.len() >= wanted {
                break;
            }
            let known = met.len();
            met.extend(self.words_drawn(seed));
            if seed <= first || met.len() > known {
                seeds.push(seed);
            }
        }
        seeds
    }

    /// What the seed draws, of words.
    fn words_drawn(&self, seed: u64) -> Vec<(&String, String)> {
        // As a beginning does, in the same order.
        let mut lots = Lots::new(seed);
        let all: Vec<_> = self.draws.iter().map(|(name, draw)| (name, draw, drawn(draw, &mut lots))).collect();
        let words = all.into_iter().filter(|(_, draw, _)| matches!(draw, Draw::OneOf(_)));
        words.map(|(name, _, word)| (name, word)).collect()
    }
}

/// The columns of a drawn word; none if it has no bar.
pub(crate) fn columns(word: &str) -> impl Iterator<Item = &str> {
    word.split(COLUMN_END).filter(|_| word.contains(COLUMN_END))
}

/// Seeds that are looked at to meet every drawn word.
const SEEDS_TRIED_MAX: u64 = 1_000;

/// Stands between the columns of a drawn word.
const COLUMN_END: char = '|';

/// A line that says nothing, for messages that only have to be large.
const FILLER: &str = "The quick brown fox jumps over the lazy dog, and the dog sleeps on.\n";

fn drawn(draw: &Draw, lots: &mut Lots) -> String {
    match draw {
        Draw::OneOf(words) => words.get(lots.below(words.len())).cloned().unwrap_or_default(),
        Draw::Number(from, to) => {
            (from + lots.below((to.saturating_sub(*from) as usize).saturating_add(1)) as u32).to_string()
        }
    }
}
