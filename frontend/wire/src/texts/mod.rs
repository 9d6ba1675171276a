//! What every part of the recorded session is, in English and German, for people who see TLS for the first time. A missing
//! text does not compile: each part has a field, and each language fills every field.

mod de;
mod en;

use popglass_session::security::Bilingual;

use crate::recorded::{
    Part,
    annotate::Who,
    names::{extension, group, message, scheme, suite, version},
};

/// A title and one or two sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What it is, in a few words.
    pub title: String,
    /// What it is for.
    pub text: &'static str,
}

/// What this part is. Where it is written says [`Part::section`].
#[must_use]
pub fn explain(part: Part) -> Bilingual<Explanation> {
    let value = value(part);
    let explain = |texts: &Texts| {
        let Words { title, text } = words_of(part, texts);
        Explanation { title: title.replace("{}", &value), text }
    };
    Bilingual { en: explain(&en::TEXTS), de: explain(&de::TEXTS) }
}

/// What the octets say, where the title names it.
fn value(part: Part) -> String {
    let named = |name: Option<&str>, number: u16| name.map_or_else(|| format!("0x{number:04x}"), str::to_owned);
    match part {
        Part::Suite(number) | Part::SuiteChosen(number) => named(suite(number), number),
        Part::Group(number) | Part::KeyShareGroup(number) => named(group(number), number),
        Part::Scheme(number) | Part::SignatureScheme(number) => named(scheme(number), number),
        Part::Version(number) | Part::VersionChosen(number) => named(version(number), number),
        Part::ExtensionType(number) | Part::ExtensionBody(number) => named(extension(number), number),
        Part::MessageType(number) => named(message(number), number.into()),
        Part::RecordType(number) | Part::InnerType(number) | Part::AlertLevel(number) => number.to_string(),
        Part::AlertDescription(number) | Part::PointFormat(number) | Part::PskMode(number) => number.to_string(),
        _ => String::new(),
    }
}

#[derive(Debug, Clone, Copy)]
struct Words {
    /// `{}` stands for the value.
    title: &'static str,
    text: &'static str,
}

const fn words(title: &'static str, text: &'static str) -> Words {
    Words { title, text }
}

/// Makes a struct of each group, and finds a part's words in it.
macro_rules! texts {
    ($($name:ident in $group:ident { $($pattern:pat => $field:ident,)* })*) => {
        $(
            struct $name {
                $($field: Words,)*
            }
        )*

        /// All texts of one language.
        struct Texts {
            $($group: $name,)*
        }

        fn words_of(part: Part, texts: &Texts) -> Words {
            match part {
                $($($pattern => texts.$group.$field,)*)*
            }
        }
    };
}

texts! {
    SessionTexts in session {
        Part::RecordType(20) => record_change_cipher_spec,
        Part::RecordType(21) => record_alert,
        Part::RecordType(22) => record_handshake,
        Part::RecordType(23) => record_application_data,
        Part::RecordType(_) => record_other,
        Part::RecordVersion => record_version,
        Part::RecordLength => record_length,
        Part::Ciphertext => ciphertext,
        Part::Tag => tag,
        Part::InnerType(21) => inner_alert,
        Part::InnerType(22) => inner_handshake,
        Part::InnerType(23) => inner_application_data,
        Part::InnerType(_) => inner_other,
        Part::ChangeCipherSpec => change_cipher_spec,
        Part::AlertLevel(_) => alert_level,
        Part::AlertDescription(0) => alert_close,
        Part::AlertDescription(_) => alert_other,
        Part::Pop3(Who::Client) => client_pop3,
        Part::Pop3(Who::Server) => server_pop3,
        Part::TicketLifetime => ticket_lifetime,
        Part::TicketAgeAdd => ticket_age_add,
        Part::TicketNonceLength => ticket_nonce_length,
        Part::TicketNonce => ticket_nonce,
        Part::TicketLength => ticket_length,
        Part::Ticket => ticket,
        Part::Unknown => unknown,
    }
    HelloTexts in hello {
        Part::MessageType(1) => client_hello,
        Part::MessageType(2) => server_hello,
        Part::MessageType(4) => new_session_ticket,
        Part::MessageType(8) => encrypted_extensions,
        Part::MessageType(11) => certificate,
        Part::MessageType(15) => certificate_verify,
        Part::MessageType(20) => finished,
        Part::MessageType(_) => message_other,
        Part::MessageLength => message_length,
        Part::LegacyVersion => legacy_version,
        Part::Random(Who::Client) => client_random,
        Part::Random(Who::Server) => server_random,
        Part::SessionIdLength => session_id_length,
        Part::SessionId(Who::Client) => client_session_id,
        Part::SessionId(Who::Server) => server_session_id,
        Part::SuitesLength => suites_length,
        Part::Suite(0x00ff) => suite_signal,
        Part::Suite(0x1300..=0x13ff) => suite_of_1_3,
        Part::Suite(_) => suite_of_1_2,
        Part::SuiteChosen(_) => suite_chosen,
        Part::CompressionsLength => compressions_length,
        Part::Compression => compression,
    }
    ExtensionTexts in extensions {
        Part::ExtensionsLength => all_length,
        Part::ExtensionType(0) => kind_server_name,
        Part::ExtensionType(5) => kind_status_request,
        Part::ExtensionType(10) => kind_groups,
        Part::ExtensionType(11) => kind_point_formats,
        Part::ExtensionType(13) => kind_schemes,
        Part::ExtensionType(23) => kind_master_secret,
        Part::ExtensionType(35) => kind_session_ticket,
        Part::ExtensionType(43) => kind_versions,
        Part::ExtensionType(45) => kind_psk_modes,
        Part::ExtensionType(51) => kind_key_share,
        Part::ExtensionType(_) => kind_other,
        Part::ExtensionLength => length,
        Part::ExtensionBody(_) => body,
        Part::ServerNamesLength => server_names_length,
        Part::ServerNameType => server_name_type,
        Part::ServerNameLength => server_name_length,
        Part::ServerName => server_name,
        Part::StatusType => status_type,
        Part::ResponderIdsLength => responder_ids_length,
        Part::StatusExtensionsLength => status_extensions_length,
        Part::GroupsLength => groups_length,
        Part::Group(_) => group,
        Part::PointFormatsLength => point_formats_length,
        Part::PointFormat(_) => point_format,
        Part::SchemesLength => schemes_length,
        Part::Scheme(_) => scheme,
        Part::VersionsLength => versions_length,
        Part::Version(_) => version,
        Part::VersionChosen(_) => version_chosen,
        Part::PskModesLength => psk_modes_length,
        Part::PskMode(_) => psk_mode,
        Part::KeySharesLength => key_shares_length,
        Part::KeyShareGroup(_) => key_share_group,
        Part::KeyShareLength => key_share_length,
        Part::KeyShare(Who::Client) => client_key_share,
        Part::KeyShare(Who::Server) => server_key_share,
    }
    CertificateTexts in certificate {
        Part::ContextLength => context_length,
        Part::Context => context,
        Part::CertificatesLength => certificates_length,
        Part::CertificateLength => length,
        Part::CertificateHeader => header,
        Part::CertificateVersion => version,
        Part::CertificateSerial => serial,
        Part::CertificateAlgorithm => algorithm,
        Part::CertificateIssuer => issuer,
        Part::CertificateValidity => validity,
        Part::CertificateSubject => subject,
        Part::CertificateKey => key,
        Part::CertificateExtensionsHeader => extensions_header,
        Part::CertificateAlternativeNames => alternative_names,
        Part::CertificateKeyUsage => key_usage,
        Part::CertificateExtendedKeyUsage => extended_key_usage,
        Part::CertificateExtension => extension,
        Part::CertificateSignature => signature,
        Part::SignatureScheme(_) => verify_scheme,
        Part::SignatureLength => verify_length,
        Part::Signature => verify_signature,
        Part::VerifyData(Who::Client) => client_finished,
        Part::VerifyData(Who::Server) => server_finished,
    }
}
