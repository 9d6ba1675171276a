//! Scripts of faults as text, one fault a line: `RETR 2: cut 100`. An empty line and one that begins with `#` say
//! nothing. Octets are quoted, with `\r`, `\n`, `\t`, `\0`, `\\`, `\"`, `\'` and `\xNN`.

use alloc::{format, string::String, vec::Vec};
use core::{fmt, str::FromStr};

use super::{Fault, FaultScript, Lie, Misdeed, When};
use crate::{
    codec::status::{Understanding, parse_status},
    command::CommandName,
    limits,
    reply::{ResponseCode, SystemFault},
};

/// Why a text is no script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl core::error::Error for ScriptError {}

impl FromStr for FaultScript {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Self, ScriptError> {
        if text.len() > limits::FAULT_SCRIPT_OCTETS_MAX {
            return Err(ScriptError { line: 1, reason: "the script is too long" });
        }
        let mut faults = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            faults.push(parse_fault(line).map_err(|reason| ScriptError { line: number, reason })?);
            if faults.len() > limits::FAULTS_MAX {
                return Err(ScriptError { line: number, reason: "there are too many faults" });
            }
        }
        Ok(Self(faults))
    }
}

fn parse_fault(line: &str) -> Result<Fault, &'static str> {
    let (when, what) = line.split_once(':').ok_or("a colon stands between command and fault")?;
    Ok(Fault { when: parse_when(when.trim())?, what: parse_misdeed(what.trim())? })
}

fn parse_when(text: &str) -> Result<When, &'static str> {
    let (place, time) = match text.split_once(' ') {
        Some((place, time)) => {
            let time = time.trim().parse().ok().filter(|time| *time > 0).ok_or("the time is a number from 1")?;
            (place, Some(time))
        }
        None => (text, None),
    };
    match place {
        "greeting" if time.is_none() => Ok(When::Greeting),
        "greeting" => Err("there is only one greeting"),
        "any" => Ok(When::Any { time }),
        keyword => CommandName::ALL
            .into_iter()
            .find(|name| name.keyword().eq_ignore_ascii_case(keyword))
            .map(|name| When::Command { name, time })
            .ok_or("the command is not known"),
    }
}

fn parse_misdeed(text: &str) -> Result<Misdeed, &'static str> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    let misdeed = match word {
        "delay" => Misdeed::Delay(rest.parse().map_err(|_| "a delay is in milliseconds")?),
        "cut" => Misdeed::Cut(rest.parse().map_err(|_| "a cut comes after a number of octets")?),
        "lie" => Misdeed::Lie(parse_lie(rest)?),
        "before" => Misdeed::Before(parse_octets(rest)?),
        "after" => Misdeed::After(parse_octets(rest)?),
        "replace" => Misdeed::Replace(parse_octets(rest)?),
        "refuse" => {
            let understanding = Understanding { response_codes: true, utf8: true };
            let line = format!("-ERR {rest}");
            let status = parse_status(line.as_bytes(), understanding).ok_or("a refusal is one line")?;
            Misdeed::Refuse { code: status.code, text: status.text }
        }
        "hang-up" if rest.is_empty() => Misdeed::HangUp,
        "swallow" if rest.is_empty() => Misdeed::Swallow,
        "answer-twice" if rest.is_empty() => Misdeed::AnswerTwice,
        _ => return Err("the fault is not known"),
    };
    Ok(misdeed)
}

fn parse_lie(text: &str) -> Result<Lie, &'static str> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let off_by = || rest.trim().parse().map_err(|_| "the lie is off by a number, such as +1 or -1");
    match (word, rest) {
        ("sizes", _) => off_by().map(Lie::Sizes),
        ("count", _) => off_by().map(Lie::Count),
        ("unique-id-repeated", "") => Ok(Lie::UniqueIdRepeated),
        ("unique-id-missing", "") => Ok(Lie::UniqueIdMissing),
        ("not-stuffed", "") => Ok(Lie::NotStuffed),
        ("bare-line-feeds", "") => Ok(Lie::BareLineFeeds),
        _ => Err("the lie is not known"),
    }
}

fn parse_octets(text: &str) -> Result<Vec<u8>, &'static str> {
    const QUOTED: &str = "octets stand in quotation marks";
    const ESCAPE: &str = "an escape is one of \\r \\n \\t \\0 \\\\ \\\" \\' \\xNN";
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).ok_or(QUOTED)?;
    let mut octets = Vec::new();
    let mut rest = inner.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'"' => return Err(QUOTED),
            b'\\' => match rest.next().ok_or(ESCAPE)? {
                b'r' => b'\r',
                b'n' => b'\n',
                b't' => b'\t',
                b'0' => 0,
                mark @ (b'\\' | b'"' | b'\'') => mark,
                b'x' => {
                    let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16)).ok_or(ESCAPE);
                    u8::try_from(digit()? * 16 + digit()?).map_err(|_| ESCAPE)?
                }
                _ => return Err(ESCAPE),
            },
            octet => octet,
        });
    }
    Ok(octets)
}

impl fmt::Display for FaultScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.faults().iter().try_for_each(|fault| writeln!(f, "{fault}"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.when {
            When::Greeting => write!(f, "greeting: {}", self.what),
            When::Any { time: None } => write!(f, "any: {}", self.what),
            When::Any { time: Some(time) } => write!(f, "any {time}: {}", self.what),
            When::Command { name, time: None } => write!(f, "{}: {}", name.keyword(), self.what),
            When::Command { name, time: Some(time) } => write!(f, "{} {time}: {}", name.keyword(), self.what),
        }
    }
}

impl fmt::Display for Misdeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(milliseconds) => write!(f, "delay {milliseconds}"),
            Self::Cut(octets) => write!(f, "cut {octets}"),
            Self::HangUp => f.write_str("hang-up"),
            Self::Lie(Lie::Sizes(octets)) => write!(f, "lie sizes {octets:+}"),
            Self::Lie(Lie::Count(count)) => write!(f, "lie count {count:+}"),
            Self::Lie(Lie::UniqueIdRepeated) => f.write_str("lie unique-id-repeated"),
            Self::Lie(Lie::UniqueIdMissing) => f.write_str("lie unique-id-missing"),
            Self::Lie(Lie::NotStuffed) => f.write_str("lie not-stuffed"),
            Self::Lie(Lie::BareLineFeeds) => f.write_str("lie bare-line-feeds"),
            Self::Swallow => f.write_str("swallow"),
            Self::AnswerTwice => f.write_str("answer-twice"),
            Self::Before(octets) => write!(f, "before \"{}\"", octets.escape_ascii()),
            Self::After(octets) => write!(f, "after \"{}\"", octets.escape_ascii()),
            Self::Replace(octets) => write!(f, "replace \"{}\"", octets.escape_ascii()),
            Self::Refuse { code, text } => write!(f, "refuse {}", refusal(code.as_ref(), text)),
        }
    }
}

/// A refusal as it stands behind `-ERR `.
pub(crate) fn refusal(code: Option<&ResponseCode>, text: &str) -> String {
    let code = match code {
        None => return text.into(),
        Some(ResponseCode::InUse) => "IN-USE",
        Some(ResponseCode::LoginDelay) => "LOGIN-DELAY",
        Some(ResponseCode::Auth) => "AUTH",
        Some(ResponseCode::Utf8) => "UTF8",
        Some(ResponseCode::System(SystemFault::Temporary)) => "SYS/TEMP",
        Some(ResponseCode::System(SystemFault::Permanent)) => "SYS/PERM",
        Some(ResponseCode::System(SystemFault::Unspecified)) => "SYS",
        Some(ResponseCode::Other(code)) => code,
    };
    format!("[{code}] {text}")
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::FaultScript;

    #[test]
    fn every_fault_is_printed_as_it_is_read() {
        let text = "greeting: delay 500\n\
                    any: delay 1\n\
                    any 3: hang-up\n\
                    RETR 2: cut 100\n\
                    QUIT: swallow\n\
                    RSET: answer-twice\n\
                    LIST: lie sizes -2\n\
                    STAT: lie count +1\n\
                    UIDL: lie unique-id-repeated\n\
                    UIDL: lie unique-id-missing\n\
                    TOP: lie not-stuffed\n\
                    CAPA: lie bare-line-feeds\n\
                    NOOP: before \"+OK hello\\r\\n\"\n\
                    NOOP: after \"\\x00\\xff\\\"\\\\\\'\\t\"\n\
                    STAT: replace \"+OK -1 -1\\r\\n\"\n\
                    PASS 1: refuse [SYS/TEMP] come back later\n\
                    AUTH: refuse no\n";
        let script: FaultScript = text.parse().expect("it is a script");
        assert_eq!(script.to_string(), text);
        assert_eq!("# why\n\n  stat :  lie   count 1 ".parse::<FaultScript>().expect("a script").to_string(), {
            "STAT: lie count +1\n"
        });
    }

    #[test]
    fn a_line_that_is_no_fault_is_named() {
        for (line, reason) in [
            ("RETR", "a colon stands between command and fault"),
            ("HELO: swallow", "the command is not known"),
            ("RETR 0: swallow", "the time is a number from 1"),
            ("greeting 2: swallow", "there is only one greeting"),
            ("RETR: explode", "the fault is not known"),
            ("RETR: swallow it", "the fault is not known"),
            ("RETR: delay soon", "a delay is in milliseconds"),
            ("RETR: cut", "a cut comes after a number of octets"),
            ("RETR: lie", "the lie is not known"),
            ("RETR: lie sizes", "the lie is off by a number, such as +1 or -1"),
            ("RETR: after +OK", "octets stand in quotation marks"),
            ("RETR: after \"a\"b\"", "octets stand in quotation marks"),
            ("RETR: after \"\\x0\"", "an escape is one of \\r \\n \\t \\0 \\\\ \\\" \\' \\xNN"),
        ] {
            let error = alloc::format!("# why\n{line}\n").parse::<FaultScript>().expect_err(line);
            assert_eq!((error.line, error.reason), (2, reason), "{line}");
        }
    }
}
