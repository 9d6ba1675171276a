//! A certificate authority for one test, and what it has signed: the server's certificate for this machine, and a
//! client's that bears a user's name.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use crate::chains::Chain;

/// The files, all PEM, in one folder.
#[derive(Debug, Clone)]
pub struct Certificates {
    /// The authority's certificate, for who is to trust it.
    pub authority: PathBuf,
    /// The server's certificate.
    pub server: PathBuf,
    /// Its key.
    pub server_key: PathBuf,
    /// A certificate whose common name is the user.
    pub client: PathBuf,
    /// Its key.
    pub client_key: PathBuf,
}

impl Certificates {
    /// Makes an authority and has it sign a certificate for `localhost` and 127.0.0.1, and one for the user.
    ///
    /// # Panics
    /// If they cannot be written into the folder.
    #[must_use]
    pub fn write(folder: &Path, user: &str) -> Self {
        let authority_key = KeyPair::generate().expect("a key");
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        authority.distinguished_name = common_name("Popglass test authority");
        let authority_certificate = authority.self_signed(&authority_key).expect("a certificate of our own");
        let issuer = Issuer::new(authority, authority_key);
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let (server, server_key) = signed(&issuer, "localhost", names, ExtendedKeyUsagePurpose::ServerAuth);
        let (client, client_key) = signed(&issuer, user, Vec::new(), ExtendedKeyUsagePurpose::ClientAuth);
        let write = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).expect("written certificate");
            path
        };
        Self {
            authority: write("authority.pem", authority_certificate.pem()),
            server: write("server.pem", server),
            server_key: write("server.key", server_key),
            client: write("client.pem", client),
            client_key: write("client.key", client_key),
        }
    }

    /// Puts another chain in the place of the server's certificate, and the authority to be trusted with it. The
    /// client's certificate stays with the authority that was.
    ///
    /// # Panics
    /// If they cannot be written.
    pub fn replace_server(&self, chain: &Chain) {
        for (path, text) in
            [(&self.authority, &chain.authority), (&self.server, &chain.sent_pem), (&self.server_key, &chain.key)]
        {
            fs::write(path, text).expect("written certificate");
        }
    }
}

/// A certificate and its key.
fn signed(
    issuer: &Issuer<'_, KeyPair>,
    name: &str,
    hosts: Vec<String>,
    purpose: ExtendedKeyUsagePurpose,
) -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let mut certificate = CertificateParams::new(hosts).expect("valid names");
    certificate.distinguished_name = common_name(name);
    certificate.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    certificate.extended_key_usages = vec![purpose];
    let certificate = certificate.signed_by(&key, issuer).expect("a certificate signed by our own");
    (certificate.pem(), key.serialize_pem())
}

fn common_name(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}
