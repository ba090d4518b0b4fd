//! The output formats, one file each, all from the one [`Diagnostic`](crate::diagnostic::Diagnostic).
//!
//! Owns the last step: byte offsets become lines and columns in [`Located`] and nowhere else. A
//! reporter writes to the writer it is given and to nothing else (the command line puts a
//! [`Sanitizer`] before each stream), reads no environment, and takes findings in the order in which
//! they arrive.
//!
//! A new format is one file with a [`Reporter`] and one line in the list of formats below.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use miette::ThemeStyles;

use crate::text::ColumnUnit;

mod checkstyle;
mod concise;
mod fingerprint;
mod github;
mod gitlab;
mod harmless;
mod json;
mod junit;
mod located;
mod outputs;
mod pretty;
mod rdjson;
mod sanitizer;
mod sarif;
mod shown_path;
mod step_summary;
mod summary;
mod tally;
#[cfg(test)]
mod testing;
pub mod visible;
mod words;
mod xml;

pub use github::{annotations, own_commands, without_commands};
pub use located::{Located, LocatedLabel, Range};
pub use outputs::Outputs;
pub use sanitizer::{Sanitizer, has_command};
pub use shown_path::shown_path;
pub use step_summary::step_summary;
pub use summary::{Summary, statistics_text, summary_text};
pub use tally::Tally;

/// Turns findings into one output format.
///
/// `begin` is called once, then `finding` for each finding, those of one file one after the other
/// and sorted, and at the end `end`; `begin` and `end` also when there is nothing to report.
pub trait Reporter {
    /// What columns count: the unit that users want, where the format does not prescribe one.
    fn column_unit(&self, wanted: ColumnUnit) -> ColumnUnit {
        wanted
    }

    /// Writes what the format needs at its beginning. The columns of what follows are in `unit`.
    ///
    /// # Errors
    /// Only those of the writer.
    fn begin(&mut self, _out: &mut dyn Write, _unit: ColumnUnit) -> io::Result<()> {
        Ok(())
    }

    /// Writes one finding.
    ///
    /// # Errors
    /// Only those of the writer.
    fn finding(&mut self, out: &mut dyn Write, located: &Located<'_>) -> io::Result<()>;

    /// Writes what the format needs at its end.
    ///
    /// # Errors
    /// Only those of the writer.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()>;
}

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to write colour codes.
    pub color: bool,
    /// The width of the terminal in columns.
    pub width: usize,
    /// Whether lines may be drawn with characters beyond ASCII. Values are shown as they are.
    pub unicode: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            unicode: true,
        }
    }
}

impl Style {
    /// The colours of severities; none where no colour is wanted.
    fn paint(self) -> ThemeStyles {
        if self.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        }
    }
}

macro_rules! formats {
    ($($variant:ident = $name:literal, $about:literal, $reporter:expr;)+) => {
        /// An output format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl Format {
            /// Every format, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name as users write it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it is for, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)+ }
            }
        }

        /// A reporter for a format.
        #[must_use]
        pub fn reporter(format: Format, style: Style) -> Box<dyn Reporter> {
            match format { $(Format::$variant => Box::new($reporter(style)),)+ }
        }
    };
}

formats! {
    Pretty = "pretty", "Excerpts with the wrong bytes underlined, for people", pretty::Pretty::new;
    Concise = "concise", "One line a finding: path:line:column: severity[rule] message; help", concise::Concise::new;
    Json = "json", "One JSON array of all findings", json::Json::new;
    Jsonl = "jsonl", "One JSON object a line, a finding each", json::Jsonl::new;
    Github = "github", "Workflow commands, shown by GitHub Actions as annotations", github::Github::new;
    Sarif = "sarif", "SARIF 2.1.0, for code scanning", sarif::Sarif::new;
    Gitlab = "gitlab", "A GitLab Code Quality report", gitlab::Gitlab::new;
    Junit = "junit", "JUnit XML, a test case for each file", junit::Junit::new;
    Rdjson = "rdjson", "The Reviewdog Diagnostic Format, with suggestions", rdjson::Rdjson::new;
    Checkstyle = "checkstyle", "Checkstyle XML", checkstyle::Checkstyle::new;
}

impl Format {
    /// How it writes characters that must not be written as they are.
    #[must_use]
    pub fn notation(self) -> visible::Notation {
        match self {
            Self::Pretty | Self::Concise | Self::Github => visible::Notation::Text,
            Self::Json | Self::Jsonl | Self::Sarif | Self::Gitlab | Self::Rdjson => {
                visible::Notation::Json
            }
            Self::Junit | Self::Checkstyle => visible::Notation::Xml,
        }
    }

    /// Whether it names files without findings too, from [`Summary::checked`].
    #[must_use]
    pub fn names_clean_files(self) -> bool {
        self == Self::Junit
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that no output format has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL
            .iter()
            .copied()
            .find(|format| format.as_str() == name);
        found.ok_or(UnknownFormat)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{all_cases, render};
    use super::*;

    #[test]
    fn format_names_read_back() {
        for &format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        assert_eq!("sarfi".parse::<Format>(), Err(UnknownFormat));
    }

    #[test]
    fn every_finding_in_every_format() {
        for &format in Format::ALL {
            // Where a report is long for other reasons, the format has tests of its own.
            if matches!(
                format,
                Format::Pretty | Format::Json | Format::Sarif | Format::Junit
            ) {
                continue;
            }
            let text = render(format, Style::default(), &all_cases());
            insta::assert_snapshot!(format.as_str(), text);
        }
    }

    #[test]
    fn reports_without_findings() {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        for (format, text) in [
            (Format::Pretty, String::new()),
            (Format::Concise, String::new()),
            (Format::Json, "[]\n".to_owned()),
            (Format::Jsonl, String::new()),
            (Format::Github, String::new()),
            (Format::Gitlab, "[]\n".to_owned()),
            (
                Format::Rdjson,
                "{\"source\":{\"name\":\"frontlint\"},\"diagnostics\":[\n\n]}\n".to_owned(),
            ),
            (
                Format::Checkstyle,
                format!("{xml}<checkstyle version=\"4.3\">\n</checkstyle>\n"),
            ),
            (
                Format::Junit,
                format!(
                    "{xml}<testsuites name=\"frontlint\" tests=\"0\" failures=\"0\" errors=\"0\">\n  \
                     <testsuite name=\"frontlint\" tests=\"0\" failures=\"0\" errors=\"0\" skipped=\"0\">\n  \
                     </testsuite>\n</testsuites>\n"
                ),
            ),
        ] {
            assert_eq!(render(format, Style::default(), &[]), text, "{format}");
        }
    }
}
