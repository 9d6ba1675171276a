//! Images that travel with the message: what a `cid:` address names (RFC 2392) becomes a `data:` address, if it is a raster
//! image by its own octets. The declared type counts for nothing.

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::limits::IMAGE_OCTETS_MAX;

/// A raster image of the message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raster<'a> {
    /// The part it stands in.
    pub(crate) part: usize,
    media_type: &'static str,
    octets: &'a [u8],
}

impl<'a> Raster<'a> {
    /// A raster image, if the octets begin as one and stay below the limit. Formats that can hold script or addresses
    /// (SVG) are none.
    pub(crate) fn new(part: usize, octets: &'a [u8]) -> Option<Self> {
        if octets.len() > IMAGE_OCTETS_MAX {
            return None;
        }
        let media_type = match octets {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => "image/bmp",
            _ => return None,
        };
        Some(Self { part, media_type, octets })
    }
}

/// An image as a `data:` address.
#[derive(Debug, Clone)]
pub(super) struct Inlined {
    /// The part it stands in.
    pub(super) part: usize,
    /// Decoded size.
    pub(super) octets: usize,
    /// The address.
    pub(super) address: String,
}

/// The images that an HTML part asks for, by Content-ID.
pub(super) fn inline(content_ids: &BTreeSet<String>, images: &HashMap<String, Raster<'_>>) -> HashMap<String, Inlined> {
    content_ids
        .iter()
        .filter_map(|content_id| {
            let image = images.get(content_id)?;
            let address = format!("data:{};base64,{}", image.media_type, STANDARD.encode(image.octets));
            Some((content_id.clone(), Inlined { part: image.part, octets: image.octets.len(), address }))
        })
        .collect()
}

/// The Content-ID in a `cid:` address (RFC 2392 §2: percent-encoded).
pub(super) fn content_id(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, id) = address.split_at_checked("cid:".len())?;
    if !scheme.eq_ignore_ascii_case("cid:") || id.is_empty() {
        return None;
    }
    let mut decoded = Vec::with_capacity(id.len());
    let mut rest = id.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%'
            && let [high, low, tail @ ..] = tail
            && let (Some(high), Some(low)) = ((*high as char).to_digit(16), (*low as char).to_digit(16))
            && let Ok(octet) = u8::try_from(high * 16 + low)
        {
            decoded.push(octet);
            rest = tail;
        } else {
            decoded.push(*first);
        }
    }
    String::from_utf8(decoded).ok()
}

/// What [`inline`] may produce, and nothing else: the audit's view of an image address.
pub(super) fn is_inlined(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("data:image/") else { return false };
    let Some((subtype, octets)) = rest.split_once(";base64,") else { return false };
    matches!(subtype, "png" | "jpeg" | "gif" | "webp" | "bmp")
        && octets.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'='))
}

#[cfg(test)]
mod tests {
    use super::{Raster, content_id, is_inlined};
    use crate::limits::IMAGE_OCTETS_MAX;

    #[test]
    fn only_raster_images_are_images() {
        let rows: [(&[u8], Option<&str>); 8] = [
            (b"\x89PNG\r\n\x1a\n....", Some("image/png")),
            (b"\xff\xd8\xff\xe0....", Some("image/jpeg")),
            (b"GIF89a....", Some("image/gif")),
            (b"RIFF\x01\x02\x03\x04WEBPVP8 ", Some("image/webp")),
            (b"BM\x10\x00\x00\x00\x00\x00\x00\x00....", Some("image/bmp")),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"<html>", None),
            (b"", None),
        ];
        for (octets, expected) in rows {
            assert_eq!(Raster::new(0, octets).map(|image| image.media_type), expected, "{octets:?}");
        }
        let mut huge = b"GIF89a".to_vec();
        huge.resize(IMAGE_OCTETS_MAX + 1, 0);
        assert!(Raster::new(0, &huge).is_none());
    }

    #[test]
    fn content_ids_are_decoded_rfc_2392_section_2() {
        let rows = [
            ("cid:a@b", Some("a@b")),
            (" CID:a%40b ", Some("a@b")),
            ("cid:100%", Some("100%")),
            ("cid:", None),
            ("mid:a@b", None),
            ("é", None),
            ("cid:%FF", None),
        ];
        for (address, expected) in rows {
            assert_eq!(content_id(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn only_base64_raster_addresses_pass_the_audit() {
        assert!(is_inlined("data:image/png;base64,iVBORw0KGgo="));
        for address in [
            "data:image/svg+xml;base64,AAAA",
            "data:text/html;base64,AAAA",
            "data:image/png,raw",
            "data:image/png;base64,AA\"AA",
            "https://example.com/a.png",
            "cid:a@b",
        ] {
            assert!(!is_inlined(address), "{address}");
        }
    }
}
