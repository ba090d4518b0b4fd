//! Astro, and Starlight on top of it: content collections, pages, and `public`.

use super::{Generator, Profile, always};
use crate::site::folders::Folders;
use crate::site::settings::{Opening, folder, mount};
use crate::syntax::{CloseRule, FenceRules, OpenRule};

/// What Astro is known by (<https://docs.astro.build/en/guides/configuring-astro/>).
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::Astro,
    configs: &[
        "astro.config.mjs",
        "astro.config.ts",
        "astro.config.js",
        "astro.config.mts",
        "astro.config.cjs",
        "astro.config.cts",
    ],
    is_root: always,
    output: &["dist", ".astro"],
    fences: &FENCES,
    pages: "`src/` (`srcDir`) and each `base` of the content configuration, without what begins \
            with `_`; `src/content/x/` is the collection `x`",
    uploads: "`public/` (`publicDir`), files beside a page, and paths that begin with `~/` or `@/`",
    elsewhere: "a `default` in the content configuration",
};

/// Astro compares the beginning of a page with `frontmatterRE` in
/// <https://github.com/withastro/astro/blob/main/packages/markdown/remark/src/frontmatter.ts>: `---`
/// or, since Astro 5, `+++` after a byte order mark or white space, closed by a line that begins so.
static FENCES: FenceRules = FenceRules {
    generator: "Astro",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::WithMetadata,
    ],
    closes: &[CloseRule::WithTrailingText],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "prints these lines as text and drops all metadata",
};

/// Where collections are defined
/// (<https://docs.astro.build/en/guides/content-collections/#the-collection-config-file>).
pub(in crate::site) const CONTENT_CONFIGS: &[&str] = &[
    "content.config.ts",
    "content.config.mjs",
    "content.config.js",
    "content/config.ts",
    "content/config.mjs",
    "content/config.js",
];

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> Folders {
    let config = PROFILE
        .config(opening.root)
        .map(|name| opening.program(name))
        .unwrap_or_default();
    let dir = |name, default: &str| {
        let written = config.property(name).and_then(folder);
        written.unwrap_or_else(|| default.to_owned())
    };
    let source = dir("srcDir", "src");
    let mut content = vec![source.clone()];
    for name in CONTENT_CONFIGS {
        let collections = opening.program(&format!("{source}/{name}"));
        let bases = collections.properties("base").filter_map(folder);
        content.extend(bases.filter(|base| !base.is_empty()));
    }
    let base = mount(config.property("base").unwrap_or_default());
    Folders {
        content,
        apart: vec![dir("outDir", "dist"), dir("publicDir", "public")],
        is_page: |path| !path.split('/').any(|segment| segment.starts_with('_')),
        collection,
        source: format!("{source}/pages"),
        base,
        served: vec![(String::new(), dir("publicDir", "public"))],
        aliases: vec![("~", source.clone()), ("@", source)],
        ..Folders::default()
    }
}

/// `blog` of `src/content/blog/a.md`.
fn collection(path: &str) -> Option<&str> {
    let mut segments = path.split('/');
    segments.by_ref().find(|segment| *segment == "content")?;
    let label = segments.next()?;
    segments.next().map(|_| label)
}
