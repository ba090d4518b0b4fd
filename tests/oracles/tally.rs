//! How many rows of a record agree.

use std::fmt::Write as _;

use frontlint::testing::dialect::Dialect;
use serde_json::Value as Json;

use super::exceptions::{is_exception, is_reported};
use super::records::Record;

/// How many rows agree, and how.
#[derive(Default)]
pub struct Tally {
    failures: Vec<String>,
    exceptions: usize,
    /// Rows of which frontlint reads the same, and reports it.
    reported: usize,
}

impl Tally {
    /// Counts a row: `found` is what is wrong with it, `beneath` what is wrong with it when what
    /// frontlint has to say is left aside.
    pub fn take(
        &mut self,
        row: &Json,
        found: Option<String>,
        beneath: impl FnOnce() -> Option<String>,
        (dialect, key): (Dialect, bool),
    ) {
        match found {
            None => {}
            Some(_) if is_reported(row, dialect, key) => match beneath() {
                None => self.reported += 1,
                other => self.failures.extend(other),
            },
            Some(_) if is_exception(row, dialect, key) => self.exceptions += 1,
            other => self.failures.extend(other),
        }
    }

    pub fn close(self, record: &Record, part: &str, expected: (usize, usize)) {
        let rows = record.rows(part).len();
        let name = record.name;
        tell(name, part, rows, self.failures.len(), self.exceptions);
        println!(
            "{name}: {} of these {part} are reported besides",
            self.reported
        );
        report(name, rows, &self.failures);
        let counted = (self.exceptions, self.reported);
        assert_eq!(
            counted, expected,
            "{name}: exceptions and reports among the {part}"
        );
    }
}

/// How many rows agree, for whoever runs the tests with `--nocapture`.
pub fn tell(name: &str, part: &str, rows: usize, failures: usize, exceptions: usize) {
    let agreeing = rows - failures - exceptions;
    println!("{name}: {agreeing} of {rows} {part} agree, {exceptions} are exceptions");
}

pub fn report(name: &str, rows: usize, failures: &[String]) {
    let mut text = String::new();
    for failure in failures {
        let _ = writeln!(text, "  {failure}");
    }
    assert!(
        failures.is_empty(),
        "{name}: {} of {rows} rows disagree\n{text}",
        failures.len()
    );
}
