//! Astro, and Starlight on top of it: content collections, pages, and `public`.

use std::path::Path;

use super::gray_matter;
use super::javascript_date::{JavaScriptDate, javascript_date};
use crate::dialect::{Dialect, Precision, Value};
use crate::site::config_file::{Opening, program_in};
use crate::site::external_keys::{KeySearch, in_folder};
use crate::site::folders::{Folders, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::PagePlace;
use crate::site::program::Program;
use crate::site::settings::{below_root, folder, mount, outside_folder};
use crate::site::version::Version;
use crate::syntax::{CloseRule, FenceRules, OpenRule, Scalar};

/// What Astro is known by (<https://docs.astro.build/en/guides/configuring-astro/>).
static PROFILE: Profile = Profile {
    name: "astro",
    display_name: "Astro",
    precedence: 3,
    reads_outside: true,
    configs: &[
        "astro.config.mjs",
        "astro.config.ts",
        "astro.config.js",
        "astro.config.mts",
        "astro.config.cjs",
        "astro.config.cts",
    ],
    output: &["dist", ".astro"],
    // `mdwn` is one of `SUPPORTED_MARKDOWN_FILE_EXTENSIONS`; the integration of Markdoc reads `mdoc`.
    other_page_types: &["mdoc", "mdwn"],
    fences: &FENCES,
    dialect: Dialect::JsYaml4,
    older_dialects: "`js-yaml-3` before 5",
    pages: "`src/` (`srcDir`) and each `base` of the content configuration, without what begins \
            with `_`; `src/content/x/` is the collection `x`",
    uploads: "`public/` (`publicDir`), files beside a page, and paths that begin with `~/` or `@/`",
    dates: "no key; to the schema of a collection, an unquoted date is a date and not text",
    other_sources: "a `default` in the content configuration",
    ..Profile::COMMON
};

/// Astro compares the beginning of a page with `frontmatterRE` in
/// <https://github.com/withastro/astro/blob/main/packages/markdown/remark/src/frontmatter.ts>: `---`
/// or, since 5.2, `+++` after a byte order mark or white space, closed by a line that begins with
/// either.
static FENCES: FenceRules = FenceRules {
    generator: "Astro",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::WithMetadata,
    ],
    closes: &[CloseRule::WithTrailingText, CloseRule::BySign],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "prints these lines as text and drops all metadata",
    ..FenceRules::STRICT
};

/// Astro 5.0 and 5.1.
static FENCES_WITHOUT_TOML: FenceRules = FenceRules {
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::WithMetadata,
    ],
    closes: &[CloseRule::WithTrailingText],
    ..FENCES
};

/// Astro before 5, which depends on gray-matter 4.
static FENCES_OF_GRAY_MATTER: FenceRules = FenceRules {
    generator: "Astro",
    ..gray_matter::FENCES
};

/// The first version that reads front matter itself, with js-yaml 4.
const OWN_PARSER_SINCE: Version = Version(5, 0, 0);

/// <https://github.com/withastro/astro/pull/12850>
const TOML_SINCE: Version = Version(5, 2, 0);

/// Where collections are defined
/// (<https://docs.astro.build/en/guides/content-collections/#the-collection-config-file>).
const CONTENT_CONFIGS: &[&str] = &[
    "content.config.ts",
    "content.config.mjs",
    "content.config.js",
    "content/config.ts",
    "content/config.mjs",
    "content/config.js",
];

pub(super) struct Astro;

impl Generator for Astro {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn outside_folders(&self, root: &Path, config: &str) -> Vec<String> {
        let source = source_folder(&program_in(root, config));
        let names = CONTENT_CONFIGS
            .iter()
            .map(|name| format!("{source}/{name}"));
        let folders = names.flat_map(|name| {
            let collections = program_in(root, &name);
            collections
                .properties("base")
                .filter_map(outside_folder)
                .collect::<Vec<_>>()
        });
        folders.collect()
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let config = opening.program();
        let dir = |name, default: &str| {
            let written = config.property(name).and_then(folder);
            written.unwrap_or_else(|| default.to_owned())
        };
        let source = source_folder(&config);
        let mut content = vec![source.clone()];
        let mut outside = Vec::new();
        let mut has_starlight_docs = false;
        for name in CONTENT_CONFIGS {
            let collections = opening.program_at(&format!("{source}/{name}"));
            has_starlight_docs |= collections.mentions("docsSchema");
            let bases = collections.properties("base").filter_map(folder);
            content.extend(bases.filter(|base| !base.is_empty()));
            outside.extend(collections.properties("base").filter_map(outside_folder));
        }
        content.extend(outside.iter().map(|folder| below_root(folder).to_owned()));
        let folders = Folders {
            content,
            outside,
            apart: vec![dir("outDir", "dist"), dir("publicDir", "public")],
            is_page: |path| !path.split('/').any(|segment| segment.starts_with('_')),
            collection,
            source: format!("{source}/pages"),
            base: mount(config.property("base").unwrap_or_default()),
            served: vec![ServedFolder::at_root(dir("publicDir", "public"))],
            aliases: vec![("~", source.clone()), ("@", source)],
            ..Folders::default()
        };
        let version = opening.npm_version("astro");
        let has_gray_matter = version.is_before(OWN_PARSER_SINCE);
        let old_fences = match (has_gray_matter, version.is_before(TOML_SINCE)) {
            (true, _) => Some(&FENCES_OF_GRAY_MATTER),
            (false, true) => Some(&FENCES_WITHOUT_TOML),
            (false, false) => None,
        };
        Box::new(AstroSite {
            folders,
            has_gray_matter,
            has_starlight_docs,
            old_fences,
        })
    }
}

fn source_folder(config: &Program) -> String {
    let written = config.property("srcDir").and_then(folder);
    written.unwrap_or_else(|| "src".to_owned())
}

/// `blog` of `src/content/blog/a.md`.
fn collection(path: &str) -> Option<&str> {
    let mut segments = path.split('/');
    segments.by_ref().find(|segment| *segment == "content")?;
    let label = segments.next()?;
    segments.next().map(|_| label)
}

#[derive(Debug)]
struct AstroSite {
    folders: Folders,
    has_gray_matter: bool,
    /// Whether the collection `docs` has the schema of Starlight, to which a site may add
    /// (<https://starlight.astro.build/reference/frontmatter/>).
    has_starlight_docs: bool,
    /// The fences of a version before [`TOML_SINCE`].
    old_fences: Option<&'static FenceRules>,
}

impl SiteModel for AstroSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn bundled_schema(&self, place: &PagePlace<'_>) -> Option<&'static str> {
        let is_docs = self.has_starlight_docs && place.collection() == Some("docs");
        is_docs.then_some("starlight-docs")
    }

    fn dialect(&self) -> Option<Dialect> {
        self.has_gray_matter.then_some(Dialect::JsYaml3)
    }

    fn fences_at(&self, _: &PagePlace<'_>) -> Option<&'static FenceRules> {
        self.old_fences
    }

    /// A collection's own schema may give a key a default:
    /// <https://docs.astro.build/en/guides/content-collections/#defining-the-collection-schema>
    fn external_source_of(&self, key: &str, search: &KeySearch<'_>) -> Option<String> {
        let source = self.folders.content.first()?;
        let mut names = CONTENT_CONFIGS.iter().map(|name| in_folder(source, name));
        names
            .find(|name| search.program(name).property_calls(key, "default"))
            .map(|name| format!("`{name}` gives `{key}` a default"))
    }

    /// The schema that Astro writes for `z.date()` and `z.coerce.date()` asks for `date-time`. Both
    /// take a date of js-yaml, a day alone too, which is its midnight; the second also what
    /// `new Date()` takes: which of the two it is does not show.
    fn date_precision(&self, scalar: &Scalar<'_>) -> Option<Precision> {
        let is_date = match scalar.value {
            Value::Timestamp(_) => true,
            Value::String => javascript_date(&scalar.text) != JavaScriptDate::Invalid,
            _ => false,
        };
        is_date.then_some(Precision::Moment)
    }

    /// `z.string()` takes no `Date`.
    fn refuses_dates_as_text(&self) -> bool {
        true
    }
}
