//! What a walk has to tell of folders, in words.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::diagnostic::Problem;
use crate::files::{ReadError, reason};
use crate::paths;
use crate::text::path_line;

/// The failure for an ignore file that is not read.
pub(super) fn ignore_file(path: &Path, error: &ReadError, cwd: &Path) -> Problem {
    let place = paths::shown(path, cwd);
    let message = format!("`{}` cannot be read: {error}", path_line(&place));
    Problem::new(message).maybe_help(error.help())
}

/// The failure for a folder that cannot be listed, or an entry that cannot be looked at. One that
/// is gone meanwhile is none.
pub(super) fn unreadable(path: &Path, error: &Error, cwd: &Path) -> Option<Problem> {
    if error.kind() == ErrorKind::NotFound {
        return None;
    }
    let reason = reason(error);
    let place = paths::shown(path, cwd);
    let message = format!("`{}` cannot be read: {reason}", path_line(&place));
    Some(
        Problem::new(message)
            .help("what it holds is not checked; `exclude` leaves it out for good"),
    )
}
