//! FETCH (RFC 3501 §6.4.5): one message's data items. Knows no session.

use std::{borrow::Cow, num::NonZeroU32};

use chrono::DateTime as Moment;
use imap_types::{
    core::{Literal, NString},
    datetime::DateTime,
    fetch::{Macro, MacroOrMessageDataItemNames, MessageDataItem, MessageDataItemName, Section},
    flag::{Flag, FlagFetch},
};

use crate::{
    imap::header,
    mailbox::{Flags, Message},
};

/// The items that are asked for; nothing if one of them is not offered.
pub(super) fn names(asked: MacroOrMessageDataItemNames<'_>) -> Option<Vec<MessageDataItemName<'_>>> {
    use MessageDataItemName as Name;
    let names = match asked {
        MacroOrMessageDataItemNames::MessageDataItemNames(names) => names,
        MacroOrMessageDataItemNames::Macro(Macro::Fast) => vec![Name::Flags, Name::InternalDate, Name::Rfc822Size],
        MacroOrMessageDataItemNames::Macro(Macro::All) => {
            vec![Name::Flags, Name::InternalDate, Name::Rfc822Size, Name::Envelope]
        }
        // FULL and what is to come would need parts of MIME.
        MacroOrMessageDataItemNames::Macro(_) => return None,
    };
    let of_whole = |section: &Option<Section<'_>>| match section {
        None => true,
        Some(Section::Header(part) | Section::Text(part)) => part.is_none(),
        Some(Section::HeaderFields(part, _) | Section::HeaderFieldsNot(part, _)) => part.is_none(),
        Some(Section::Part(_) | Section::Mime(_)) => false,
    };
    let offered = |name: &Name<'_>| match name {
        Name::Body | Name::BodyStructure => false,
        Name::BodyExt { section, .. } => of_whole(section),
        _ => true,
    };
    names.iter().all(offered).then_some(names)
}

/// Whether fetching this sets `\Seen` (§6.4.5).
pub(super) fn marks_seen(name: &MessageDataItemName<'_>) -> bool {
    use MessageDataItemName as Name;
    matches!(name, Name::BodyExt { peek: false, .. } | Name::Rfc822 | Name::Rfc822Text)
}

/// The items, in the order in which they were asked for.
pub(super) fn items<'a>(message: &Message, names: &[MessageDataItemName<'a>]) -> Vec<MessageDataItem<'a>> {
    let octets = without_nul(&message.octets);
    let (head, text) = header::split(&octets);
    let item = |name: &MessageDataItemName<'a>| {
        Some(match name {
            MessageDataItemName::Flags => MessageDataItem::Flags(flags(message.flags)),
            MessageDataItemName::Uid => MessageDataItem::Uid(number(message.uid)),
            MessageDataItemName::Rfc822Size => {
                MessageDataItem::Rfc822Size(u32::try_from(message.octets.len()).unwrap_or(u32::MAX))
            }
            MessageDataItemName::InternalDate => MessageDataItem::InternalDate(internal_date(head)),
            MessageDataItemName::Envelope => MessageDataItem::Envelope(header::envelope(head)),
            MessageDataItemName::Rfc822 => MessageDataItem::Rfc822(literal(octets.to_vec())),
            MessageDataItemName::Rfc822Header => MessageDataItem::Rfc822Header(literal(head.to_vec())),
            MessageDataItemName::Rfc822Text => MessageDataItem::Rfc822Text(literal(text.to_vec())),
            MessageDataItemName::BodyExt { section, partial, .. } => MessageDataItem::BodyExt {
                section: section.clone(),
                origin: partial.map(|(origin, _)| origin),
                data: literal(cut(of_section(&octets, section.as_ref()), *partial)),
            },
            // `names` lets neither pass.
            MessageDataItemName::Body | MessageDataItemName::BodyStructure => return None,
        })
    };
    names.iter().filter_map(item).collect()
}

/// A message's flags, as FETCH says them.
pub(super) fn flags(flags: Flags) -> Vec<FlagFetch<'static>> {
    let all = [
        (flags.answered, Flag::Answered),
        (flags.flagged, Flag::Flagged),
        (flags.deleted, Flag::Deleted),
        (flags.seen, Flag::Seen),
        (flags.draft, Flag::Draft),
    ];
    all.into_iter().filter(|(set, _)| *set).map(|(_, flag)| FlagFetch::Flag(flag)).collect()
}

/// UIDs and sequence numbers count from one.
pub(super) fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("UIDs and sequence numbers count from one")
}

fn of_section(octets: &[u8], section: Option<&Section<'_>>) -> Vec<u8> {
    let (head, text) = header::split(octets);
    let select = |wanted: &dyn Fn(&[u8]) -> bool| {
        let fields = header::fields(head).into_iter().filter(|(name, _)| wanted(name));
        // The empty line belongs to every selection of fields (§6.4.5).
        fields.flat_map(|(_, field)| field).chain(b"\r\n").copied().collect()
    };
    match section {
        Some(Section::Header(_)) => head.to_vec(),
        Some(Section::Text(_)) => text.to_vec(),
        Some(Section::HeaderFields(_, names)) => {
            select(&|found| names.as_ref().iter().any(|name| found.eq_ignore_ascii_case(name.as_ref())))
        }
        Some(Section::HeaderFieldsNot(_, names)) => {
            select(&|found| !names.as_ref().iter().any(|name| found.eq_ignore_ascii_case(name.as_ref())))
        }
        _ => octets.to_vec(),
    }
}

fn cut(octets: Vec<u8>, partial: Option<(u32, NonZeroU32)>) -> Vec<u8> {
    let Some((origin, count)) = partial else { return octets };
    octets.into_iter().skip(origin as usize).take(count.get() as usize).collect()
}

/// Always a literal, as every server sends messages, even short ones.
fn literal(octets: Vec<u8>) -> NString<'static> {
    Literal::try_from(octets).map_or(NString(None), NString::from)
}

fn without_nul(octets: &[u8]) -> Cow<'_, [u8]> {
    if octets.contains(&0) {
        return octets.iter().map(|octet| if *octet == 0 { 0x80 } else { *octet }).collect();
    }
    Cow::Borrowed(octets)
}

fn internal_date(head: &[u8]) -> DateTime {
    let date = header::date(head).and_then(|date| DateTime::try_from(date).ok());
    date.unwrap_or_else(|| DateTime::try_from(Moment::UNIX_EPOCH.fixed_offset()).expect("1970 has four digits"))
}
