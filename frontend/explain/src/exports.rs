//! What JavaScript can call. Words cross as [`border`] writes them; a language is a tag such as `de`, and English is
//! taken for any that is not here.
#![expect(unreachable_pub, reason = "wasm-bindgen takes public functions alone, and who calls them is no crate")]

use popglass_explain as explain;
use popglass_explain::words::{Language, PictureFacts, Situation};
use popglass_protocol::transcript::Line;
use popglass_session::{border, event::Entry};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Which build this module comes from; the page compares.
const BUILD: &str = match option_env!("POPGLASS_BUILD_ID") {
    Some(build) => build,
    None => "dev",
};

/// Names the build.
#[wasm_bindgen]
pub fn build() -> String {
    BUILD.into()
}

/// What every token of a line is: of a `Line`, a list of `TokenText`.
///
/// # Errors
///
/// If it is no line.
#[wasm_bindgen]
pub fn explain_line(language: &str, line: &[u8]) -> Result<Vec<u8>, JsError> {
    let line: Line = words(line)?;
    Ok(border::encode(&explain::explain_line(speak(language), &line)))
}

/// What every token of a line is that is being typed: a list of `TokenText`.
#[wasm_bindgen]
pub fn explain_typed(language: &str, typed: &[u8]) -> Vec<u8> {
    border::encode(&explain::explain_typed(speak(language), typed))
}

/// What a line will do in a `Situation`: a `Forecast`.
///
/// # Errors
///
/// If it is no situation.
#[wasm_bindgen]
pub fn forecast(language: &str, situation: &[u8], typed: &[u8]) -> Result<Vec<u8>, JsError> {
    let situation: Situation = words(situation)?;
    Ok(border::encode(&explain::forecast(speak(language), &situation, typed)))
}

/// What a line can become in a `Situation`: a list of `Completion`.
///
/// # Errors
///
/// If it is no situation.
#[wasm_bindgen]
pub fn completions(language: &str, situation: &[u8], typed: &str) -> Result<Vec<u8>, JsError> {
    let situation: Situation = words(situation)?;
    Ok(border::encode(&explain::completions(speak(language), &situation, typed)))
}

/// From which UTF-16 unit on a typed line shall be masked in a `Situation`; nothing if nowhere.
///
/// # Errors
///
/// If it is no situation.
#[wasm_bindgen]
pub fn secret_from(situation: &[u8], typed: &str) -> Result<Option<usize>, JsError> {
    let situation: Situation = words(situation)?;
    let octet = explain::secret_from(&situation, typed);
    Ok(octet.map(|octet| typed.get(..octet).unwrap_or(typed).encode_utf16().count()))
}

/// The state picture of `PictureFacts`: a `Picture`.
///
/// # Errors
///
/// If they are no facts.
#[wasm_bindgen]
pub fn state_picture(language: &str, facts: &[u8]) -> Result<Vec<u8>, JsError> {
    let facts: PictureFacts = words(facts)?;
    Ok(border::encode(&explain::state_picture(speak(language), &facts)))
}

/// A transcript, a list of `Entry`, as text.
///
/// # Errors
///
/// If it is no transcript.
#[wasm_bindgen]
pub fn as_text(language: &str, entries: &[u8]) -> Result<String, JsError> {
    let entries: Vec<Entry> = words(entries)?;
    Ok(explain::as_text(speak(language), &entries))
}

/// A transcript, a list of `Entry`, as a file for Wireshark.
///
/// # Errors
///
/// If it is no transcript.
#[wasm_bindgen]
pub fn as_pcapng(language: &str, entries: &[u8]) -> Result<Vec<u8>, JsError> {
    let entries: Vec<Entry> = words(entries)?;
    Ok(explain::as_pcapng(speak(language), &entries))
}

/// What a `Line` that says `-ERR` means and what to do: a `Told`; nothing for any other line.
///
/// # Errors
///
/// If it is no line.
#[wasm_bindgen]
pub fn explain_refusal(language: &str, line: &[u8]) -> Result<Option<Vec<u8>>, JsError> {
    let line: Line = words(line)?;
    Ok(explain::explain_refusal(speak(language), &line).map(|told| border::encode(&told)))
}

/// The words of mail and what they mean: a list of `Term`.
#[wasm_bindgen]
pub fn glossary(language: &str) -> Vec<u8> {
    border::encode(&explain::glossary(speak(language)))
}

fn speak(tag: &str) -> Language {
    Language::from_tag(tag).unwrap_or_default()
}

fn words<T: DeserializeOwned>(octets: &[u8]) -> Result<T, JsError> {
    border::decode(octets).map_err(|_malformed| JsError::new("these are no words of the same build"))
}
