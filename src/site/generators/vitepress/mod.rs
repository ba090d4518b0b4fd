//! VitePress: every Markdown file of its source folder, and `public` in it.

use super::{Generator, Profile, always};
use crate::site::folders::{Folders, Ignored};
use crate::site::generators::docusaurus::GRAY_MATTER;
use crate::site::settings::{Opening, folder, mount};
use crate::syntax::FenceRules;

/// What VitePress is known by (<https://vitepress.dev/reference/site-config#config-resolution>).
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::VitePress,
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
    is_root: always,
    // Both lie in the hidden folder, which no walk enters.
    output: &[".vitepress/dist", ".vitepress/cache"],
    fences: &FENCES,
    pages: "every `.md` file of `srcDir` (the folder of `.vitepress/` by default) without what \
            `srcExclude` names",
    uploads: "`public/` of `srcDir`, and files beside a page",
    elsewhere: "`transformPageData` in the configuration",
};

/// VitePress reads front matter with gray-matter (<https://vitepress.dev/guide/frontmatter>).
static FENCES: FenceRules = FenceRules {
    generator: "VitePress",
    ..GRAY_MATTER
};

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> Folders {
    let config = PROFILE
        .config(opening.root)
        .map(|name| opening.program(name))
        .unwrap_or_default();
    let source = config.property("srcDir").and_then(folder);
    let source = source.unwrap_or_default();
    let public = if source.is_empty() {
        "public".to_owned()
    } else {
        format!("{source}/public")
    };
    let excluded = config.list("srcExclude").unwrap_or_default();
    let mut apart = vec![public.clone()];
    apart.extend(config.property("outDir").and_then(folder));
    Folders {
        content: vec![source.clone()],
        apart,
        ignored: Ignored::globs(excluded.into_iter()),
        base: mount(config.property("base").unwrap_or_default()),
        served: vec![(String::new(), public)],
        source,
        ..Folders::default()
    }
}
