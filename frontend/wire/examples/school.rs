//! Makes the certificates of [`popglass_wire::identity`] anew: `cargo run -p popglass-wire --example school`. It writes
//! into `material/` of this crate. The authorities' keys are forgotten, so nobody can issue anything in their names.

use std::{error::Error, fs, path::Path};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};

/// Made for this name, all but one.
const NAME: &str = "mail.example.org";

/// Years of 1 January, from and until.
type Years = (i32, i32);

/// As long as anybody's clock is half right.
const LONG: Years = (2000, 2100);

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("material");
    fs::create_dir_all(&folder)?;
    let write = |name: &str, octets: &[u8]| fs::write(folder.join(name), octets);

    let school = authority("Popglass School Authority")?;
    let stranger = authority("Totally Trustworthy Certificates")?;
    write("authority.der", school.der())?;
    write("unknown-authority.issuer.der", stranger.der())?;

    for (file, name, years, issuer) in [
        ("good", NAME, LONG, &school),
        ("expired", NAME, (2000, 2020), &school),
        ("not-yet-valid", NAME, (2090, 2100), &school),
        ("wrong-name", "www.example.net", LONG, &school),
        ("unknown-authority", NAME, LONG, &stranger),
    ] {
        let key = KeyPair::generate()?;
        write(&format!("{file}.der"), params(name, years)?.signed_by(&key, issuer)?.der())?;
        write(&format!("{file}.key.der"), &key.serialize_der())?;
    }
    let key = KeyPair::generate()?;
    write("self-signed.der", params(NAME, LONG)?.self_signed(&key)?.der())?;
    write("self-signed.key.der", &key.serialize_der())?;
    Ok(())
}

fn authority(name: &str) -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    (params.not_before, params.not_after) = (date_time_ymd(LONG.0, 1, 1), date_time_ymd(LONG.1, 1, 1));
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn params(name: &str, years: Years) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    Ok(params)
}
