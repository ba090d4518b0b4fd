//! The command line program.

use std::process::ExitCode;

use frontlint::cli::{self, args::Cli};

fn main() -> ExitCode {
    cli::run(Cli::from_command_line())
}
