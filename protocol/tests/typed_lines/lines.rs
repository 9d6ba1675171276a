//! What is typed: right, wrong, and such that only a server which is not strict carries out. Knows no session.

use proptest::prelude::*;

const KNOWN: &[&str] = &[
    "CAPA",
    "USER ada",
    "USER bob",
    "PASS pw",
    "PASS no",
    "AUTH",
    "AUTH PLAIN",
    "AUTH LOGIN",
    "AUTH NONE",
    "AUTH PLAIN AGFkYQBwdw==",
    "AGFkYQBwdw==",
    "YWRh",
    "cHc=",
    "*",
    "STLS",
    "LANG",
    "LANG *",
    "UTF8",
    "STAT",
    "LIST",
    "LIST 2",
    "LIST 9",
    "UIDL",
    "UIDL 1",
    "TOP 2 0",
    "TOP 2 9",
    "RETR 1",
    "RETR 2",
    "RETR 3",
    "RETR 4",
    "DELE 1",
    "DELE 2",
    "RSET",
    "NOOP",
    "QUIT",
    "APOP ada c4c9334bac560ecc979e58001b3e22fb",
];

const WRONG: &[&str] =
    &["", " ", "retr", "RETR x", "LIST -1", " STAT", "HELO there", "+OK", "-ERR", ".", "..", "USER", "DELE"];

/// No commands, but like some.
const LAX: &[&str] = &[
    "RSET 1",
    "DELE  1",
    "DELE 2 x",
    "DELE\t3",
    "DELE 1x",
    "DELE 1 2",
    "dele +3",
    "DELETE 2",
    "RETR  1",
    "RETR 2 now",
    "RETR 3x",
    " RETR 2",
    "TOP 2",
    "TOP  2 1",
    "TOP 2 x",
    "LIST  1",
    "LIST x",
    "LIST 1 x",
    "UIDL  2",
    "UIDL x",
    " LIST",
    "\tUIDL",
    "CAPA x",
    "CAPABILITY",
    "STAT 1",
    "NOOP x",
    "STLS x",
    "LANG e n",
    "UTF8 USER",
    "QUIT 1",
    "USER  ada",
    " USER ada",
    "PASS\tpw",
    "PASSWORD pw",
    "AUTH  PLAIN",
    "AUTH\tLOGIN",
    "AUTH PLAIN x y",
    "AUTHENTICATE PLAIN AGFkYQBwdw==",
    " AUTH",
];

/// Lines as learners type them.
pub(super) fn typed_line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..LAX.len()).prop_map(|place| LAX[place].to_owned()),
        8 => (0..KNOWN.len()).prop_map(|place| KNOWN[place].to_owned()),
        1 => (0..KNOWN.len()).prop_map(|place| KNOWN[place].to_ascii_lowercase()),
        3 => (0..WRONG.len()).prop_map(|place| WRONG[place].to_owned()),
        1 => "[^\r\n\0]{0,20}",
    ]
}
