//! What a lookup means to the author of the page, in words.

use super::{Difference, Lookup, Refusal};
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
    /// is told once for the run ([`Lookup::RootAbsent`]).
    #[must_use]
    pub fn problem(&self, written: &str) -> Option<PathProblem> {
        if matches!(self, Self::Found | Self::External | Self::RootAbsent { .. }) {
            return None;
        }
        let shown = shorten(written);
        match self {
            Self::Found | Self::External | Self::RootAbsent { .. } => None,
            Self::Empty => {
                let message = match written.trim().is_empty() {
                    true => "the path is empty".to_owned(),
                    false => format!("`{shown}` names no file"),
                };
                let problem = Problem::new(message);
                Some(missing(
                    problem.help("write the path of a file, or delete the line"),
                ))
            }
            Self::FoundAtRootOnly { written } => Some(PathProblem {
                rule: RuleId::RelativeUpload,
                problem: Problem {
                    replacement: Some(written.clone()),
                    ..Problem::new(format!(
                        "`{shown}` works only where the template puts a `/` before it"
                    ))
                    .help(format!("write `{}`", shorten(written)))
                },
            }),
            Self::Folder { folder } => Some(missing(Problem::new(format!(
                "`{shown}` names the folder `{}`, not a file",
                shorten(folder)
            )))),
            Self::Refused { why } => Some(missing(refusal(*why, written, &shown))),
            Self::Missing {
                looked_for,
                candidate: None,
            } => {
                let problem = Problem::new(format!("`{shown}` does not exist"));
                let looked_for = shorten(looked_for);
                let help =
                    (looked_for != shown).then(|| format!("there is no file `{looked_for}`"));
                Some(missing(problem.maybe_help(help)))
            }
            Self::Missing {
                candidate: Some(candidate),
                ..
            } => {
                let file = shorten(&candidate.path);
                let write = shorten(&candidate.written);
                let (help, sure) = match candidate.why {
                    Difference::Case => {
                        (format!("`{file}` does: the case of the name differs"), true)
                    }
                    Difference::Normalisation => (
                        format!("`{file}` does: its accents are stored in another Unicode form"),
                        true,
                    ),
                    Difference::Encoding => (format!("`{file}` does: write `{write}`"), true),
                    Difference::Backslash => (
                        format!("`{file}` does: a path has `/`, not `\\`; write `{write}`"),
                        true,
                    ),
                    Difference::ServedElsewhere => {
                        (format!("the file `{file}` is served as `{write}`"), true)
                    }
                    Difference::Unpublished => (
                        format!("the file `{file}` exists, but it is not published with the site"),
                        false,
                    ),
                    Difference::Extension => {
                        (format!("`{file}` does: the extension differs"), false)
                    }
                    Difference::Spelling => (format!("the nearest name is `{file}`"), false),
                };
                Some(missing(Problem {
                    replacement: sure.then(|| candidate.written.clone()),
                    ..Problem::new(format!("`{shown}` does not exist")).help(help)
                }))
            }
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
