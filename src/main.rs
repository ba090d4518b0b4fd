//! The command line program.

use std::process::ExitCode;

use frontlint::cli;

fn main() -> ExitCode {
    cli::report_panics();
    ExitCode::from(cli::run(cli::Invocation::of_process()))
}
