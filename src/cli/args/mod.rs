//! The arguments: what may be written, and what `--help` says about it.
//!
//! Must not act on anything.

mod check;
mod hints;
mod init;
mod values;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{ColorChoice, Parser, Subcommand};
use clap_complete::Shell;

use crate::diagnostic::RuleId;
use crate::report::visible;
use crate::text::path_text;

pub use check::{CheckArgs, FixArgs, OutputArgs};
pub use init::InitArgs;
pub use values::ExplainFormat;

/// Checks the front matter of content files against a schema and the site's generator.
#[derive(Debug, Parser)]
#[command(
    name = "frontlint",
    version,
    about,
    max_term_width = 100,
    after_help = EXAMPLES,
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to write in colour; `auto` follows the terminal, `NO_COLOR` and `FORCE_COLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

impl Cli {
    /// Reads the arguments; the first is the name of the program.
    ///
    /// # Errors
    /// Help that is to be printed, or what is wrong with the arguments. Each argument is shown on
    /// one line in it, with everything visible.
    pub fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        Self::try_parse_from(arguments).map_err(|error| {
            let visible: Vec<OsString> = arguments
                .iter()
                .map(|argument| {
                    let text = path_text(Path::new(argument));
                    OsString::from(visible::line(&text, true))
                })
                .collect();
            hints::add_hint(match Self::try_parse_from(&visible) {
                Err(shown) if visible != arguments && shown.kind() == error.kind() => shown,
                _ => error,
            })
        })
    }
}

const EXAMPLES: &str = "\
Examples:
  frontlint check                      check the site in the current folder
  frontlint check _posts/a.md          check one file
  frontlint init                       write a config and schemas drawn from the pages
  frontlint explain missing-file       what a rule means and how to fix it
  frontlint schema                     the schemas that come with frontlint

Exit status:
  0  nothing wrong    1  findings    2  frontlint could not do what it was asked";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check files and report what is wrong with their front matter
    Check(Box<CheckArgs>),

    /// Draw a frontlint.toml and schemas from the pages that are there, and check the site with them
    Init(InitArgs),

    /// Print what a rule means, why it matters and how to fix it; without RULE, list all rules
    Explain {
        /// The name of a rule, such as `missing-file`
        #[arg(value_name = "RULE", value_parser = values::rule_parser(), hide_possible_values = true)]
        rule: Option<RuleId>,

        /// Print what the generator reads of this page instead: every value, its type and where it
        /// comes from, and the schema that applies
        #[arg(long, value_name = "PATH", conflicts_with = "rule")]
        file: Option<PathBuf>,

        /// How --file is written
        #[arg(long, value_name = "FORMAT", default_value = "text", requires = "file")]
        output_format: ExplainFormat,
    },

    /// Print a schema that comes with frontlint; without NAME, list them
    Schema {
        /// The name of a schema, such as `press-release` or `bundled:press-release`
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },

    /// Print a script that completes frontlint's options in your shell
    #[command(after_help = "\
Examples:
  frontlint completions bash > ~/.local/share/bash-completion/completions/frontlint
  frontlint completions fish > ~/.config/fish/completions/frontlint.fish")]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
}

#[cfg(test)]
mod tests;
