//! Suppresses the findings that a baseline lists, and reports entries whose findings are gone.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::outcome::{FileReport, Outcome};
use super::shadowed::suppress_shadowed;
use crate::config::{Baseline, BaselineEntry, Config, Finder};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::discover::Found;
use crate::paths;
use crate::text::{SourceMap, path_text};

/// What distinguishes one entry of a baseline from another.
#[derive(PartialEq, Eq, Hash)]
struct EntryKey {
    path: String,
    rule: String,
    pointer: Option<String>,
    message: String,
}

impl From<BaselineEntry> for EntryKey {
    fn from(entry: BaselineEntry) -> Self {
        Self {
            path: entry.path,
            rule: entry.rule,
            pointer: entry.pointer,
            message: entry.message,
        }
    }
}

/// A baseline in use.
struct LoadedBaseline {
    config: Arc<Config>,
    baseline: Baseline,
    /// The place of each entry by what it lists.
    places: HashMap<EntryKey, usize>,
    /// How many findings of each entry have not been found so far.
    left: Vec<usize>,
}

/// Takes the findings that baselines list out of an outcome and counts them. Returns findings about
/// the baselines themselves.
pub(super) fn apply(
    finder: &Finder,
    found: &Found,
    sources: &SourceMap,
    outcome: &mut Outcome,
) -> Vec<Diagnostic> {
    let cwd = finder.working_directory();
    let mut findings = Vec::new();
    let mut known = Vec::new();
    for config in finder.configs() {
        let Some(named) = &config.baseline else {
            continue;
        };
        let within = config.boundary_of(named.source);
        match Baseline::load(named, &config.base, cwd, &within, sources) {
            Ok(baseline) => known.push(LoadedBaseline::new(config, baseline)),
            Err(failure) => findings.push(*failure),
        }
    }
    if known.is_empty() {
        return findings;
    }
    for report in &mut outcome.reports {
        let path = report.source.path();
        let Some(known) = of_file(finder, &mut known, path) else {
            continue;
        };
        let path = relative(path, cwd, &known.baseline.folder);
        outcome.baselined += known.suppress(&path, report);
    }
    outcome.reports.retain(|report| !report.findings.is_empty());
    for known in &known {
        let checked = checked_paths(outcome, cwd, &known.baseline.folder);
        let whole = found.covers(&known.config.base);
        findings.extend(known.unused(|path| whole || checked.contains(path)));
    }
    findings
}

/// The entries that make a baseline of an outcome. Of the entries that `before` has, those of
/// files that were not checked stay.
#[must_use]
pub fn baseline_of(
    outcome: &Outcome,
    found: &Found,
    before: Option<&Baseline>,
    folder: &Path,
    cwd: &Path,
) -> Vec<BaselineEntry> {
    let mut entries = Vec::new();
    if let Some(before) = before.filter(|_| !found.covers(folder)) {
        let checked = checked_paths(outcome, cwd, folder);
        let others = before.entries.iter();
        entries.extend(
            others
                .filter(|entry| !checked.contains(&entry.path))
                .cloned(),
        );
    }
    for report in &outcome.reports {
        let path = relative(report.source.path(), cwd, folder);
        let merged = report.merged.iter().map(|merged| &merged.finding);
        let listed = report.findings.iter().chain(merged);
        let listed = listed.filter(|finding| !finding.rule.is_failure());
        entries.extend(listed.map(|finding| BaselineEntry::new(path.clone(), finding.identity())));
    }
    entries
}

impl LoadedBaseline {
    fn new(config: Arc<Config>, baseline: Baseline) -> Self {
        let mut places = HashMap::new();
        let mut left: Vec<usize> = Vec::new();
        for (index, entry) in baseline.entries.iter().enumerate() {
            left.push(0);
            // Two equal entries, as a merge may leave them, count as one.
            let place = *places.entry(entry.clone().into()).or_insert(index);
            if let Some(left) = left.get_mut(place) {
                *left += entry.count;
            }
        }
        Self {
            config,
            baseline,
            places,
            left,
        }
    }

    /// Takes the findings of a file that the baseline lists out of its report and counts them. A
    /// finding in whose place one of them was reported takes that place, unless it is listed too.
    fn suppress(&mut self, path: &str, report: &mut FileReport) -> usize {
        let before = report.findings.len();
        let mut merged = std::mem::take(&mut report.merged);
        merged.retain(|merged| !self.lists(path, &merged.finding));
        let mut values: HashSet<String> = HashSet::new();
        report.findings.retain(|finding| {
            let is_listed = self.lists(path, finding);
            if is_listed && !merged.is_empty() {
                values.extend(finding.pointer.clone());
            }
            !is_listed
        });
        let suppressed = before - report.findings.len();
        merged.retain(|merged| values.contains(&merged.into));
        report.merged = suppress_shadowed(&mut report.findings, merged);
        suppressed
    }

    /// Whether a finding is listed; it is counted as found then.
    fn lists(&mut self, path: &str, finding: &Diagnostic) -> bool {
        if finding.rule.is_failure() || finding.left_out > 0 {
            return false;
        }
        let entry = BaselineEntry::new(path.to_owned(), finding.identity());
        let key = EntryKey::from(entry);
        let left = self.places.get(&key).and_then(|&at| self.left.get_mut(at));
        match left {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// Findings about the entries that list more than was found; `is_checked` says whether a file of
    /// that path was checked.
    fn unused(&self, is_checked: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let setting = self.config.severity(RuleId::UnusedSuppression, None);
        let entries = self.baseline.entries.iter().zip(&self.left);
        entries
            .filter(|(entry, left)| **left > 0 && is_checked(&entry.path))
            .filter_map(|(entry, left)| {
                let message = if *left < entry.count {
                    let now = entry.count - left;
                    format!(
                        "the baseline lists {} `{}` findings of `{}` here, and {now} {} left",
                        entry.count,
                        entry.rule,
                        entry.path,
                        if now == 1 { "is" } else { "are" }
                    )
                } else {
                    format!(
                        "the `{}` finding of `{}` that the baseline lists is gone",
                        entry.rule, entry.path
                    )
                };
                let finding = Diagnostic::new(RuleId::UnusedSuppression, message)
                    .at_source(self.baseline.source, entry.span, "")
                    .help(format!(
                        "it was: {}; delete the line, or write the baseline anew by \
                         `--write-baseline`",
                        entry.message
                    ));
                let severity = setting.apply(finding.severity)?;
                Some(finding.severity(severity))
            })
            .collect()
    }
}

/// The baseline of a file's configuration.
fn of_file<'k>(
    finder: &Finder,
    known: &'k mut [LoadedBaseline],
    path: &Path,
) -> Option<&'k mut LoadedBaseline> {
    let config = finder.for_file(path).ok()?;
    known
        .iter_mut()
        .find(|known| known.config.base == config.base && known.config.file == config.file)
}

/// The files of an outcome, relative to the folder of a baseline.
fn checked_paths(outcome: &Outcome, cwd: &Path, folder: &Path) -> BTreeSet<String> {
    let files = outcome.files.iter();
    files
        .map(|file| relative(&file.path, cwd, folder))
        .collect()
}

fn relative(path: &Path, cwd: &Path, folder: &Path) -> String {
    let absolute = paths::absolute(path, cwd);
    path_text(&paths::shown(&absolute, folder)).into_owned()
}
