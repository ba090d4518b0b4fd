//! VitePress: every Markdown file of its source folder, and `public` in it.

use std::path::Path;

use super::gray_matter;
use crate::dialect::Dialect;
use crate::site::config_file::{Opening, program_in};
use crate::site::external_keys::{KeySearch, in_folder};
use crate::site::folders::{Folders, Ignored, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::PagePlace;
use crate::site::settings::{below_root, folder, mount, outside_folder};
use crate::syntax::FenceRules;

/// What VitePress is known by (<https://vitepress.dev/reference/site-config#config-resolution>).
static PROFILE: Profile = Profile {
    name: "vitepress",
    display_name: "VitePress",
    precedence: 2,
    reads_outside: true,
    configs: &[
        ".vitepress/config.ts",
        ".vitepress/config.mts",
        ".vitepress/config.js",
        ".vitepress/config.mjs",
        ".vitepress/config/index.ts",
        ".vitepress/config/index.mts",
        ".vitepress/config/index.js",
        ".vitepress/config/index.mjs",
    ],
    // Both are in the hidden folder, which no walk enters.
    output: &[".vitepress/dist", ".vitepress/cache"],
    fences: &FENCES,
    // gray-matter with js-yaml 3.
    dialect: Dialect::JsYaml3,
    pages: "every `.md` file of `srcDir` (the folder of `.vitepress/` by default) without what \
            `srcExclude` names",
    uploads: "`public/` of `srcDir`, and files beside a page",
    other_sources: "`transformPageData` in the configuration",
    ..Profile::COMMON
};

/// VitePress reads front matter with gray-matter (<https://vitepress.dev/guide/frontmatter>).
static FENCES: FenceRules = FenceRules {
    generator: "VitePress",
    ..gray_matter::FENCES
};

pub(super) struct VitePress;

impl Generator for VitePress {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn outside_folders(&self, root: &Path, config: &str) -> Vec<String> {
        let config = program_in(root, config);
        config
            .property("srcDir")
            .and_then(outside_folder)
            .into_iter()
            .collect()
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let config = opening.program();
        let written = config.property("srcDir").unwrap_or_default();
        let outside = outside_folder(written);
        let source = match &outside {
            Some(outside) => below_root(outside).to_owned(),
            None => folder(written).unwrap_or_default(),
        };
        let public = in_folder(&source, "public");
        let mut apart = vec![public.clone()];
        apart.extend(config.property("outDir").and_then(folder));
        let folders = Folders {
            content: vec![source.clone()],
            outside: outside.into_iter().collect(),
            apart,
            ignored: Ignored::globs(config.list("srcExclude").unwrap_or_default()),
            base: mount(config.property("base").unwrap_or_default()),
            served: vec![ServedFolder::at_root(public)],
            source,
            ..Folders::default()
        };
        Box::new(VitePressSite { folders })
    }
}

#[derive(Debug)]
struct VitePressSite {
    folders: Folders,
}

impl SiteModel for VitePressSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn bundled_schema(&self, _: &PagePlace<'_>) -> Option<&'static str> {
        Some("vitepress")
    }

    fn external_source_of(&self, key: &str, search: &KeySearch<'_>) -> Option<String> {
        search.hook("transformPageData", key)
    }
}
