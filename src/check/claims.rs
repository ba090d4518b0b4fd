//! What pages claim for themselves alone, such as a title or an address: which claims are kept while
//! pages are checked.
//!
//! Of nearly all claims only a hash is kept. Where a page claims what an earlier one has claimed, the
//! later one keeps its claim and its text, for the report; the earlier page is read once more.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::folders::FolderContext;
use crate::config::Setting;
use crate::diagnostic::RuleId;
use crate::rules::{Claim, Claimant};
use crate::site::Site;
use crate::text::SourceFile;
use crate::threads::Lock;

/// What two pages must not both claim.
#[derive(Clone, Copy)]
pub(super) struct ClaimKey<'k> {
    pub(super) site: &'k Site,
    pub(super) rule: RuleId,
    pub(super) parts: [&'k str; 3],
}

impl ClaimKey<'_> {
    /// Enough to tell that the claim may have been made before.
    fn short_hash(&self) -> u64 {
        self.hash_with(0)
    }

    pub(super) fn hash(&self) -> ClaimHash {
        ClaimHash {
            short: self.short_hash(),
            rest: self.hash_with(1),
        }
    }

    fn hash_with(&self, seed: u64) -> u64 {
        let mut hasher = FixedState::with_seed(seed).build_hasher();
        hasher.write_u8(self.rule as u8);
        let root = self.site.root().as_os_str().as_encoded_bytes();
        for part in [root].into_iter().chain(self.parts.map(str::as_bytes)) {
            // The length says where the next part begins.
            hasher.write_usize(part.len());
            hasher.write(part);
        }
        hasher.finish()
    }
}

/// A hash of a [`ClaimKey`].
///
/// Two claims are the same where their hashes are: the keys themselves are not kept. With 128 bits
/// even a million claims hold two different ones of one hash with a chance of 1 in 10^27.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ClaimHash {
    short: u64,
    rest: u64,
}

impl ClaimHash {
    pub(super) fn short(self) -> u64 {
        self.short
    }
}

/// A page among those that the threads of a run check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PageId {
    pub(super) worker: u32,
    /// Among the files of the worker.
    pub(super) index: u32,
}

/// The first page with each claim of a run, shared between threads.
#[derive(Default)]
pub(super) struct ClaimTable {
    /// By the first bits of the hash, so that threads seldom wait for each other.
    parts: [Lock<HashMap<u64, PageId, FixedState>>; 1 << Self::PART_BITS],
}

impl ClaimTable {
    const PART_BITS: u32 = 5;

    fn part(&self, hash: u64) -> Option<&Lock<HashMap<u64, PageId, FixedState>>> {
        let index = hash >> (u64::BITS - Self::PART_BITS);
        self.parts.get(usize::try_from(index).unwrap_or_default())
    }

    /// Whether a claim has not been made before; the page is its first then.
    fn insert(&self, hash: u64, page: PageId) -> bool {
        let Some(part) = self.part(hash) else {
            return false;
        };
        match part.write().entry(hash) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(page);
                true
            }
        }
    }

    /// The first page with the claim.
    pub(super) fn first_page(&self, hash: u64) -> Option<PageId> {
        self.part(hash)?.read().get(&hash).copied()
    }
}

/// Which claims of a page are kept.
pub(super) enum ClaimFilter<'t> {
    /// None, since not the whole site is checked.
    Nothing,
    /// Those that a page has made before.
    Repeated { table: &'t ClaimTable, page: PageId },
    /// All of them.
    All,
}

impl ClaimFilter<'_> {
    pub(super) fn keeps(&self, key: &ClaimKey<'_>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Repeated { table, page } => !table.insert(key.short_hash(), *page),
            Self::All => true,
        }
    }
}

/// A claim that is compared with others.
pub(super) struct KeptClaim {
    pub(super) rule: RuleId,
    pub(super) hash: ClaimHash,
    pub(super) claim: Claim,
    /// The configuration of the rule for the page.
    pub(super) setting: Setting,
    /// Whether a comment in the page allows findings of the rule about it.
    pub(super) is_allowed: bool,
}

/// A claim and the page that makes it.
pub(super) struct PageClaim {
    pub(super) source: Arc<SourceFile>,
    pub(super) folder: Arc<FolderContext>,
    pub(super) kept: KeptClaim,
}

impl PageClaim {
    pub(super) fn path(&self) -> &Path {
        self.source.path()
    }

    /// Whether an `[[ignore]]` entry suppresses findings about it; the entry is used then.
    pub(super) fn is_ignored(&self) -> bool {
        let pointer = self.kept.claim.pointer.as_deref();
        let config = &self.folder.config;
        config.is_ignored(self.path(), self.kept.rule, pointer)
    }

    pub(super) fn claimant(&self) -> Claimant<'_> {
        Claimant {
            page: self.path(),
            claim: &self.kept.claim,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::SiteOptions;
    use crate::text::SourceMap;

    fn site(root: &Path) -> Site {
        let options = SiteOptions {
            root,
            display_root: Path::new(""),
            generator: None,
            dialect: None,
            uploads: &[],
            boundary: crate::files::Boundary::none(),
            working_directory: root,
        };
        Site::open(options, &SourceMap::default()).0
    }

    #[test]
    fn a_hash_is_of_the_site_the_rule_and_the_parts_of_the_key() {
        let (one, other) = (site(Path::new("/one")), site(Path::new("/other")));
        let hash_of = |site, rule, parts| ClaimKey { site, rule, parts }.hash();
        let title = |site, parts| hash_of(site, RuleId::DuplicateTitle, parts);
        let hash = title(&one, ["a", "", "b"]);
        assert_eq!(hash, title(&one, ["a", "", "b"]));
        assert_ne!(hash, title(&one, ["a", "b", ""]));
        assert_ne!(hash, title(&other, ["a", "", "b"]));
        let address = hash_of(&one, RuleId::DuplicatePermalink, ["a", "", "b"]);
        assert_ne!(hash, address);
        assert_ne!(hash.short, hash.rest);
    }

    #[test]
    fn all_claims_but_the_first_are_kept() {
        let site = site(Path::new("/one"));
        let table = ClaimTable::default();
        let page = |index| PageId { worker: 0, index };
        let key = |title| ClaimKey {
            site: &site,
            rule: RuleId::DuplicateTitle,
            parts: ["", "", title],
        };
        let keeps = |index, title| {
            let filter = ClaimFilter::Repeated {
                table: &table,
                page: page(index),
            };
            filter.keeps(&key(title))
        };
        let kept =
            [(0, "a"), (1, "b"), (2, "a"), (3, "a")].map(|(index, title)| keeps(index, title));
        assert_eq!(kept, [false, false, true, true]);
        assert_eq!(table.first_page(key("a").hash().short()), Some(page(0)));
    }
}
