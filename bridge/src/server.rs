//! The HTTP side: connections, who may ask (Host, Origin), the page with its security headers, the way into the tunnel,
//! and the orderly end. Knows nothing of what a tunnel carries.

use std::{
    convert::Infallible,
    io,
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State, ws::WebSocketUpgrade},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header},
    middleware::{self, Next},
    response::IntoResponse as _,
    routing::get,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use popglass_protocol::tunnel::{
    CREDIT_OCTETS_FIRST, CREDIT_OCTETS_MAX, Demo, Hello, Limits, PATH, SUBPROTOCOL, TlsEnds,
};
use thiserror::Error;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::rustls::ClientConfig;
use tower_service::Service as _;
use tracing::{debug, info, warn};

use crate::{
    assets::Assets,
    config::{Bounds, Config},
    dial::{Dialler, TrustError, client_config, operator_roots},
    headers,
    origin::Origin,
    policy::{Policy, Trust},
    target::describe,
    tunnel,
};

/// What keeps the bridge from running.
#[derive(Debug, Error)]
pub enum RunError {
    /// Certificates cannot be checked.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The demo mail server does not start.
    #[cfg(feature = "demo")]
    #[error(transparent)]
    Demo(#[from] crate::demo::DemoError),
    /// The demo mail server was asked for, but built without.
    #[cfg(not(feature = "demo"))]
    #[error("this bridge was built without the demo mail server")]
    NoDemo,
    /// The demo's ports are on the operator's list.
    #[error("{0}")]
    Policy(String),
    /// The listener is of no use.
    #[error("listening: {0}")]
    Listen(#[from] io::Error),
}

/// How far the bridge's own end has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Running,
    /// No new sessions; those that run may finish.
    Draining,
    /// The time to finish is over.
    Stopping,
}

/// What all sessions share.
pub(crate) struct Bridge {
    pub(crate) policy: Policy,
    pub(crate) dialler: Dialler,
    pub(crate) hello: Hello,
    pub(crate) bounds: Bounds,
    pub(crate) sessions: Semaphore,
    pub(crate) sessions_begun: AtomicU64,
    phase: watch::Receiver<Phase>,
    origins: Vec<Origin>,
    hosts: Vec<String>,
    assets: Assets,
    /// What every answer carries.
    page_headers: HeaderMap,
    /// What the frame for mail carries instead.
    reader_headers: HeaderMap,
    /// The demo ends with the bridge.
    _demo: JoinSet<()>,
}

impl Bridge {
    /// Waits until the bridge's end has come so far.
    pub(crate) async fn reached(&self, phase: Phase) {
        // The sender outlives every session; were it gone, the bridge would be too.
        let _ = self.phase.clone().wait_for(|now| *now >= phase).await;
    }

    fn is_running(&self) -> bool {
        *self.phase.borrow() == Phase::Running
    }
}

/// Connections that are no session: page loads, and sessions that are being refused.
const CONNECTIONS_BESIDE_SESSIONS: u32 = 256;

/// Serves pages and tunnels on `listener` until `shutdown` is done and the sessions have ended.
///
/// # Errors
/// If the settings name certificates that cannot be used, or the listener fails.
pub async fn run(listener: TcpListener, config: Config, shutdown: impl Future<Output = ()>) -> Result<(), RunError> {
    let (set_phase, phase) = watch::channel(Phase::Running);
    let bridge = Arc::new(assemble(&listener, config, phase).await?);
    let router = router(Arc::clone(&bridge));
    let connections_max = bridge.bounds.sessions_max + CONNECTIONS_BESIDE_SESSIONS;
    let connections = Arc::new(Semaphore::new(connections_max as usize));
    tokio::select! {
        () = accept(&listener, &bridge, &router, &connections) => {}
        () = shutdown => {}
    }
    drop(listener);
    info!(sessions = bridge.bounds.sessions_max as usize - bridge.sessions.available_permits(), "stopping");
    set_phase.send_replace(Phase::Draining);
    // Every connection holds a permit until its end, as a session too: all permits back means that all have ended.
    let all_ended = connections.acquire_many(connections_max);
    tokio::pin!(all_ended);
    if timeout(bridge.bounds.grace, &mut all_ended).await.is_err() {
        set_phase.send_replace(Phase::Stopping);
        // Each side of a session gets its time to take the end, see `relay::finish`.
        if timeout(bridge.bounds.linger * 4, all_ended).await.is_err() {
            warn!("connections that did not end in time are cut");
        }
    }
    info!("stopped");
    Ok(())
}

async fn assemble(listener: &TcpListener, config: Config, phase: watch::Receiver<Phase>) -> Result<Bridge, RunError> {
    let Config { origins, hosts, mut policy, ca_file, blind, demo, bounds, .. } = config;
    let local = listener.local_addr()?;
    let origins: Vec<Origin> = Origin::own(local).into_iter().chain(origins).collect();
    let ends_tls =
        |trust| policy.rules().iter().any(|rule| rule.trust == trust && rule.modes.contains(&TlsEnds::Bridge));
    let operator = if blind {
        // Nothing is decrypted here, so no certificate is checked here.
        None
    } else {
        // A CA file that cannot be read stops the bridge also where no target needs it yet.
        let roots = operator_roots(ca_file.as_deref())?;
        ends_tls(Trust::Operator).then(|| client_config(roots)).transpose()?
    };
    let demo = if demo { start_demo(&mut policy, blind).await? } else { RunningDemo::default() };
    let dialler = Dialler { operator, demo: demo.client_config, timeout: bounds.dial_timeout };
    if blind {
        info!("blind: TLS ends in the page for every target, so neither password nor mail can be read here");
    }
    for rule in policy.rules() {
        info!(target = %rule.address, "may be reached: {}", describe(rule));
    }
    for origin in &origins {
        info!(%origin, "may use the bridge");
    }
    info!(sessions_max = bounds.sessions_max, "listening on http://{local}/");
    let hello = Hello {
        version: 1,
        targets: policy.targets(),
        limits: Limits {
            credit_octets_first: CREDIT_OCTETS_FIRST,
            credit_octets_max: CREDIT_OCTETS_MAX,
            idle_seconds: bounds.idle_timeout.as_secs(),
        },
        demo: demo.login,
    };
    let sockets: Vec<String> = origins.iter().map(Origin::web_socket).collect();
    Ok(Bridge {
        _demo: demo.tasks,
        dialler,
        hello,
        sessions: Semaphore::new(bounds.sessions_max as usize),
        sessions_begun: AtomicU64::new(0),
        phase,
        page_headers: header_map(headers::page_headers(&headers::page_policy(&sockets))),
        reader_headers: header_map(headers::reader_headers()),
        origins,
        hosts,
        policy,
        bounds,
        assets: Assets::embedded(),
    })
}

/// What the demo mail server leaves here, if it runs.
#[derive(Default)]
struct RunningDemo {
    client_config: Option<Arc<ClientConfig>>,
    login: Option<Demo>,
    tasks: JoinSet<()>,
}

#[cfg(feature = "demo")]
async fn start_demo(policy: &mut Policy, blind: bool) -> Result<RunningDemo, RunError> {
    let crate::demo::Demo { rules, client_config, login, tasks } = crate::demo::Demo::start(blind).await?;
    for rule in rules {
        policy.add(rule).map_err(RunError::Policy)?;
    }
    info!(user = login.user, password = login.password, "the demo mail server runs; this is its login, for everybody");
    Ok(RunningDemo { client_config: Some(client_config), login: Some(login), tasks })
}

#[cfg(not(feature = "demo"))]
async fn start_demo(_policy: &mut Policy, _blind: bool) -> Result<RunningDemo, RunError> {
    Err(RunError::NoDemo)
}

/// Takes connections, and as many as there are permits: further ones wait in the system's queue.
async fn accept(listener: &TcpListener, bridge: &Arc<Bridge>, router: &Router, connections: &Arc<Semaphore>) {
    loop {
        let Ok(permit) = Arc::clone(connections).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve_connection(stream, Arc::clone(bridge), router.clone(), permit));
            }
            // Out of descriptors, or the peer was faster: what helps is to wait, and to go on.
            Err(error) => {
                warn!(%error, "accepting a connection failed");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// A request's header and all of them: hyper's least, and far more than a browser sends here.
const HEADER_OCTETS_MAX: usize = 16 * 1024;

/// A connection that is no tunnel is asked to end after so long, and cut after twice that: no reader is slower.
const CONNECTION_TIME_MAX: Duration = Duration::from_secs(300);

async fn serve_connection(stream: TcpStream, bridge: Arc<Bridge>, router: Router, permit: OwnedSemaphorePermit) {
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "a connection ended before it began");
        return;
    }
    // A session takes the connection out of hyper's hands, and the permit with it.
    let permit = Arc::new(permit);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Arc::clone(&permit));
        let answer = router.clone().call(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bridge.bounds.header_timeout)
        .max_buf_size(HEADER_OCTETS_MAX)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    tokio::select! {
        // An error here is the peer's: broken off, too slow, or not HTTP.
        _ = &mut connection => return,
        () = bridge.reached(Phase::Draining) => {}
        () = sleep(CONNECTION_TIME_MAX) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(CONNECTION_TIME_MAX, connection).await;
}

fn router(bridge: Arc<Bridge>) -> Router {
    let guarded = Router::new()
        .route(PATH, get(open_tunnel))
        .fallback(serve_page)
        .layer(middleware::from_fn_with_state(Arc::clone(&bridge), check_host))
        .with_state(Arc::clone(&bridge));
    // Health checks come by address, so they are asked nothing and told nothing.
    Router::new().route("/livez", get(StatusCode::OK)).route("/readyz", get(is_ready)).with_state(bridge).merge(guarded)
}

async fn is_ready(State(bridge): State<Arc<Bridge>>) -> StatusCode {
    if bridge.is_running() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}

/// A page of another name that resolves here (DNS rebinding) names itself in `Host`.
async fn check_host(State(bridge): State<Arc<Bridge>>, request: Request, next: Next) -> Response<Body> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_ascii_lowercase);
    let known = host.as_deref().is_some_and(|host| {
        bridge.origins.iter().any(|origin| origin.authority() == host) || bridge.hosts.iter().any(|known| known == host)
    });
    let is_reader = request.uri().path() == headers::READER_PATH;
    let mut response = if known {
        next.run(request).await
    } else {
        debug!("refused: the Host header names none of the bridge's names");
        (StatusCode::MISDIRECTED_REQUEST, "this is not a name of the bridge; see --origin and --host\n").into_response()
    };
    let headers = if is_reader { &bridge.reader_headers } else { &bridge.page_headers };
    response.headers_mut().extend(headers.clone());
    response
}

async fn serve_page(State(bridge): State<Arc<Bridge>>, method: Method, uri: Uri, headers: HeaderMap) -> Response<Body> {
    bridge.assets.respond(&method, uri.path(), &headers)
}

/// Commands are short: a small buffer keeps an idle session small. Messages beyond the maximum end the connection.
const WEB_SOCKET_READ_OCTETS: usize = 8 * 1024;
const WEB_SOCKET_MESSAGE_OCTETS_MAX: usize = 64 * 1024;
const WEB_SOCKET_WRITE_OCTETS_MAX: usize = 128 * 1024;

/// The way into the tunnel. A browser cannot read why this is refused, so only what no page of ours does is refused
/// here, and all else after the upgrade, in the tunnel's own words.
async fn open_tunnel(State(bridge): State<Arc<Bridge>>, request: Request) -> Response<Body> {
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or_default();
    if !bridge.origins.iter().any(|allowed| allowed.matches(origin)) {
        debug!("refused: origin");
        return (StatusCode::FORBIDDEN, "this page may not use the bridge; see --origin\n").into_response();
    }
    let permit = request.extensions().get::<Arc<OwnedSemaphorePermit>>().cloned();
    let (mut parts, _) = request.into_parts();
    let upgrade =
        match <WebSocketUpgrade as axum::extract::FromRequestParts<()>>::from_request_parts(&mut parts, &()).await {
            Ok(upgrade) => upgrade.protocols([SUBPROTOCOL]),
            Err(rejection) => return rejection.into_response(),
        };
    if upgrade.selected_protocol().is_none() {
        return (StatusCode::BAD_REQUEST, "the subprotocol must be popglass.v1\n").into_response();
    }
    upgrade
        .read_buffer_size(WEB_SOCKET_READ_OCTETS)
        .write_buffer_size(0)
        .max_write_buffer_size(WEB_SOCKET_WRITE_OCTETS_MAX)
        .max_message_size(WEB_SOCKET_MESSAGE_OCTETS_MAX)
        .max_frame_size(WEB_SOCKET_MESSAGE_OCTETS_MAX)
        .on_upgrade(move |socket| async move {
            tunnel::serve(socket, bridge).await;
            drop(permit);
        })
}

/// As HTTP's own type, once and for all answers.
fn header_map(rows: Vec<(&'static str, String)>) -> HeaderMap {
    let rows = rows.into_iter().map(|(name, value)| {
        let value = HeaderValue::from_str(&value).expect("policies and origins are visible ASCII");
        (HeaderName::from_static(name), value)
    });
    rows.collect()
}
