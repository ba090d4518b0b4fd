//! Eleventy: the input folder, and whatever code copies through.

mod address;
mod dates;
mod iso_date;

use super::gray_matter;
use crate::dialect::{Dialect, Timestamp};
use crate::site::address::{AddressFacts, Addresses};
use crate::site::config_file::Opening;
use crate::site::date_field::NameDate;
use crate::site::external_keys::{KeySearch, in_folder};
use crate::site::folders::{Folders, Ignored, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::{PageKind, PagePlace};
use crate::site::program::Program;
use crate::site::settings::{folder, mount};
use crate::site::version::Version;
use crate::syntax::{Document, FenceRules, OpenRule, Syntax};

/// What Eleventy is known by (<https://www.11ty.dev/docs/config/#default-filenames>).
static PROFILE: Profile = Profile {
    name: "eleventy",
    display_name: "Eleventy",
    precedence: 4,
    configs: &[
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "eleventy.config.cjs",
    ],
    output: &["_site"],
    // https://www.11ty.dev/docs/languages/, and what its plugins add
    other_page_types: &[
        "html", "liquid", "njk", "webc", "vto", "hbs", "mustache", "ejs", "haml", "pug",
    ],
    fences: &FENCES,
    dialect: Dialect::JsYaml4,
    older_dialects: "`js-yaml-3` before 3",
    date_fields: dates::FIELDS,
    // A page's own `permalink` is stronger than those of data.
    address_movers: &[
        "eleventyComputed",
        "eleventyComputed.permalink",
        "pagination",
        "draft",
    ],
    pages: "the input folder (`input` in the configuration, else the root) without `_includes/`, \
            `_layouts/`, `_data/` and what `.eleventyignore` names; beside Markdown its other \
            template formats, where they begin with a fence",
    uploads: "`public/`, the input folder and the root: what is copied through is said in code",
    dates: "`date`: a YAML date, a text of ISO 8601, or a word such as `Last Modified`: any \
            other text stops the build; without it the first date in the path",
    other_sources: "directory and template data files (`posts/posts.json`, `posts.11tydata.js`), \
                    `addGlobalData` in the configuration",
    ..Profile::COMMON
};

/// Eleventy reads front matter with gray-matter and stops at a language that nobody registers
/// (<https://www.11ty.dev/docs/data-frontmatter-customize/>).
static FENCES: FenceRules = FenceRules {
    generator: "Eleventy",
    ..gray_matter::FENCES
};

/// The same where code of the site adds languages.
static FENCES_WITH_ADDED_LANGUAGES: FenceRules = FenceRules {
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::WithLanguage,
        OpenRule::WithAddedLanguage,
    ],
    ..FENCES
};

/// What adds a language to the front matter of a site, anywhere in its configuration.
const ADDS_LANGUAGES: &[&str] = &["setFrontMatterParsingOptions", "frontMatterParsingOptions"];

/// What the names of data files end with (<https://www.11ty.dev/docs/data-template-dir/>).
const DATA_ENDS: &[&str] = &[
    ".json",
    ".11tydata.json",
    ".11tydata.js",
    ".11tydata.mjs",
    ".11tydata.cjs",
];

/// Since version 3 `UserConfig.js` hands js-yaml 4 to gray-matter, which has js-yaml 3 itself.
const JS_YAML_4_SINCE: Version = Version(3, 0, 0);

pub(super) struct Eleventy;

impl Generator for Eleventy {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let config = opening.program();
        // https://www.11ty.dev/docs/config/#input-directory and the same for the output
        let dir = |property, function| {
            let written = config.argument(function).or(config.property(property));
            written.and_then(folder)
        };
        let input = dir("input", "setInputDirectory").unwrap_or_default();
        let output = dir("output", "setOutputDirectory").unwrap_or_else(|| "_site".to_owned());
        let mut served = opening.existing(&["public"]);
        served.push(input.clone());
        if !input.is_empty() {
            served.push(String::new());
        }
        // Its patterns are relative to the project, and the paths here to the input folder.
        let ignored = match input.as_str() {
            "" => {
                let lines = opening.lines(".eleventyignore");
                Ignored::list(lines.iter().map(String::as_str))
            }
            _ => Ignored::Nothing,
        };
        // Relative to the input folder.
        let mut apart = vec![output];
        for (property, function) in [
            ("includes", "setIncludesDirectory"),
            ("layouts", "setLayoutsDirectory"),
            ("data", "setDataDirectory"),
        ] {
            let written = config.argument(function).or(config.property(property));
            let path = written.map(|written| in_folder(&input, written));
            apart.extend(
                path.as_deref()
                    .and_then(folder)
                    .filter(|path| *path != input),
            );
        }
        let folders = Folders {
            content: vec![input.clone()],
            apart,
            is_page: |path| {
                let mut folders = path.split('/');
                !folders.any(|name| matches!(name, "_includes" | "_layouts" | "_data"))
            },
            ignored,
            base: mount(config.property("pathPrefix").unwrap_or_default()),
            served: served.into_iter().map(ServedFolder::at_root).collect(),
            source: input,
            ..Folders::default()
        };
        Box::new(EleventySite {
            reads_dates: !config.mentions("addDateParsing"),
            is_old: opening
                .npm_version("@11ty/eleventy")
                .is_before(JS_YAML_4_SINCE),
            formats: formats(&config),
            adds_languages: adds_languages(&config, opening),
            folders,
        })
    }
}

/// What `templateFormats` lists plainly (<https://www.11ty.dev/docs/config/#template-formats>); `None`
/// where nothing is listed, or code adds to it.
fn formats(config: &Program) -> Option<Vec<String>> {
    if config.mentions("addTemplateFormats") || config.mentions("addExtension") {
        return None;
    }
    let listed = config
        .list("templateFormats")
        .or(config.list_argument("setTemplateFormats"));
    let in_one = || {
        config
            .property("templateFormats")
            .or(config.argument("setTemplateFormats"))
    };
    let formats = listed.or_else(|| Some(in_one()?.split(',').collect()))?;
    Some(
        formats
            .into_iter()
            .map(|format| format.trim().to_owned())
            .collect(),
    )
}

/// Whether the configuration, or a file of the site that it imports, adds languages.
fn adds_languages(config: &Program, opening: &mut Opening<'_>) -> bool {
    let adds = |program: &Program| ADDS_LANGUAGES.iter().any(|name| program.mentions(name));
    adds(config)
        || config.imports().any(|written| {
            let names = folder(written).into_iter().flat_map(|path| {
                let with_end = format!("{path}.js");
                [path, with_end]
            });
            names
                .into_iter()
                .any(|name| adds(&opening.program_at(&name)))
        })
}

#[derive(Debug)]
struct EleventySite {
    folders: Folders,
    /// Whether it is a version that reads with js-yaml 3.
    is_old: bool,
    /// The extensions that `templateFormats` lists.
    formats: Option<Vec<String>>,
    /// Whether code of the site may add languages to front matter.
    adds_languages: bool,
    /// Whether no code of the configuration reads dates.
    reads_dates: bool,
}

impl SiteModel for EleventySite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn bundled_schema(&self, _: &PagePlace<'_>) -> Option<&'static str> {
        Some("eleventy")
    }

    fn dialect(&self) -> Option<Dialect> {
        self.is_old.then_some(Dialect::JsYaml3)
    }

    fn reads_type(&self, extension: &str) -> bool {
        let formats = self.formats.as_ref();
        formats.is_none_or(|formats| formats.iter().any(|format| format == extension))
    }

    fn fences_at(&self, _: &PagePlace<'_>) -> Option<&'static FenceRules> {
        self.adds_languages.then_some(&FENCES_WITH_ADDED_LANGUAGES)
    }

    fn external_source_of(&self, key: &str, search: &KeySearch<'_>) -> Option<String> {
        let (folder, name) = search.page.rsplit_once('/').unwrap_or(("", search.page));
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        // The page's own data file, then those that are named like the folders above it.
        let of_folders = search.folders_above().map(|folder| {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            (folder, name)
        });
        let stems = std::iter::once((folder, stem)).chain(of_folders);
        for (folder, stem) in stems.filter(|(_, stem)| !stem.is_empty()) {
            for end in DATA_ENDS {
                let name = in_folder(folder, &format!("{stem}{end}"));
                let may_give = match end.ends_with("json") {
                    true => search.data_has(&name, Syntax::Json, key),
                    false => search.program(&name).mentions(key),
                };
                if may_give {
                    return Some(format!("the data file `{name}` may give `{key}`"));
                }
            }
        }
        search.hook("addGlobalData", key)
    }

    fn addresses(&self, page: &Document<'_>, _: &PagePlace<'_>, _: &AddressFacts<'_>) -> Addresses {
        address::addresses(page)
    }

    /// <https://www.11ty.dev/docs/dates/#custom-date-parsing>
    fn reads_date_field(&self, _: &str, place: &PagePlace<'_>) -> bool {
        self.reads_dates && place.is_rendered()
    }

    fn date_in_name<'n>(&self, place: &'n PagePlace<'_>) -> Option<NameDate<'n>> {
        match place.kind {
            PageKind::Page => dates::in_path(&place.path),
            _ => None,
        }
    }

    /// No address comes of the date in the name, and a page may be begun the day before.
    fn tolerated_days(&self, _: &Document<'_>, _: &Timestamp) -> i64 {
        1
    }
}
