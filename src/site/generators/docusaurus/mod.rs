//! Docusaurus: docs, blogs and pages in folders that its plugins name, and `static`.

mod address;
mod dates;
mod kinds;

use std::path::Path;

use super::gray_matter;
use crate::dialect::{Dialect, Timestamp, Zone};
use crate::site::address::{AddressFacts, Addresses};
use crate::site::config_file::{Opening, program_in};
use crate::site::date_field::NameDate;
use crate::site::external_keys::KeySearch;
use crate::site::folders::{Folders, Ignored, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::PagePlace;
use crate::site::program::Program;
use crate::site::settings::{folder, mount, outside_folder};
use crate::site::version::Version;
use crate::syntax::{Document, FenceRules};
use kinds::Plugins;

/// What Docusaurus is known by (<https://docusaurus.io/docs/configuration>).
static PROFILE: Profile = Profile {
    name: "docusaurus",
    display_name: "Docusaurus",
    precedence: 1,
    reads_outside: true,
    configs: &[
        "docusaurus.config.js",
        "docusaurus.config.ts",
        "docusaurus.config.mjs",
        "docusaurus.config.mts",
        "docusaurus.config.cjs",
        "docusaurus.config.cts",
    ],
    output: &["build", ".docusaurus"],
    fences: &FENCES,
    dialect: Dialect::JsYaml4,
    older_dialects: "`js-yaml-3` before 3.10.2",
    date_fields: dates::FIELDS,
    address_keys: &["slug"],
    // Where code of the configuration has it.
    address_movers: &["slug"],
    pages: "every folder but `static/` and `src/` (of which `src/pages/` counts), since plugins \
            name them in code; not the files in the root, nor what begins with `_`; `blog/` is \
            the collection `blog`; and folders beside the root that a `path` of the configuration \
            names, as `../docs`",
    uploads: "`static/` (`staticDirectories`), files beside a page, and paths that begin with \
              `@site/`",
    dates: "`date` of blog posts, a text as UTC, and `last_update.date`: one that JavaScript \
            cannot read stops the build; without `date` the day in the path",
    other_sources: "`parseFrontMatter` in the configuration",
    ..Profile::COMMON
};

/// Docusaurus reads front matter with gray-matter
/// (<https://docusaurus.io/docs/api/docusaurus-config#markdown>).
static FENCES: FenceRules = FenceRules {
    generator: "Docusaurus",
    ..gray_matter::FENCES
};

/// `@docusaurus/utils` depends on gray-matter before, which reads with js-yaml 3, and on
/// `@11ty/gray-matter` since.
const JS_YAML_4_SINCE: Version = Version(3, 10, 2);

pub(super) struct Docusaurus;

impl Generator for Docusaurus {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn outside_folders(&self, root: &Path, config: &str) -> Vec<String> {
        outside_folders(&program_in(root, config))
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let config = opening.program();
        let written = config.list("staticDirectories").unwrap_or_default();
        let mut statics: Vec<String> = written.into_iter().filter_map(folder).collect();
        if statics.is_empty() {
            statics.push("static".to_owned());
        }
        let folders = Folders {
            outside: outside_folders(&config),
            is_page,
            // The default `exclude` of the docs plugin:
            // https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-docs#exclude
            ignored: Ignored::globs(["**/*.{test,spec}.{md,mdx}", "**/__tests__/**"]),
            collection: |path| path.starts_with("blog/").then_some("blog"),
            base: mount(config.property("baseUrl").unwrap_or_default()),
            served: statics.iter().map(ServedFolder::at_root).collect(),
            apart: statics.into_iter().chain(["build".to_owned()]).collect(),
            aliases: vec![("@site", String::new())],
            ..Folders::default()
        };
        Box::new(DocusaurusSite {
            folders,
            plugins: Plugins::of(&config),
            is_old: opening
                .npm_version("@docusaurus/core")
                .is_before(JS_YAML_4_SINCE),
            has_certain_slugs: opening.config.is_some() && address::are_certain(&config),
        })
    }
}

/// The `path` of a plugin for content, where it leads out of the root.
fn outside_folders(config: &Program) -> Vec<String> {
    config
        .properties("path")
        .filter_map(outside_folder)
        .collect()
}

fn is_page(path: &str) -> bool {
    path.contains('/')
        && (path.starts_with("src/pages/") || !path.starts_with("src/"))
        && !path.split('/').any(|segment| segment.starts_with('_'))
}

#[derive(Debug)]
struct DocusaurusSite {
    folders: Folders,
    plugins: Plugins,
    /// Whether it is a version that reads with js-yaml 3.
    is_old: bool,
    has_certain_slugs: bool,
}

impl SiteModel for DocusaurusSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn dialect(&self) -> Option<Dialect> {
        self.is_old.then_some(Dialect::JsYaml3)
    }

    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let place = self.folders.place(path);
        match address::part(path) {
            Some(part) => place.in_language(part.language).in_version(part.version),
            None => place,
        }
    }

    fn bundled_schema(&self, place: &PagePlace<'_>) -> Option<&'static str> {
        self.plugins.schema_of(&place.path)
    }

    fn external_source_of(&self, key: &str, search: &KeySearch<'_>) -> Option<String> {
        search.hook("parseFrontMatter", key)
    }

    fn addresses(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        _: &AddressFacts<'_>,
    ) -> Addresses {
        match self.has_certain_slugs {
            true => address::addresses(page, place),
            false => Addresses::default(),
        }
    }

    /// The blog shows all days in UTC.
    fn shown_offset(&self, _: Zone) -> i32 {
        0
    }

    /// Only the blog reads `date`.
    fn reads_date_field(&self, key: &str, place: &PagePlace<'_>) -> bool {
        place.is_rendered() && (key != "date" || place.collection() == Some("blog"))
    }

    fn date_in_name<'n>(&self, place: &'n PagePlace<'_>) -> Option<NameDate<'n>> {
        dates::in_path(place.path.strip_prefix("blog/")?)
    }

    /// The date in the name is part of the address, unless the page has a `slug`.
    fn tolerated_days(&self, page: &Document<'_>, _: &Timestamp) -> i64 {
        i64::from(self.field(page, "slug").is_some())
    }
}
