//! Hands out the tags of a piece of HTML, by html5ever's tokenizer: it reads what is there, and repairs nothing.

use std::cell::RefCell;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// What the tokenizer finds.
pub(super) enum Found<'a> {
    /// A start tag.
    Tag {
        /// Lower case.
        name: &'a str,
        /// Names in lower case, character references resolved.
        attributes: &'a [Attribute],
    },
    /// An end tag.
    EndTag {
        /// Lower case.
        name: &'a str,
    },
    /// Characters inside `<style>`.
    StyleSheet(&'a str),
    /// A comment, a declaration: nothing that is shown.
    Markup,
}

/// Calls `on_found` for all that is found, in order.
pub(super) fn read(html: &str, on_found: &mut dyn FnMut(Found<'_>)) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let sink = Sink { on_found: RefCell::new(on_found), in_style: RefCell::new(false) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // It pauses only for scripts and encodings, and the sink asks for neither: one call reads all.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

/// Not generic over the closure: the tokenizer is large, and one copy of it is enough.
struct Sink<'a> {
    on_found: RefCell<&'a mut dyn FnMut(Found<'_>)>,
    in_style: RefCell<bool>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        let mut on_found = self.on_found.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                on_found(Found::Tag { name: &tag.name, attributes: &tag.attrs });
                self.in_style.replace(&*tag.name == "style");
                raw_text(&tag.name).map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
            }
            Token::TagToken(tag) => {
                on_found(Found::EndTag { name: &tag.name });
                self.in_style.replace(false);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                if *self.in_style.borrow() {
                    on_found(Found::StyleSheet(&text));
                }
                TokenSinkResult::Continue
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => {
                on_found(Found::Markup);
                TokenSinkResult::Continue
            }
            Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => TokenSinkResult::Continue,
        }
    }
}

/// Elements whose content a browser does not read as markup.
fn raw_text(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}
