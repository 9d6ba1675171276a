//! SASLprep (RFC 4013): one spelling for names and passwords that look alike. Knows no mechanism.

use alloc::{borrow::Cow, string::String};

use super::Unfit;

/// How a text outside ASCII is prepared, if this build knows.
type Query = fn(&str) -> Result<String, Unfit>;

#[cfg(feature = "saslprep")]
const QUERY: Option<Query> = Some(query);
#[cfg(not(feature = "saslprep"))]
const QUERY: Option<Query> = None;

/// The text as both ends derive keys from it. Without the feature `saslprep`, only ASCII has a spelling that is sure.
///
/// A client asks as for a query (RFC 5802 §5.1): code points that Unicode 3.2 did not know are allowed.
pub(super) fn prepare(text: &str) -> Result<String, Unfit> {
    prepare_by(QUERY, text)
}

fn prepare_by(query: Option<Query>, text: &str) -> Result<String, Unfit> {
    if !text.is_ascii() {
        return query.ok_or(Unfit::NotAscii)?(text);
    }
    let has_control = text.bytes().any(|octet| octet.is_ascii_control());
    if has_control { Err(Unfit::Prohibited) } else { Ok(text.into()) }
}

/// The text prepared, or as it is if it cannot be: for a server, which compares it with what it keeps.
pub(super) fn prepare_or_keep(text: &str) -> Cow<'_, str> {
    prepare(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The steps of RFC 4013 §2, with the tables of stringprep. Its own function asks as for a text to be stored (RFC 3454
/// §7), and so refuses every character younger than Unicode 3.2, emoji among them.
#[cfg(feature = "saslprep")]
fn query(text: &str) -> Result<String, Unfit> {
    use stringprep::tables;
    use unicode_normalization::UnicodeNormalization as _;

    let prohibited = |character: char| {
        tables::ascii_control_character(character)
            || tables::non_ascii_control_character(character)
            || tables::non_ascii_space_character(character)
            || tables::private_use(character)
            || tables::non_character_code_point(character)
            || tables::inappropriate_for_plain_text(character)
            || tables::inappropriate_for_canonical_representation(character)
            || tables::change_display_properties_or_deprecated(character)
            || tables::tagging_character(character)
    };
    let spaced = text.chars().map(|each| if tables::non_ascii_space_character(each) { ' ' } else { each });
    let mapped = spaced.filter(|each| !tables::commonly_mapped_to_nothing(*each));
    let prepared: String = mapped.nfkc().collect();
    // RFC 3454 §6: where anything runs from right to left, both ends do, and nothing runs the other way.
    let is_mixed = prepared.contains(tables::bidi_r_or_al)
        && !(prepared.starts_with(tables::bidi_r_or_al)
            && prepared.ends_with(tables::bidi_r_or_al)
            && !prepared.contains(tables::bidi_l));
    if prepared.is_empty() {
        return Err(Unfit::Empty);
    }
    if is_mixed || prepared.contains(prohibited) { Err(Unfit::Prohibited) } else { Ok(prepared) }
}

#[cfg(all(test, feature = "saslprep"))]
mod tests {
    use super::*;

    #[test]
    fn texts_are_prepared_as_the_rfc_shows() {
        let check = |text: &str, prepared: Result<&str, Unfit>| {
            assert_eq!(prepare(text).as_deref(), prepared.as_ref().copied(), "{text:?}");
        };
        // RFC 4013 §3
        check("I\u{ad}X", Ok("IX"));
        check("user", Ok("user"));
        check("USER", Ok("USER"));
        check("\u{aa}", Ok("a"));
        check("\u{2168}", Ok("IX"));
        check("\u{7}", Err(Unfit::Prohibited));
        check("\u{627}\u{31}", Err(Unfit::Prohibited));
        // Further cases of its sections 2.1 to 2.5.
        check("a\u{a0}b\u{3000}c", Ok("a b c"));
        check("u\u{308}", Ok("\u{fc}"));
        check("\u{ad}", Err(Unfit::Empty));
        check("\u{e000}", Err(Unfit::Prohibited));
        check("\u{200e}", Err(Unfit::Prohibited));
        check("\u{fff9}", Err(Unfit::Prohibited));
        check("\u{e0001}", Err(Unfit::Prohibited));
        check("\u{627}a\u{628}", Err(Unfit::Prohibited));
        check("\u{627}1\u{628}", Ok("\u{627}1\u{628}"));
        check("\u{1f600}", Ok("\u{1f600}"));
    }

    #[test]
    fn without_tables_only_ascii_is_sure() {
        assert_eq!(prepare_by(None, "user"), Ok("user".into()));
        assert_eq!(prepare_by(None, "us\u{fc}r"), Err(Unfit::NotAscii));
        assert_eq!(prepare_by(None, "us\u{7f}r"), Err(Unfit::Prohibited));
    }

    #[test]
    fn what_is_prepared_stays_so() {
        proptest::proptest!(|(text in "\\PC{0,12}")| {
            // What the library prepares for storing, too, comes out the same here.
            if let (Ok(ours), Ok(theirs)) = (prepare(&text), stringprep::saslprep(&text)) {
                proptest::prop_assert_eq!(&ours, &theirs);
                proptest::prop_assert_eq!(prepare(&ours), Ok(ours));
            }
        });
    }
}
