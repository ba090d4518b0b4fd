//! Counting what is reported, on its way to every output.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Format, Reporter, Style, Summary, parallel, reporter};
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::text::Sources;

/// How many findings there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    errors: usize,
    warnings: usize,
    failures: usize,
    rules: BTreeMap<RuleId, usize>,
}

impl Tally {
    /// Adds findings.
    pub fn count(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
            self.failures += usize::from(diagnostic.is_failure());
            *self.rules.entry(diagnostic.rule).or_default() += 1;
        }
    }

    /// Findings of severity error.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Findings of severity warning.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether there was a finding at or above a severity: exit status 1.
    #[must_use]
    pub fn reaches(&self, severity: Severity) -> bool {
        match severity {
            Severity::Warning => self.errors + self.warnings > 0,
            Severity::Error => self.errors > 0,
        }
    }

    /// Whether a finding says that frontlint could not do its job: exit status 2.
    #[must_use]
    pub fn has_failure(&self) -> bool {
        self.failures > 0
    }

    /// The rules that spoke and how often, the most frequent first.
    #[must_use]
    pub fn by_rule(&self) -> Vec<(RuleId, usize)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(&rule, &n)| (rule, n)).collect();
        rules.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        rules
    }
}

struct Output<'w> {
    reporter: Box<dyn Reporter>,
    writer: Box<dyn Write + 'w>,
}

/// Hands findings to every output and counts them on the way, so that the exit status and what
/// was printed cannot disagree.
///
/// An output whose reader went away (`| head`) is dropped without a word; counting and the other
/// outputs go on.
#[derive(Default)]
pub struct Counting<'w> {
    outputs: Vec<Output<'w>>,
    tally: Tally,
}

impl<'w> Counting<'w> {
    /// No outputs yet: only counts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an output.
    pub fn add(&mut self, format: Format, style: Style, writer: impl Write + 'w) {
        self.add_reporter(reporter(format, style), writer);
    }

    /// Adds an output in a format that a reporter was made for already.
    pub fn add_reporter(&mut self, reporter: Box<dyn Reporter>, writer: impl Write + 'w) {
        self.outputs.push(Output {
            reporter,
            writer: Box::new(writer),
        });
    }

    /// Reports the findings of one file; none is fine.
    ///
    /// # Errors
    /// Those of a writer, except that its reader went away.
    pub fn file(&mut self, sources: &Sources<'_>, diagnostics: &[Diagnostic]) -> io::Result<()> {
        if diagnostics.is_empty() {
            return Ok(());
        }
        self.tally.count(diagnostics);
        self.each(|reporter, writer| reporter.file(writer, sources, diagnostics))
    }

    /// Reports the findings of files, in their order, on as many threads as `jobs` says (0: one a
    /// processor) where that pays.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub fn files(&mut self, files: &[(Sources<'_>, &[Diagnostic])], jobs: usize) -> io::Result<()> {
        for batch in files.chunks(parallel::BATCH) {
            let texts = match self.outputs.as_slice() {
                [only] => parallel::texts(&*only.reporter, batch, jobs),
                // What shares a terminal takes turns.
                _ => None,
            };
            if let Some(texts) = texts {
                for (_, diagnostics) in batch {
                    self.tally.count(diagnostics);
                }
                for text in texts {
                    let text = text?;
                    self.each(|_, writer| writer.write_all(&text))?;
                }
            } else {
                for (sources, diagnostics) in batch {
                    self.file(sources, diagnostics)?;
                }
            }
        }
        Ok(())
    }

    /// Closes every output. The counts of `summary` are taken from what was reported.
    ///
    /// # Errors
    /// Those of a writer, except that its reader went away.
    pub fn finish(&mut self, summary: &mut Summary) -> io::Result<()> {
        summary.take_counts(&self.tally);
        self.each(|reporter, writer| {
            reporter.finish(writer, summary)?;
            writer.flush()
        })
    }

    /// The counts so far.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn each(
        &mut self,
        mut write: impl FnMut(&mut dyn Reporter, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut result = Ok(());
        self.outputs.retain_mut(|output| {
            match write(output.reporter.as_mut(), output.writer.as_mut()) {
                Ok(()) => true,
                Err(error) => {
                    if error.kind() != io::ErrorKind::BrokenPipe {
                        result = Err(error);
                    }
                    false
                }
            }
        });
        result
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::all_cases;
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_went_away_changes_neither_counts_nor_other_outputs() {
        let mut kept = Vec::new();
        let mut counting = Counting::new();
        counting.add(Format::Pretty, Style::default(), Closed);
        counting.add(Format::Concise, Style::default(), &mut kept);
        for case in &all_cases() {
            counting.file(&case.sources(), &case.diagnostics).unwrap();
        }
        let mut summary = Summary::default();
        counting.finish(&mut summary).unwrap();
        assert!(counting.tally().reaches(Severity::Error));
        drop(counting);
        let lines = kept.iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(lines, summary.errors + summary.warnings);
    }

    #[test]
    fn a_full_disk_is_told() {
        let mut counting = Counting::new();
        counting.add(Format::Jsonl, Style::default(), Full);
        let case = &all_cases()[0];
        let told = counting.file(&case.sources(), &case.diagnostics);
        assert_eq!(told.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn rules_are_ordered_by_frequency_and_severity_decides() {
        let mut tally = Tally::default();
        let of = |rule, severity| Diagnostic::new(rule, "").severity(severity);
        tally.count(&[
            of(RuleId::MissingKey, Severity::Warning),
            of(RuleId::MissingFile, Severity::Warning),
            of(RuleId::MissingFile, Severity::Warning),
        ]);
        assert_eq!(
            tally.by_rule(),
            [(RuleId::MissingFile, 2), (RuleId::MissingKey, 1)]
        );
        assert!(tally.reaches(Severity::Warning));
        assert!(!tally.reaches(Severity::Error));
        tally.count(&[of(RuleId::InvalidConfig, Severity::Warning)]);
        assert!(!tally.has_failure());
        tally.count(&[of(RuleId::InvalidSchema, Severity::Error)]);
        assert!(tally.has_failure());
    }
}
