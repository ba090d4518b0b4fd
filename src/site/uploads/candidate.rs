//! The file that was probably meant by a path that names none.

use super::confined::End;
use super::entry::fold;
use super::reference::{self, WrittenPath};
use super::root::UploadRoot;
use super::search::{Search, Target};
use super::{Candidate, Difference, percent};
use crate::text::Tolerance;

/// So many names of one path may be replaced by near ones.
pub(super) const MOST_REPLACED: usize = 2;

impl Search<'_> {
    /// The file that was probably meant.
    pub(super) fn candidate(&self, url: &[&[u8]]) -> Option<Candidate> {
        if self.path.decoded.contains(&b'\\') {
            let bytes = self.path.decoded.iter();
            let slashed = bytes.map(|&byte| if byte == b'\\' { b'/' } else { byte });
            let slashed: Vec<u8> = slashed.collect();
            let url = reference::resolve(&[], &slashed)?;
            if let Target::File = self.target(&url) {
                return Some(Candidate {
                    path: self.looked_for(&url),
                    written: format!("{}{}", self.path.raw.replace('\\', "/"), self.path.tail),
                    why: Difference::Backslash,
                });
            }
        }
        let mut best: Option<Candidate> = None;
        for root in &self.uploads.roots {
            let limit = best.as_ref().map(|best| best.why);
            let candidate = self.candidate_in(root, url, limit);
            best = candidate
                .filter(|candidate| limit.is_none_or(|limit| candidate.why < limit))
                .or(best);
        }
        // A name that is right is more than one that is nearly so.
        let (spelled, best) = match best {
            Some(best) if best.why == Difference::Spelling => (Some(best), None),
            best => (None, best),
        };
        best.or_else(|| self.with_tail())
            .or_else(|| self.elsewhere(url))
            .or(spelled)
    }

    /// The candidate in one root, if it differs less than `limit`.
    pub(super) fn candidate_in(
        &self,
        root: &UploadRoot,
        url: &[&[u8]],
        limit: Option<Difference>,
    ) -> Option<Candidate> {
        let (of_root, rest) = match root.below(url) {
            Some(rest) => (Difference::Normalisation, rest),
            // A prefix that is a letter off is a near miss of the root itself.
            None => match (url, root.url.as_slice()) {
                ([first, rest @ ..], [prefix]) if !rest.is_empty() => {
                    (near_text(first, prefix)?, rest)
                }
                _ => return None,
            },
        };
        let near = NearPath {
            search: self,
            root,
            raw: &raw_segments(self.path, rest.len()),
            limit,
        };
        let (of_names, found) = near.find(rest, MOST_REPLACED)?;
        let below: Vec<&[u8]> = found.iter().map(Vec::as_slice).collect();
        let is_text = below.iter().all(|name| std::str::from_utf8(name).is_ok());
        (is_text && self.publishes(root, &below)).then(|| Candidate {
            path: root.shown(&below),
            written: root.written(&below, self.path),
            why: of_names.map_or(of_root, |of_names| of_names.max(of_root)),
        })
    }

    /// A file whose name really has the `?` or `#` that was taken for a query or a fragment.
    fn with_tail(&self) -> Option<Candidate> {
        let WrittenPath { raw, tail, .. } = *self.path;
        if tail.is_empty() {
            return None;
        }
        let whole = format!("{raw}{tail}");
        let decoded = percent::decode(whole.as_bytes());
        let url = reference::resolve(&[], &decoded)?;
        self.uploads.roots.iter().find_map(|root| {
            let rest = root.below(&url)?;
            let end = root
                .boundary
                .walk(&self.uploads.directories, &root.path(rest));
            (end == End::File).then(|| Candidate {
                path: root.shown(rest),
                written: format!("{raw}{}", percent::encode(tail, false)),
                why: Difference::Encoding,
            })
        })
    }
}

/// A search for a path of which some names are only near those that exist.
pub(super) struct NearPath<'a> {
    pub(super) search: &'a Search<'a>,
    pub(super) root: &'a UploadRoot,
    /// The names before percent-decoding.
    pub(super) raw: &'a [&'a [u8]],
    /// No name that differs as much as this is tried.
    pub(super) limit: Option<Difference>,
}

impl NearPath<'_> {
    /// Follows `names`, replacing at most `most` of them. Returns the names of the file and how the
    /// worst of them differs; `None` where every name is exact.
    pub(super) fn find(
        &self,
        names: &[&[u8]],
        most: usize,
    ) -> Option<(Option<Difference>, Vec<Vec<u8>>)> {
        let directories = &self.search.uploads.directories;
        match self.root.boundary.walk(directories, &self.root.path(names)) {
            End::File => Some((None, names.iter().map(|name| name.to_vec()).collect())),
            End::Folder(_) | End::Outside => None,
            End::Missing { directory, index } => {
                let at = index.checked_sub(self.root.folder.len())?;
                let most = most.checked_sub(1)?;
                let listing = directories.list(&directory);
                let name = names.get(at)?;
                let as_written = self.raw.get(at).unwrap_or(name);
                listing
                    .near(name, as_written)
                    .filter(|(why, _)| self.limit.is_none_or(|limit| *why < limit))
                    .find_map(|(why, entry)| {
                        let mut tried = names.to_vec();
                        *tried.get_mut(at)? = entry.bytes();
                        let (further, found) = self.find(&tried, most)?;
                        Some((Some(further.map_or(why, |further| further.max(why))), found))
                    })
            }
        }
    }
}

fn near_text(written: &[u8], name: &str) -> Option<Difference> {
    let written = String::from_utf8_lossy(written);
    if fold(&written) == fold(name) {
        return Some(Difference::Case);
    }
    // In a name of three letters any other is two letters away.
    let is_near = name.len() >= 4 && Tolerance::Letters(2).distance(&written, name).is_some();
    is_near.then_some(Difference::Spelling)
}

/// The last `count` segments as written, before decoding.
fn raw_segments<'p>(path: &WrittenPath<'p>, count: usize) -> Vec<&'p [u8]> {
    let all: Vec<_> = path
        .raw
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .map(str::as_bytes)
        .collect();
    all.get(all.len().saturating_sub(count)..)
        .unwrap_or_default()
        .to_vec()
}
