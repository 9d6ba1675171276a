//! POP URLs (RFC 2384): what is read, how it is printed, what is refused, and that the two ways agree.

use std::net::{Ipv4Addr, Ipv6Addr};

use popglass_protocol::{
    login::{Method, Wish},
    sasl::Mechanism,
    types::CredentialError,
    url::{Auth, PopUrl, UrlError},
};
use proptest::prelude::*;

/// Reads `text`, and compares user, host, port and wish; then prints it, which must give `printed`, and reads that.
#[track_caller]
fn check(text: &str, printed: &str, expected: (&str, &str, u16, Result<Wish, &str>)) {
    let url: PopUrl = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    let user = url.user.as_ref().map_or("", |user| user.as_str());
    let wish = url.wish().map_err(|error| error.to_string());
    let (expected_user, host, port, expected_wish) = expected;
    assert_eq!((user, url.host.to_string().as_str(), url.port), (expected_user, host, port), "{text}");
    assert_eq!(wish, expected_wish.map_err(str::to_owned), "{text}");
    assert_eq!(url.to_string(), printed, "{text}");
    assert_eq!(printed.parse(), Ok(url), "{text}");
}

const ANY: Result<Wish, &str> = Ok(Wish::Automatic);

#[test]
fn rfc2384_section7_the_examples_are_read_and_printed_as_they_stand() {
    for (text, expected) in [
        ("pop://rg@mailsrv.qualcomm.com", ("rg", "mailsrv.qualcomm.com", 110, ANY)),
        ("pop://rg;AUTH=+APOP@mail.eudora.com:8110", ("rg", "mail.eudora.com", 8110, Ok(Wish::Exactly(Method::Apop)))),
        (
            "pop://baz;AUTH=SCRAM-MD5@foo.bar",
            ("baz", "foo.bar", 110, Err("the mechanism SCRAM-MD5 is not spoken here; name another, or none")),
        ),
    ] {
        check(text, text, expected);
    }
}

#[test]
fn rfc2384_section4_no_mechanism_and_a_star_both_let_the_client_choose() {
    let sasl = |mechanism| Ok(Wish::Exactly(Method::Sasl(mechanism)));
    let host = "pop.example.org";
    for (text, printed, expected) in [
        ("pop://pop.example.org", "pop://pop.example.org", ("", host, 110, ANY)),
        ("POP://ada;auth=*@Pop.Example.ORG:110/", "pop://ada@pop.example.org", ("ada", host, 110, ANY)),
        ("pops://ada@pop.example.org", "pops://ada@pop.example.org", ("ada", host, 995, ANY)),
        ("pops://ada@pop.example.org:110", "pops://ada@pop.example.org:110", ("ada", host, 110, ANY)),
        (
            "pop://;AUTH=cram-md5@pop.example.org",
            "pop://;AUTH=CRAM-MD5@pop.example.org",
            ("", host, 110, sasl(Mechanism::CramMd5)),
        ),
        (
            "pops://a;AUTH=SCRAM-SHA-256%2Dplus@pop.example.org",
            "pops://a;AUTH=SCRAM-SHA-256-PLUS@pop.example.org",
            ("a", host, 995, sasl(Mechanism::ScramSha256Plus)),
        ),
        (
            "pop://a;AUTH=%2Bapop@pop.example.org",
            "pop://a;AUTH=+APOP@pop.example.org",
            ("a", host, 110, Ok(Wish::Exactly(Method::Apop))),
        ),
        (
            "pop://a;AUTH=+USER@pop.example.org",
            "pop://a;AUTH=+USER@pop.example.org",
            ("a", host, 110, Ok(Wish::Exactly(Method::UserPass))),
        ),
    ] {
        check(text, printed, expected);
    }
}

#[test]
fn rfc3986_user_names_are_percent_encoded_and_addresses_are_literals() {
    for (text, printed, expected) in [
        ("pop://ada%40x.org@h", "pop://ada%40x.org@h", ("ada@x.org", "h", 110, ANY)),
        ("pop://a%20b%3bc%3A%2fd@h", "pop://a%20b%3Bc%3A%2Fd@h", ("a b;c:/d", "h", 110, ANY)),
        ("pop://%7Ea%25@h", "pop://~a%25@h", ("~a%", "h", 110, ANY)),
        ("pop://j%C3%B6@h", "pop://j%C3%B6@h", ("jö", "h", 110, ANY)),
        ("pop://a+b=c&d,e@h", "pop://a+b=c&d,e@h", ("a+b=c&d,e", "h", 110, ANY)),
        ("pop://a@127.0.0.1:1100", "pop://a@127.0.0.1:1100", ("a", "127.0.0.1", 1100, ANY)),
        ("pop://a@[::1]", "pop://a@[::1]", ("a", "[::1]", 110, ANY)),
        ("pops://[2001:DB8:0::1]:65535", "pops://[2001:db8::1]:65535", ("", "[2001:db8::1]", 65535, ANY)),
        ("pop://a@mail_1.example.", "pop://a@mail_1.example.", ("a", "mail_1.example.", 110, ANY)),
    ] {
        check(text, printed, expected);
    }
}

#[test]
fn what_is_no_pop_url_is_refused_with_its_reason() {
    let long_user = format!("pop://{}@h", "a".repeat(249));
    let long_host = format!("pop://{}", "a.".repeat(128));
    for (text, expected) in [
        ("", UrlError::Scheme),
        ("pop.example.org", UrlError::Scheme),
        ("imap://a@h", UrlError::Scheme),
        ("pop3://a@h", UrlError::Scheme),
        ("pop:a@h", UrlError::Scheme),
        ("pop://a:secret@h", UrlError::Password),
        ("pop://a:se@cret@h", UrlError::Password),
        ("pop://a;AUTH=*:secret@h", UrlError::Password),
        ("pop://a:@h", UrlError::Password),
        ("pop://ada@x.org@h", UrlError::Unencoded('@')),
        ("pop://a\"b@h", UrlError::Unencoded('"')),
        ("pop://a/b@h", UrlError::Unencoded('/')),
        ("pop://a b@h", UrlError::NotPrintable),
        ("pop://a@h\r\nDELE 1", UrlError::NotPrintable),
        ("pop://jö@h", UrlError::NotPrintable),
        ("pop://a%0d%0aDELE@h", UrlError::User(CredentialError::ControlCharacter)),
        ("pop://a%00@h", UrlError::User(CredentialError::ControlCharacter)),
        (&long_user, UrlError::User(CredentialError::TooLong)),
        ("pop://a%4@h", UrlError::Encoding),
        ("pop://a%@h", UrlError::Encoding),
        ("pop://a%+1@h", UrlError::Encoding),
        ("pop://a%FF@h", UrlError::Encoding),
        ("pop://@h", UrlError::NoUser),
        ("pop://a;b@h", UrlError::Parameter),
        ("pop://a;TYPE=x@h", UrlError::Parameter),
        ("pop://a;AUTH=*;AUTH=PLAIN@h", UrlError::Parameter),
        ("pop://a;AUTH=+LOGIN@h", UrlError::Extension),
        ("pop://a;AUTH=+@h", UrlError::Extension),
        ("pop://a;AUTH=@h", UrlError::MechanismName),
        ("pop://a;AUTH=PLAIN%0D%0A@h", UrlError::MechanismName),
        ("pop://", UrlError::Host),
        ("pop://a@", UrlError::Host),
        ("pop://a@:110", UrlError::Host),
        ("pop://a@h..x", UrlError::Host),
        ("pop://a@h%41", UrlError::Host),
        ("pop://a@fe80::1", UrlError::Host),
        ("pop://a@[::1", UrlError::Host),
        ("pop://a@[127.0.0.1]", UrlError::Host),
        ("pop://a@127.0.0.256", UrlError::Host),
        ("pop://a@127.1", UrlError::Host),
        (&long_host, UrlError::Host),
        ("pop://a@h:", UrlError::Port),
        ("pop://a@h:0", UrlError::Port),
        ("pop://a@h:65536", UrlError::Port),
        ("pop://a@h:+110", UrlError::Port),
        ("pop://a@[::1]:", UrlError::Port),
        ("pop://a@h/1", UrlError::Path),
        ("pop://a@h//", UrlError::Path),
        ("pop://a@h?uid=1", UrlError::Path),
        ("pop://a@h#1", UrlError::Path),
    ] {
        let refused = text.parse::<PopUrl>();
        assert_eq!(refused, Err(expected), "{text:?}");
        let said = refused.unwrap_err().to_string();
        assert!(!said.contains("secret") && !said.contains("cret"), "{text:?}: {said}");
    }
}

#[test]
fn an_auth_type_alone_is_read_as_in_a_url() {
    for (text, expected) in [("*", Ok(Auth::Any)), ("+apop", Ok(Auth::Apop)), ("", Err(UrlError::MechanismName))] {
        assert_eq!(Auth::parse(text), expected, "{text:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_printed_is_read_as_it_was(
        implicit in any::<bool>(),
        user in proptest::option::of("[^\r\n\0]{1,40}"),
        auth in prop_oneof!["[A-Z0-9_-]{1,20}", Just("*".to_owned()), Just("+APOP".to_owned()), Just("+USER".to_owned())],
        host in prop_oneof![
            "[a-z][a-z0-9-]{0,20}(\\.[a-z][a-z0-9_-]{0,10}){0,3}",
            any::<u32>().prop_map(|bits| Ipv4Addr::from(bits).to_string()),
            any::<u128>().prop_map(|bits| format!("[{}]", Ipv6Addr::from(bits))),
        ],
        port in 1..=u16::MAX,
    ) {
        let encoded = user.as_ref().map(|user| user.bytes().map(|octet| format!("%{octet:02x}")).collect::<String>());
        let scheme = if implicit { "pops" } else { "pop" };
        let text = format!("{scheme}://{};AUTH={auth}@{host}:{port}", encoded.unwrap_or_default());
        let url: PopUrl = text.parse().unwrap();
        prop_assert_eq!(url.user.as_ref().map(|user| user.as_str().to_owned()), user);
        let printed = url.to_string();
        prop_assert!(printed.bytes().all(|octet| octet.is_ascii_graphic()));
        prop_assert_eq!(printed.parse::<PopUrl>(), Ok(url));
    }

    #[test]
    fn whatever_is_read_is_printed_so_that_it_is_read_again(text in "(pop|POPS)://[a-z%0-9;AUTH=+*@:\\[\\]./-]{0,40}") {
        if let Ok(url) = text.parse::<PopUrl>() {
            prop_assert_eq!(url.to_string().parse::<PopUrl>(), Ok(url));
        }
    }
}
