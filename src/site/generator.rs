//! What a generator is to the rest of the program. The registry is in `generators`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::path::Path;

use super::config_file::{Opening, has_file};
use super::date_field::DateField;
use super::model::SiteModel;
use crate::dialect::Dialect;
use crate::files;
use crate::syntax::FenceRules;

/// A site generator: all that is known of one is in its folder below `generators`.
pub trait Generator: Sync {
    /// The facts that are the same for all its sites.
    fn profile(&self) -> &'static Profile;

    /// Whether the configuration file of this name, which exists in `folder`, is really this
    /// generator's.
    fn recognizes(&self, _folder: &Path, _config: &str) -> bool {
        true
    }

    /// The folders beside the root of a site that its configuration names for pages, as `../docs`.
    fn outside_folders(&self, _root: &Path, _config: &str) -> Vec<String> {
        Vec::new()
    }

    /// Reads the configuration of a site.
    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel>;
}

impl dyn Generator {
    /// The name as users write it in `frontlint.toml`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.profile().name
    }

    /// The fences of most of its pages.
    #[must_use]
    pub fn fence_rules(&self) -> &'static FenceRules {
        self.profile().fences
    }

    /// Whether a folder is the root of a site of this generator. Reads the file system.
    #[must_use]
    pub fn has_root(&self, folder: &Path) -> bool {
        self.config_in(folder).is_some()
    }

    /// The configuration file of the site whose root is `folder`.
    pub(super) fn config_in(&self, folder: &Path) -> Option<&'static str> {
        let mut names = self.profile().configs.iter().copied();
        let mut missing = None;
        names.find(|name| {
            // The names in one folder follow each other. Each folder above a page is searched, so
            // that one that does not exist is not looked up for every name in it.
            let subfolder = name.split_once('/').map(|(subfolder, _)| subfolder);
            if subfolder.is_some() && subfolder == missing {
                return false;
            }
            missing = subfolder.filter(|name| files::kind(&folder.join(name)).is_none());
            missing.is_none() && has_file(folder, name) && self.recognizes(folder, name)
        })
    }
}

impl PartialEq for dyn Generator {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for dyn Generator {}

impl Hash for dyn Generator {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for dyn Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The facts about a generator that are the same for all its sites.
#[derive(Debug)]
pub struct Profile {
    /// The name in `frontlint.toml`.
    pub name: &'static str,
    /// The name in messages.
    pub display_name: &'static str,
    /// Where a folder has the configuration of several generators, the lowest number counts.
    pub precedence: u8,
    /// Whether a configuration may name folders beside the root for pages.
    pub reads_outside: bool,
    /// The files one of which is in a site's root.
    pub configs: &'static [&'static str],
    /// The folders that it fills.
    pub output: &'static [&'static str],
    /// The extensions of the pages beside Markdown that it reads where they begin with a fence; the
    /// empty one is a name without any.
    pub other_page_types: &'static [&'static str],
    /// The fences of most of its pages.
    pub fences: &'static FenceRules,
    /// The parser that reads the YAML of its pages in its newest version.
    pub dialect: Dialect,
    /// For the documentation: the parsers of older versions.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test writes the page"))]
    pub older_dialects: &'static str,
    /// The keys that it reads as dates.
    pub date_fields: &'static [DateField],
    /// The keys of which the first with a date says when a page is published, in small letters.
    pub publication_fields: &'static [PublicationField],
    /// What publishes pages before their date, as the object of "set".
    pub publish_early: &'static str,
    /// What names the site's time zone, as the object of "set"; empty where there is no such thing.
    pub set_timezone: &'static str,
    /// The keys that give a page its address, in small letters, the strongest first.
    pub address_keys: &'static [&'static str],
    /// The keys that move or withhold a page where it has them from another file than its own.
    pub address_movers: &'static [&'static str],
    /// The files that make a page of their folder, so that no other file in it is a page.
    pub bundles: &'static [&'static str],
    /// The files whose page takes what is beside it along to its own address.
    pub takes_files: &'static [&'static str],
    /// For the documentation: which files are pages.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test writes the page"))]
    pub pages: &'static str,
    /// For the documentation: where the files are that a path in front matter names.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test writes the page"))]
    pub uploads: &'static str,
    /// For the documentation: which keys it reads as dates, and what of them stops it.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test writes the page"))]
    pub dates: &'static str,
    /// For the documentation: what else can give a page a key.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test writes the page"))]
    pub other_sources: &'static str,
}

/// A key that may say when a page is published.
#[derive(Debug)]
pub struct PublicationField {
    pub key: &'static str,
    /// Whether it counts only where the page has no `date`.
    pub only_without_date: bool,
}

impl PublicationField {
    pub(super) const fn new(key: &'static str) -> Self {
        let only_without_date = false;
        Self {
            key,
            only_without_date,
        }
    }
}

impl Profile {
    /// What most generators do; without a name and files.
    pub(super) const COMMON: Self = Self {
        name: "",
        display_name: "",
        precedence: 0,
        reads_outside: false,
        configs: &[],
        output: &[],
        other_page_types: &[],
        fences: &FenceRules::STRICT,
        dialect: Dialect::Core,
        older_dialects: "",
        date_fields: &[],
        publication_fields: &[PublicationField::new("date")],
        publish_early: "",
        set_timezone: "",
        address_keys: &["permalink", "slug"],
        address_movers: &[],
        bundles: &[],
        takes_files: &[],
        pages: "",
        uploads: "",
        dates: "no key",
        other_sources: "nothing",
    };
}
