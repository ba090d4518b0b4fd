//! The file that was probably meant by a path that names none.

use super::listing::{self, End};
use super::reference::{self, WrittenPath};
use super::root::{UploadRoot, join};
use super::{Candidate, Difference, Publishes, Reading, Uploads, nearest, percent};
use crate::text::Tolerance;

impl<K> Uploads<K> {
    /// The file that was probably meant.
    pub(super) fn candidate(
        &self,
        url: &[&[u8]],
        path: &WrittenPath<'_>,
        generator: &dyn Publishes<K>,
    ) -> Option<Candidate> {
        if path.decoded.contains(&b'\\') {
            let slashed = path
                .decoded
                .iter()
                .map(|&b| if b == b'\\' { b'/' } else { b });
            let slashed: Vec<u8> = slashed.collect();
            let url = reference::resolve(&[], &slashed)?;
            if let Reading::Found = self.read(&url, path, generator) {
                return Some(Candidate {
                    path: self.looked_for(&url),
                    written: format!("{}{}", path.raw.replace('\\', "/"), path.tail),
                    why: Difference::Backslash,
                });
            }
        }
        let mut best: Option<Candidate> = None;
        for root in &self.roots {
            // A prefix that is a letter off is a near miss of the root itself.
            let prefix = root.url.len();
            let (given, rest) = match root.below(url) {
                Some(rest) => (Difference::Normalisation, rest),
                None if prefix == 1 && url.len() > 1 => match near_text(url[0], &root.url[0]) {
                    Some(difference) => (difference, &url[1..]),
                    None => continue,
                },
                None => continue,
            };
            let raw = raw_segments(path, rest.len());
            // What differs as much or more would not be preferred to what is found already.
            let below = best.as_ref().map(|best| best.why);
            let Some((why, found)) = self.search(root, rest, &raw, (2, below)) else {
                continue;
            };
            let below: Vec<&[u8]> = found.iter().map(Vec::as_slice).collect();
            let is_text = below.iter().all(|name| std::str::from_utf8(name).is_ok());
            if !is_text || !generator.publishes(&root.kind, &join("", &below)) {
                continue;
            }
            let why = why.map_or(given, |why| why.max(given));
            if best.as_ref().is_none_or(|best| why < best.why) {
                best = Some(Candidate {
                    path: root.shown(&below),
                    written: root.written(&below, path),
                    why,
                });
            }
        }
        best.or_else(|| self.with_tail(path))
    }

    /// A file whose name really holds the `?` or `#` that was taken for a query or a fragment.
    fn with_tail(&self, path: &WrittenPath<'_>) -> Option<Candidate> {
        if path.tail.is_empty() {
            return None;
        }
        let whole = format!("{}{}", path.raw, path.tail);
        let decoded = percent::decode(whole.as_bytes());
        let url = reference::resolve(&[], &decoded)?;
        self.roots.iter().find_map(|root| {
            let rest = root.below(&url)?;
            match root.boundary.walk(&self.directories, &root.path(rest)) {
                End::File => Some(Candidate {
                    path: root.shown(rest),
                    written: format!("{}{}", path.raw, percent::encode(path.tail, false)),
                    why: Difference::Encoding,
                }),
                _ => None,
            }
        })
    }

    /// Follows `rest`, taking a near name where there is no exact one, at most `turns` times, and
    /// none that differs as much as `below`. `None` in the pair where every name was exact.
    fn search(
        &self,
        root: &UploadRoot<K>,
        rest: &[&[u8]],
        raw: &[&[u8]],
        (turns, below): (usize, Option<Difference>),
    ) -> Option<(Option<Difference>, Vec<Vec<u8>>)> {
        let way = root.path(rest);
        match root.boundary.walk(&self.directories, &way) {
            End::File => Some((None, rest.iter().map(|name| name.to_vec()).collect())),
            End::Folder(_) | End::Outside => None,
            End::Missing { directory, index } => {
                let at = index.checked_sub(root.folder.len())?;
                let turns = turns.checked_sub(1)?;
                let listing = self.directories.list(&directory);
                let name = rest.get(at)?;
                let as_written = raw.get(at).unwrap_or(name);
                nearest::entries(&listing, name, as_written)
                    .filter(|(why, _)| below.is_none_or(|below| *why < below))
                    .find_map(|(why, entry)| {
                        let mut tried = rest.to_vec();
                        *tried.get_mut(at)? = entry.bytes();
                        let (further, found) = self.search(root, &tried, raw, (turns, below))?;
                        Some((Some(further.map_or(why, |further| further.max(why))), found))
                    })
            }
        }
    }
}

fn near_text(written: &[u8], name: &str) -> Option<Difference> {
    let written = String::from_utf8_lossy(written);
    if listing::fold(&written) == listing::fold(name) {
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
