//! English: the rules that servers break, each in one sentence for people who never read an RFC.

use popglass_protocol::deviation::Rule;

pub(super) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::BareLineFeed => "A line should end in two invisible characters, CR and LF; this one has only the LF.",
        Rule::EmptyLine => "There is an empty line where an answer should begin.",
        Rule::StatusSeparator => "After +OK or -ERR there should be exactly one space, and then the text.",
        Rule::StatusLineLong => "The first line of an answer may have 512 octets at most; this one is longer.",
        Rule::StatusNotAscii => "This line holds characters beyond plain ASCII, which nobody had agreed on by UTF8.",
        Rule::CapabilityLineLong => "A line of the answer to CAPA may have 512 octets at most; this one is longer.",
        Rule::CapabilityArguments => "An extension is listed with words that its description does not know.",
        Rule::DotNotStuffed => "A line that begins with a dot must get a second dot on its way; here it is missing.",
        Rule::TerminatorCut => "The line with the lone dot, which ends the answer, is itself not ended.",
        Rule::ListingBlanks => "Number and value should have exactly one space between them.",
        Rule::SizeUnreadable => "Where the size of a message should stand, there is no number.",
        Rule::SizeWrong => "The message has another size than LIST had said.",
        Rule::CountWrong => "STAT counts another number of messages than LIST shows.",
        Rule::NumberGap => "Messages should be numbered 1, 2, 3 and so on; here numbers are left out.",
        Rule::NumberRepeated => "A message number comes twice, or out of order.",
        Rule::UniqueIdMissing => "A message has no unique-id, so it cannot be recognised in another session.",
        Rule::UniqueIdRepeated => {
            "Two messages have the same unique-id, so they cannot be told apart in another session. Only identical copies may."
        }
        Rule::UniqueIdLong => "A unique-id may have 70 characters at most; this one is longer.",
        Rule::UniqueIdCharacters => "A unique-id may hold visible ASCII characters only; this one holds others.",
        Rule::AnsweredTwice => "This answer belongs to no question: some command was answered twice.",
        Rule::UnaskedRefusal => "The server says -ERR although nothing was asked, as some do before they hang up.",
        Rule::ContinuationAsOk => "The server answers +OK where it should ask on with a plain +.",
        Rule::ContinuationWithText => "The server should ask on with nothing but a +, yet it adds some text.",
        Rule::MalformedAccepted => "The server says +OK to a line that is no command; it should say -ERR.",
    }
}
