//! A folder and the URL prefix that its files are served under.

use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;

use super::confined::Confined;
use super::percent;
use super::reference::WrittenPath;

/// A folder whose files are served under a URL prefix.
#[derive(Debug)]
pub(in crate::site) struct UploadRoot {
    /// The prefix's segments, decoded: `uploads` for `/uploads/`.
    pub(super) url: Vec<String>,
    /// What nothing is looked up outside of.
    pub(super) boundary: Confined,
    /// The folder's segments below the boundary.
    pub(super) folder: Vec<String>,
    /// The folder as shown to users, without a trailing slash.
    pub(super) shown: String,
    /// Where the generator publishes only some of its files: what it calls the folder.
    pub(super) filter: Option<String>,
    /// How many paths needed the folder while it was absent.
    pub(super) misses: AtomicUsize,
}

impl UploadRoot {
    /// A root below `boundary`; `shown` is how users see the folder.
    pub(in crate::site) fn new(
        url: &str,
        boundary: PathBuf,
        folder: &str,
        shown: String,
        filter: Option<String>,
    ) -> Self {
        Self {
            url: segments(url),
            boundary: Confined::new(boundary),
            folder: segments(folder),
            shown,
            filter,
            misses: AtomicUsize::new(0),
        }
    }

    pub(super) fn path<'a>(&'a self, rest: &[&'a [u8]]) -> Vec<&'a [u8]> {
        let folder = self.folder.iter().map(String::as_bytes);
        folder.chain(rest.iter().copied()).collect()
    }

    pub(super) fn shown(&self, rest: &[&[u8]]) -> String {
        join(&self.shown, rest)
    }

    pub(super) fn written(&self, rest: &[&[u8]], path: &WrittenPath<'_>) -> String {
        let url: Vec<_> = self.url.iter().map(String::as_bytes).collect();
        let slash = if path.is_absolute { "/" } else { "" };
        let decoded = slash.to_owned() + &join(&join("", &url), rest);
        percent::encode(&decoded, path.raw.contains('%')) + path.tail
    }

    /// What is left of a URL below this root.
    pub(super) fn below<'a, 'p>(&self, url: &'a [&'p [u8]]) -> Option<&'a [&'p [u8]]> {
        let (prefix, rest) = url.split_at_checked(self.url.len())?;
        let same = prefix
            .iter()
            .zip(&self.url)
            .all(|(a, b)| *a == b.as_bytes());
        same.then_some(rest)
    }
}

/// The segments of a path, without empty ones.
pub(super) fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .map(str::to_owned)
        .collect()
}

/// Segments behind a path, for showing.
pub(super) fn join(base: &str, rest: &[&[u8]]) -> String {
    let mut joined = base.trim_end_matches('/').to_owned();
    if base.starts_with('/') && joined.is_empty() {
        joined.push('/');
    }
    for name in rest {
        if !joined.is_empty() && !joined.ends_with('/') {
            joined.push('/');
        }
        joined.push_str(&String::from_utf8_lossy(name));
    }
    joined
}
