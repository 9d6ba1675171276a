//! `cargo xtask demo` and `cargo xtask dev`: Popglass on this machine, with a mail server of its own. It does not know
//! what the page looks like.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use clap::Args;

use crate::page;
use crate::serve::Servers;
use crate::setup;
use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop};

/// Where the bridge listens unless told otherwise.
const BRIDGE_PORT: u16 = 8110;
/// Where `trunk serve` listens (Trunk.toml says the same).
const TRUNK_PORT: u16 = 8080;
const ANSWER_TIMEOUT: Duration = Duration::from_millis(500);

/// What `demo` can be told.
#[derive(Args)]
pub(crate) struct DemoOptions {
    /// The port of the page, on 127.0.0.1
    #[arg(long, default_value_t = BRIDGE_PORT)]
    port: u16,
}

/// What `dev` can be told.
#[derive(Args)]
pub(crate) struct DevOptions {
    /// The bridge's port; the page itself is at 8080
    #[arg(long, default_value_t = BRIDGE_PORT)]
    port: u16,
}

/// Builds, starts, and serves until Ctrl-C.
pub(crate) fn demo(workshop: &Workshop, options: &DemoOptions) -> Outcome {
    // Before the build: nobody should wait ten minutes for this answer.
    check_port(options.port)?;
    page::build(workshop)?;
    check_port(options.port)?;
    let mut servers = Servers::new()?;
    let address = address(options.port);
    let mut bridge = workshop.command(workshop.bridge_program());
    servers.start("the bridge", bridge.args(["--demo", "--listen", &address.to_string()]))?;
    let outcome = servers.wait_until(|| answers(address)).and_then(|ready| {
        if !ready {
            return Ok(());
        }
        println!("\nPopglass is at http://{address}/ (the demo's login stands in the bridge's lines above).");
        println!("Ctrl-C ends it.\n");
        servers.wait()
    });
    servers.end();
    outcome
}

/// A debug bridge beside `trunk serve`.
pub(crate) fn dev(workshop: &Workshop, options: &DevOptions) -> Outcome {
    check_port(options.port)?;
    check_port(TRUNK_PORT)?;
    let toolchain = setup::page_tools(workshop)?;
    // The bridge carries whatever page was built last; this one is not looked at.
    fs::create_dir_all(workshop.dist()).map_err(Failure::during("the page's folder"))?;
    step("build the bridge", || {
        workshop.run(workshop.command("cargo").args(["build", "--package", "popglass-bridge"]))
    })?;
    let mut servers = Servers::new()?;
    let address = address(options.port);
    let mut bridge = workshop.command(workshop.target().join("debug").join("popglass-bridge"));
    bridge.args(["--demo", "--listen", &address.to_string()]);
    for host in ["127.0.0.1", "localhost"] {
        bridge.args(["--origin", &format!("http://{host}:{TRUNK_PORT}")]);
    }
    let mut trunk = toolchain.command(workshop, "trunk");
    trunk.args(["serve", "--skip-version-check", "--dist"]).arg(workshop.target().join("dist-dev"));
    trunk.env("POPGLASS_BRIDGE_URL", format!("ws://{address}/tunnel")).env_remove("NO_COLOR");
    let started = servers.start("the bridge", &mut bridge).and_then(|()| servers.start("trunk serve", &mut trunk));
    println!("\nThe page will be at http://127.0.0.1:{TRUNK_PORT}/, its bridge is at {address}. Ctrl-C ends both.\n");
    let outcome = started.and_then(|()| servers.wait());
    servers.end();
    outcome
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

fn check_port(port: u16) -> Outcome {
    match TcpListener::bind(address(port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(format!(
            "port {port} on 127.0.0.1 cannot be used ({error}). Is Popglass running already? \
             `--port NUMBER` takes another one (8080 of `dev` is fixed)"
        ))),
    }
}

/// Whether someone serves there: a port that only listens does not count, its owner may still be starting.
fn answers(address: SocketAddr) -> bool {
    let ask = || -> io::Result<usize> {
        let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIMEOUT)?;
        stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        stream.read(&mut [0; 1])
    };
    ask().is_ok_and(|octets| octets > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let failure = check_port(port).unwrap_err().to_string();
        assert!(failure.contains(&port.to_string()) && failure.contains("--port"), "{failure}");
        drop(listener);
        check_port(port).unwrap();
    }
}
