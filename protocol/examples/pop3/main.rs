//! A POP3 client for the command line: `popglass-protocol` on a TCP socket, with TLS by rustls. One thread speaks,
//! others wait for the disk. Knows no protocol: that is the crate's.
//!
//! `pop3 pops://user@host fetch --all --to mail`; `--help` tells the rest.

mod arguments;
mod console;
mod delete;
mod failure;
mod fetch;
mod link;
mod login;
mod maildrop;
mod names;
mod password;
mod session;
mod store;

use std::process::ExitCode;

use clap::Parser as _;

use crate::{
    arguments::{Arguments, Task},
    failure::Failure,
    session::Session,
};

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            failure.ending.into()
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (url, options) = (arguments.url()?, &arguments.options);
    let open = |transcript| Session::open(&url, options.config(), options.ca.as_deref(), transcript);
    if let Task::Console = arguments.task {
        return console::console(open(true)?, options.plain);
    }
    let plan = login::plan(&url, options)?;
    let mut session = open(options.transcript)?;
    login::log_in(&mut session, plan)?;
    match &arguments.task {
        Task::List => maildrop::list(session),
        Task::Fetch(task) => fetch::fetch(session, task, options.transcript),
        Task::Top { number, lines } => maildrop::top(session, *number, *lines),
        Task::Delete { numbers } => {
            let mut numbers = numbers.clone();
            numbers.sort_unstable();
            numbers.dedup();
            let failed = delete::delete(session, &numbers)?;
            delete::conclude("delete", numbers.len(), &failed)
        }
        Task::Console => Ok(()),
    }
}
