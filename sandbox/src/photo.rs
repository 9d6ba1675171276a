//! The message of 5 MB: a holiday photo, painted at start and never shipped. Knows no mailbox.

use std::iter;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::samples::with_crlf;

const HEAD: &str = r#"Return-Path: <grace@example.org>
Received: from mail.example.org (mail.example.org [192.0.2.55])
	by mx.example.org with ESMTPS id 12A7D4F2
	for <ada@example.org>; Tue, 27 Oct 2026 18:30:09 +0000
Date: Tue, 27 Oct 2026 18:30:00 +0000
From: Grace <grace@example.org>
To: Ada <ada@example.org>
Subject: Five megabytes of holiday
Message-ID: <photo-1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="lighthouse"

--lighthouse
Content-Type: text/plain; charset=US-ASCII

Ada, here is the picture from our walk, as large as it came out of the
camera: 3.7 MB as a file, 5 MB as mail, because base64 makes four letters
of three octets. Watch the progress while it comes, or cancel it.

That is also why POP3 has TOP: it fetches the header alone, so that a
list of messages need not wait for the pictures in them.

Grace

--lighthouse
Content-Type: image/bmp; name="lighthouse.bmp"
Content-Disposition: attachment; filename="lighthouse.bmp"
Content-Transfer-Encoding: base64

"#;

const TAIL: &str = "\n--lighthouse--\n";

/// A line of base64 is at most 76 characters (RFC 2045 §6.8), which are 57 octets.
const LINE_OCTETS: usize = 57;

/// The whole message. Grown line by line, so that the picture never lies in memory twice.
pub(crate) fn message() -> Vec<u8> {
    let lines = (FILE_OCTETS as usize).div_ceil(LINE_OCTETS);
    let mut message = Vec::with_capacity(HEAD.len() + TAIL.len() + 64 + lines * (76 + 2));
    message.extend(with_crlf(HEAD.as_bytes()));
    let mut octets = bitmap();
    let mut text = String::new();
    loop {
        let line: Vec<u8> = octets.by_ref().take(LINE_OCTETS).collect();
        if line.is_empty() {
            break;
        }
        text.clear();
        STANDARD.encode_string(&line, &mut text);
        text.push_str("\r\n");
        message.extend_from_slice(text.as_bytes());
    }
    message.extend(with_crlf(TAIL.as_bytes()));
    message
}

const WIDTH: i32 = 1280;
const HEIGHT: i32 = 960;
const HEADER_OCTETS: i32 = 54;
const FILE_OCTETS: i32 = HEADER_OCTETS + WIDTH * HEIGHT * 3;

/// A Windows bitmap: two headers, then 24 bits a pixel, from the bottom row up. Its rows need no padding, since
/// three times the width is a multiple of four.
fn bitmap() -> impl Iterator<Item = u8> {
    let mut header = Vec::from(*b"BM");
    header.extend([FILE_OCTETS, 0, HEADER_OCTETS, 40, WIDTH, HEIGHT].map(i32::to_le_bytes).as_flattened());
    header.extend([1_i16, 24].map(i16::to_le_bytes).as_flattened());
    header.extend([0, WIDTH * HEIGHT * 3, 2835, 2835, 0, 0].map(i32::to_le_bytes).as_flattened());
    let rows = (0..HEIGHT).rev();
    let places = rows.flat_map(|y| (0..WIDTH).map(move |x| (x, y)));
    header.into_iter().chain(places.zip(grain()).flat_map(|((x, y), grain)| pixel(x, y, grain)))
}

/// A linear congruential generator: the film's grain, and the same in every world.
fn grain() -> impl Iterator<Item = i32> {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    iter::successors(Some(1843_u32), next).map(|state| (state >> 28) as i32)
}

const HORIZON: i32 = 560;

/// Blue, green and red of one point of the scene. Whole numbers only: they come out the same on every machine.
fn pixel(x: i32, y: i32, grain: i32) -> [u8; 3] {
    let colour = lighthouse(x, y).or_else(|| dyke(x, y)).unwrap_or_else(|| {
        let from_sun = (x - 930) * (x - 930) + (y - 440) * (y - 440);
        if y >= HORIZON {
            let dash = (x / 14 * 7_919) ^ (y / 3 * 10_473);
            let glitter = (x - 930).abs() < 30 + (y - HORIZON) / 3 && dash % 3 == 0;
            if glitter { [255, 214, 140] } else { blend([236, 150, 110], [24, 52, 88], y - HORIZON, 300) }
        } else if from_sun < 72 * 72 {
            [255, 238, 180]
        } else {
            let sky = blend([62, 84, 150], [255, 176, 112], y, HORIZON);
            blend([255, 226, 160], sky, from_sun / 64, 1200)
        }
    });
    let [red, green, blue] = colour.map(|part| (part + grain - 8).clamp(0, 255) as u8);
    [blue, green, red]
}

/// A white tower with red bands, wider below; on top the lantern and a roof.
fn lighthouse(x: i32, y: i32) -> Option<[i32; 3]> {
    let from_axis = (x - 300).abs();
    let shade = (300 - x) / 2;
    match y {
        210..240 if from_axis <= (y - 205) => Some([150, 40, 40]),
        240..290 if from_axis <= 24 => Some(if from_axis % 12 < 2 { [70, 50, 50] } else { [255, 236, 150] }),
        290..300 if from_axis <= 44 => Some([80, 60, 60]),
        300..720 if from_axis <= 30 + (y - 300) / 12 => {
            let [red, green, blue] = if (y - 300) / 70 % 2 == 0 { [225, 220, 215] } else { [190, 50, 45] };
            Some([red - shade, green - shade, blue - shade])
        }
        _ => None,
    }
}

/// Grass in the foreground, with a ridge of three slow waves.
fn dyke(x: i32, y: i32) -> Option<[i32; 3]> {
    let wave = |period: i32, height: i32| {
        let place = x % period - period / 2;
        height * (period * period / 4 - place * place) / (period * period / 4)
    };
    let ridge = 790 - wave(1700, 110) - wave(420, 12) - wave(130, 4);
    (y >= ridge).then(|| blend([96, 128, 62], [30, 52, 30], y - ridge, 260))
}

/// The colour so far on the way from one to the other.
fn blend(from: [i32; 3], to: [i32; 3], step: i32, steps: i32) -> [i32; 3] {
    let step = step.clamp(0, steps);
    let mut colour = from;
    for (part, goal) in colour.iter_mut().zip(to) {
        *part += (goal - *part) * step / steps;
    }
    colour
}

#[cfg(test)]
mod tests {
    use super::{FILE_OCTETS, HEADER_OCTETS, bitmap, message};

    #[test]
    fn the_message_is_five_megabytes_and_the_same_every_time() {
        let octets = message();
        assert!((5_000_000..5_100_000).contains(&octets.len()), "{}", octets.len());
        assert!(octets == message());
    }

    #[test]
    fn the_picture_is_a_bitmap_of_the_size_that_it_says() {
        let octets: Vec<u8> = bitmap().collect();
        assert_eq!(octets.len(), FILE_OCTETS as usize);
        let (header, pixels) = octets.split_at(HEADER_OCTETS as usize);
        let number = |at: usize| i32::from_le_bytes(header[at..at + 4].try_into().unwrap());
        assert_eq!(&header[..2], b"BM");
        assert_eq!([2, 10, 14, 18, 22, 34].map(number), [FILE_OCTETS, 54, 40, 1280, 960, pixels.len() as i32]);
    }
}
