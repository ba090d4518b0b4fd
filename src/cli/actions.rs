//! GitHub Actions: what the environment says about the step that the program runs in, and the
//! summary of the step.

use std::collections::hash_map::RandomState;
use std::fs::OpenOptions;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Environment;
use crate::text::path_line;

/// A step of a workflow.
#[derive(Debug)]
pub(super) struct Step {
    /// The file whose text is shown on the job's page.
    summary: Option<PathBuf>,
    /// The folder of the repository.
    workspace: Option<PathBuf>,
}

impl Step {
    /// The step that the program runs in; `None` outside of GitHub Actions.
    #[must_use]
    pub(super) fn current(environment: Environment<'_>) -> Option<Self> {
        let is_action = environment("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        let path = |name| {
            let set = environment(name).filter(|path| !path.is_empty());
            set.map(PathBuf::from)
        };
        is_action.then(|| Self {
            summary: path("GITHUB_STEP_SUMMARY"),
            workspace: path("GITHUB_WORKSPACE"),
        })
    }

    /// The working directory, relative to the root of the repository; empty where the two are the
    /// same or have nothing to do with each other.
    #[must_use]
    pub(super) fn folder(&self, working_directory: &Path) -> PathBuf {
        let below = || {
            let workspace = self.workspace.as_ref()?.canonicalize().ok()?;
            let current = working_directory.canonicalize().ok()?;
            current.strip_prefix(workspace).ok().map(Path::to_path_buf)
        };
        below().unwrap_or_default()
    }

    /// Adds Markdown to the job's page, below what other programs of the step wrote.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub(super) fn summarize(&self, text: &str) -> Result<(), String> {
        let Some(path) = &self.summary else {
            return Ok(());
        };
        let append = || -> io::Result<()> {
            let mut file = OpenOptions::new().append(true).create(true).open(path)?;
            file.write_all(text.as_bytes())
        };
        append().map_err(|error| format!("cannot write `{}`: {error}", path_line(path)))
    }
}

/// Whether what is written ends up in a log that obeys commands. Other systems that read the
/// commands of GitHub Actions set the variable, too.
#[must_use]
pub(super) fn is_log(environment: Environment<'_>) -> bool {
    environment("GITHUB_ACTIONS").is_some_and(|value| !value.is_empty())
}

/// A word that the author of a page cannot have guessed before this run.
#[must_use]
pub(super) fn secret_token() -> String {
    // The keys of a hash map are drawn at random by the system, once a thread.
    let word = || RandomState::new().build_hasher().finish();
    format!("frontlint-{:016x}{:016x}", word(), word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ() {
        assert_ne!(secret_token(), secret_token());
    }

    #[test]
    fn summaries_are_added_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.md");
        let step = Step {
            summary: Some(path.clone()),
            workspace: None,
        };
        step.summarize("one\n").unwrap();
        step.summarize("two\n").unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "one\ntwo\n");
        let elsewhere = Step {
            summary: Some(folder.path().join("no/such/folder")),
            workspace: None,
        };
        assert!(
            elsewhere
                .summarize("x")
                .unwrap_err()
                .contains("no/such/folder")
        );
        let nowhere = Step {
            summary: None,
            workspace: None,
        };
        assert!(nowhere.summarize("x").is_ok());
        assert_eq!(nowhere.folder(folder.path()), PathBuf::new());
    }
}
