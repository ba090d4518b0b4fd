//! The arguments of `frontlint check`, in the groups of its help.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use clap::{ArgGroup, Args};

use super::values::{
    FailOn, Level, OutputFile, RuleSelector, config_argument, format_parser, selector_parser,
    unit_parser,
};
use crate::check::SchemaChoice;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::report::Format;
use crate::schema::SchemaRef;
use crate::text::ColumnUnit;

const EXAMPLES: &str = "\
Examples:
  frontlint check
  frontlint check '_posts/**/*.md' --schema bundled:press-release
  frontlint check --output-format concise --column-unit byte
  frontlint check --output-file sarif=report.sarif --output-file junit=report.xml
  frontlint check --since main --changed-lines
  frontlint check --fix
  frontlint check --level error --ignore missing-file,hygiene
  frontlint check - --stdin-filename _posts/a.md < draft.md

Exit status:
  0  nothing at or above --fail-on
  1  at least one such finding
  2  frontlint could not do what it was asked: wrong usage, a broken config
     or schema, a file that is missing or unreadable, nothing to check";

/// The arguments of `frontlint check`.
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    group = ArgGroup::new("fixes").args(["fix", "diff"]).multiple(true),
)]
pub struct CheckArgs {
    #[command(flatten)]
    pub rules: RuleArgs,

    #[command(flatten)]
    pub selection: SelectionArgs,

    #[command(flatten)]
    pub files: FileArgs,

    #[command(flatten)]
    pub fixes: FixArgs,

    #[command(flatten)]
    pub exit: ExitArgs,

    #[command(flatten)]
    pub output: OutputArgs,

    /// How many files to check at a time; as many as there are processors, if not given
    #[arg(long, value_name = "N", help_heading = None)]
    pub jobs: Option<NonZeroUsize>,
}

/// What the pages are checked against.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules and schemas")]
pub struct RuleArgs {
    /// Check against this schema, whatever files and config say: `bundled:NAME` or a file
    #[arg(long, value_name = "SCHEMA")]
    pub schema: Option<String>,

    /// Check without any schema: only syntax, fences and what the generator makes of values
    #[arg(long, conflicts_with = "schema")]
    pub no_schema: bool,

    /// Use this config file, or set one key of it: --config 'rules.missing-file = "warning"'
    #[arg(long, value_name = "FILE|'KEY = VALUE'", value_parser = config_argument)]
    pub config: Vec<String>,

    /// Read no frontlint.toml but those named with --config
    #[arg(long)]
    pub isolated: bool,

    /// Write all findings to FILE, which `baseline = "FILE"` in frontlint.toml then hides
    #[arg(long, value_name = "FILE", conflicts_with_all = ["since", "fixes", "show_files"])]
    pub write_baseline: Option<PathBuf>,
}

/// Which findings are reported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which findings")]
pub struct SelectionArgs {
    /// Report only these rules or groups, separated by commas: fences, syntax, schema, site,
    /// dialect, hygiene, meta
    #[arg(
        long,
        value_name = "RULES",
        value_delimiter = ',',
        value_parser = selector_parser(),
        hide_possible_values = true,
        conflicts_with = "write_baseline",
    )]
    pub select: Vec<RuleSelector>,

    /// Report all but these rules or groups
    #[arg(
        long,
        value_name = "RULES",
        value_delimiter = ',',
        value_parser = selector_parser(),
        hide_possible_values = true,
        conflicts_with = "write_baseline",
    )]
    pub ignore: Vec<RuleSelector>,

    /// The least severity that is reported
    #[arg(
        long,
        value_name = "SEVERITY",
        default_value = "warning",
        conflicts_with = "write_baseline"
    )]
    pub level: Level,
}

impl SelectionArgs {
    /// Whether a finding is reported. What keeps frontlint from its job always is.
    #[must_use]
    pub fn keeps(&self, finding: &Diagnostic) -> bool {
        let is_named = |selectors: &[RuleSelector]| {
            let mut selectors = selectors.iter();
            selectors.any(|selector| selector.contains(finding.rule))
        };
        finding.is_failure()
            || (self.select.is_empty() || is_named(&self.select))
                && !is_named(&self.ignore)
                && finding.severity >= self.level.severity()
    }
}

/// Which pages are checked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which files")]
pub struct FileArgs {
    /// Files, folders or glob patterns, `-` for standard input; without any, the current folder
    #[arg(value_name = "PATH|GLOB|-", help_heading = None)]
    pub paths: Vec<PathBuf>,

    /// Leave excluded files out even where they are named; for pre-commit
    #[arg(long)]
    pub force_exclude: bool,

    /// Treat standard input as this file
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,

    /// Only list the files, the schema of each and where that choice came from
    #[arg(long, conflicts_with = "fixes")]
    pub show_files: bool,

    /// Check only files that changed since a git revision, uncommitted changes included
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,

    /// With --since: report only findings on lines that changed
    #[arg(long, requires = "since")]
    pub changed_lines: bool,
}

/// What is fixed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fixes")]
pub struct FixArgs {
    /// Apply the fixes that keep what a page means, and report what is left
    #[arg(long)]
    pub fix: bool,

    /// Print what would be fixed as a diff, write nothing, and exit with 1 if there is anything
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,

    /// With --fix or --diff: also fixes that may change what a page means
    #[arg(long, requires = "fixes")]
    pub unsafe_fixes: bool,
}

/// What the exit status says.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Exit status")]
pub struct ExitArgs {
    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,

    /// Exit with 0 also where there are findings; a status of 2 stays
    #[arg(long)]
    pub exit_zero: bool,
}

/// What is written, and where.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// How findings are written; default: `pretty`; in GitHub Actions also `github`
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub output_format: Option<Format>,

    /// Write findings to a file: `FORMAT=PATH` in addition to the terminal, `PATH` instead of it;
    /// may be given several times
    #[arg(long, value_name = "[FORMAT=]PATH", value_parser = OutputFile::from_str)]
    pub output_file: Vec<OutputFile>,

    /// What a column counts, for programs that read the output
    #[arg(long, value_name = "UNIT", default_value = "scalar", value_parser = unit_parser())]
    pub column_unit: ColumnUnit,

    /// Print findings only, without the closing summary and without progress
    #[arg(short, long)]
    pub quiet: bool,

    /// Print the number of findings of each rule
    #[arg(long)]
    pub statistics: bool,
}

impl CheckArgs {
    /// How many threads to use; 0 is one a processor.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.jobs.map_or(0, usize::from)
    }
}

impl RuleArgs {
    /// The schema that the pages are checked against.
    #[must_use]
    pub fn schema_choice(&self) -> SchemaChoice {
        match &self.schema {
            _ if self.no_schema => SchemaChoice::Off,
            Some(named) => SchemaChoice::Forced(SchemaRef::parse(named, Path::new(""))),
            None => SchemaChoice::Governing,
        }
    }
}

impl FileArgs {
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
}

impl FixArgs {
    /// The least certain fixes to apply; `None` where none are requested.
    #[must_use]
    pub fn least(&self) -> Option<Applicability> {
        let least = if self.unsafe_fixes {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        (self.fix || self.diff).then_some(least)
    }
}

impl ExitArgs {
    /// The least severity of a finding that fails the run; `None` where none does.
    #[must_use]
    pub fn least(&self) -> Option<Severity> {
        self.fail_on.severity()
    }
}

impl OutputArgs {
    /// Every output with its format; `None` is standard output. `in_actions` says that GitHub
    /// Actions reads it.
    #[must_use]
    pub fn outputs(&self, in_actions: bool) -> Vec<(Format, Option<&Path>)> {
        let main = self.output_format.unwrap_or(Format::Pretty);
        let mut outputs = Vec::new();
        // A file without a format of its own takes the place of standard output.
        if self.output_file.iter().all(|file| file.format.is_some()) {
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
