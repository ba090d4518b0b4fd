//! What a walk has to tell of folders, in words.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::discover::Failure;
use crate::files::{ReadError, reason};
use crate::paths;
use crate::text::path_line;

/// The failure for an ignore file that is not read.
pub(super) fn ignore_file(path: &Path, error: &ReadError, cwd: &Path) -> Failure {
    let place = paths::shown(path, cwd);
    Failure {
        message: format!("`{}` cannot be read: {error}", path_line(&place)),
        help: error.help(),
    }
}

/// The failure for a folder that cannot be listed, or an entry that cannot be looked at. One that
/// is gone meanwhile is none.
pub(super) fn unreadable(path: &Path, error: &Error, cwd: &Path) -> Option<Failure> {
    if error.kind() == ErrorKind::NotFound {
        return None;
    }
    let reason = reason(error);
    let place = paths::shown(path, cwd);
    Some(Failure {
        message: format!("`{}` cannot be read: {reason}", path_line(&place)),
        help: Some("what it holds is not checked; `exclude` leaves it out for good".to_owned()),
    })
}
