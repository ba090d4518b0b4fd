//! The command line: arguments, and one file a subcommand.

use std::process::ExitCode;

pub mod args;
pub mod completions;
pub mod terminal;

/// Exit status where frontlint could not do what it was asked.
pub const FAILURE: u8 = 2;

/// Runs a subcommand and gives its exit status.
#[must_use]
pub fn run(cli: args::Cli) -> ExitCode {
    match cli.command {
        args::Command::Completions { shell } => completions::run(shell),
        args::Command::Check(_) | args::Command::Explain { .. } | args::Command::Schema { .. } => {
            ExitCode::from(FAILURE)
        }
    }
}
