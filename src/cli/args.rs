//! The arguments: what may be written, and what `--help` says about it.
//!
//! Must not act on anything.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::diagnostic::{Applicability, RuleId, Severity};
use crate::report::{Format, visible};
use crate::text::{ColumnUnit, path_text};

/// Checks the front matter of content files against a schema and the site's generator.
#[derive(Debug, Parser)]
#[command(
    name = "frontlint",
    version,
    about,
    disable_help_subcommand = true,
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
    /// What the command line says.
    ///
    /// # Errors
    /// Help that is to be printed, or what is wrong with the arguments. Each argument is shown on
    /// one line in it, with everything visible.
    pub fn from_command_line() -> Result<Self, clap::Error> {
        Self::try_parse().map_err(|error| {
            let arguments: Vec<_> = std::env::args_os().collect();
            let visible: Vec<OsString> = arguments
                .iter()
                .map(|argument| {
                    let text = path_text(Path::new(argument));
                    OsString::from(visible::line(&text, true))
                })
                .collect();
            match Self::try_parse_from(&visible) {
                Err(shown) if visible != arguments && shown.kind() == error.kind() => shown,
                _ => error,
            }
        })
    }
}

const EXAMPLES: &str = "\
Examples:
  frontlint check                      check the site in the current folder
  frontlint check _posts/a.md          check one file
  frontlint explain missing-file       what a rule means and how to mend it
  frontlint schema                     the schemas that come with frontlint

Exit status:
  0  nothing wrong    1  findings    2  frontlint could not do what it was asked";

const CHECK_EXAMPLES: &str = "\
Examples:
  frontlint check
  frontlint check '_posts/**/*.md' --schema bundled:press-release
  frontlint check --output-format concise --column-unit byte
  frontlint check --output-file sarif=report.sarif --output-file junit=report.xml
  frontlint check --since main --changed-lines
  frontlint check --fix
  frontlint check - --stdin-filename _posts/a.md < draft.md

Exit status:
  0  nothing at or above --fail-on
  1  at least one such finding
  2  frontlint could not do what it was asked: wrong usage, a broken config
     or schema, a file that is missing or unreadable, nothing to check";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check files and report what is wrong with their front matter
    Check(Box<CheckArgs>),

    /// Print what a rule means, why it matters and how to mend it; without RULE, list all rules
    Explain {
        /// The name of a rule, such as `missing-file`
        #[arg(value_name = "RULE", value_parser = rule_parser(), hide_possible_values = true)]
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

/// The arguments of `frontlint check`.
#[derive(Debug, Args)]
#[command(
    after_help = CHECK_EXAMPLES,
    group = ArgGroup::new("fixes").args(["fix", "diff"]).multiple(true),
)]
pub struct CheckArgs {
    /// Files, folders or glob patterns, `-` for standard input; without any, the current folder
    #[arg(value_name = "PATH|GLOB|-")]
    pub paths: Vec<PathBuf>,

    /// Check against this schema, whatever files and config say: `bundled:NAME` or a file
    #[arg(long, value_name = "SCHEMA", help_heading = "Rules and schemas")]
    pub schema: Option<String>,

    /// Check without any schema: only syntax, fences and what the generator makes of values
    #[arg(long, conflicts_with = "schema", help_heading = "Rules and schemas")]
    pub no_schema: bool,

    /// Use this config file, or set one key of it: --config 'rules.missing-file = "warning"'
    #[arg(
        long,
        value_name = "FILE|'KEY = VALUE'",
        value_parser = ConfigArg::from_str,
        help_heading = "Rules and schemas"
    )]
    pub config: Vec<ConfigArg>,

    /// Read no frontlint.toml but those named with --config
    #[arg(long, help_heading = "Rules and schemas")]
    pub isolated: bool,

    /// Leave excluded files out even where they are named; for pre-commit
    #[arg(long, help_heading = "Which files")]
    pub force_exclude: bool,

    /// The path that standard input is checked as
    #[arg(long, value_name = "PATH", help_heading = "Which files")]
    pub stdin_filename: Option<PathBuf>,

    /// Only list the files, the schema of each and where that choice came from
    #[arg(long, conflicts_with = "fixes", help_heading = "Which files")]
    pub show_files: bool,

    /// Check only files that changed since a git revision, uncommitted changes included
    #[arg(long, value_name = "REV", help_heading = "Which files")]
    pub since: Option<String>,

    /// With --since: report only findings on lines that changed
    #[arg(long, requires = "since", help_heading = "Which files")]
    pub changed_lines: bool,

    /// Apply the fixes that keep what a page means, and report what is left
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,

    /// Print what would be fixed as a diff, write nothing, and exit with 1 if there is anything
    #[arg(long, conflicts_with = "fix", help_heading = "Fixes")]
    pub diff: bool,

    /// With --fix or --diff: also fixes that may change what a page means
    #[arg(long, requires = "fixes", help_heading = "Fixes")]
    pub unsafe_fixes: bool,

    /// Write all findings to FILE, which `baseline = "FILE"` in frontlint.toml then hides
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["since", "fixes", "show_files"],
        help_heading = "Rules and schemas"
    )]
    pub write_baseline: Option<PathBuf>,

    /// The least severity that makes the exit status 1
    #[arg(
        long,
        value_name = "SEVERITY",
        default_value = "error",
        help_heading = "Exit status"
    )]
    pub fail_on: FailOn,

    /// Exit with 0 also where there are findings; a status of 2 stays
    #[arg(long, help_heading = "Exit status")]
    pub exit_zero: bool,

    /// How findings are written; `pretty`, if not given, and in GitHub Actions `github` besides
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = format_parser(),
        help_heading = "Output"
    )]
    pub output_format: Option<Format>,

    /// Write findings to a file: `FORMAT=PATH` in addition to the terminal, `PATH` instead of it;
    /// may be given several times
    #[arg(
        long,
        value_name = "[FORMAT=]PATH",
        value_parser = OutputFile::from_str,
        help_heading = "Output"
    )]
    pub output_file: Vec<OutputFile>,

    /// What a column counts, for programs that read the output
    #[arg(
        long,
        value_name = "UNIT",
        default_value = "scalar",
        value_parser = unit_parser(),
        help_heading = "Output"
    )]
    pub column_unit: ColumnUnit,

    /// Print findings only, without the closing summary and without progress
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,

    /// Print how often each rule spoke
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,

    /// How many files to check at a time; as many as there are processors, if not given
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

impl CheckArgs {
    /// What to check: the paths as given; standard input where only its name was given; else the
    /// current folder.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        if !self.paths.is_empty() {
            self.paths.clone()
        } else if self.stdin_filename.is_some() {
            vec![PathBuf::from("-")]
        } else {
            vec![PathBuf::from(".")]
        }
    }

    /// The least sure fixes to apply; `None` where none are asked for.
    #[must_use]
    pub fn fixes(&self) -> Option<Applicability> {
        let least = if self.unsafe_fixes {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        (self.fix || self.diff).then_some(least)
    }

    /// Every output with its format; `None` is standard output. `in_actions` says that GitHub
    /// Actions reads it.
    #[must_use]
    pub fn outputs(&self, in_actions: bool) -> Vec<(Format, Option<&Path>)> {
        let replaces = |file: &OutputFile| file.format.is_none();
        let main = self.output_format.unwrap_or(Format::Pretty);
        let mut outputs = Vec::new();
        if !self.output_file.iter().any(replaces) {
            outputs.push((main, None));
            if in_actions && self.output_format.is_none() {
                outputs.push((Format::Github, None));
            }
        }
        for file in &self.output_file {
            let format = file.format.unwrap_or(main);
            outputs.push((format, Some(file.path.as_path())));
        }
        outputs
    }
}

/// How `frontlint explain --file` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// A table
    Text,
    /// One JSON object
    Json,
}

/// The least severity that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// Nothing
    Never,
}

impl FailOn {
    /// The severity; `None` where findings never fail a run.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Never => None,
        }
    }
}

/// The value of `--config`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigArg {
    /// A file to use in place of those that would be found.
    File(PathBuf),
    /// One line of TOML, over everything that files say.
    Inline(String),
}

impl FromStr for ConfigArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("expected a file or `key = value`".to_owned());
        }
        Ok(if text.contains('=') && !Path::new(text).is_file() {
            Self::Inline(text.to_owned())
        } else {
            Self::File(PathBuf::from(text))
        })
    }
}

/// The value of `--output-file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// `None` where `--output-format` decides.
    pub format: Option<Format>,
    /// Where to write.
    pub path: PathBuf,
}

impl FromStr for OutputFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = match text.split_once('=') {
            Some((name, path)) if name.chars().all(|c| c.is_ascii_alphanumeric()) => {
                let format = name.parse().map_err(|_| unknown_format(name, text))?;
                (Some(format), path)
            }
            _ => (None, text),
        };
        if path.is_empty() {
            return Err("the path is missing".to_owned());
        }
        Ok(Self {
            format,
            path: PathBuf::from(path),
        })
    }
}

fn unknown_format(name: &str, text: &str) -> String {
    let names: Vec<_> = Format::ALL.iter().map(|format| format.as_str()).collect();
    format!(
        "there is no output format `{name}`; write one of {}, or `./{text}` for a file of that name",
        names.join(", ")
    )
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL
        .iter()
        .map(|format| PossibleValue::new(format.as_str()).help(format.about()));
    PossibleValuesParser::new(values).try_map(|name| {
        name.parse::<Format>()
            .map_err(|_| format!("there is no output format `{name}`"))
    })
}

fn unit_parser() -> impl TypedValueParser<Value = ColumnUnit> {
    PossibleValuesParser::new([
        PossibleValue::new("scalar").help("Characters (Unicode scalar values)"),
        PossibleValue::new("byte").help("UTF-8 bytes, as Vim counts"),
        PossibleValue::new("utf16").help("UTF-16 code units, as VS Code counts"),
    ])
    .map(|name| match name.as_str() {
        "byte" => ColumnUnit::Byte,
        "utf16" => ColumnUnit::Utf16,
        _ => ColumnUnit::Scalar,
    })
}

fn rule_parser() -> impl TypedValueParser<Value = RuleId> {
    PossibleValuesParser::new(RuleId::ALL.iter().map(|rule| rule.as_str())).try_map(|name| {
        name.parse::<RuleId>()
            .map_err(|_| format!("there is no rule `{name}`"))
    })
}

#[cfg(test)]
mod tests;
