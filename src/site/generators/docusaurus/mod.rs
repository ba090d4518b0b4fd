//! Docusaurus: docs, blogs and pages in folders that its plugins name, and `static`.

pub(in crate::site) mod address;

use super::{Generator, Profile, always};
use crate::site::folders::{Folders, Ignored};
use crate::site::settings::{Opening, folder, mount};
use crate::syntax::{CloseRule, FenceRules, OpenRule};

/// What Docusaurus is known by (<https://docusaurus.io/docs/configuration>).
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::Docusaurus,
    configs: &[
        "docusaurus.config.js",
        "docusaurus.config.ts",
        "docusaurus.config.mjs",
        "docusaurus.config.mts",
        "docusaurus.config.cjs",
        "docusaurus.config.cts",
    ],
    is_root: always,
    output: &["build", ".docusaurus"],
    fences: &FENCES,
    pages: "every folder but `static/` and `src/` (of which `src/pages/` counts), since plugins \
            name them in code; not the files in the root, nor what begins with `_`; `blog/` is \
            the collection `blog`",
    uploads: "`static/` (`staticDirectories`), files beside a page, and paths that begin with \
              `@site/`",
    elsewhere: "`parseFrontMatter` in the configuration",
};

/// Docusaurus reads front matter with gray-matter
/// (<https://docusaurus.io/docs/api/docusaurus-config#markdown>), which skips a byte order mark,
/// takes what follows `---` for the name of a language, closes at the first line that begins with
/// `---`, and where there is none takes all of the file
/// (<https://github.com/jonschlinkert/gray-matter/blob/master/index.js>).
static FENCES: FenceRules = FenceRules {
    generator: "Docusaurus",
    ..GRAY_MATTER
};

/// gray-matter with its default engines.
pub(in crate::site) const GRAY_MATTER: FenceRules = FenceRules {
    generator: "gray-matter",
    opens: &[OpenRule::AfterByteOrderMark, OpenRule::WithLanguage],
    closes: &[
        CloseRule::WithTrailingText,
        CloseRule::OnlyByFence,
        CloseRule::AtEndOfFile,
    ],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "takes the whole page for metadata",
};

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> Folders {
    let config = PROFILE
        .config(opening.root)
        .map(|name| opening.program(name))
        .unwrap_or_default();
    let written = config.list("staticDirectories").unwrap_or_default();
    let mut statics: Vec<String> = written.into_iter().filter_map(folder).collect();
    if statics.is_empty() {
        statics.push("static".to_owned());
    }
    let base = mount(config.property("baseUrl").unwrap_or_default());
    let served = statics.iter().map(|it| (String::new(), it.clone()));
    Folders {
        is_page,
        // The default `exclude` of the docs plugin:
        // https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs#exclude
        ignored: Ignored::globs(
            ["**/*.{test,spec}.{md,mdx}", "**/__tests__/**"]
                .iter()
                .copied(),
        ),
        collection: |path| path.starts_with("blog/").then_some("blog"),
        base,
        served: served.collect(),
        apart: statics.into_iter().chain(["build".to_owned()]).collect(),
        aliases: vec![("@site", String::new())],
        ..Folders::default()
    }
}

fn is_page(path: &str) -> bool {
    path.contains('/')
        && (path.starts_with("src/pages/") || !path.starts_with("src/"))
        && !path.split('/').any(|segment| segment.starts_with('_'))
}
