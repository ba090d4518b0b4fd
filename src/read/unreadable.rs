//! Why a file cannot be read, in words.

use std::fs::FileType;
use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::diagnostic::{Diagnostic, RuleId};

/// A path under which nothing is found.
pub(super) fn missing(path: &Path, error: &Error) -> Box<Diagnostic> {
    let target = std::fs::read_link(path).ok();
    match target {
        Some(target) if error.kind() == ErrorKind::NotFound => unreadable(
            format!(
                "this is a link to `{}`, which does not exist",
                target.display()
            ),
            "make the link point at a file, or remove it",
        ),
        _ => failed(error),
    }
}

/// Anything but a file.
pub(super) fn irregular(kind: FileType) -> Box<Diagnostic> {
    let message = format!("this is {}, not a file", name(kind));
    if kind.is_dir() {
        return unreadable(message, "name the folder itself to check the files in it");
    }
    unreadable(message, "pipe the page in and write `-` for its path")
}

/// Any other failure to open or read.
pub(super) fn failed(error: &Error) -> Box<Diagnostic> {
    let reason = match error.kind() {
        ErrorKind::NotFound => "it does not exist any more".to_owned(),
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

#[cfg(unix)]
fn name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn name(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}
