//! A real Chromium, empty at its start and gone with the test: window, language, colours, downloads, and what it wrote
//! to its console. Knows nothing of the page.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{BrowserLogEntry, ChromeCapabilities, prelude::*};

use crate::{folders, net_log::NetLog, processes::Processes, wait};

/// A browser with one window.
#[derive(Debug)]
pub struct Browser {
    /// The driver, for whatever has no word here.
    pub driver: WebDriver,
    processes: Processes,
    folder: TempDir,
}

/// What differs from test to test.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The user's languages, such as `de-DE,de`.
    pub languages: &'static str,
    /// Width and height of the page, in CSS pixels.
    pub size: (u32, u32),
    /// Another name for this machine, such as a school's own: to a browser that is no secure origin, as `localhost` is.
    pub host: Option<&'static str>,
}

impl Default for Options {
    fn default() -> Self {
        Self { languages: "en-GB,en", size: (1280, 900), host: None }
    }
}

/// Light or dark, as the user's system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Colours {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The word that CSS uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Browser {
    /// Starts chromedriver and a browser with a profile of its own.
    ///
    /// # Panics
    /// If either is not installed or does not start.
    pub async fn start(options: Options) -> Self {
        let folder = tempfile::Builder::new().prefix("popglass-browser").tempdir().expect("a folder for the browser");
        fs::create_dir(folder.path().join("downloads")).expect("a folder for downloads");
        let language = options.languages.split(',').next().unwrap_or("en").to_owned();
        let (processes, port) = start_driver(&language).await;
        let capabilities = capabilities(folder.path(), options).expect("the capabilities are valid JSON");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .unwrap_or_else(|error| panic!("the browser did not start: {error}\n{}", processes.output()));
        driver.set_script_timeout(SCRIPT_PATIENCE).await.expect("the driver takes a time");
        let browser = Self { driver, processes, folder };
        browser.resize(options.size).await;
        browser
    }

    /// Opens an address.
    ///
    /// # Panics
    /// If it does not load.
    pub async fn open(&self, address: &str) {
        self.driver.goto(address).await.unwrap_or_else(|error| panic!("cannot open {address}: {error}"));
    }

    /// Gives the page this many CSS pixels; a window's own least width does not matter.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Makes the user's system light or dark.
    pub async fn prefer(&self, colours: Colours) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": colours.name() }] });
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Says something in Chromium's own protocol.
    ///
    /// # Panics
    /// If Chromium refuses.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.driver
            .cdp()
            .send_raw(method, parameters)
            .await
            .unwrap_or_else(|error| panic!("{method} was refused: {error}"))
    }

    /// Runs a script in the page (its own policy does not hold for it) and gives what it returns.
    ///
    /// # Panics
    /// If it throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.driver.execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("the script failed: {error}")).json().clone()
    }

    /// Leaves a picture of the window in `target/screenshots`.
    ///
    /// # Panics
    /// If it cannot be taken or written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let path = folders::target("screenshots").join(format!("{name}.png"));
        self.driver.screenshot(&path).await.unwrap_or_else(|error| panic!("no screenshot {name}: {error}"));
        path
    }

    /// Waits for a download with this name to be complete, and gives its octets.
    pub async fn downloaded(&self, name: &str) -> Vec<u8> {
        let path = self.downloads().join(name);
        // Chromium writes under another name, keeps this one by an empty file, and renames over that at the end.
        wait::must(&format!("the download of {name}; there are {:?}", self.download_names()), async || {
            fs::read(&path).ok().filter(|octets| !octets.is_empty())
        })
        .await
    }

    /// The names of all downloads, finished or not.
    #[must_use]
    pub fn download_names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.downloads()).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// Warnings and errors of the console since the last call: failed requests, policy violations and exceptions too.
    ///
    /// # Panics
    /// If the driver does not hand them out.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.expect("the log was asked for at the start");
        let complaint = |entry: &BrowserLogEntry| matches!(entry.level.as_str(), "SEVERE" | "WARNING");
        entries.iter().filter(|entry| complaint(entry)).map(|entry| entry.message.clone()).collect()
    }

    /// Ends the browser and reads what it has requested from the network in all its life.
    ///
    /// # Panics
    /// If it does not end.
    pub async fn finish(self) -> NetLog {
        self.driver.quit().await.expect("the browser ends when asked to");
        NetLog::read(&self.folder.path().join("net-log.json"))
    }

    /// The output of chromedriver, for a failing test.
    #[must_use]
    pub fn driver_output(&self) -> String {
        self.processes.output()
    }

    fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }
}

/// Starts chromedriver, and gives the port that it found. It looks for a port that is free twice, for both versions of IP,
/// and ends if another program was quicker with the second one: then it is started anew.
async fn start_driver(language: &str) -> (Processes, u16) {
    let mut said = String::new();
    for _ in 0..DRIVER_STARTS_MAX {
        let mut driver = Command::new("/usr/bin/chromedriver");
        let mut processes = Processes::start(driver.arg("--port=0").env("LANGUAGE", language).env("TZ", "UTC"));
        let port = wait::until(DRIVER_PATIENCE, async || match (port_of(&processes.output()), processes.ended()) {
            (Some(port), _) => Some(Some(port)),
            (None, Some(_)) => Some(None),
            (None, None) => None,
        })
        .await;
        if let Some(Some(port)) = port {
            return (processes, port);
        }
        said = processes.output();
    }
    panic!("chromedriver did not start: {said}");
}

fn port_of(output: &str) -> Option<u16> {
    let (_, rest) = output.split_once("started successfully on port ")?;
    rest.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

fn capabilities(folder: &Path, options: Options) -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in FLAGS {
        capabilities.add_arg(flag)?;
    }
    let language = options.languages.split(',').next().unwrap_or("en");
    capabilities.add_arg(&format!("--lang={language}"))?;
    capabilities.add_arg(&format!("--accept-lang={}", options.languages))?;
    if let Some(host) = options.host {
        capabilities.add_arg(&format!("--host-resolver-rules=MAP {host} 127.0.0.1"))?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", folder.join("profile").display()))?;
    capabilities.add_arg(&format!("--log-net-log={}", folder.join("net-log.json").display()))?;
    capabilities.add_experimental_option(
        "prefs",
        json!({
            "download.default_directory": folder.join("downloads"),
            "download.prompt_for_download": false,
            "intl.accept_languages": options.languages,
            // A test's password is nobody's business.
            "credentials_enable_service": false,
            "profile.password_manager_leak_detection": false,
        }),
    )?;
    capabilities.set_browser_log_level(thirtyfour::LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}

const FLAGS: [&str; 11] = [
    "--headless",
    // A container's root has no other way; the pages are our own.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--force-prefers-no-reduced-motion",
];
/// How long the driver may take to start: the browser is a large program, and the first start reads all of it.
const DRIVER_PATIENCE: Duration = Duration::from_secs(60);

/// How often it is started before that is taken for a fault.
const DRIVER_STARTS_MAX: usize = 5;

/// How long a script may run: axe takes its time on two cores.
const SCRIPT_PATIENCE: Duration = Duration::from_secs(60);
