//! A server's certificate chain to order: kind of key, with or without an intermediate, and what is wrong with it. Made
//! anew for each test; RSA keys come from the program `openssl`, since ring makes none. Knows no server.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    sync::OnceLock,
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, date_time_ymd,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// The kind of every key in a chain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keys {
    /// P-256, but for the root, which has P-384: what public authorities do.
    #[default]
    Ecdsa,
    /// RSA of 2048 bits.
    Rsa,
}

/// Whether another authority stands between root and server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Intermediate {
    /// None: the root signed the server's certificate.
    #[default]
    None,
    /// Yes, and the server sends its certificate along, as it must.
    Sent,
    /// Yes, and the server forgets to.
    LeftOut,
}

/// What is wrong with the server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It ended in 2021.
    Expired,
    /// It begins in 2090.
    NotYetValid,
    /// It is for `mail.example.org` alone.
    WrongName,
    /// It vouches for itself.
    SelfSigned,
    /// It vouches for itself and calls itself an authority, as `openssl req -x509` does.
    SelfSignedAuthority,
    /// It comes from an authority that is not the one to be trusted; the server sends that one's certificate along.
    UnknownAuthority,
    /// It comes from an authority that calls itself like the one to be trusted, and is another.
    Impostor,
}

/// What is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// The kind of key.
    pub keys: Keys,
    /// The authority in between.
    pub intermediate: Intermediate,
    /// What is wrong; nothing for a good one.
    pub flaw: Option<Flaw>,
}

/// A chain with its key.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The authority to be trusted, as PEM. With a [`Flaw`] that is about trust it has signed nothing of the chain.
    pub authority: String,
    /// What the server sends, its own certificate first.
    pub sent: Vec<CertificateDer<'static>>,
    /// The same as PEM.
    pub sent_pem: String,
    /// The key of the first, PKCS #8 as PEM.
    pub key: String,
    key_der: Vec<u8>,
}

impl Order {
    /// Makes the chain.
    ///
    /// # Panics
    /// If `openssl` is not installed, for RSA.
    #[must_use]
    pub fn make(self) -> Chain {
        let root = authority(ROOT, self.key(0), None);
        let server = parameters(self.flaw);
        let key = self.key(1);
        let (leaf, more) = match (self.flaw, self.intermediate) {
            (Some(Flaw::SelfSigned | Flaw::SelfSignedAuthority), _) => (server.self_signed(&key), None),
            (Some(Flaw::UnknownAuthority), _) => {
                let unknown = authority(UNKNOWN, self.key(2), None);
                (server.signed_by(&key, &unknown), Some(unknown.der().clone()))
            }
            (Some(Flaw::Impostor), _) => (server.signed_by(&key, &authority(ROOT, self.key(2), None)), None),
            (_, Intermediate::None) => (server.signed_by(&key, &root), None),
            (_, between) => {
                let intermediate = authority(BETWEEN, self.key(2), Some(&root));
                let leaf = server.signed_by(&key, &intermediate);
                (leaf, (between == Intermediate::Sent).then(|| intermediate.der().clone()))
            }
        };
        let sent = [leaf.expect("valid parameters").der().clone()].into_iter().chain(more).collect::<Vec<_>>();
        Chain {
            authority: root.pem(),
            sent_pem: sent.iter().map(|certificate| pem(certificate)).collect(),
            sent,
            key: key.serialize_pem(),
            key_der: key.serialize_der(),
        }
    }

    /// A key for the root (0), the server (1) or the intermediate (2).
    fn key(self, place: usize) -> KeyPair {
        match (self.keys, place) {
            (Keys::Rsa, _) => rsa_key(place),
            (Keys::Ecdsa, 0) => KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).expect("ring makes P-384 keys"),
            (Keys::Ecdsa, _) => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("ring makes P-256 keys"),
        }
    }
}

impl Chain {
    /// The key for rustls.
    #[must_use]
    pub fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key_der.clone()))
    }

    /// SHA-256 of the server's certificate as `openssl` says it: upper-case hexadecimal, without the colons.
    ///
    /// # Panics
    /// If `openssl` is not installed.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.sent_pem)
    }
}

/// SHA-256 of the first certificate in this PEM, as [`Chain::fingerprint`].
///
/// # Panics
/// If `openssl` is not installed or finds no certificate.
#[must_use]
pub fn fingerprint(pem: &str) -> String {
    let said = openssl(&["x509", "-noout", "-fingerprint", "-sha256"], pem);
    let (_, digits) = said.trim().split_once('=').unwrap_or_else(|| panic!("no fingerprint in {said:?}"));
    digits.replace(':', "")
}

/// As [`fingerprint`], of a file.
///
/// # Panics
/// As there, and if the file cannot be read.
#[must_use]
pub fn fingerprint_of(file: &Path) -> String {
    fingerprint(&std::fs::read_to_string(file).expect("the certificate can be read"))
}

/// What the root calls itself.
pub const ROOT: &str = "Popglass test root";
/// What the intermediate calls itself.
pub const BETWEEN: &str = "Popglass test intermediate";
/// What an authority calls itself that nobody is told to trust.
pub const UNKNOWN: &str = "Somebody else's root";

fn authority(name: &str, key: KeyPair, signer: Option<&Issuer<'_, KeyPair>>) -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters.distinguished_name = common_name(name);
    match signer {
        Some(signer) => CertifiedIssuer::signed_by(parameters, key, signer),
        None => CertifiedIssuer::self_signed(parameters, key),
    }
    .expect("valid parameters")
}

fn parameters(flaw: Option<Flaw>) -> CertificateParams {
    let names: &[&str] =
        if flaw == Some(Flaw::WrongName) { &["mail.example.org"] } else { &["localhost", "127.0.0.1"] };
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut server = CertificateParams::new(names.clone()).expect("valid names");
    server.distinguished_name = common_name(&names[0]);
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    (server.not_before, server.not_after) = match flaw {
        Some(Flaw::Expired) => (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1)),
        Some(Flaw::NotYetValid) => (date_time_ymd(2090, 1, 1), date_time_ymd(2091, 1, 1)),
        _ => (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1)),
    };
    if flaw == Some(Flaw::SelfSignedAuthority) {
        server.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        server.key_usages.push(KeyUsagePurpose::KeyCertSign);
    }
    server
}

fn common_name(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let text = BASE64_STANDARD.encode(certificate);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).expect("base64 is ASCII")).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// One of three keys that are made once a process: they cost more than all the rest.
fn rsa_key(place: usize) -> KeyPair {
    static KEYS: [OnceLock<String>; 3] = [const { OnceLock::new() }; 3];
    let arguments = ["genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
    let key = KEYS[place].get_or_init(|| openssl(&arguments, ""));
    KeyPair::from_pem(key).expect("a key as ring takes it")
}

fn openssl(arguments: &[&str], input: &str) -> String {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("openssl is installed");
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("openssl reads");
    let output = child.wait_with_output().expect("openssl ends");
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("openssl prints ASCII")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio_rustls::rustls::{
        CertificateError, RootCertStore,
        client::{WebPkiServerVerifier, danger::ServerCertVerifier as _},
        crypto::ring,
        pki_types::{ServerName, UnixTime, pem::PemObject as _},
    };

    use super::*;

    /// What rustls says of the chain.
    fn verdict(order: Order) -> Result<(), String> {
        let chain = order.make();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(chain.authority.as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let verdict = verifier.verify_server_cert(&chain.sent[0], &chain.sent[1..], &name, &[], UnixTime::now());
        verdict.map(|_| ()).map_err(|error| match error {
            tokio_rustls::rustls::Error::InvalidCertificate(CertificateError::Other(other)) => other.to_string(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn a_chain_is_as_ordered() {
        for keys in [Keys::Ecdsa, Keys::Rsa] {
            let check = |intermediate, flaw, expected: &str| {
                let order = Order { keys, intermediate, flaw };
                let found = verdict(order).err().unwrap_or_default();
                assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{order:?}: {found}");
            };
            check(Intermediate::None, None, "");
            check(Intermediate::Sent, None, "");
            check(Intermediate::LeftOut, None, "UnknownIssuer");
            check(Intermediate::None, Some(Flaw::Expired), "Expired");
            check(Intermediate::Sent, Some(Flaw::NotYetValid), "NotValidYet");
            check(Intermediate::None, Some(Flaw::WrongName), "NotValidForName");
            check(Intermediate::None, Some(Flaw::SelfSigned), "UnknownIssuer");
            check(Intermediate::None, Some(Flaw::SelfSignedAuthority), "CaUsedAsEndEntity");
            check(Intermediate::None, Some(Flaw::UnknownAuthority), "UnknownIssuer");
            // The names fit, so it is the signature that tells.
            check(Intermediate::None, Some(Flaw::Impostor), "BadSignature");
        }
    }

    #[test]
    fn a_fingerprint_is_sixty_four_digits_and_changes_with_the_certificate() {
        let order = Order::default();
        let (one, other) = (order.make().fingerprint(), order.make().fingerprint());
        assert!(one.len() == 64 && one.chars().all(|digit| digit.is_ascii_hexdigit()), "{one}");
        assert_ne!(one, other);
    }
}
