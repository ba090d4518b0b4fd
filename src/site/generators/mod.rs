//! The registry of generators, and which one a folder is the site of.
//!
//! A further generator is a folder here, its `mod` line and its line in [`ALL`].

mod astro;
mod docusaurus;
mod eleventy;
mod gray_matter;
mod hugo;
mod javascript_date;
mod jekyll;
mod mkdocs;
pub(super) mod no_generator;
mod vitepress;
mod zola;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::generator::{Generator, Profile};
use crate::files;
use crate::paths;

/// Every generator, in the order of the documentation.
pub(super) const ALL: &[&dyn Generator] = &[
    &jekyll::Jekyll,
    &hugo::Hugo,
    &astro::Astro,
    &docusaurus::Docusaurus,
    &vitepress::VitePress,
    &mkdocs::MkDocs,
    &eleventy::Eleventy,
    &zola::Zola,
];

/// The names that `generator` may have in `frontlint.toml`.
#[must_use]
pub fn generator_names() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&str>> =
        LazyLock::new(|| ALL.iter().map(|generator| generator.name()).collect());
    &NAMES
}

/// The generator of this name in `frontlint.toml`.
#[must_use]
pub fn generator_named(name: &str) -> Option<&'static dyn Generator> {
    ALL.iter()
        .copied()
        .find(|generator| generator.name() == name)
}

/// The generator whose site a folder is the root of, by the configuration in it. Reads the file
/// system.
#[must_use]
pub fn generator_of(folder: &Path) -> Option<&'static dyn Generator> {
    static BY_PRECEDENCE: LazyLock<Vec<&dyn Generator>> = LazyLock::new(|| {
        let mut generators = ALL.to_vec();
        generators.sort_by_key(|generator| generator.profile().precedence);
        generators
    });
    if !files::may_have_any(folder, &CONFIG_NAMES) {
        return None;
    }
    let mut generators = BY_PRECEDENCE.iter().copied();
    generators.find(|generator| generator.has_root(folder))
}

/// How many entries of a folder are looked at for a site beside a page.
const MOST_BESIDE: usize = 200;

/// A site beside a folder (absolute) whose configuration names the folder, or one above it, for pages:
/// its root and whose it is. Not further up than `limit`. Reads the file system.
#[must_use]
pub fn site_beside(folder: &Path, limit: &Path) -> Option<(PathBuf, &'static dyn Generator)> {
    let readers: Vec<_> = ALL
        .iter()
        .filter(|one| one.profile().reads_outside)
        .collect();
    let mut above = folder
        .ancestors()
        .skip(1)
        .take_while(|above| above.starts_with(limit));
    above.find_map(|above| {
        let names = files::names(above).into_iter().take(MOST_BESIDE);
        let roots = names
            .filter(|name| !name.starts_with('.'))
            .map(|name| above.join(name));
        let mut roots = roots.filter(|root| !folder.starts_with(root));
        roots.find_map(|root| {
            let generator = readers.iter().find(|generator| {
                generator.config_in(&root).is_some_and(|config| {
                    let outside = generator.outside_folders(&root, config);
                    let mut folders = outside
                        .iter()
                        .map(|written| paths::absolute(Path::new(written), &root));
                    folders.any(|outside| folder.starts_with(outside))
                })
            })?;
            Some((root, **generator))
        })
    })
}

fn profiles() -> impl Iterator<Item = &'static Profile> {
    ALL.iter().map(|generator| generator.profile())
}

/// The names, in the root of a site, of the files that configure generators and of the folders that
/// hold such files.
static CONFIG_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let configs = profiles().flat_map(|profile| profile.configs);
    let mut names: Vec<_> = configs
        .filter_map(|config| config.split('/').next())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
});

/// Whether a file or folder of this name may make the folder that it is in the root of a site.
#[must_use]
pub fn may_configure(name: &OsStr) -> bool {
    // As a file system may compare them.
    let name = name.as_encoded_bytes();
    CONFIG_NAMES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Whether a generator reads files with the extension of this name, which is not Markdown's, where
/// they begin with a fence.
#[must_use]
pub fn may_be_page_type(name: &OsStr) -> bool {
    static TYPES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut types: Vec<_> = profiles()
            .flat_map(|profile| profile.other_page_types)
            .copied()
            .collect();
        types.sort_unstable();
        types.dedup();
        types
    });
    let extension = extension_of(name);
    TYPES.iter().any(|known| known.as_bytes() == extension)
}

/// The extension of a name; empty where it has none.
pub(super) fn extension_of(name: &OsStr) -> &[u8] {
    let extension = Path::new(name).extension().unwrap_or_default();
    extension.as_encoded_bytes()
}

/// Whether the name of a folder is enough to know that generators or package managers fill it.
#[must_use]
pub fn is_generated(folder: &Path) -> bool {
    let Some(name) = folder.file_name().and_then(OsStr::to_str) else {
        return false;
    };
    match name {
        "_site" | "node_modules" | ".git" => true,
        "bundle" => folder
            .parent()
            .is_some_and(|above| above.ends_with("vendor")),
        // A hidden folder of such a name has no sources of another generator.
        _ => name.starts_with('.') && profiles().any(|profile| profile.output.contains(&name)),
    }
}

/// Whether a generator fills a folder, because its configuration is beside it: `public`, `dist`.
/// Reads the file system for such names only.
#[must_use]
pub fn is_output(folder: &Path) -> bool {
    if is_generated(folder) {
        return true;
    }
    let Some(name) = folder.file_name().and_then(OsStr::to_str) else {
        return false;
    };
    folder.parent().is_some_and(|above| {
        let mut generators = ALL.iter();
        generators.any(|generator| {
            generator.profile().output.contains(&name) && generator.has_root(above)
        })
    })
}
