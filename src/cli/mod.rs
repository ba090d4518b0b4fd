//! The command line: arguments, and one file a subcommand.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment and writes the files it is asked for"
)]

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::FILE_NAMES;
use crate::files::write::Links;

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

/// Where the files that are written may be; links may also lead to what `named` names.
fn links(named: &[PathBuf]) -> Links<'_> {
    // Where it is gone, no relative path leads anywhere either.
    let cwd = env::current_dir().unwrap_or_default();
    Links::new(cwd, &FILE_NAMES, named)
}

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
