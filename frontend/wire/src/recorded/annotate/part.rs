//! What octets of a TLS 1.3 session can be, and where the RFCs say so.

use popglass_protocol::transcript::Direction;

/// The types of records (RFC 8446 §5.1).
pub(super) const CHANGE_CIPHER_SPEC: u8 = 20;
pub(super) const ALERT: u8 = 21;
pub(super) const HANDSHAKE: u8 = 22;
pub(super) const APPLICATION_DATA: u8 = 23;

/// Who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// The client.
    Client,
    /// The server.
    Server,
}

impl Who {
    pub(super) fn of(direction: Direction) -> Self {
        match direction {
            Direction::ClientToServer => Self::Client,
            Direction::ServerToClient => Self::Server,
        }
    }
}

/// What some octets are. A number in it is what the octets say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of RFC 8446 and RFC 5280, and `texts` says what each is")]
pub enum Part {
    // The record
    RecordType(u8),
    RecordVersion,
    RecordLength,
    Ciphertext,
    Tag,
    InnerType(u8),
    ChangeCipherSpec,
    AlertLevel(u8),
    AlertDescription(u8),
    Pop3(Who),
    // Every message of the handshake
    MessageType(u8),
    MessageLength,
    // The hellos
    LegacyVersion,
    Random(Who),
    SessionIdLength,
    SessionId(Who),
    SuitesLength,
    Suite(u16),
    SuiteChosen(u16),
    CompressionsLength,
    Compression,
    ExtensionsLength,
    ExtensionType(u16),
    ExtensionLength,
    ExtensionBody(u16),
    // Extensions
    ServerNamesLength,
    ServerNameType,
    ServerNameLength,
    ServerName,
    StatusType,
    ResponderIdsLength,
    StatusExtensionsLength,
    GroupsLength,
    Group(u16),
    PointFormatsLength,
    PointFormat(u8),
    SchemesLength,
    Scheme(u16),
    VersionsLength,
    Version(u16),
    VersionChosen(u16),
    PskModesLength,
    PskMode(u8),
    KeySharesLength,
    KeyShareGroup(u16),
    KeyShareLength,
    KeyShare(Who),
    // Certificate
    ContextLength,
    Context,
    CertificatesLength,
    CertificateLength,
    CertificateHeader,
    CertificateVersion,
    CertificateSerial,
    CertificateAlgorithm,
    CertificateIssuer,
    CertificateValidity,
    CertificateSubject,
    CertificateKey,
    CertificateExtensionsHeader,
    CertificateAlternativeNames,
    CertificateKeyUsage,
    CertificateExtendedKeyUsage,
    CertificateExtension,
    CertificateSignature,
    // CertificateVerify and Finished
    SignatureScheme(u16),
    SignatureLength,
    Signature,
    VerifyData(Who),
    // NewSessionTicket
    TicketLifetime,
    TicketAgeAdd,
    TicketNonceLength,
    TicketNonce,
    TicketLength,
    Ticket,
    // What is against the rules, or not known here
    Unknown,
}

impl Part {
    /// Where it is written; nothing for what is unknown.
    #[must_use]
    pub fn section(self) -> &'static str {
        match self {
            Self::RecordType(_) | Self::RecordVersion | Self::RecordLength => "RFC 8446 §5.1",
            Self::Ciphertext | Self::Tag | Self::InnerType(_) => "RFC 8446 §5.2",
            Self::ChangeCipherSpec => "RFC 8446 §D.4",
            Self::AlertLevel(_) => "RFC 8446 §6",
            Self::AlertDescription(0) => "RFC 8446 §6.1",
            Self::AlertDescription(_) => "RFC 8446 §6.2",
            Self::Pop3(_) => "RFC 1939",
            Self::MessageType(_) | Self::MessageLength => "RFC 8446 §4",
            Self::LegacyVersion
            | Self::Random(Who::Client)
            | Self::SessionIdLength
            | Self::SessionId(Who::Client)
            | Self::SuitesLength
            | Self::CompressionsLength
            | Self::Compression => "RFC 8446 §4.1.2",
            Self::Random(Who::Server) | Self::SessionId(Who::Server) | Self::SuiteChosen(_) => "RFC 8446 §4.1.3",
            Self::Suite(0xff) => "RFC 5746 §3.3",
            Self::Suite(_) => "RFC 8446 §B.4",
            Self::ExtensionsLength | Self::ExtensionLength => "RFC 8446 §4.2",
            Self::ExtensionType(kind) | Self::ExtensionBody(kind) => extension(kind),
            Self::ServerNamesLength | Self::ServerNameType | Self::ServerNameLength | Self::ServerName => extension(0),
            Self::StatusType | Self::ResponderIdsLength | Self::StatusExtensionsLength => "RFC 6066 §8",
            Self::GroupsLength | Self::Group(_) => extension(10),
            Self::PointFormatsLength | Self::PointFormat(_) => extension(11),
            Self::SchemesLength | Self::Scheme(_) => extension(13),
            Self::VersionsLength | Self::Version(_) | Self::VersionChosen(_) => extension(43),
            Self::PskModesLength | Self::PskMode(_) => extension(45),
            Self::KeySharesLength | Self::KeyShareGroup(_) | Self::KeyShareLength => extension(51),
            Self::KeyShare(_) => "RFC 8446 §4.2.8.2",
            Self::ContextLength | Self::Context | Self::CertificatesLength | Self::CertificateLength => {
                "RFC 8446 §4.4.2"
            }
            Self::CertificateHeader | Self::CertificateAlgorithm => "RFC 5280 §4.1.1",
            Self::CertificateVersion => "RFC 5280 §4.1.2.1",
            Self::CertificateSerial => "RFC 5280 §4.1.2.2",
            Self::CertificateIssuer => "RFC 5280 §4.1.2.4",
            Self::CertificateValidity => "RFC 5280 §4.1.2.5",
            Self::CertificateSubject => "RFC 5280 §4.1.2.6",
            Self::CertificateKey => "RFC 5280 §4.1.2.7",
            Self::CertificateExtensionsHeader | Self::CertificateExtension => "RFC 5280 §4.2",
            Self::CertificateAlternativeNames => "RFC 5280 §4.2.1.6",
            Self::CertificateKeyUsage => "RFC 5280 §4.2.1.3",
            Self::CertificateExtendedKeyUsage => "RFC 5280 §4.2.1.12",
            Self::CertificateSignature => "RFC 5280 §4.1.1.3",
            Self::SignatureScheme(_) | Self::SignatureLength | Self::Signature => "RFC 8446 §4.4.3",
            Self::VerifyData(_) => "RFC 8446 §4.4.4",
            Self::TicketLifetime
            | Self::TicketAgeAdd
            | Self::TicketNonceLength
            | Self::TicketNonce
            | Self::TicketLength
            | Self::Ticket => "RFC 8446 §4.6.1",
            Self::Unknown => "",
        }
    }
}

/// Of extensions, by their numbers (RFC 8446 §4.2).
fn extension(kind: u16) -> &'static str {
    match kind {
        0 => "RFC 6066 §3",
        5 => "RFC 8446 §4.4.2.1",
        10 => "RFC 8446 §4.2.7",
        11 => "RFC 8422 §5.1.2",
        13 => "RFC 8446 §4.2.3",
        23 => "RFC 7627 §5.1",
        35 => "RFC 5077 §3.2",
        43 => "RFC 8446 §4.2.1",
        45 => "RFC 8446 §4.2.9",
        51 => "RFC 8446 §4.2.8",
        _ => "RFC 8446 §4.2",
    }
}
