//! What a lookup means to the author of the page, in words.

use super::{Candidate, Difference, Lookup, Refusal};
use crate::diagnostic::{PathProblem, Problem, RuleId};
use crate::text::{self, one_line};

/// What is wrong with a path that leads to no file.
fn missing(problem: Problem) -> PathProblem {
    PathProblem {
        rule: RuleId::MissingFile,
        problem,
    }
}

impl Lookup {
    /// What is wrong with the path `written`; `None` where nothing is wrong with it, or where it
    /// is reported once for the run ([`Lookup::RootAbsent`]).
    #[must_use]
    pub fn problem(&self, written: &str) -> Option<PathProblem> {
        if matches!(self, Self::Found | Self::External | Self::RootAbsent { .. }) {
            return None;
        }
        let shown = shorten(written);
        Some(match self {
            Self::Found | Self::External | Self::RootAbsent { .. } => return None,
            Self::Empty => {
                let message = match written.trim().is_empty() {
                    true => "the path is empty".to_owned(),
                    false => format!("`{shown}` names no file"),
                };
                let help = "write the path of a file, or delete the line";
                missing(Problem::new(message).help(help))
            }
            Self::FoundAtRootOnly { written } => PathProblem {
                rule: RuleId::RelativeUpload,
                problem: Problem {
                    replacement: Some(written.clone()),
                    ..Problem::new(format!(
                        "`{shown}` works only where the template puts a `/` before it"
                    ))
                    .help(format!("write `{}`", shorten(written)))
                },
            },
            Self::Folder { folder } => missing(Problem::new(format!(
                "`{shown}` names the folder `{}`, not a file",
                shorten(folder)
            ))),
            Self::Refused { why } => missing(refusal(*why, written, &shown)),
            Self::Missing {
                looked_for,
                candidate,
            } => {
                let problem = Problem::new(format!("`{shown}` does not exist"));
                missing(match candidate {
                    Some(candidate) => Problem {
                        replacement: candidate.is_sure().then(|| candidate.written.clone()),
                        ..problem.help(candidate.help())
                    },
                    None => {
                        let looked_for = shorten(looked_for);
                        let is_other = looked_for != shown;
                        let help = is_other.then(|| format!("there is no file `{looked_for}`"));
                        problem.maybe_help(help)
                    }
                })
            }
        })
    }
}

impl Candidate {
    fn help(&self) -> String {
        let file = shorten(&self.path);
        let write = shorten(&self.written);
        match self.why {
            Difference::Case => {
                format!("`{file}` does: the case of the name differs; write `{write}`")
            }
            Difference::Normalisation => {
                format!("`{file}` does: its accents are stored in another Unicode form")
            }
            Difference::Encoding => format!("`{file}` does: write `{write}`"),
            Difference::Backslash => {
                format!("`{file}` does: a path has `/`, not `\\`; write `{write}`")
            }
            Difference::ServedElsewhere => format!("the file `{file}` is served as `{write}`"),
            Difference::Unpublished => {
                format!("the file `{file}` exists, but it is not published with the site")
            }
            Difference::Extension => {
                format!("`{file}` does: the extension differs; write `{write}` if it is meant")
            }
            Difference::Folder => {
                format!("`{file}` has the same name: write `{write}` if it is meant")
            }
            Difference::Spelling => {
                format!("the nearest name is `{file}`: write `{write}` if it is meant")
            }
        }
    }

    /// Whether this file is meant beyond doubt.
    fn is_sure(&self) -> bool {
        match self.why {
            Difference::Normalisation
            | Difference::Case
            | Difference::Encoding
            | Difference::Backslash
            | Difference::ServedElsewhere => true,
            Difference::Unpublished
            | Difference::Extension
            | Difference::Folder
            | Difference::Spelling => false,
        }
    }
}

fn refusal(why: Refusal, written: &str, shown: &str) -> Problem {
    let (message, help) = match why {
        Refusal::LeavesSite => (
            format!("`{shown}` leads out of the site"),
            Some("name a file of the site, from its root: `/uploads/…`".to_owned()),
        ),
        Refusal::LinkLeavesSite => (
            format!("`{shown}` is reached over a symbolic link that leads out of the site"),
            None,
        ),
        Refusal::Nul => (format!("`{shown}` holds a NUL character"), None),
        Refusal::TooLong => (
            format!(
                "a path of {} bytes is longer than any file system takes",
                written.len()
            ),
            None,
        ),
        Refusal::LocalFile => (
            format!("`{shown}` is a file on one computer, which no reader of the site can open"),
            Some("upload the file to the site and write its path from the site's root".to_owned()),
        ),
        Refusal::MalformedUrl => (
            format!("`{shown}` is neither a path nor a URL: the `//` after the colon is missing"),
            None,
        ),
    };
    Problem::new(message).maybe_help(help)
}

/// A path as far as a reader will read it, on one line.
fn shorten(path: &str) -> String {
    one_line(&text::shorten(path, 160)).into_owned()
}
