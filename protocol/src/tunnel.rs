//! The control messages between page and bridge, and the close codes: text frames of `popglass.v1`, as JSON.
//! docs/tunnel.md holds the full text. Knows nothing of WebSockets or sockets: these are only the words.

use alloc::{string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

/// The WebSocket subprotocol, and with it the version of everything here.
pub const SUBPROTOCOL: &str = "popglass.v1";

/// The path of the WebSocket on the bridge.
pub const PATH: &str = "/tunnel";

/// The longest text frame either side takes from the page; a longer one is a [`CloseCode::BadMessage`].
pub const PAGE_MESSAGE_OCTETS_MAX: usize = 4 * 1024;

/// What the bridge may send before the page has granted more.
pub const CREDIT_OCTETS_FIRST: u64 = 1024 * 1024;

/// What the page may have granted and not yet received; a grant beyond it is a [`CloseCode::BadMessage`].
pub const CREDIT_OCTETS_MAX: u64 = 16 * 1024 * 1024;

/// From the bridge to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "BridgeMessageWords", try_from = "BridgeMessageWords")]
pub enum BridgeMessage {
    /// The first frame: what the page may offer.
    Hello(Hello),
    /// The upstream connection stands; every binary frame from here on is the server's octets.
    Opened(Opened),
    /// There is no session, or no longer one: the reason, sent before the Close with the same meaning.
    Failed(Failed),
}

/// Everything that a [`BridgeMessage`] may hold, as it stands in the JSON. Read so, since serde gathers a message whose
/// `type` decides over the rest in memory first, by code that the page would have to carry. Written so, since a Hello
/// also crosses the border from session worker to page, in a format that cannot leave fields out.
#[derive(Serialize, Deserialize)]
struct BridgeMessageWords {
    #[serde(rename = "type")]
    kind: BridgeMessageKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    targets: Option<Vec<Target>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<Limits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    demo: Option<Demo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<TlsSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<FailReason>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BridgeMessageKind {
    Hello,
    Opened,
    Failed,
}

impl From<BridgeMessage> for BridgeMessageWords {
    fn from(message: BridgeMessage) -> Self {
        let of = |kind| Self { kind, version: None, targets: None, limits: None, demo: None, tls: None, reason: None };
        match message {
            BridgeMessage::Hello(Hello { version, targets, limits, demo }) => Self {
                version: Some(version),
                targets: Some(targets),
                limits: Some(limits),
                demo,
                ..of(BridgeMessageKind::Hello)
            },
            BridgeMessage::Opened(Opened { tls }) => Self { tls, ..of(BridgeMessageKind::Opened) },
            BridgeMessage::Failed(Failed { reason }) => Self { reason: Some(reason), ..of(BridgeMessageKind::Failed) },
        }
    }
}

impl TryFrom<BridgeMessageWords> for BridgeMessage {
    type Error = &'static str;

    fn try_from(words: BridgeMessageWords) -> Result<Self, Self::Error> {
        let message = match words.kind {
            BridgeMessageKind::Hello => {
                words.version.zip(words.targets).zip(words.limits).map(|((version, targets), limits)| {
                    Self::Hello(Hello { version, targets, limits, demo: words.demo })
                })
            }
            BridgeMessageKind::Opened => Some(Self::Opened(Opened { tls: words.tls })),
            BridgeMessageKind::Failed => words.reason.map(|reason| Self::Failed(Failed { reason })),
        };
        message.ok_or("a field is missing")
    }
}

/// From the page to the bridge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum PageMessage {
    /// Dial this server. Exactly once, before any binary frame.
    Open {
        /// Which server, out of the Hello.
        target: Address,
        /// Where TLS ends, out of the target's modes.
        tls: TlsEnds,
    },
    /// The page has taken this many octets and is ready for as many more.
    Credit {
        /// How many octets more may come.
        octets: u64,
    },
}

/// What the bridge offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// 1, for `popglass.v1`.
    pub version: u32,
    /// The servers that may be dialled.
    pub targets: Vec<Target>,
    /// What the bridge holds the page to.
    pub limits: Limits,
    /// The demo mail server, where the bridge runs it. Public on purpose.
    pub demo: Option<Demo>,
}

/// A server that may be dialled, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "TargetWords", into = "TargetWords")]
pub struct Target {
    /// Host and port.
    pub address: Address,
    /// The ways the operator allows, best first; never empty.
    pub modes: Vec<TlsEnds>,
}

/// A [`Target`] as it is written: host and port stand beside the modes. Not `serde(flatten)`, which only formats can
/// carry that name their fields; a Hello also crosses the border from session worker to page.
#[derive(Serialize, Deserialize)]
struct TargetWords {
    host: String,
    port: u16,
    modes: Vec<TlsEnds>,
}

impl From<TargetWords> for Target {
    fn from(TargetWords { host, port, modes }: TargetWords) -> Self {
        Self { address: Address { host, port }, modes }
    }
}

impl From<Target> for TargetWords {
    fn from(Target { address: Address { host, port }, modes }: Target) -> Self {
        Self { host, port, modes }
    }
}

/// Host and port, as the operator wrote them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// A host name or an IP literal (IPv6 without brackets).
    pub host: String,
    /// 1 to 65535.
    pub port: u16,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// Where TLS to the mail server ends: who can read the mail on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsEnds {
    /// In the page, from the first octet (RFC 8314 §3.1): the bridge relays ciphertext.
    Page,
    /// In the page, which asks for it by STLS (RFC 2595 §4): the bridge relays a greeting, then ciphertext.
    PageStls,
    /// In the bridge: implicit TLS, the bridge can read along.
    Bridge,
    /// Nowhere: no TLS, everybody on the way can read along.
    Nowhere,
}

impl TlsEnds {
    /// TLS ends in the page: the bridge can read neither password nor mail.
    #[must_use]
    pub fn in_page(self) -> bool {
        match self {
            Self::Page | Self::PageStls => true,
            Self::Bridge | Self::Nowhere => false,
        }
    }
}

/// What the bridge holds the page to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// What may come before the first Credit, in octets.
    pub credit_octets_first: u64,
    /// The most that may be granted and not yet used, in octets.
    pub credit_octets_max: u64,
    /// After so many seconds without an octet in either direction the bridge ends the session.
    pub idle_seconds: u64,
}

/// The demo mail server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demo {
    /// The user name.
    pub user: String,
    /// The password; there is nothing to protect.
    pub password: String,
    /// The certificate of its authority, made when the bridge started, in DER and base64. Worth something only for a
    /// server on the bridge's own machine: whoever runs the bridge could name any.
    pub authority: String,
}

/// The upstream connection stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Present if TLS ends in the bridge: what was negotiated and checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsSummary>,
}

/// What the certificate view needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsSummary {
    /// Such as `TLSv1.3`.
    pub version: String,
    /// Such as `TLS13_AES_256_GCM_SHA384`.
    pub suite: String,
    /// The name the certificate was checked against.
    pub server_name: String,
    /// The chain as the server sent it, each certificate in DER, base64.
    pub chain: Vec<String>,
}

/// Why there is no session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// For the page to explain.
    pub reason: FailReason,
}

/// Why the bridge ended or refused a session. Holds no text of the server's or the system's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailReason {
    /// The page sent what the tunnel does not allow.
    BadMessage,
    /// No Open came in time.
    OpenTimeout,
    /// The target or the mode is not on the operator's list.
    NotAllowed,
    /// The host name could not be resolved.
    UnknownHost,
    /// The server did not answer in time (TCP or TLS).
    DialTimeout,
    /// The server refused the connection or could not be reached.
    Unreachable,
    /// TLS failed for another reason than the certificate.
    TlsFailed,
    /// The port answered, but not in TLS.
    TlsNotSpoken,
    /// The port answered, but not as a mail server does.
    NotMail,
    /// The certificate has expired.
    CertificateExpired,
    /// The certificate is not valid yet.
    CertificateNotYetValid,
    /// The certificate is for another name.
    CertificateWrongName,
    /// The certificate comes from an issuer that the bridge does not trust.
    CertificateUnknownIssuer,
    /// The certificate is not acceptable for another reason.
    CertificateInvalid,
    /// The server reset the connection.
    UpstreamReset,
    /// Nothing moved for too long.
    Idle,
    /// The bridge has as many sessions as it may have.
    Full,
    /// The bridge is being stopped.
    ShuttingDown,
}

/// The code of the WebSocket's Close: a browser cannot read the status of a failed handshake, so refusals come here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// 1000: the server ended the connection and every octet was delivered.
    Normal,
    /// 1001: the bridge is being stopped.
    GoingAway,
    /// 4400
    BadMessage,
    /// 4403
    NotAllowed,
    /// 4404
    UnknownHost,
    /// 4408
    Timeout,
    /// 4495
    Tls,
    /// 4499
    UpstreamReset,
    /// 4502
    Unreachable,
    /// 4503
    Full,
}

impl CloseCode {
    /// The number on the wire.
    #[must_use]
    pub fn as_u16(self) -> u16 {
        match self {
            Self::Normal => 1000,
            Self::GoingAway => 1001,
            Self::BadMessage => 4400,
            Self::NotAllowed => 4403,
            Self::UnknownHost => 4404,
            Self::Timeout => 4408,
            Self::Tls => 4495,
            Self::UpstreamReset => 4499,
            Self::Unreachable => 4502,
            Self::Full => 4503,
        }
    }
}

impl FailReason {
    /// The close code that goes with it.
    #[must_use]
    pub fn close_code(self) -> CloseCode {
        match self {
            Self::BadMessage => CloseCode::BadMessage,
            Self::OpenTimeout | Self::DialTimeout | Self::Idle => CloseCode::Timeout,
            Self::NotAllowed | Self::NotMail => CloseCode::NotAllowed,
            Self::UnknownHost => CloseCode::UnknownHost,
            Self::Unreachable => CloseCode::Unreachable,
            Self::TlsFailed
            | Self::TlsNotSpoken
            | Self::CertificateExpired
            | Self::CertificateNotYetValid
            | Self::CertificateWrongName
            | Self::CertificateUnknownIssuer
            | Self::CertificateInvalid => CloseCode::Tls,
            Self::UpstreamReset => CloseCode::UpstreamReset,
            Self::Full => CloseCode::Full,
            Self::ShuttingDown => CloseCode::GoingAway,
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::ToString, vec};

    use super::{Address, BridgeMessage, FailReason, Failed, Hello, Limits, Opened, Target, TlsEnds};

    #[test]
    fn a_hello_is_written_as_the_document_says_and_read_with_and_without_a_demo() {
        let target = r#"{"host":"pop.example","port":995,"modes":["page","bridge"]}"#;
        let limits = r#"{"credit_octets_first":1,"credit_octets_max":2,"idle_seconds":3}"#;
        let start = [r#"{"type":"hello","version":1,"targets":["#, target, r#"],"limits":"#, limits].concat();
        let address = Address { host: "pop.example".to_string(), port: 995 };
        let hello = BridgeMessage::Hello(Hello {
            version: 1,
            targets: vec![Target { address, modes: vec![TlsEnds::Page, TlsEnds::Bridge] }],
            limits: Limits { credit_octets_first: 1, credit_octets_max: 2, idle_seconds: 3 },
            demo: None,
        });
        assert_eq!(serde_json::to_string(&hello).unwrap(), [&start, "}"].concat());
        for end in [r#","demo":null}"#, "}", r#","later":[1]}"#] {
            assert_eq!(serde_json::from_str::<BridgeMessage>(&[&start, end].concat()).unwrap(), hello, "{end}");
        }
    }

    #[test]
    fn a_message_of_the_bridge_is_read_by_its_type_wherever_that_stands() {
        let failed = BridgeMessage::Failed(Failed { reason: FailReason::Full });
        let opened = BridgeMessage::Opened(Opened { tls: None });
        let rows = [
            (r#"{"type":"failed","reason":"full"}"#, Some(failed.clone())),
            (r#"{"later":{},"reason":"full","type":"failed"}"#, Some(failed)),
            (r#"{"type":"failed"}"#, None),
            (r#"{"type":"failed","reason":"later"}"#, None),
            (r#"{"type":"opened"}"#, Some(opened.clone())),
            (r#"{"type":"opened","tls":null}"#, Some(opened)),
            (r#"{"type":"opened","tls":{}}"#, None),
            (r#"{"type":"hello","version":1}"#, None),
            (r#"{"type":"later"}"#, None),
            (r#"{"reason":"full"}"#, None),
        ];
        for (json, expected) in rows {
            assert_eq!(serde_json::from_str::<BridgeMessage>(json).ok(), expected, "{json}");
        }
    }
}
