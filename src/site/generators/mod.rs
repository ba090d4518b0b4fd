//! The generators there are, and which one a folder is the site of.

pub(super) mod astro;
pub(super) mod docusaurus;
pub(super) mod eleventy;
pub(super) mod hugo;
pub(super) mod jekyll;
pub(super) mod mkdocs;
pub(super) mod vitepress;
pub(super) mod zola;

use std::ffi::OsStr;
use std::path::Path;
use std::sync::LazyLock;

use crate::site::load::has_file;

use crate::dialect::Dialect;
use crate::syntax::FenceRules;

/// A site generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Generator {
    /// Jekyll, known by its `_config.yml`.
    Jekyll,
    /// Hugo, known by its `hugo.toml`.
    Hugo,
    /// Astro, and Starlight on top of it.
    Astro,
    /// Docusaurus.
    Docusaurus,
    /// VitePress, known by its folder `.vitepress`.
    VitePress,
    /// MkDocs, and Material for MkDocs on top of it.
    MkDocs,
    /// Eleventy.
    Eleventy,
    /// Zola.
    Zola,
    /// None was found.
    None,
}

impl Generator {
    /// Every generator, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Jekyll,
        Self::Hugo,
        Self::Astro,
        Self::Docusaurus,
        Self::VitePress,
        Self::MkDocs,
        Self::Eleventy,
        Self::Zola,
    ];

    /// The generator of this name in `frontlint.toml`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == name)
    }

    /// The name as users write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jekyll => "jekyll",
            Self::Hugo => "hugo",
            Self::Astro => "astro",
            Self::Docusaurus => "docusaurus",
            Self::VitePress => "vitepress",
            Self::MkDocs => "mkdocs",
            Self::Eleventy => "eleventy",
            Self::Zola => "zola",
            Self::None => "none",
        }
    }

    /// The parser that reads the YAML of this generator's pages.
    #[must_use]
    pub fn dialect(self) -> Dialect {
        match self {
            Self::Jekyll => Dialect::Jekyll,
            // goccy since 0.152, yaml.v2 before.
            Self::Hugo => Dialect::HugoGoccy,
            // js-yaml 4; to Docusaurus since 3.10.2 and Eleventy since 3.1.7, which read with a
            // fork of gray-matter, and js-yaml 3 before.
            Self::Astro | Self::Docusaurus | Self::Eleventy => Dialect::JsYaml4,
            // gray-matter, which stands on js-yaml 3.
            Self::VitePress => Dialect::JsYaml3,
            Self::MkDocs => Dialect::PyYaml,
            // Zola: serde_yaml, near to the core schema.
            Self::Zola | Self::None => Dialect::Core,
        }
    }

    /// Which generator's site a folder is the root of, by the configuration in it. Asks the file
    /// system.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        let mut profiles = BY_PRECEDENCE.iter();
        let found = profiles.find(|profile| profile.has_root(folder));
        found.map_or(Self::None, |profile| profile.generator)
    }

    /// Whether a folder is the root of a site of this generator. Asks the file system.
    #[must_use]
    pub fn has_root(self, folder: &Path) -> bool {
        self.profile()
            .is_some_and(|profile| profile.has_root(folder))
    }

    /// What this generator takes for the fences of front matter. For Jekyll these are the rules of
    /// a page; those of a site are asked of it.
    #[must_use]
    pub fn fence_rules(self) -> Option<&'static FenceRules> {
        self.profile().map(|profile| profile.fences)
    }

    pub(in crate::site) fn profile(self) -> Option<&'static Profile> {
        let mut profiles = BY_PRECEDENCE.iter().copied();
        profiles.find(|profile| profile.generator == self)
    }
}

/// What a generator is known by before a site is opened.
#[derive(Debug)]
pub(in crate::site) struct Profile {
    pub generator: Generator,
    /// The files one of which stands in a site's root.
    pub configs: &'static [&'static str],
    /// Whether such a file, which is there, is really this generator's.
    pub is_root: fn(&Path, &str) -> bool,
    /// The folders that it fills, beside its configuration.
    pub output: &'static [&'static str],
    pub fences: &'static FenceRules,
    /// For the documentation: which files are pages.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test writes the page"))]
    pub pages: &'static str,
    /// For the documentation: where the files are that a path in front matter names.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test writes the page"))]
    pub uploads: &'static str,
    /// For the documentation: what else can give a page a key.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test writes the page"))]
    pub elsewhere: &'static str,
}

impl Profile {
    /// The configuration file of a site at this folder.
    pub(in crate::site) fn config(&self, folder: &Path) -> Option<&'static str> {
        let mut names = self.configs.iter().copied();
        names.find(|name| has_file(folder, name) && (self.is_root)(folder, name))
    }

    fn has_root(&self, folder: &Path) -> bool {
        self.config(folder).is_some()
    }
}

/// For a generator whose files nobody else has.
pub(in crate::site) fn always(_: &Path, _: &str) -> bool {
    true
}

/// Of two generators in one folder the first is meant. `_config.yml` comes last, since it also
/// configures how GitHub publishes a repository; `config.toml` is Zola's where it says so, else
/// Hugo's.
static BY_PRECEDENCE: [&Profile; 8] = [
    &docusaurus::PROFILE,
    &vitepress::PROFILE,
    &astro::PROFILE,
    &eleventy::PROFILE,
    &zola::PROFILE,
    &hugo::PROFILE,
    &mkdocs::PROFILE,
    &jekyll::PROFILE,
];

fn configs() -> impl Iterator<Item = &'static str> {
    let profiles = BY_PRECEDENCE.iter();
    profiles.flat_map(|profile| profile.configs).copied()
}

/// Whether a file or folder of this name may be what makes the folder it lies in the root of a
/// site.
#[must_use]
pub fn may_configure(name: &OsStr) -> bool {
    // Nearly every file is asked, and two of its letters mostly answer.
    static ENDS: LazyLock<[[bool; 256]; 2]> = LazyLock::new(|| {
        let mut ends = [[false; 256]; 2];
        for config in configs() {
            let name = config.split('/').next().unwrap_or_default().bytes();
            for (letters, letter) in ends.iter_mut().zip([name.clone().next(), name.last()]) {
                let letter = letter.unwrap_or_default();
                letters[usize::from(letter.to_ascii_lowercase())] = true;
                letters[usize::from(letter.to_ascii_uppercase())] = true;
            }
        }
        ends
    });
    let name = name.as_encoded_bytes();
    let may_be = match *name {
        [first, .., last] => ENDS[0][usize::from(first)] && ENDS[1][usize::from(last)],
        _ => true,
    };
    may_be
        && configs().any(|config| {
            let (first, rest) = config
                .as_bytes()
                .split_at_checked(name.len())
                .unwrap_or_default();
            // As a file system may compare them.
            matches!(rest, [] | [b'/', ..]) && first.eq_ignore_ascii_case(name)
        })
}

/// Whether a folder's name alone says that generators or package managers fill it.
#[must_use]
pub fn is_generated(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    match name {
        Some("_site" | "node_modules" | ".git") => true,
        Some("bundle") => folder
            .parent()
            .is_some_and(|parent| parent.ends_with("vendor")),
        Some(name) => {
            // A hidden folder that is listed here is nobody's source.
            name.starts_with('.')
                && BY_PRECEDENCE
                    .iter()
                    .any(|profile| profile.output.contains(&name))
        }
        None => false,
    }
}

/// Whether a folder is one that a generator fills, since that generator's configuration stands
/// beside it: `public` of Hugo, `dist` of Astro. Asks the file system for such names only.
#[must_use]
pub fn is_output(folder: &Path) -> bool {
    if is_generated(folder) {
        return true;
    }
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let filling = BY_PRECEDENCE
        .iter()
        .filter(|profile| profile.output.contains(&name));
    folder
        .parent()
        .is_some_and(|parent| filling.clone().any(|profile| profile.has_root(parent)))
}
