//! The environment that git is started in, and paths as git writes them.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

#[cfg(not(unix))]
use super::failure;
use crate::diagnostic::Problem;

#[expect(
    clippy::disallowed_methods,
    reason = "git and what it is started with are those of the environment"
)]
pub(super) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// The output of a command without its last line break.
pub(super) fn trim(output: &[u8]) -> &[u8] {
    output.strip_suffix(b"\n").unwrap_or(output)
}

/// A path as git wrote it.
///
/// # Errors
/// Where the system has no such path: on Windows, one that is not UTF-8.
pub(super) fn path_of(bytes: &[u8]) -> Result<PathBuf, Problem> {
    text_of(bytes).map(PathBuf::from)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no such text")]
pub(super) fn text_of(bytes: &[u8]) -> Result<&OsStr, Problem> {
    use std::os::unix::ffi::OsStrExt;
    Ok(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(super) fn text_of(bytes: &[u8]) -> Result<&OsStr, Problem> {
    let text = std::str::from_utf8(bytes);
    text.map(OsStr::new).map_err(|_| {
        let shown = String::from_utf8_lossy(bytes);
        failure(format!("git names `{shown}`, which is not UTF-8"), "")
    })
}
