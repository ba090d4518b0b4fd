//! Eleventy: the input folder, and whatever code copies through.

mod address;

use super::gray_matter;
use crate::dialect::Dialect;
use crate::site::address::{AddressFacts, Addresses};
use crate::site::config_file::Opening;
use crate::site::external_keys::{KeySearch, in_folder};
use crate::site::folders::{Folders, Ignored, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::{PageKind, PagePlace};
use crate::site::settings::{folder, mount};
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
    fences: &FENCES,
    // Since 3.1.7, which reads with a fork of gray-matter; js-yaml 3 before.
    dialect: Dialect::JsYaml4,
    // A page's own `permalink` is stronger than those of data.
    address_movers: &[
        "eleventyComputed",
        "eleventyComputed.permalink",
        "pagination",
        "draft",
    ],
    pages: "the input folder (`input` in the configuration, else the root) without `_includes/`, \
            `_layouts/`, `_data/` and what `.eleventyignore` names",
    uploads: "`public/`, the input folder and the root: what is copied through is said in code",
    other_sources: "directory and template data files (`posts/posts.json`, `posts.11tydata.js`), \
                    `addGlobalData` in the configuration",
    ..Profile::COMMON
};

/// Eleventy reads front matter with gray-matter
/// (<https://www.11ty.dev/docs/data-frontmatter-customize/>).
static FENCES: FenceRules = FenceRules {
    generator: "Eleventy",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::WithLanguage,
        OpenRule::WithAddedLanguage,
    ],
    ..gray_matter::FENCES
};

/// What the names of data files end with (<https://www.11ty.dev/docs/data-template-dir/>).
const DATA_ENDS: &[&str] = &[
    ".json",
    ".11tydata.json",
    ".11tydata.js",
    ".11tydata.mjs",
    ".11tydata.cjs",
];

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
        let folders = Folders {
            content: vec![input.clone()],
            apart: vec![output],
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
        Box::new(EleventySite { folders })
    }
}

#[derive(Debug)]
struct EleventySite {
    folders: Folders,
}

impl SiteModel for EleventySite {
    fn folders(&self) -> &Folders {
        &self.folders
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

    fn is_dated_by_name(&self, place: &PagePlace<'_>) -> bool {
        place.kind == PageKind::Page
    }
}
