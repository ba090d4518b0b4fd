//! MkDocs: one folder of pages, with their files among them.

mod dates;

use crate::dialect::Dialect;
use crate::site::config_file::Opening;
use crate::site::external_keys::{KeySearch, in_folder};
use crate::site::folders::{Folders, Ignored, ServedFolder, below};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::{PagePlace, suffix_language};
use crate::site::settings::ReadSettings as _;
use crate::site::settings::{Settings, mount};
use crate::syntax::{CloseRule, FenceRules, OpenRule, Syntax};

/// What MkDocs is known by (<https://www.mkdocs.org/user-guide/configuration/>).
static PROFILE: Profile = Profile {
    name: "mkdocs",
    display_name: "MkDocs",
    precedence: 7,
    configs: &["mkdocs.yml", "mkdocs.yaml"],
    output: &["site"],
    fences: &FENCES,
    dialect: Dialect::PyYaml,
    date_fields: dates::FIELDS,
    pages: "`docs/` (`docs_dir`) without what `exclude_docs` names",
    uploads: "`docs/` (`docs_dir`), files beside a page, and paths from the folder of `mkdocs.yml`, \
              as plugins take them",
    dates: "`date` of the posts of Material's blog, which each must have: a YAML date without \
            quotes, anything else stops the build",
    other_sources: "a `.meta.yml` above the page, with the plugin `meta` of Material for MkDocs",
    ..Profile::COMMON
};

/// MkDocs reads a page as `utf-8-sig` and compares its beginning with `YAML_RE` in
/// <https://github.com/mkdocs/mkdocs/blob/master/mkdocs/utils/meta.py>: `---`, closed by `---` or
/// `...`. A page without it is read as MultiMarkdown (`META_RE`): keys with texts.
static FENCES: FenceRules = FenceRules {
    generator: "MkDocs",
    opens: &[OpenRule::AfterByteOrderMark, OpenRule::WithoutFence],
    closes: &[
        CloseRule::Dots,
        CloseRule::OnlyBeforeLineBreak,
        CloseRule::OnlyAfterContent,
    ],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "prints these lines as text and drops all metadata",
    ..FenceRules::STRICT
};

pub(super) struct MkDocs;

impl Generator for MkDocs {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        // The configuration may have tags that a page may not.
        opening.dialect = Dialect::Core;
        let settings = opening.settings();
        let docs = settings.folder_or("docs_dir", "docs");
        let excluded = settings.text(&["exclude_docs"]).unwrap_or_default();
        let posts = dates::post_folders(&settings);
        let folders = Folders {
            content: vec![docs.clone()],
            apart: vec![settings.folder_or("site_dir", "site")],
            ignored: Ignored::list(excluded.lines().chain(["/templates/"])),
            source: docs.clone(),
            base: mount(&settings.text(&["site_url"]).unwrap_or_default()),
            served: vec![ServedFolder::at_root(docs)],
            // The `background_image` of a social card, and other options of plugins.
            has_root_paths: true,
            ..Folders::default()
        };
        let theme = settings
            .text(&["theme"])
            .or_else(|| settings.text(&["theme", "name"]));
        Box::new(MkDocsSite {
            folders,
            posts,
            has_material: theme.as_deref() == Some("material"),
            languages: languages(&settings),
        })
    }
}

#[derive(Debug)]
struct MkDocsSite {
    folders: Folders,
    /// The folders of the posts of a blog.
    posts: Vec<String>,
    /// Whether it has the theme Material for MkDocs.
    has_material: bool,
    /// That a file's name may end with.
    languages: Vec<String>,
}

/// The languages of the plugin mkdocs-static-i18n
/// (<https://ultrabug.github.io/mkdocs-static-i18n/getting-started/quick-start/>).
fn languages(settings: &Settings) -> Vec<String> {
    let Some((document, plugins)) = settings.value(&["plugins"]) else {
        return Vec::new();
    };
    let of_list = document.items(plugins).iter().copied();
    let mut plugins = of_list.chain([plugins]);
    let plugin = plugins.find_map(|plugin| document.get(plugin, "i18n"));
    let languages = plugin.and_then(|plugin| document.get(plugin.value, "languages"));
    let items = languages.map_or(&[][..], |languages| document.items(languages.value));
    let locale = |&item| document.string(document.get(item, "locale")?.value);
    items.iter().filter_map(locale).map(str::to_owned).collect()
}

impl SiteModel for MkDocsSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let language = suffix_language(path, &self.languages);
        self.folders.place(path).in_language(language)
    }

    /// <https://squidfunk.github.io/mkdocs-material/plugins/meta/>
    fn external_source_of(&self, key: &str, search: &KeySearch<'_>) -> Option<String> {
        let mut names = search
            .folders_above()
            .map(|folder| in_folder(folder, ".meta.yml"));
        names
            .find(|name| search.data_has(name, Syntax::Yaml, key))
            .map(|name| {
                format!("`{name}` gives `{key}`, which the plugin `meta` lays under the page")
            })
    }

    fn bundled_schema(&self, place: &PagePlace<'_>) -> Option<&'static str> {
        match self.has_material {
            _ if self.is_post(place) => Some("mkdocs-material-blog-post"),
            true => Some("mkdocs-material-page"),
            false => None,
        }
    }

    fn reads_date_field(&self, _: &str, place: &PagePlace<'_>) -> bool {
        self.is_post(place)
    }

    fn requires_date_field(&self, _: &str, place: &PagePlace<'_>) -> bool {
        self.is_post(place)
    }
}

impl MkDocsSite {
    fn is_post(&self, place: &PagePlace<'_>) -> bool {
        let mut posts = self.posts.iter();
        place.is_rendered() && posts.any(|folder| below(&place.path, folder).is_some())
    }
}
