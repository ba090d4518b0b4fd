//! The files of all page bundles under the addresses of their pages: for a path that is about to be
//! reported, which may name a file of another page's bundle.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

use super::config_file::MOST_SEARCHED;
use super::external_keys::in_folder;
use super::uploads::BundleAddress;
use super::{Site, uploads};
use crate::files;
use crate::syntax::{Extraction, extract, parse};
use crate::text::{SourceId, SourceMap};

/// The bundles of a site, found when the first path asks for them.
#[derive(Debug, Default)]
pub(super) struct Bundles {
    known: OnceLock<KnownBundles>,
}

/// The bundles that are not published at the path of their folder.
#[derive(Debug, Default)]
struct KnownBundles {
    /// The folders, below the site's root, by the addresses of their pages.
    folders: HashMap<String, String>,
    /// The names of the files of pages whose addresses are not certain.
    uncertain: HashSet<String>,
}

impl Site {
    /// Whether a path from the site's root may name a file of a page bundle, by the address of its
    /// page. Where that is not certain, a file of this name is enough.
    pub(super) fn may_be_in_bundle(&self, path: &str) -> bool {
        if self.profile.takes_files.is_empty() {
            return false;
        }
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let path = uploads::unescaped(path);
        let bundles = self.bundles.known.get_or_init(|| self.find_bundles());
        let name = path.rsplit('/').next().unwrap_or_default();
        let mut ends = path.match_indices('/').map(|(at, _)| path.split_at(at + 1));
        bundles.uncertain.contains(name)
            || ends.any(|(address, below)| {
                let folder = bundles.folders.get(address).filter(|_| !below.is_empty());
                folder.is_some_and(|folder| self.uploads.exists(&in_folder(folder, below), false))
            })
    }

    fn find_bundles(&self) -> KnownBundles {
        let mut bundles = KnownBundles::default();
        for content in &self.model.folders().content {
            self.uploads
                .each_folder(content, &mut |folder, files, has_folders| {
                    // Without other files there is nothing to publish, and pages take time to read.
                    let is_page = |name: &&str| self.takes_files(name);
                    if !has_folders && files.iter().all(&is_page) {
                        return;
                    }
                    for name in files.iter().copied().filter(is_page) {
                        match self.address_of_file(&in_folder(folder, name)) {
                            BundleAddress::None => {}
                            BundleAddress::At(address) => {
                                bundles.folders.insert(address, folder.to_owned());
                            }
                            BundleAddress::Unknown => {
                                self.add_names(folder, &mut bundles.uncertain)
                            }
                        }
                    }
                });
        }
        bundles
    }

    /// Adds the names of the files in a folder and those below it.
    fn add_names(&self, folder: &str, names: &mut HashSet<String>) {
        self.uploads.each_folder(folder, &mut |_, files, _| {
            names.extend(files.iter().copied().map(str::to_owned));
        });
    }

    /// The address of the page in a file, whose path is relative to the site's root.
    fn address_of_file(&self, path: &str) -> BundleAddress {
        let absolute = self.absolute_root.join(path);
        let place = self.place(Path::new(&absolute));
        let bytes = files::read_up_to(MOST_SEARCHED, &absolute, &self.boundary);
        let bytes = bytes.unwrap_or_default();
        let Extraction::Found(block) = extract(&bytes, true, self.fence_rules_at(&place)) else {
            return BundleAddress::Unknown;
        };
        let text = String::from_utf8_lossy(&bytes);
        let folder = absolute.parent().unwrap_or(&absolute);
        let of_folder = self.folder_defaults(folder, &SourceMap::default());
        let parsed = parse(&text, &block, self.dialect, SourceId::PAGE);
        let Some(mut document) = parsed.document else {
            return BundleAddress::Unknown;
        };
        self.with_defaults(&mut document, &place, of_folder.as_deref());
        self.bundle_address(&document, &place)
    }
}
