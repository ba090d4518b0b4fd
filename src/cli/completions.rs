//! `frontlint completions`: a script that teaches a shell the options.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::args::Cli;
use super::terminal::Terminal;

/// Prints the script for a shell.
pub(super) fn run(shell: Shell, terminal: &Terminal) -> u8 {
    terminal.print(&script(shell))
}

fn script(shell: Shell) -> String {
    // Into memory first: clap_complete panics where its writer fails.
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "frontlint", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_learns_the_options() {
        for &shell in <Shell as clap::ValueEnum>::value_variants() {
            assert!(script(shell).contains("output-format"), "{shell}");
        }
    }
}
