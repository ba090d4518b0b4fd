//! What git says when it fails, in our words.

use std::borrow::Cow;
use std::path::Path;

use super::failure;
use crate::diagnostic::Problem;
use crate::text::path_line;

/// What git wrote on standard error.
pub(super) struct Complaint(pub(super) Vec<u8>);

impl Complaint {
    pub(super) fn says(&self, words: &str) -> bool {
        String::from_utf8_lossy(&self.0).contains(words)
    }

    /// Why git ended, in one line. Lines before it, and values in it, may quote a file that is
    /// included from elsewhere.
    pub(super) fn into_failure(self) -> Problem {
        if self.says("lazy fetching disabled") {
            return failure(
                "this clone is partial, and what has to be compared is not in it".to_owned(),
                "clone without `--filter`, or run `git fetch --refetch --no-filter`: frontlint lets git fetch nothing",
            );
        }
        let text = String::from_utf8_lossy(&self.0);
        let mut lines = text.lines().map(str::trim);
        let fatal = lines.clone().find_map(|line| line.strip_prefix("fatal: "));
        let line = fatal.or_else(|| lines.find(|line| !line.is_empty()));
        let line = without_value(line.unwrap_or("it failed without a word"));
        failure(format!("git says: {line}"), "")
    }

    pub(super) fn about_repository(self, top: &Path) -> Problem {
        // The second is how git 2.35 puts it.
        if !self.says("dubious ownership") && !self.says("unsafe repository") {
            return self.into_failure();
        }
        let top = path_line(top);
        failure(
            format!("git does not read the repository `{top}`, since it belongs to another user"),
            &format!("if you trust it, run `git config --global --add safe.directory '{top}'`"),
        )
    }
}

/// `bad numeric config value 'VALUE' for 'KEY' in file …` without the value.
fn without_value(line: &str) -> Cow<'_, str> {
    let parts = line.split_once(" config value '");
    match parts.and_then(|(kind, rest)| Some((kind, rest.rsplit_once("' for '")?.1))) {
        Some((kind, key)) => Cow::Owned(format!("{kind} config value for '{key}")),
        None => Cow::Borrowed(line),
    }
}
