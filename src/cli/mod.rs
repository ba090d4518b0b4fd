//! The command line: arguments, and one file a subcommand.
//!
//! Everything that the system gives a program comes in through an [`Invocation`], so that tests run
//! the whole program without starting a process.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line reads the environment and writes the files it is asked for"
)]

use std::env;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ColorChoice;

use crate::config::FILE_NAMES;
use crate::files;
use crate::files::write::Links;

mod actions;
mod args;
mod baseline;
mod check;
mod completions;
mod explain;
mod explain_file;
mod file_list;
mod fixes;
mod init;
mod notes;
mod output;
mod schema;
mod terminal;

pub use terminal::{Output, Stream, report_panics};

use actions::Step;
use args::{Cli, Command};
use terminal::Terminal;

/// Exit status where everything went well.
const SUCCESS: u8 = 0;

/// Exit status where there are findings, or fixes to apply.
const FINDINGS: u8 = 1;

/// Exit status where frontlint could not do what it was asked.
const FAILURE: u8 = 2;

/// The variables of the environment, by name.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<OsString>;

/// One call of the program: everything that the system gives it, except the files, the clock and
/// the programs on `PATH`.
pub struct Invocation<'e> {
    /// The name of the program and its arguments.
    pub arguments: Vec<OsString>,
    /// The folder that relative paths are relative to.
    pub working_directory: PathBuf,
    /// The variables of the environment.
    pub environment: Environment<'e>,
    /// Standard input.
    pub stdin: Box<dyn Read>,
    /// Standard output.
    pub stdout: Output,
    /// Standard error.
    pub stderr: Output,
}

impl Invocation<'static> {
    /// The call that started this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self {
            arguments: env::args_os().collect(),
            working_directory: files::working_directory(),
            environment: &|name| env::var_os(name),
            stdin: Box::new(io::stdin()),
            stdout: Output::of_process(Stream::Stdout),
            stderr: Output::of_process(Stream::Stderr),
        }
    }
}

/// Where a subcommand runs.
struct Host {
    terminal: Terminal,
    working_directory: PathBuf,
    /// The step of GitHub Actions, if it runs in one.
    step: Option<Step>,
    color: ColorChoice,
}

impl Host {
    /// The path to open a file by.
    fn absolute(&self, path: &Path) -> PathBuf {
        self.working_directory.join(path)
    }

    /// Where the files that are written may be; links may also lead to the paths of `named`.
    fn links<'a>(&self, named: &'a [PathBuf]) -> Links<'a> {
        Links::new(self.working_directory.clone(), &FILE_NAMES, named)
    }
}

/// Reads the arguments, runs the subcommand they name and returns its exit status.
#[must_use]
pub fn run(invocation: Invocation<'_>) -> u8 {
    let environment = invocation.environment;
    let terminal = Terminal::new(invocation.stdout, invocation.stderr, environment);
    let cli = match Cli::read(&invocation.arguments) {
        Ok(cli) => cli,
        Err(error) => return terminal.print_usage(&error),
    };
    let host = Host {
        terminal,
        working_directory: invocation.working_directory,
        step: Step::current(environment),
        color: cli.color,
    };
    match cli.command {
        Command::Check(args) => check::run(&args, &host, invocation.stdin),
        Command::Explain {
            file: Some(path),
            output_format,
            ..
        } => explain_file::run(&path, output_format, &host),
        Command::Explain { rule, .. } => host.terminal.print(&explain::text(rule)),
        Command::Init(args) => init::run(&args, &host),
        Command::Schema { name } => schema::run(name.as_deref(), &host.terminal),
        Command::Completions { shell } => completions::run(shell, &host.terminal),
    }
}
