//! `frontlint init`: a configuration and schemas drawn from the pages, written and tried.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::InitArgs;
use super::notes::Notes;
use super::terminal::OutputFile;
use super::{FAILURE, FINDINGS, Host, baseline};
use crate::check::{Checker, Outcome, SchemaChoice};
use crate::config::{FILE_NAMES, Finder};
use crate::diagnostic::{Diagnostic, Problem, RuleId, Severity};
use crate::discover::{self, Found, Request};
use crate::files;
use crate::files::write::{self, Basis};
use crate::init::{self, Drawn, NewFile, Options, Outlier};
use crate::report::visible;
use crate::site::generator_names;
use crate::text::{SourceMap, code, path_line};

/// The baseline that is written where the pages have errors already.
const BASELINE: &str = "frontlint-baseline.json";

/// One call of `frontlint init`.
struct Init<'a> {
    args: &'a InitArgs,
    host: &'a Host,
}

/// How the site stands with what was written.
struct Closing {
    errors: usize,
    warnings: usize,
    /// The findings in the baseline, by rule.
    baselined: BTreeMap<RuleId, usize>,
}

/// Draws, writes and tries a configuration; returns the exit status.
pub(super) fn run(args: &InitArgs, host: &Host) -> u8 {
    let init = Init { args, host };
    match init.run() {
        Ok(status) => status,
        Err(problem) => {
            Notes::new(host, false).print_problem(&problem);
            FAILURE
        }
    }
}

impl Init<'_> {
    fn run(&self) -> Result<u8, Problem> {
        if !self.args.dry_run {
            self.refuse_existing(FILE_NAMES.iter().copied())?;
        }
        let drawn = self.draw()?;
        if self.args.dry_run {
            return Ok(self.host.terminal.print(&texts(&drawn)));
        }
        self.refuse_existing(drawn.files.iter().map(|file| file.path.as_str()))?;
        for file in &drawn.files {
            self.write(file)?;
        }
        let closing = self.close(&drawn)?;
        let printed = self.host.terminal.print(&report(&drawn, &closing));
        // Left where another configuration below this one has findings of its own.
        Ok(match closing.errors {
            0 => printed,
            _ => printed.max(FINDINGS),
        })
    }

    fn draw(&self) -> Result<Drawn, Problem> {
        let sources = Arc::new(SourceMap::default());
        // A configuration that is about to be replaced has no say in it.
        let finder = self.finder(true, &sources)?;
        let mut found = discover_all(&finder);
        found.gather(&finder, self.args.threads());
        let checker = Checker::new(SchemaChoice::Off, &finder, &sources);
        let options = Options {
            closed: self.args.closed,
            required: self.args.required,
            threads: self.args.threads(),
        };
        init::draw(&checker, &found, options).ok_or_else(|| {
            Problem::new("there is nothing to draw a schema from: no page here has front matter")
                .help("run `frontlint init` in the folder of the site")
        })
    }

    fn finder(&self, isolated: bool, sources: &Arc<SourceMap>) -> Result<Finder, Problem> {
        let folder = self.host.working_directory.clone();
        let finder = Finder::new(
            folder,
            generator_names(),
            &[],
            isolated,
            Arc::clone(sources),
        );
        finder.map_err(|findings| {
            let messages = findings.into_iter().map(|finding| finding.message);
            Problem::new(messages.collect::<Vec<_>>().join("; "))
        })
    }

    /// Refuses to go on where one of these files exists, unless `--force` says so.
    fn refuse_existing<'f>(&self, mut names: impl Iterator<Item = &'f str>) -> Result<(), Problem> {
        let exists = |name: &&str| files::exists(&self.host.absolute(Path::new(name)));
        match names.find(exists).filter(|_| !self.args.force) {
            Some(name) => Err(Problem::new(format!("{} exists already", code(name))).help(
                "`frontlint init --dry-run` prints what would be written; `--force` writes over it",
            )),
            None => Ok(()),
        }
    }

    fn write(&self, file: &NewFile) -> Result<(), Problem> {
        let path = self.host.absolute(Path::new(&file.path));
        let links = self.host.links(&[]);
        let basis = match self.args.force {
            true => Basis::Nothing,
            false => Basis::Absent,
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let written = links
            .follow(folder)
            .and_then(|folder| write::make_folder(&folder))
            .and_then(|()| {
                let output = OutputFile::new(&path, file.text.clone().into_bytes());
                output.commit_regular(&links, basis)
            });
        written.map_err(|error| Problem::new(format!("cannot write {}: {error}", code(&file.path))))
    }

    /// Checks the site with what was written. What is wrong with it all the same goes into a baseline.
    fn close(&self, drawn: &Drawn) -> Result<Closing, Problem> {
        let sources = Arc::new(SourceMap::default());
        let finder = self.finder(false, &sources)?;
        let (found, mut outcome) = self.check(&finder, &sources);
        if let Some(failure) = findings(&outcome).find(|finding| finding.is_failure()) {
            return Err(Problem::new(failure.message.clone()).maybe_help(failure.help.clone()));
        }
        let errors = count(&outcome, Severity::Error);
        let warnings = count(&outcome, Severity::Warning);
        if errors == 0 && (warnings == 0 || !self.args.baseline) {
            return Ok(Closing {
                errors,
                warnings,
                baselined: BTreeMap::new(),
            });
        }
        if !self.args.baseline {
            for report in &mut outcome.reports {
                report.findings.retain(|it| it.severity == Severity::Error);
            }
        }
        let mut baselined = BTreeMap::new();
        for finding in findings(&outcome) {
            *baselined.entry(finding.rule).or_default() += 1;
        }
        let file = Path::new(BASELINE);
        baseline::try_write(file, &outcome, &found, &finder, self.host)?;
        self.name_baseline(drawn)?;
        let sources = Arc::new(SourceMap::default());
        let finder = self.finder(false, &sources)?;
        let (_, outcome) = self.check(&finder, &sources);
        Ok(Closing {
            errors: count(&outcome, Severity::Error),
            warnings: count(&outcome, Severity::Warning),
            baselined,
        })
    }

    /// Writes the configuration once more, with the baseline in it.
    fn name_baseline(&self, drawn: &Drawn) -> Result<(), Problem> {
        let Some(config) = drawn.files.last() else {
            return Ok(());
        };
        let text = init::with_baseline(&config.text, BASELINE);
        let output = OutputFile::new(&self.host.absolute(Path::new(&config.path)), text.into());
        let written = output.commit_regular(&self.host.links(&[]), Basis::Nothing);
        written
            .map_err(|error| Problem::new(format!("cannot write {}: {error}", code(&config.path))))
    }

    fn check(&self, finder: &Finder, sources: &Arc<SourceMap>) -> (Found, Outcome) {
        let found = discover_all(finder);
        let checker = Checker::new(SchemaChoice::Governing, finder, sources);
        let outcome = checker.run(&found, &[], self.args.threads(), &|| {});
        (found, outcome)
    }
}

fn discover_all(finder: &Finder) -> Found {
    let request = Request {
        paths: &[PathBuf::from(".")],
        stdin_filename: None,
        force_exclude: false,
    };
    discover::discover(&request, finder)
}

fn findings(outcome: &Outcome) -> impl Iterator<Item = &Diagnostic> {
    outcome.reports.iter().flat_map(|report| &report.findings)
}

fn count(outcome: &Outcome, severity: Severity) -> usize {
    findings(outcome)
        .filter(|it| it.severity == severity)
        .count()
}

/// All files, each under its name.
fn texts(drawn: &Drawn) -> String {
    let files = drawn.files.iter().rev();
    let texts = files.map(|file| format!("==> {} <==\n{}", file.path, file.text));
    texts.collect::<Vec<_>>().join("\n")
}

/// What was found and written, and how the site stands with it.
fn report(drawn: &Drawn, closing: &Closing) -> String {
    let mut text = match drawn.generators.as_slice() {
        [] => "no generator found: folders are taken for collections\n".to_owned(),
        names => format!("found {}\n", names.join(" and ")),
    };
    text.push_str("wrote frontlint.toml\n");
    let mut outliers = 0;
    for collection in &drawn.collections {
        let pages = counted(collection.pages, "page");
        let base = collection.base.unwrap_or_default();
        let Some(schema) = &collection.schema else {
            text.push_str(&format!("kept bundled:{base}: {pages}\n"));
            continue;
        };
        let keys = match collection.base {
            Some(_) => format!(
                "bundled:{base} and {} more",
                counted(collection.keys, "key")
            ),
            None => counted(collection.keys, "key"),
        };
        text.push_str(&format!("wrote {}: {pages}, {keys}", line(schema)));
        if !collection.required.is_empty() {
            let required: Vec<_> = collection.required.iter().map(|key| code(key)).collect();
            text.push_str(&format!("; required: {}", required.join(", ")));
        }
        text.push('\n');
        for outlier in &collection.outliers {
            text.push_str(&outlier_text(outlier));
            outliers += 1;
        }
    }
    if !closing.baselined.is_empty() {
        let rules = closing.baselined.iter();
        let rules: Vec<_> = rules.map(|(rule, n)| format!("{rule} ({n})")).collect();
        let all = counted(closing.baselined.values().sum(), "finding");
        text.push_str(&format!(
            "wrote {BASELINE}: {all} that the pages have now: {}\n  \
             delete `baseline` from frontlint.toml to see them\n",
            rules.join(", ")
        ));
    }
    text.push_str(&format!(
        "checked with that: {}, {}; {} listed\n",
        counted(closing.errors, "error"),
        counted(closing.warnings, "warning"),
        counted(outliers, "outlier")
    ));
    text
}

fn outlier_text(outlier: &Outlier) -> String {
    let mut text = format!("  {}\n", line(&outlier.message));
    for place in &outlier.places {
        let path = path_line(&place.path);
        text.push_str(&format!("    {}:{}\n", line(&path), place.line));
    }
    if outlier.more > 0 {
        text.push_str(&format!("    and {} more\n", outlier.more));
    }
    text
}

fn line(text: &str) -> String {
    visible::line(text, true)
}

fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}
