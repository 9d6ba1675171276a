//! The records, in order. Written by `examples/record`: change that, and not this.

use super::{Direction, Record};

pub(super) const RECORDS: &[Record] = &[
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/01-client.record.bin"),
        inner: None,
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/02-server.record.bin"),
        inner: None,
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/03-server.record.bin"),
        inner: None,
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/04-server.record.bin"),
        inner: Some(include_bytes!("../../recording/04-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/05-client.record.bin"),
        inner: None,
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/06-client.record.bin"),
        inner: Some(include_bytes!("../../recording/06-client.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/07-server.record.bin"),
        inner: Some(include_bytes!("../../recording/07-server.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/08-server.record.bin"),
        inner: Some(include_bytes!("../../recording/08-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/09-client.record.bin"),
        inner: Some(include_bytes!("../../recording/09-client.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/10-server.record.bin"),
        inner: Some(include_bytes!("../../recording/10-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/11-client.record.bin"),
        inner: Some(include_bytes!("../../recording/11-client.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/12-server.record.bin"),
        inner: Some(include_bytes!("../../recording/12-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/13-client.record.bin"),
        inner: Some(include_bytes!("../../recording/13-client.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/14-server.record.bin"),
        inner: Some(include_bytes!("../../recording/14-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/15-client.record.bin"),
        inner: Some(include_bytes!("../../recording/15-client.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/16-server.record.bin"),
        inner: Some(include_bytes!("../../recording/16-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/17-client.record.bin"),
        inner: Some(include_bytes!("../../recording/17-client.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/18-server.record.bin"),
        inner: Some(include_bytes!("../../recording/18-server.inner.bin")),
    },
    Record {
        direction: Direction::ServerToClient,
        wire: include_bytes!("../../recording/19-server.record.bin"),
        inner: Some(include_bytes!("../../recording/19-server.inner.bin")),
    },
    Record {
        direction: Direction::ClientToServer,
        wire: include_bytes!("../../recording/20-client.record.bin"),
        inner: Some(include_bytes!("../../recording/20-client.inner.bin")),
    },
];
