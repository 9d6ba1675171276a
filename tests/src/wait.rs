//! Waiting for something to become true, with a deadline and a reason. The only place that sleeps.

use std::time::{Duration, Instant};

/// How long a browser or a server may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(25);

/// Asks `probe` again and again until it gives a value; nothing once `patience` is over.
pub async fn until<T>(patience: Duration, mut probe: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(value) = probe().await {
            return Some(value);
        }
        if Instant::now() > deadline {
            return None;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// As [`until`], for what must happen.
///
/// # Panics
/// If it does not happen in [`PATIENCE`].
pub async fn must<T>(what: &str, probe: impl AsyncFnMut() -> Option<T>) -> T {
    until(PATIENCE, probe).await.unwrap_or_else(|| panic!("waited {} s for {what}", PATIENCE.as_secs()))
}
