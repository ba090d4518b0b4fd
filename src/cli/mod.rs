//! The command line: arguments, and one file a subcommand.

use std::process::ExitCode;

pub mod args;
mod baseline;
mod check;
pub mod completions;
mod explain;
mod fixes;
mod notes;
mod output;
mod schema;
pub mod terminal;

/// Exit status where frontlint could not do what it was asked.
pub const FAILURE: u8 = 2;

/// Runs a subcommand and gives its exit status.
#[must_use]
pub fn run(cli: args::Cli) -> ExitCode {
    match cli.command {
        args::Command::Check(args) => check::run(&args, cli.color),
        args::Command::Explain { rule } => terminal::print(explain::text(rule).as_bytes()),
        args::Command::Schema { name } => schema::run(name.as_deref()),
        args::Command::Completions { shell } => completions::run(shell),
    }
}
