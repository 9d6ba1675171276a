//! One session: a page's WebSocket from Hello to Close. Decides what happens when; `relay.rs` carries the octets,
//! `dial.rs` opens the connection. The text of the protocol is docs/tunnel.md.

use std::{
    ops::ControlFlow,
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use popglass_protocol::tunnel::{Address, BridgeMessage, FailReason, Opened, PageMessage, TlsEnds};
use tokio::time::timeout;
use tracing::{Instrument as _, debug, info, info_span};

use crate::{
    dial::Upstream,
    policy::Approved,
    relay::{
        Down, End, Flow, PageSink, PageStream, Up, await_close, bridge_message, farewell, finish, parse_page_message,
        relay,
    },
    server::{Bridge, Phase},
};

/// Serves one page from Hello to Close.
pub(crate) async fn serve(socket: WebSocket, bridge: Arc<Bridge>) {
    let number = bridge.sessions_begun.fetch_add(1, Ordering::Relaxed) + 1;
    let span = info_span!("session", number);
    let (sink, stream) = socket.split();
    // Boxed, since a session spends its life in one state and should not carry the size of all.
    Box::pin(run(Page { sink, stream }, &bridge)).instrument(span).await;
}

/// The page's side of the session.
struct Page {
    sink: PageSink,
    stream: PageStream,
}

impl Page {
    async fn send(&mut self, message: &BridgeMessage) -> bool {
        self.sink.send(bridge_message(message)).await.is_ok()
    }

    async fn refuse(mut self, bridge: &Bridge, reason: FailReason) {
        farewell(&mut self.sink, Some(reason), bridge.bounds.linger).await;
        await_close(&mut self.stream, bridge.bounds.linger).await;
    }
}

async fn run(mut page: Page, bridge: &Bridge) {
    let Ok(_place) = bridge.sessions.try_acquire() else {
        debug!("refused: as many sessions as allowed");
        return page.refuse(bridge, FailReason::Full).await;
    };
    if !page.send(&BridgeMessage::Hello(bridge.hello.clone())).await {
        return;
    }
    let (target, tls, flow) = match await_open(&mut page, bridge).await {
        ControlFlow::Continue(opening) => opening,
        ControlFlow::Break(End::Failed(reason)) => {
            debug!(?reason, "refused before Open");
            return page.refuse(bridge, reason).await;
        }
        // Most often a page that only wanted the Hello.
        ControlFlow::Break(_) => return await_close(&mut page.stream, bridge.bounds.linger).await,
    };
    let Some(approved) = bridge.policy.approve(&target, tls) else {
        // The name is the page's own text, and might be anything; the operator's list is in the log already.
        info!(mode = ?tls, "refused: not on the list");
        return page.refuse(bridge, FailReason::NotAllowed).await;
    };
    let started = Instant::now();
    let upstream = match dial(&mut page, bridge, &approved, &flow).await {
        ControlFlow::Continue(upstream) => upstream,
        ControlFlow::Break(end) => {
            info!(target = %approved.address(), mode = ?tls, ?end, ms = started.elapsed().as_millis(), "not opened");
            match end {
                End::Failed(reason) => page.refuse(bridge, reason).await,
                _ => await_close(&mut page.stream, bridge.bounds.linger).await,
            }
            return;
        }
    };
    carry(page, bridge, &approved, upstream, &flow, started).await;
}

/// Waits for the page's choice. Credit may come before it, octets may not.
async fn await_open(page: &mut Page, bridge: &Bridge) -> ControlFlow<End, (Address, TlsEnds, Flow)> {
    let first = async {
        loop {
            match page.stream.next().await {
                Some(Ok(Message::Text(text))) => match parse_page_message(&text) {
                    Ok(PageMessage::Open { target, tls }) => {
                        let flow = Flow::new(tls);
                        return ControlFlow::Continue((target, tls, flow));
                    }
                    Ok(PageMessage::Credit { .. }) | Err(_) => return broken(),
                },
                Some(Ok(Message::Binary(_))) => return broken(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return ControlFlow::Break(End::PageLeft),
            }
        }
    };
    tokio::select! {
        first = timeout(bridge.bounds.open_timeout, first) => {
            first.unwrap_or(ControlFlow::Break(End::Failed(FailReason::OpenTimeout)))
        }
        () = bridge.reached(Phase::Draining) => ControlFlow::Break(End::Failed(FailReason::ShuttingDown)),
    }
}

fn broken<T>() -> ControlFlow<End, T> {
    ControlFlow::Break(End::Failed(FailReason::BadMessage))
}

/// Dials, while listening to the page: it may grant credit, and it may leave.
async fn dial(page: &mut Page, bridge: &Bridge, approved: &Approved, flow: &Flow) -> ControlFlow<End, Upstream> {
    let listen = async {
        loop {
            match page.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    if let Err(reason) = flow.take_message(&text) {
                        return End::Failed(reason);
                    }
                }
                Some(Ok(Message::Binary(_))) => return End::Failed(FailReason::BadMessage),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return End::PageLeft,
            }
        }
    };
    tokio::select! {
        dialled = bridge.dialler.dial(approved) => match dialled {
            Ok(upstream) => ControlFlow::Continue(upstream),
            Err(reason) => ControlFlow::Break(End::Failed(reason)),
        },
        end = listen => ControlFlow::Break(end),
        () = bridge.reached(Phase::Stopping) => ControlFlow::Break(End::Failed(FailReason::ShuttingDown)),
    }
}

async fn carry(
    mut page: Page,
    bridge: &Bridge,
    approved: &Approved,
    upstream: Upstream,
    flow: &Flow,
    started: Instant,
) {
    let Upstream { reader, writer, tls } = upstream;
    let opened = page.send(&BridgeMessage::Opened(Opened { tls })).await;
    debug!(target = %approved.address(), mode = ?approved.mode(), "opened");
    let mut up = Up::new(page.stream, writer);
    let mut down = Down::new(reader, page.sink, &bridge.bounds);
    let end = if opened {
        relay(&mut up, &mut down, flow, &bridge.bounds, bridge.reached(Phase::Stopping)).await
    } else {
        End::PageDeaf
    };
    finish(end, up, down, flow, &bridge.bounds).await;
    info!(
        target = %approved.address(),
        mode = ?approved.mode(),
        ?end,
        up = flow.octets_up(),
        down = flow.octets_down(),
        ms = started.elapsed().as_millis(),
        "ended"
    );
}
