//! Every maximum of the protocol machine, with the RFC it comes from, or why it is what it is.

/// A command line with its CRLF (RFC 2449 §4). popa3d still enforces RFC 1939's 40 octets an argument.
pub const COMMAND_LINE_OCTETS_MAX: usize = 255;

/// What fits behind `USER ` or `PASS ` and before CRLF.
pub const CREDENTIAL_OCTETS_MAX: usize = COMMAND_LINE_OCTETS_MAX - "USER ".len() - "\r\n".len();

/// A status line (RFC 2449 §4) or a line of CAPA (§5) with its CRLF. Servers in the field send longer ones.
pub const STATUS_LINE_OCTETS: usize = 512;

/// A status line that is still read; a longer one ends the session.
pub const STATUS_LINE_OCTETS_MAX: usize = 8 * 1024;

/// A line of CAPA, LIST or UIDL that is still read. Lines of a message have no limit (RFC 2449 §4 exempts them).
pub const LISTING_LINE_OCTETS_MAX: usize = 8 * 1024;

/// A unique-id by RFC 1939 §7.
pub const UNIQUE_ID_OCTETS: usize = 70;

/// A unique-id that is kept. RFC 1939 §7 allows 70; longer ones exist.
pub const UNIQUE_ID_OCTETS_MAX: usize = 1024;

/// Lines of one CAPA reply. Thirteen capabilities are registered; the longest list seen in the field has 20.
pub const CAPABILITIES_MAX: usize = 128;

/// Entries of one LIST or UIDL reply. RFC 1939 names no limit.
pub const LISTING_ENTRIES_MAX: usize = 1_000_000;

/// Octets of one multi-line response that is kept, on the wire: a million entries with unique-ids of 70 octets have 80 MB.
pub const LISTING_OCTETS_MAX: u64 = 128 * 1024 * 1024;

/// Octets of one message. RFC 1939 names no limit; this stops a server that never ends a reply.
pub const MESSAGE_OCTETS_MAX: u64 = 4 * 1024 * 1024 * 1024;

/// Commands that may be queued but not yet sent.
pub const COMMAND_QUEUE_MAX: usize = 10_000;

/// Commands in flight where the server announces PIPELINING (RFC 2449 §6.6).
pub const PIPELINE_COMMANDS_MAX: usize = 256;

/// Octets of commands in flight. A server that stops reading while it writes leaves them in the connection's buffers,
/// whose smallest usual size is 4 KiB: so a write never waits for a read.
pub const PIPELINE_COMMAND_OCTETS_MAX: usize = 4096;

/// Octets handed out in one chunk of a message.
pub const CHUNK_OCTETS_MAX: usize = 64 * 1024;

/// Lines of a message that the transcript shows before it folds the rest into one entry.
pub const TRANSCRIPT_BODY_LINES_MAX: u64 = 20;

/// Characters of one transcript line; the rest is counted.
pub const TRANSCRIPT_LINE_CHARS_MAX: usize = 512;

/// Octets of one transcript line as on the wire: the characters above and CRLF; the rest is counted.
pub const TRANSCRIPT_WIRE_OCTETS_MAX: usize = TRANSCRIPT_LINE_CHARS_MAX + "\r\n".len();

/// Lines typed by hand that may wait for their turn.
pub const TYPED_LINES_MAX: usize = 100;

/// Commands a server takes that it does not know, before it ends the session.
pub const BAD_COMMANDS_MAX: u32 = 20;

/// Failed logins a server takes before it ends the session.
pub const FAILED_LOGINS_MAX: u32 = 3;

/// A line of a SASL exchange, either way: exempt from 255 octets (RFC 5034 §4), and tokens of 4,096 characters exist.
pub const SASL_LINE_OCTETS_MAX: usize = 64 * 1024;

/// Rounds of challenge and response in one SASL exchange. SCRAM has three.
pub const SASL_ROUNDS_MAX: u32 = 16;

/// A language tag of LANG. RFC 5646 §4.4.1 finds 35 enough for all that is registered.
pub const LANGUAGE_TAG_OCTETS_MAX: usize = 64;

/// The greeting's stamp for APOP.
pub const STAMP_OCTETS_MAX: usize = 256;

/// Octets of a line that a deviation shows.
pub const DEVIATION_OCTETS_MAX: usize = 64;

/// Octets of replies in flight, as LIST lets them expect.
pub const PIPELINE_REPLY_OCTETS_MAX: u64 = 8 * 1024 * 1024;

/// Octets of input that a server holds at most: what may come while a reply is under way. A host that reads on all the
/// same has its session ended.
pub const SERVER_INPUT_OCTETS_MAX: usize = 256 * 1024;

/// Milliseconds without a command after which a server ends the session (RFC 1939 §3: at least ten minutes).
pub const AUTOLOGOUT_MS: u64 = 10 * 60 * 1000;

/// Faults in one script.
pub const FAULTS_MAX: usize = 1000;

/// Octets of a script of faults in its text form.
pub const FAULT_SCRIPT_OCTETS_MAX: usize = 1024 * 1024;

/// What the reply to a command counts for in the window where its size is not known.
pub const REPLY_OCTETS_GUESS: u64 = 4 * 1024;

/// Milliseconds without an octet while the greeting is awaited: servers look the client's name up first.
pub const GREETING_MS_MAX: u64 = 60_000;

/// Milliseconds for a TLS handshake.
pub const TLS_MS_MAX: u64 = 30_000;

/// Milliseconds without an octet while a command waits for the rest of its reply.
pub const REPLY_MS_MAX: u64 = 60_000;

/// Milliseconds without an octet while QUIT is answered.
pub const QUIT_MS_MAX: u64 = 300_000;

/// Fewest rounds of PBKDF2 that a client runs for SCRAM (RFC 5802 §5.1 and RFC 7677 §4). Fewer would let whoever plays
/// the server guess the password quickly from one login; no server in the field asks for fewer.
pub const SCRAM_ITERATIONS_MIN: u32 = 4096;

/// Most rounds of PBKDF2 that a client runs for SCRAM, since nothing else runs meanwhile: about a second on a desktop in wasm
/// built for size, some seconds on a slow telephone. Servers ask for 4096 as a rule, GNU SASL's tools for 65,536.
pub const SCRAM_ITERATIONS_MAX: u32 = 600_000;

/// Random octets in a nonce of ours: 144 bits, 24 characters in base64.
pub const SCRAM_NONCE_OCTETS: usize = 18;

/// Characters of the trace that ANONYMOUS carries (RFC 4505 §2).
pub const ANONYMOUS_TRACE_CHARS_MAX: usize = 255;

/// A host's name in a URL (RFC 1035 §2.3.4: 255 octets with length octets and root, so 253 as text; one more for a
/// trailing dot).
pub const HOST_NAME_OCTETS_MAX: usize = 254;
