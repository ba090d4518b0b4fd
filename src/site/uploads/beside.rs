//! The file that was probably meant by a path that is relative to the page.

use super::candidate::NearPath;
use super::root::join;
use super::search::Search;
use super::{Candidate, percent};

impl Search<'_> {
    /// The file that was probably meant beside the page, whose folder is `base`; `near` is what the
    /// path names from there.
    pub(super) fn candidate_beside(&self, base: &[&[u8]], near: &[&[u8]]) -> Option<Candidate> {
        let root = &self.uploads.site;
        let near_path = NearPath {
            search: self,
            root,
            raw: &self.raw_from(near),
            limit: None,
        };
        let found = near_path.find(near, super::candidate::MOST_REPLACED);
        let named = found.and_then(|(why, found)| {
            let found: Vec<&[u8]> = found.iter().map(Vec::as_slice).collect();
            Some(self.named(base, &found, why?))
        });
        named.or_else(|| {
            let (found, why) = self.elsewhere_from(base, near)?;
            let found: Vec<&[u8]> = found.iter().map(Vec::as_slice).collect();
            Some(self.named(base, &found, why))
        })
    }

    fn named(&self, base: &[&[u8]], found: &[&[u8]], why: super::Difference) -> Candidate {
        Candidate {
            path: self.uploads.site.shown(found),
            written: self.written_from(base, found),
            why,
        }
    }

    /// A path from a folder to a file, in the way of the written one.
    fn written_from(&self, base: &[&[u8]], found: &[&[u8]]) -> String {
        let pairs = base.iter().zip(found);
        let common = pairs.take_while(|(one, other)| one == other).count();
        // The last name is the file's.
        let common = common.min(found.len().saturating_sub(1));
        let mut written = "../".repeat(base.len() - common);
        if written.is_empty() && self.path.raw.starts_with("./") {
            written.push_str("./");
        }
        let below = join("", found.get(common..).unwrap_or_default());
        written + &percent::encode(&below, self.path.raw.contains('%')) + self.path.tail
    }

    /// The names of `near` before percent-decoding, as far as the path itself writes them.
    fn raw_from<'n>(&'n self, near: &[&'n [u8]]) -> Vec<&'n [u8]> {
        let segments = self.path.raw.split('/');
        let written: Vec<_> = segments
            .filter(|segment| !matches!(*segment, "" | "."))
            .map(str::as_bytes)
            .collect();
        let last = written.iter().rposition(|segment| *segment == b"..");
        let tail = written
            .get(last.map_or(0, |last| last + 1)..)
            .unwrap_or_default();
        let before = near.len().saturating_sub(tail.len());
        let near = near.get(..before).unwrap_or_default();
        [near, tail].concat()
    }
}
