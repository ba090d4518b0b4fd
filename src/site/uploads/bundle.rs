//! Files beside a page that the generator publishes at the page's address (page bundles).

use super::reference;
use super::root::{UploadRoot, segments};
use super::search::{Search, Target};
use super::{BundleAddress as Address, Lookup, unescaped};

/// Where the files beside a page are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleAddress {
    /// Not at the page's address.
    None,
    /// At the page's address, which is not certain.
    Unknown,
    /// Below this URL path.
    At(String),
}

impl Search<'_> {
    /// What a lookup comes to where the page takes the files beside it to its own address.
    pub(super) fn within_bundle(
        &self,
        lookup: Lookup,
        beside: Option<&[&[u8]]>,
        bundle: &dyn Fn() -> Address,
    ) -> Lookup {
        let Lookup::Missing {
            looked_for,
            candidate,
        } = lookup
        else {
            return lookup;
        };
        let found = self.find_in_bundle(beside, bundle, candidate.as_ref());
        match found {
            Some(Lookup::Missing { candidate, .. }) => Lookup::Missing {
                looked_for,
                candidate,
            },
            Some(found) => found,
            None => Lookup::Missing {
                looked_for,
                candidate,
            },
        }
    }

    fn find_in_bundle(
        &self,
        beside: Option<&[&[u8]]>,
        bundle: &dyn Fn() -> Address,
        known: Option<&super::Candidate>,
    ) -> Option<Lookup> {
        let beside = beside?;
        let url = reference::resolve(&[], &self.path.decoded)?;
        let address = match bundle() {
            Address::None => return None,
            Address::At(address) => address,
            Address::Unknown => {
                // Any address may be the page's: what matters is that the file is beside it.
                let is_beside = (0..url.len()).any(|from| {
                    let rest = url.get(from..).unwrap_or_default();
                    let path = [beside, rest].concat();
                    matches!(self.target_in(&self.uploads.site, &path), Target::File)
                });
                return is_beside.then_some(Lookup::Found);
            }
        };
        let folder: Vec<_> = beside
            .iter()
            .map(|name| String::from_utf8_lossy(name))
            .collect();
        let folder = folder.join("/");
        let shown = self.looked_for_in_site(beside);
        let site = self.uploads.site.boundary.folder().to_owned();
        let root = UploadRoot::new(&unescaped(&address), site, &folder, shown, None);
        if root.url == segments(&folder) {
            return None;
        }
        match self.target_in(&root, root.below(&url)?) {
            Target::File => Some(Lookup::Found),
            _ => {
                let limit = known.map(|known| known.why);
                let candidate = self.candidate_in(&root, &url, limit)?;
                let is_nearer = limit.is_none_or(|limit| candidate.why < limit);
                is_nearer.then(|| Lookup::Missing {
                    looked_for: String::new(),
                    candidate: Some(candidate),
                })
            }
        }
    }
}
