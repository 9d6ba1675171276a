//! POP URLs: any text can be read or refused, and what was read is printed as a URL that says the same. Knows no login.

use popglass_protocol::url::PopUrl;

/// Takes each line as a URL.
pub fn run(input: &[u8]) {
    for line in input.split(|octet| *octet == b'\n') {
        let text = String::from_utf8_lossy(line);
        // Transcripts are the seeds: what stands there is a host as often as not.
        for text in [text.to_string(), format!("pops://{text}"), format!("pop://ada;AUTH={text}@[::1]")] {
            check(&text);
        }
    }
}

fn check(text: &str) {
    let url = match text.parse::<PopUrl>() {
        Ok(url) => url,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let printed = url.to_string();
    assert!(printed.bytes().all(|octet| octet.is_ascii_graphic()));
    assert!(url.port != 0);
    let again: PopUrl = printed.parse().expect("what is printed can be read");
    assert_eq!(again, url);
    assert_eq!(again.to_string(), printed);
    assert_eq!(again.wish(), url.wish());
}
