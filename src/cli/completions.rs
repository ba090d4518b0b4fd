//! `frontlint completions`: a script that teaches a shell the options.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::args::Cli;
use super::terminal;

/// Prints the script for a shell.
#[must_use]
pub fn run(shell: Shell) -> ExitCode {
    // Into memory first: clap_complete panics where its writer fails.
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "frontlint", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_learns_the_options() {
        for &shell in <Shell as clap::ValueEnum>::value_variants() {
            let mut script = Vec::new();
            generate(shell, &mut Cli::command(), "frontlint", &mut script);
            let script = String::from_utf8(script).unwrap();
            assert!(script.contains("output-format"), "{shell}");
        }
    }
}
