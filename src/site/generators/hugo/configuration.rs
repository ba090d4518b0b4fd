//! Hugo's configuration: one file in the root, and the files below `config`, which say more and win
//! (`LoadConfigFromDir` in <https://github.com/gohugoio/hugo/blob/master/config/configLoader.go>).

use foldhash::HashSet;

use crate::site::config_file::Opening;
use crate::site::settings::{ReadSettings, Settings};
use crate::syntax::{Document, NodeId};
use crate::text::SourceId;

/// The folders below `config`, the strongest first: `hugo` builds for production unless it is told
/// otherwise.
const FOLDERS: &[&str] = &["config/production", "config/_default"];

/// The files of those folders that say something about pages. Others are not read.
const NAMES: &[&str] = &[
    "hugo",
    "config",
    "languages",
    "cascade",
    "module",
    "permalinks",
    "outputs",
    "outputformats",
    "mediatypes",
    "taxonomies",
    "frontmatter",
    "security",
];

/// What Hugo is configured with.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    /// The strongest first.
    files: Vec<ConfigFile>,
    /// The file by which the site is known.
    pub(super) source: Option<SourceId>,
}

#[derive(Debug)]
struct ConfigFile {
    /// The keys that lead to what is in the file: `languages` for `languages.toml`.
    below: Vec<String>,
    settings: Settings,
    /// The mapping or list that is meant.
    root: Option<NodeId>,
}

impl Configuration {
    pub(super) fn read(opening: &mut Opening<'_>) -> Self {
        let mut configuration = Self::default();
        for folder in FOLDERS {
            // Of two files in one folder the later wins.
            for name in opening.names(folder).iter().rev() {
                let path = format!("{folder}/{name}");
                if opening.config != Some(path.as_str())
                    && let Some(below) = keys_above(name)
                {
                    let settings = opening.settings_at(&path);
                    configuration.files.push(ConfigFile::new(below, settings));
                }
            }
        }
        let settings = opening.settings();
        configuration.source = settings.source;
        configuration
            .files
            .push(ConfigFile::new(Vec::new(), settings));
        configuration
    }

    /// Whether a file cannot be read, so that anything may be configured.
    pub(super) fn is_unread(&self) -> bool {
        let mut files = self.files.iter();
        files.any(|file| file.settings.source.is_some() && file.settings.document.is_none())
    }

    /// The values at a path of keys, the strongest first.
    pub(super) fn values<'c>(
        &'c self,
        keys: &[&str],
    ) -> impl Iterator<Item = (&'c Document<'static>, NodeId)> {
        self.files.iter().filter_map(move |file| file.value(keys))
    }

    /// The keys of a mapping, in whatever files they are, in small letters.
    pub(super) fn names(&self, keys: &[&str]) -> Vec<String> {
        let (mut names, mut known) = (Vec::new(), HashSet::default());
        let mut add = |name: &str| {
            let name = name.to_lowercase();
            if known.insert(name.clone()) {
                names.push(name);
            }
        };
        // In the order of the files as people write them.
        for file in self.files.iter().rev() {
            if let Some(next) = file.next_key(keys) {
                add(next);
            } else if let Some((document, mapping)) = file.value(keys) {
                let members = document.members(mapping).iter();
                members.for_each(|member| add(&member.key.text));
            }
        }
        names
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value(&[key]).is_some()
    }
}

impl ReadSettings for Configuration {
    /// The strongest.
    fn value(&self, keys: &[&str]) -> Option<(&Document<'static>, NodeId)> {
        self.files.iter().find_map(|file| file.value(keys))
    }
}

impl ConfigFile {
    fn new(below: Vec<String>, settings: Settings) -> Self {
        let root = settings.document.as_ref().map(|document| {
            // `cascade.yaml` may hold all that it says below `cascade`.
            let wrapped = match (document.members(document.root()), below.as_slice()) {
                ([only], [key]) if only.key.text.eq_ignore_ascii_case(key) => Some(only.value),
                _ => None,
            };
            wrapped.unwrap_or(document.root())
        });
        Self {
            below,
            settings,
            root,
        }
    }

    /// What is left of a path of keys below those that lead to the file.
    fn rest<'k, 'n>(&self, keys: &'k [&'n str]) -> Option<&'k [&'n str]> {
        let (above, rest) = keys.split_at_checked(self.below.len())?;
        let mut pairs = above.iter().zip(&self.below);
        let is_here = pairs.all(|(key, own)| key.eq_ignore_ascii_case(own));
        is_here.then_some(rest)
    }

    /// The key that follows these on the way to the file.
    fn next_key(&self, keys: &[&str]) -> Option<&str> {
        let (above, rest) = self.below.split_at_checked(keys.len())?;
        let mut pairs = above.iter().zip(keys);
        let is_here = pairs.all(|(own, key)| key.eq_ignore_ascii_case(own));
        rest.first().filter(|_| is_here).map(String::as_str)
    }

    fn value(&self, keys: &[&str]) -> Option<(&Document<'static>, NodeId)> {
        self.settings.value_below(self.root?, self.rest(keys)?)
    }
}

/// The keys that lead to what is in a file of this name; `None` for one that is not read.
fn keys_above(name: &str) -> Option<Vec<String>> {
    let (stem, extension) = name.rsplit_once('.')?;
    if !matches!(extension, "toml" | "yaml" | "yml" | "json") {
        return None;
    }
    match stem.split_once('.') {
        Some(("params" | "menu" | "menus", _)) => None,
        Some((_, language)) => Some(vec!["languages".to_owned(), language.to_owned()]),
        None if matches!(stem, "hugo" | "config") => Some(Vec::new()),
        None => NAMES
            .iter()
            .any(|name| name.eq_ignore_ascii_case(stem))
            .then(|| vec![stem.to_owned()]),
    }
}
