//! A file of the name that was written, in another folder nearby: above, below or beside the folder that
//! was looked in.

use super::confined::End;
use super::entry::EntryKind;
use super::root::UploadRoot;
use super::search::Search;
use super::{Candidate, Difference};

/// A folder with more folders than this is not searched.
const MOST_FOLDERS: usize = 200;

type Names = Vec<Vec<u8>>;

impl Search<'_> {
    /// The file in another folder that a path from the site's root was probably to name.
    pub(super) fn elsewhere(&self, url: &[&[u8]]) -> Option<Candidate> {
        self.uploads.roots.iter().find_map(|root| {
            let rest = root.below(url)?;
            let (name, folder) = rest.split_last()?;
            let found = self
                .above(root, folder, name)
                .or_else(|| self.in_named_otherwise(root, rest))
                .or_else(|| self.in_one_of(root, folder, &[*name], None))?;
            let found: Vec<&[u8]> = found.iter().map(Vec::as_slice).collect();
            self.publishes(root, &found).then(|| Candidate {
                path: root.shown(&found),
                written: root.written(&found, self.path),
                why: Difference::Folder,
            })
        })
    }

    /// The same for a path from the folder `base` of the page, which names `near`.
    pub(super) fn elsewhere_from(
        &self,
        base: &[&[u8]],
        near: &[&[u8]],
    ) -> Option<(Names, Difference)> {
        let root = &self.uploads.site;
        let (name, folder) = near.split_last()?;
        let segments = self.path.decoded.split(|&byte| byte == b'/');
        let tail: Vec<&[u8]> = segments
            .filter(|segment| !matches!(*segment, b"" | b"." | b".."))
            .collect();
        let at = |folder: &[&[u8]], rest: &[&[u8]]| {
            let names = [folder, rest].concat();
            let is_other = names != near;
            (is_other && self.is_file(root, &names)).then(|| owned(&names))
        };
        let levels = (0..=base.len()).rev();
        let found = levels
            .filter_map(|level| base.get(..level))
            .find_map(|above| at(above, &tail))
            .or_else(|| at(base, &[*name]))
            .or_else(|| match folder == base {
                // A picture beside one page is none of another's.
                true => None,
                false => self.in_named_otherwise(root, near).or_else(|| {
                    let (_, parent) = folder.split_last()?;
                    self.in_one_of(root, parent, &[*name], None)
                }),
            })
            .or_else(|| self.in_one_of(root, base, &[*name], None))?;
        Some((found, Difference::Folder))
    }

    /// The file of this name in the nearest folder above one.
    fn above(&self, root: &UploadRoot, folder: &[&[u8]], name: &[u8]) -> Option<Names> {
        let levels = (0..folder.len()).rev();
        levels
            .filter_map(|level| folder.get(..level))
            .find_map(|above| {
                let names = [above, &[name]].concat();
                self.is_file(root, &names).then(|| owned(&names))
            })
    }

    /// The file at a path of which one folder, the first that is missing, has another name.
    fn in_named_otherwise(&self, root: &UploadRoot, names: &[&[u8]]) -> Option<Names> {
        let directories = &self.uploads.directories;
        let End::Missing { index, .. } = root.boundary.walk(directories, &root.path(names)) else {
            return None;
        };
        let at = index.checked_sub(root.folder.len())?;
        let rest = names.get(at + 1..).filter(|rest| !rest.is_empty())?;
        self.in_one_of(root, names.get(..at)?, rest, names.get(at).copied())
    }

    /// The file at `rest` in one of the folders in a folder; `None` where several have it.
    fn in_one_of(
        &self,
        root: &UploadRoot,
        folder: &[&[u8]],
        rest: &[&[u8]],
        except: Option<&[u8]>,
    ) -> Option<Names> {
        let directories = &self.uploads.directories;
        let End::Folder(directory) = root.boundary.walk(directories, &root.path(folder)) else {
            return None;
        };
        let listing = directories.list(&directory);
        let folders: Vec<&[u8]> = listing
            .entries()
            .iter()
            .filter(|entry| entry.kind == EntryKind::Folder && entry.is_text())
            .map(|entry| entry.bytes())
            .filter(|name| !name.starts_with(b".") && Some(*name) != except)
            .take(MOST_FOLDERS + 1)
            .collect();
        if folders.len() > MOST_FOLDERS {
            return None;
        }
        let mut found = folders.into_iter().filter_map(|name| {
            let names = [folder, &[name], rest].concat();
            self.is_file(root, &names).then(|| owned(&names))
        });
        let first = found.next();
        first.filter(|_| found.next().is_none())
    }

    fn is_file(&self, root: &UploadRoot, names: &[&[u8]]) -> bool {
        let end = root
            .boundary
            .walk(&self.uploads.directories, &root.path(names));
        end == End::File
    }
}

fn owned(names: &[&[u8]]) -> Names {
    names.iter().map(|name| name.to_vec()).collect()
}
