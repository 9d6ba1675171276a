//! Where the values of messages and of ordered faults lie: both are text with fields in it.

use popglass_lessons::format::UserSetup;

use super::{
    faults::{self, FaultLine},
    letter,
    place::{FaultField, MessageField},
    slot::{FILLER_MAX, NUMBER_MAX, Refusal, Slot, whole},
};

pub(super) fn fault_slot(script: &mut String, place: usize, field: FaultField) -> Option<Slot<'_>> {
    let fault = FaultLine::of(faults::lines(script).nth(place)?);
    let value = match field {
        FaultField::Place => fault.place.clone(),
        FaultField::Time => fault.time.clone(),
        FaultField::Kind => fault.kind.clone(),
        FaultField::Detail => fault.detail.clone(),
    };
    let set = move |text: &str| {
        let mut changed = fault.clone();
        match field {
            FaultField::Place => text.clone_into(&mut changed.place),
            FaultField::Time if text.trim().is_empty() => changed.time.clear(),
            FaultField::Time => changed.time = whole(text, 1, NUMBER_MAX)?.to_string(),
            FaultField::Kind => changed.choose(text),
            FaultField::Detail => text.trim().clone_into(&mut changed.detail),
        }
        if !changed.is_understood() {
            return Err(Refusal::Detail);
        }
        faults::change(script, place, Some(&changed));
        Ok(())
    };
    Some(Slot::Other(value, false, Box::new(set)))
}

pub(super) fn message_slot(
    users: &mut [UserSetup],
    user: usize,
    place: usize,
    field: MessageField,
) -> Option<Slot<'_>> {
    if field == MessageField::Owner {
        let set = move |text: &str| {
            let to = text.parse::<usize>().ok().filter(|to| *to < users.len()).ok_or(Refusal::NoChoice)?;
            let messages = users.get_mut(user).map(|user| &mut user.messages).filter(|all| place < all.len());
            let message = messages.ok_or(Refusal::NoChoice)?.remove(place);
            let end = if to == user { place } else { users[to].messages.len() };
            users[to].messages.insert(end, message);
            Ok(())
        };
        return Some(Slot::Other(user.to_string(), false, Box::new(set)));
    }
    let message = users.get_mut(user)?.messages.get_mut(place)?;
    let text = &mut message.text;
    let header = |text: &'_ String, name| letter::header(text, name).unwrap_or_default();
    let name = match field {
        MessageField::From => "From",
        MessageField::To => "To",
        MessageField::Subject => "Subject",
        MessageField::Date => "Date",
        MessageField::Filler => return Some(Slot::Number(&mut message.filler_octets, FILLER_MAX)),
        MessageField::Later => return Some(Slot::Flag(&mut message.later)),
        MessageField::Raw => return Some(Slot::Area(text)),
        MessageField::Body => {
            let value = letter::body(text);
            return Some(Slot::Other(
                value,
                true,
                Box::new(move |body| {
                    letter::set_body(text, body);
                    Ok(())
                }),
            ));
        }
        MessageField::AttachmentName | MessageField::Attachment => return Some(attachment(text, field)),
        MessageField::Owner => return None,
    };
    let value = header(text, name);
    Some(Slot::Other(
        value,
        false,
        Box::new(move |value| {
            letter::set_header(text, name, value);
            Ok(())
        }),
    ))
}

fn attachment(text: &mut String, field: MessageField) -> Slot<'_> {
    let (name, content) = letter::attachment(text).unwrap_or_default();
    if field == MessageField::Attachment {
        let set = move |content: &str| {
            letter::set_attachment(text, &name, content);
            Ok(())
        };
        return Slot::Other(content, true, Box::new(set));
    }
    let set = move |name: &str| {
        if name.contains('"') {
            return Err(Refusal::Letters);
        }
        letter::set_attachment(text, name.trim(), &content);
        Ok(())
    };
    Slot::Other(name, false, Box::new(set))
}
