//! What a lookup means to the author of the page, in words.

use super::{Difference, Lookup, Refusal};
use crate::diagnostic::RuleId;
use crate::text::one_line;

/// A finding about one path, without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFinding {
    /// `missing-file` or `relative-upload`.
    pub rule: RuleId,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// What replaces the whole path, where that is beyond doubt.
    pub replacement: Option<String>,
}

impl Lookup {
    /// The finding about the path `written`; `None` where nothing is wrong with it, or where it
    /// is told once for the run ([`Lookup::RootAbsent`]).
    #[must_use]
    pub fn finding(&self, written: &str) -> Option<PathFinding> {
        if matches!(self, Self::Found | Self::External | Self::RootAbsent { .. }) {
            return None;
        }
        let shown = shorten(written);
        let missing = |message: String, help: Option<String>| PathFinding {
            rule: RuleId::MissingFile,
            message,
            help,
            replacement: None,
        };
        match self {
            Self::Found | Self::External | Self::RootAbsent { .. } => None,
            Self::Empty => Some(missing(
                if written.trim().is_empty() {
                    "the path is empty".to_owned()
                } else {
                    format!("`{shown}` names no file")
                },
                Some("write the path of a file, or delete the line".to_owned()),
            )),
            Self::FoundAtRootOnly { written } => Some(PathFinding {
                rule: RuleId::RelativeUpload,
                message: format!("`{shown}` works only where the template puts a `/` before it"),
                help: Some(format!("write `{}`", shorten(written))),
                replacement: Some(written.clone()),
            }),
            Self::Folder { folder } => Some(missing(
                format!(
                    "`{shown}` names the folder `{}`, not a file",
                    shorten(folder)
                ),
                None,
            )),
            Self::Refused { why } => Some(refused(*why, written, &shown)),
            Self::Missing {
                looked_for,
                candidate: None,
            } => Some(missing(
                format!("`{shown}` does not exist"),
                (shorten(looked_for) != shown)
                    .then(|| format!("there is no file `{}`", shorten(looked_for))),
            )),
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
                Some(PathFinding {
                    replacement: sure.then(|| candidate.written.clone()),
                    ..missing(format!("`{shown}` does not exist"), Some(help))
                })
            }
        }
    }
}

fn refused(why: Refusal, written: &str, shown: &str) -> PathFinding {
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
    PathFinding {
        rule: RuleId::MissingFile,
        message,
        help,
        replacement: None,
    }
}

/// A path as far as a reader will read it, on one line.
fn shorten(path: &str) -> String {
    const SHOWN: usize = 160;
    match path.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", one_line(&path[..end])),
        None => one_line(path).into_owned(),
    }
}
