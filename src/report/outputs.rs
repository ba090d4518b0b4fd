//! The outputs of a run: one report for each, all of the same findings.

use std::io::{self, Write};

use super::{Format, Located, Reporter, Style, Summary, Tally, reporter};
use crate::diagnostic::Diagnostic;
use crate::text::{ColumnUnit, Sources};

/// Hands findings to every output and counts them on the way, so that the exit status and what
/// was printed cannot disagree.
///
/// An output whose reader went away (`| head`) is dropped without a word; counting and the other
/// outputs go on.
pub struct Outputs<'w> {
    unit: ColumnUnit,
    outputs: Vec<Output<'w>>,
}

struct Output<'w> {
    reporter: Box<dyn Reporter>,
    writer: Box<dyn Write + 'w>,
    unit: ColumnUnit,
}

impl<'w> Outputs<'w> {
    /// No outputs yet; columns are counted in `unit` where the format allows it.
    #[must_use]
    pub fn new(unit: ColumnUnit) -> Self {
        Self {
            unit,
            outputs: Vec::new(),
        }
    }

    /// Adds an output in a format.
    pub fn add(&mut self, format: Format, style: Style, writer: impl Write + 'w) {
        self.add_reporter(reporter(format, style), writer);
    }

    /// Adds an output in a format whose reporter exists already.
    pub fn add_reporter(&mut self, reporter: Box<dyn Reporter>, writer: impl Write + 'w) {
        self.outputs.push(Output {
            unit: reporter.column_unit(self.unit),
            reporter,
            writer: Box::new(writer),
        });
    }

    /// Writes all reports: the findings of each file in their order. The counts of `summary` are
    /// those of what was reported.
    ///
    /// # Errors
    /// Those of a writer, except that its reader went away.
    pub fn write<'f>(
        mut self,
        files: impl IntoIterator<Item = (Sources<'f>, &'f [Diagnostic])>,
        summary: &mut Summary,
    ) -> io::Result<Tally> {
        let mut tally = Tally::default();
        self.each(|output| output.reporter.begin(&mut output.writer, output.unit))?;
        for (sources, findings) in files {
            tally.count(findings);
            for finding in findings {
                self.each(|output| {
                    let located = Located::new(sources, finding, output.unit);
                    output.reporter.finding(&mut output.writer, &located)
                })?;
            }
        }
        summary.take_counts(&tally);
        self.each(|output| {
            output.reporter.end(&mut output.writer, summary)?;
            output.writer.flush()
        })?;
        Ok(tally)
    }

    fn each(&mut self, mut write: impl FnMut(&mut Output<'w>) -> io::Result<()>) -> io::Result<()> {
        let mut result = Ok(());
        self.outputs.retain_mut(|output| match write(output) {
            Ok(()) => true,
            Err(error) => {
                if error.kind() != io::ErrorKind::BrokenPipe {
                    result = Err(error);
                }
                false
            }
        });
        result
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_cases, files};
    use super::*;
    use crate::diagnostic::Severity;

    /// Fails at the first byte.
    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_went_away_changes_neither_counts_nor_other_outputs() {
        let mut kept = Vec::new();
        let mut outputs = Outputs::new(ColumnUnit::Scalar);
        let closed = Broken(io::ErrorKind::BrokenPipe);
        outputs.add(Format::Pretty, Style::default(), closed);
        outputs.add(Format::Concise, Style::default(), &mut kept);
        let mut summary = Summary::default();
        let tally = outputs.write(files(&all_cases()), &mut summary).unwrap();
        assert!(tally.reaches(Severity::Error));
        let lines = kept.iter().filter(|&&byte| byte == b'\n').count();
        assert_eq!(lines, summary.errors + summary.warnings);
    }

    #[test]
    fn a_full_disk_is_an_error() {
        let mut outputs = Outputs::new(ColumnUnit::Scalar);
        let full = Broken(io::ErrorKind::StorageFull);
        outputs.add(Format::Jsonl, Style::default(), full);
        let written = outputs.write(files(&all_cases()), &mut Summary::default());
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
