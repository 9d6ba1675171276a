//! Journeys in a real browser, and what they stand on; a file each. One program, so that a long journey does not keep the
//! others waiting: whoever runs them says how many go at a time.

mod accessibility;
mod blind;
mod connection_lost;
mod console;
mod harness;
mod hostile_html;
mod languages;
mod main_job;
mod page_tls;
mod page_tls_broken;
mod page_trust;
mod readme_screenshot;
mod sandbox;
mod sign_in;
mod tls_servers;
mod wrong_password;
