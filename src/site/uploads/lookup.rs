//! What became of a path that was looked up.

use super::{Difference, Refusal};

/// What a path in front matter turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A file that is there, or a page's folder with an index.
    Found,
    /// A URL to elsewhere; accepted and never fetched.
    External,
    /// No path at all, or a bare fragment.
    Empty,
    /// Written without a leading `/` and found only from the site's root.
    FoundAtRootOnly {
        /// What to write so that it works everywhere.
        written: String,
    },
    /// No such file.
    Missing {
        /// The file that would have to be there, as shown to users.
        looked_for: String,
        /// The file that was probably meant.
        candidate: Option<Candidate>,
    },
    /// The path names a folder.
    Folder {
        /// The folder as shown to users.
        folder: String,
    },
    /// Not looked up at all.
    Refused {
        /// Why not.
        why: Refusal,
    },
    /// The folder that serves such paths is absent as a whole. Reported once for a run
    /// ([`crate::site::Site::absent_roots`]), not once for a path.
    RootAbsent {
        /// The folder as shown to users.
        folder: String,
    },
}

/// A file that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The file as shown to users.
    pub path: String,
    /// What to write to name it.
    pub written: String,
    /// How it differs from what was written.
    pub why: Difference,
}

impl Lookup {
    /// The same for a path that was written without the leading `/` it was looked up with.
    pub(in crate::site) fn without_leading_slash(mut self) -> Self {
        if let Self::Missing {
            candidate: Some(candidate),
            ..
        } = &mut self
            && let Some(rest) = candidate.written.strip_prefix('/')
        {
            candidate.written = rest.to_owned();
        }
        self
    }
}
