//! Everything that pages asked of the network, their workers and frames included, from Chromium's own net log.

use std::{fs, path::Path};

use serde_json::Value;

/// The requests of a browser's whole life.
#[derive(Debug)]
pub struct NetLog {
    /// Every address that went out over the network, in order, redirections included.
    pub requests: Vec<Request>,
}

/// One request.
#[derive(Debug)]
pub struct Request {
    /// Where to.
    pub address: String,
    /// A page, a worker or a frame asked for it; else it was the browser itself, or the test that typed an address.
    pub from_page: bool,
}

impl NetLog {
    /// Reads the file that Chromium has left.
    ///
    /// # Panics
    /// If it is not there or not complete.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("no net log: {error}"));
        let log: Value = serde_json::from_str(&text).expect("a browser that ended in order leaves a complete net log");
        let start = &log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
        assert!(start.is_number(), "Chromium has renamed what the net log calls a request");
        let events = log["events"].as_array().into_iter().flatten().filter(|event| event["type"] == *start);
        let requests = events.filter_map(|event| {
            let parameters = &event["params"];
            let from_page = parameters["initiator"].as_str().is_some_and(|initiator| initiator != "not an origin");
            Some(Request { address: parameters["url"].as_str()?.to_owned(), from_page })
        });
        Self { requests: requests.collect() }
    }

    /// What pages asked of anybody but this host and port.
    #[must_use]
    pub fn elsewhere(&self, authority: &str) -> Vec<&str> {
        let own = |address: &str| {
            ["http://", "ws://"]
                .iter()
                .any(|scheme| address.strip_prefix(scheme).and_then(|rest| rest.split('/').next()) == Some(authority))
        };
        // Addresses within the browser are no network.
        let inner = |address: &str| ["data:", "blob:", "about:"].iter().any(|scheme| address.starts_with(scheme));
        let asked = self.requests.iter().filter(|request| request.from_page);
        asked.map(|request| request.address.as_str()).filter(|address| !own(address) && !inner(address)).collect()
    }

    /// The WebSockets that pages opened.
    #[must_use]
    pub fn web_sockets(&self) -> Vec<&str> {
        self.requests
            .iter()
            .map(|request| request.address.as_str())
            .filter(|address| address.starts_with("ws"))
            .collect()
    }
}
