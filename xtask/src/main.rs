//! The one command for everything: sets up what is missing, builds, starts, tests and measures Popglass.
//!
//! It knows programs, folders and their order; it knows nothing of mail. Run it as `cargo xtask …`.

mod bench;
mod compress;
mod demo;
mod doctor;
// One source for what bridge and site send.
#[path = "../../bridge/src/headers.rs"]
mod headers;
mod page;
mod serve;
mod setup;
mod site;
mod slim;
mod step;
mod styles;
mod sums;
mod test;
mod tidy;
mod verify;
mod workshop;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workshop::{Outcome, Workshop};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Everything that is done with Popglass, by one command.",
    after_help = "Tools that are missing go to a folder of their own (`cargo xtask doctor` names it), \
                  never to ~/.cargo/bin."
)]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build page and bridge, start them with the demo mail server, and say where to look
    Demo(demo::DemoOptions),
    /// Build page and bridge for release (target/native/popglass-bridge), and start nothing
    Build,
    /// Build the page for any static host, apart from its bridges
    Site(site::SiteOptions),
    /// Tell whether a page, served or in a folder, is the one that this checkout builds
    Verify(verify::VerifyOptions),
    /// Start a debug bridge beside `trunk serve`: the page rebuilds itself when a file changes
    Dev(demo::DevOptions),
    /// Format, licences, lints, documentation, and all tests; ends with one line `N passed, N failed`
    Test(test::TestOptions),
    /// Measure what the design promises: the page's size, the round trips to the first rows
    Bench(bench::BenchOptions),
    /// Say what is here, what is missing, and how the other commands would install it
    Doctor,
}

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    let outcome = Workshop::open().and_then(|workshop| run(&workshop, command_line.task));
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(workshop: &Workshop, task: Task) -> Outcome<ExitCode> {
    match task {
        Task::Demo(options) => demo::demo(workshop, &options)?,
        Task::Build => {
            page::build(workshop)?;
            println!("built: {}", workshop.bridge_program().display());
        }
        Task::Site(options) => site::site(workshop, &options)?,
        // Fails without an error, too: what differs is its answer.
        Task::Verify(options) => return verify::verify(workshop, &options),
        Task::Dev(options) => demo::dev(workshop, &options)?,
        // Fails without an error: its last line is the sum.
        Task::Test(options) => return Ok(test::test(workshop, &options)),
        Task::Bench(options) => bench::bench(workshop, &options)?,
        Task::Doctor => doctor::doctor(workshop)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::CommandLine::command().debug_assert();
    }
}
