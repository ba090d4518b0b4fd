//! The command line: arguments, and one file a subcommand.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment and writes the files it is asked for"
)]

use std::process::ExitCode;

mod actions;
pub mod args;
mod baseline;
mod check;
pub mod completions;
mod explain;
mod explain_file;
mod fixes;
mod notes;
mod output;
mod schema;
pub mod terminal;

/// Exit status where frontlint could not do what it was asked.
pub const FAILURE: u8 = 2;

/// Reads the arguments, runs the subcommand they name and gives its exit status.
#[must_use]
pub fn run() -> ExitCode {
    terminal::report_panics();
    let cli = match args::Cli::from_command_line() {
        Ok(cli) => cli,
        Err(error) => return terminal::print_usage(&error),
    };
    match cli.command {
        args::Command::Check(args) => check::run(&args, cli.color),
        args::Command::Explain {
            file: Some(path),
            output_format,
            ..
        } => explain_file::run(&path, output_format, cli.color),
        args::Command::Explain { rule, .. } => terminal::print(&explain::text(rule)),
        args::Command::Schema { name } => schema::run(name.as_deref()),
        args::Command::Completions { shell } => completions::run(shell),
    }
}
