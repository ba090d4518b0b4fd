//! Whether a walk took in a whole site.

use std::path::Path;

use super::Search;

/// Files that stand at the root of a site.
const GENERATOR_CONFIGS: [&str; 15] = [
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "astro.config.mjs",
    "astro.config.ts",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "mkdocs.yml",
    "mkdocs.yaml",
    "eleventy.config.js",
];

/// Configs beside which a folder `public` is what Hugo or Zola makes.
const PUBLIC_MAKERS: [&str; 7] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config/_default",
];

/// Whether the folder holds a config of a generator that writes into `public`.
pub(super) fn makes_public(folder: &Path) -> bool {
    PUBLIC_MAKERS
        .iter()
        .any(|name| std::fs::symlink_metadata(folder.join(name)).is_ok())
}

impl Search<'_> {
    /// Whether a walk of `folder` (absolute) takes in the whole site it belongs to: the root of
    /// the site lies in it. A folder with no root above it is whole where it is the working
    /// directory.
    pub(super) fn is_whole(&self, folder: &Path) -> bool {
        let is_root = |folder: &Path| {
            GENERATOR_CONFIGS
                .iter()
                .any(|name| std::fs::symlink_metadata(folder.join(name)).is_ok())
        };
        let config = self.finder.for_folder(folder).ok();
        let governed = config.filter(|config| config.file.is_some());
        if is_root(folder)
            || governed
                .as_ref()
                .is_some_and(|config| config.base.starts_with(folder))
        {
            return true;
        }
        governed.is_none() && folder == self.cwd && !folder.ancestors().skip(1).any(is_root)
    }
}
