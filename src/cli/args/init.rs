//! The arguments of `frontlint init`.

use std::num::NonZeroUsize;

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  frontlint init --dry-run
  frontlint init
  frontlint init --required 95 --baseline
  frontlint init --force

Exit status:
  0  the files are written, or printed
  2  frontlint could not do what it was asked: a file is there already, or no
     page has front matter";

/// The arguments of `frontlint init`.
#[derive(Clone, Copy, Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct InitArgs {
    /// Print the files and write nothing
    #[arg(long, conflicts_with_all = ["force", "baseline"])]
    pub dry_run: bool,

    /// Write over frontlint.toml and schemas that are there already
    #[arg(long)]
    pub force: bool,

    /// Refuse keys that no page has now; without it only those are reported that look like a slip
    #[arg(long)]
    pub closed: bool,

    /// Require the keys that so many percent of the pages have
    #[arg(
        long,
        value_name = "PERCENT",
        default_value_t = 100,
        value_parser = clap::value_parser!(u8).range(1..=100)
    )]
    pub required: u8,

    /// Also list the warnings in the baseline, which otherwise has errors alone
    #[arg(long)]
    pub baseline: bool,

    /// How many files to read at a time; as many as there are processors, if not given
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

impl InitArgs {
    /// How many threads to use; 0 is one a processor.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.jobs.map_or(0, usize::from)
    }
}
