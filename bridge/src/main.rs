//! The program: flags, logging, signals, exit code. Everything else is the library.

use std::{
    error::Error,
    io::{self, IsTerminal as _},
    process::ExitCode,
};

use clap::Parser as _;
use popglass_bridge::{
    config::{Config, LogFormat, LogLevel},
    dial::operator_roots,
    flags::Flags,
    server,
};
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{Layer as _, filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// The settings are wrong, as with every flag that clap refuses.
const EXIT_SETTINGS: u8 = 2;

fn main() -> ExitCode {
    let flags = Flags::parse();
    let check = flags.check;
    let config = match Config::load(flags) {
        Ok(config) => config,
        Err(error) => return refuse(&error, EXIT_SETTINGS),
    };
    if check {
        // A blind bridge checks no certificate, and has no CA file.
        let roots = if config.blind { Ok(None) } else { operator_roots(config.ca_file.as_deref()).map(Some) };
        return match roots {
            Ok(_) => {
                print!("{config}");
                ExitCode::SUCCESS
            }
            Err(error) => refuse(&error, EXIT_SETTINGS),
        };
    }
    start_logging(config.log_format, config.log_level);
    match serve(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(error.as_ref(), 1),
    }
}

fn refuse(error: &dyn Error, code: u8) -> ExitCode {
    eprintln!("popglass-bridge: {error}");
    ExitCode::from(code)
}

/// Only the bridge's own lines are written, at any level: a library's could hold what was on the wire.
fn start_logging(format: LogFormat, level: LogLevel) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let own = Targets::new().with_target("popglass_bridge", level);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(own)).init();
}

fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let outcome = runtime.block_on(serve_until_signal(config));
    // A name server that does not answer must not hold up the end.
    runtime.shutdown_background();
    outcome
}

async fn serve_until_signal(config: Config) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}; --listen takes another address", config.listen))?;
    let mut signals = Signals::new()?;
    let shutdown = async move {
        signals.next().await;
        tokio::spawn(async move {
            signals.next().await;
            std::process::exit(1);
        });
    };
    server::run(listener, config, shutdown).await?;
    Ok(())
}

/// SIGTERM and SIGINT, caught from here on.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Ctrl-C, where there are no signals.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
