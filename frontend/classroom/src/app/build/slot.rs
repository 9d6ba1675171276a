//! A value of a draft as a form sees it: read as text, written from text, refused with a reason. Knows no field.

/// A line of a form, in octets.
pub const LINE_OCTETS_MAX: usize = 500;
/// A text of a form, in octets.
pub const AREA_OCTETS_MAX: usize = 20_000;
/// The largest number that a form takes: days, minutes, counts.
pub(super) const NUMBER_MAX: u32 = 9_999;
/// Filler of one message, in octets.
pub(super) const FILLER_MAX: u32 = 1_000_000;

/// What a flag says when it is on; it is empty when it is off.
pub const ON: &str = "on";

/// Why a value is not taken. What was typed stays beside its field; the scenario keeps what it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It has more octets than this.
    TooLong(usize),
    /// It is one line, and has a character that ends it or cannot be seen.
    Unseen,
    /// It is no whole number from the first to the second.
    NoNumber(u32, u32),
    /// There must be something.
    Empty,
    /// Something else has this name.
    Taken,
    /// A name has only letters, digits, hyphens, dots and underscores.
    Letters,
    /// A fault does not take this.
    Detail,
    /// It cannot be chosen.
    NoChoice,
    /// There is no room for more.
    Full,
}

/// What writes a value that is no plain one.
pub(super) type Writer<'a> = Box<dyn FnMut(&str) -> Result<(), Refusal> + 'a>;

/// Where a value lies.
pub(in crate::app) enum Slot<'a> {
    Line(&'a mut String),
    Area(&'a mut String),
    Flag(&'a mut bool),
    Number(&'a mut u32, u32),
    Maybe(&'a mut Option<String>),
    MaybeFlag(&'a mut Option<bool>),
    MaybeCount(&'a mut Option<usize>),
    Pick(usize, usize, Box<dyn FnMut(usize) + 'a>),
    Bit(bool, Box<dyn FnMut(bool) + 'a>),
    /// What is said now, and what writes it.
    Other(String, bool, Writer<'a>),
}

impl Slot<'_> {
    pub(in crate::app) fn read(&self) -> String {
        let flag = |on: bool| if on { ON.to_owned() } else { String::new() };
        match self {
            Self::Line(text) | Self::Area(text) => (*text).clone(),
            Self::Flag(on) => flag(**on),
            Self::Bit(on, _) => flag(*on),
            Self::Number(number, _) => number.to_string(),
            Self::Maybe(text) => text.as_ref().cloned().unwrap_or_default(),
            Self::MaybeFlag(flag) => flag.map(|flag| if flag { "yes" } else { "no" }.to_owned()).unwrap_or_default(),
            Self::MaybeCount(count) => count.map(|count| count.to_string()).unwrap_or_default(),
            Self::Pick(place, ..) => place.to_string(),
            Self::Other(text, ..) => text.clone(),
        }
    }

    pub(in crate::app) fn write(self, text: &str) -> Result<(), Refusal> {
        match self {
            Self::Line(line) => *line = one_line(text)?,
            Self::Area(area) => *area = many_lines(text)?,
            Self::Flag(flag) => *flag = text == ON,
            Self::Bit(_, mut set) => set(text == ON),
            Self::Number(number, max) => *number = whole(text, 0, max)?,
            Self::Maybe(maybe) => *maybe = Some(one_line(text)?).filter(|text| !text.is_empty()),
            Self::MaybeFlag(flag) => {
                *flag = [("yes", true), ("no", false)].into_iter().find(|it| it.0 == text).map(|it| it.1)
            }
            Self::MaybeCount(count) => {
                *count = if text.trim().is_empty() { None } else { Some(whole(text, 0, NUMBER_MAX)? as usize) };
            }
            Self::Pick(_, count, mut choose) => {
                let place = text.parse().ok().filter(|place| *place < count).ok_or(Refusal::NoChoice)?;
                choose(place);
            }
            Self::Other(_, is_area, mut set) => {
                let text = if is_area { many_lines(text)? } else { one_line(text)? };
                set(&text)?;
            }
        }
        Ok(())
    }
}

pub(in crate::app) fn one_line(text: &str) -> Result<String, Refusal> {
    if text.len() > LINE_OCTETS_MAX {
        return Err(Refusal::TooLong(LINE_OCTETS_MAX));
    }
    if text.chars().any(char::is_control) { Err(Refusal::Unseen) } else { Ok(text.to_owned()) }
}

fn many_lines(text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.len() > AREA_OCTETS_MAX {
        return Err(Refusal::TooLong(AREA_OCTETS_MAX));
    }
    if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')) {
        return Err(Refusal::Unseen);
    }
    Ok(text)
}

pub(in crate::app) fn whole(text: &str, min: u32, max: u32) -> Result<u32, Refusal> {
    let number = text.trim().parse().ok().filter(|number| (min..=max).contains(number));
    number.ok_or(Refusal::NoNumber(min, max))
}
