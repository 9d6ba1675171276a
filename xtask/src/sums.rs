//! SHA-256 of files by name, as `sha256sum` writes and reads them. It does not know what the files are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::workshop::{Failure, Outcome, files_below, in_hexadecimal, name_in};

/// The file in which they are published.
pub(crate) const FILE_NAME: &str = "SHA256SUMS";

/// Digests by name, sorted; names are relative, with slashes.
pub(crate) type Sums = BTreeMap<String, String>;

/// The digest of some octets.
pub(crate) fn sum(octets: &[u8]) -> String {
    in_hexadecimal(&Sha256::digest(octets))
}

/// The digests of every file below a folder.
pub(crate) fn of_folder(folder: &Path) -> Outcome<Sums> {
    let mut sums = Sums::new();
    for file in files_below(folder)? {
        let content = fs::read(&file).map_err(Failure::during(file.display()))?;
        sums.insert(name_in(folder, &file), sum(&content));
    }
    Ok(sums)
}

/// A line a file, so that `sha256sum --check` takes it.
pub(crate) fn write(sums: &Sums) -> String {
    sums.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect()
}

/// Reads what `write` wrote.
///
/// # Errors
/// Names the line that is something else: also a name that could lead out of a folder, or to another host.
pub(crate) fn read(text: &str) -> Result<Sums, String> {
    let mut sums = Sums::new();
    for (index, line) in text.lines().enumerate() {
        let row = line.split_once("  ").filter(|(sum, name)| is_sum(sum) && is_name(name));
        let Some((sum, name)) = row else { return Err(format!("line {} is no digest with a file's name", index + 1)) };
        if sums.insert(name.to_owned(), sum.to_owned()).is_some() {
            return Err(format!("{name} is listed twice"));
        }
    }
    if sums.is_empty() { Err("it lists nothing".to_owned()) } else { Ok(sums) }
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|octet| octet.is_ascii_digit() || (b'a'..=b'f').contains(&octet))
}

fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet))
    };
    text.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_sorted_by_name_and_can_be_read_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("below")).unwrap();
        for (name, content) in [("b.js", "abc"), ("below/c.js", ""), ("a.html", "abc")] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        let sums = of_folder(folder.path()).unwrap();
        let text = write(&sums);
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(text, format!("{abc}  a.html\n{abc}  b.js\n{nothing}  below/c.js\n"));
        assert_eq!(read(&text), Ok(sums));
    }

    #[test]
    fn what_is_no_list_of_sums_is_refused() {
        let sum = "0".repeat(64);
        for name in
            ["", "/etc/passwd", "../a", "a/../b", ".hidden", "a//b", "a b", "https://evil.example/a", "a?b", "a#"]
        {
            assert!(read(&format!("{sum}  {name}\n")).is_err(), "{name}");
        }
        for text in ["", "a.js\n", "00  a.js\n", &format!("{sum} a.js\n"), &format!("{}  a.js\n", "G".repeat(64))] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&format!("{sum}  a.js\n{sum}  a.js\n")).unwrap_err().contains("twice"));
    }
}
