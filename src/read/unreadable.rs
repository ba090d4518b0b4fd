//! Why a file cannot be read, in words.

use std::fs::FileType;
use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::files::{self, ReadError, kind_name};
use crate::text::path_line;

/// A file that was not opened.
pub(super) fn unopened(path: &Path, error: &ReadError) -> Box<Diagnostic> {
    match error {
        ReadError::NotRegular(kind) => irregular(*kind),
        ReadError::Outside(place) => unreadable(
            format!("this is a link that leads out of {place}"),
            "put a copy of the file in its place, or name the page on the command line",
        ),
        ReadError::System(error) => missing(path, error),
        ReadError::TooLarge(_) => Box::new(Diagnostic::new(
            RuleId::UnreadableFile,
            format!("the file cannot be read: {error}"),
        )),
    }
}

/// A path under which nothing is found.
fn missing(path: &Path, error: &Error) -> Box<Diagnostic> {
    let target = files::link_target(path);
    match target {
        Some(target) if error.kind() == ErrorKind::NotFound => unreadable(
            format!(
                "this is a link to `{}`, which does not exist",
                path_line(&target)
            ),
            "make the link point at a file, or remove it",
        ),
        _ => failed(error),
    }
}

/// Anything but a file.
fn irregular(kind: FileType) -> Box<Diagnostic> {
    let message = format!("this is {}, not a file", kind_name(kind));
    if kind.is_dir() {
        return unreadable(message, "name the folder itself to check the files in it");
    }
    unreadable(message, "pipe the page in and write `-` for its path")
}

/// Any other failure to open or read.
pub(super) fn failed(error: &Error) -> Box<Diagnostic> {
    let reason = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or("").to_lowercase()
        }
    };
    let diagnostic = Diagnostic::new(
        RuleId::UnreadableFile,
        format!("the file cannot be read: {reason}"),
    );
    Box::new(match error.kind() {
        ErrorKind::PermissionDenied => {
            diagnostic.help("give the user who runs frontlint the right to read it")
        }
        _ => diagnostic,
    })
}

fn unreadable(message: String, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(RuleId::UnreadableFile, message).help(help))
}
