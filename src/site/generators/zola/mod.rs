//! Zola: `content` with the files beside its pages, and `static`.

mod address;
mod dates;
mod front_matter;
mod yaml_date;

use crate::site::settings::ReadSettings as _;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::dialect::Timestamp;
use crate::files;
use crate::site::address::{AddressFacts, Addresses};
use crate::site::config_file::{Opening, boundary_around};
use crate::site::date_field::NameDate;
use crate::site::folders::{Folders, Ignored, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::model::SiteModel;
use crate::site::place::{PagePlace, suffix_language};
use crate::site::settings::{Settings, mount};
use crate::syntax::{CloseRule, Document, FenceRules, OpenRule};
use address::AddressRules;

/// What Zola is known by: `zola.toml`, or a `config.toml` with `base_url`, the one setting that it
/// asks for (<https://www.getzola.org/documentation/getting-started/configuration/>).
static PROFILE: Profile = Profile {
    name: "zola",
    display_name: "Zola",
    precedence: 5,
    configs: &["zola.toml", "config.toml"],
    output: &["public"],
    fences: &FENCES,
    date_fields: dates::FIELDS,
    address_keys: &["path", "slug"],
    bundles: &["index.md"],
    takes_files: &["index.md", "_index.md"],
    pages: "`.md` files of `content/` without those of `ignored_content`",
    uploads: "`static/`, the same of the theme, files beside a page in `content/`, and paths that \
              begin with `@/`",
    dates: "`date` and `updated` of pages: a date of TOML or a text that is one, anything \
            else stops the build; without `date` the day in the file's name",
    ..Profile::COMMON
};

/// Zola skips a byte order mark and white space before the fence, which a line break must follow,
/// ends the front matter at the first line that ends with it, and stops at a file of `content` without
/// front matter: `split_content` in
/// <https://github.com/getzola/zola/blob/master/components/content/src/front_matter/split.rs>.
static FENCES: FenceRules = FenceRules {
    generator: "Zola",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Indented,
        OpenRule::Toml,
        OpenRule::OnlyBeforeLineBreak,
    ],
    closes: &[CloseRule::AtEndOfLine],
    when_missed: "stops with an error, since every page needs front matter",
    when_unclosed: "stops with an error, since every page needs front matter",
    requires_front_matter: true,
};

pub(super) struct Zola;

impl Generator for Zola {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    fn recognizes(&self, folder: &Path, config: &str) -> bool {
        if config != "config.toml" {
            return true;
        }
        let bytes = files::read(&folder.join(config), &boundary_around(folder)).ok();
        let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return false;
        };
        let lines = text.lines().map(str::trim_start);
        let mut before_tables = lines.take_while(|line| !line.starts_with('['));
        before_tables.any(|line| {
            let rest = line.strip_prefix("base_url");
            rest.is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let settings = opening.settings();
        let mut served = vec!["static".to_owned()];
        if let Some(theme) = settings.text(&["theme"]) {
            served.extend(opening.existing(&[&format!("themes/{theme}/static")]));
        }
        served.extend(opening.existing(&["content"]));
        let ignored = settings.texts(&["ignored_content"]);
        let folders = Folders {
            content: vec!["content".to_owned()],
            apart: vec![settings.folder_or("output_dir", "public")],
            is_page: |path| Path::new(path).extension().is_some_and(|end| end == "md"),
            ignored: Ignored::globs(ignored.iter().map(String::as_str)),
            source: "content".to_owned(),
            base: mount(&settings.text(&["base_url"]).unwrap_or_default()),
            served: served.into_iter().map(ServedFolder::at_root).collect(),
            aliases: vec![("@", "content".to_owned())],
            ..Folders::default()
        };
        Box::new(ZolaSite {
            folders,
            address_rules: AddressRules::new(&settings),
            languages: languages(&settings),
        })
    }
}

#[derive(Debug)]
struct ZolaSite {
    folders: Folders,
    address_rules: AddressRules,
    /// Without the first.
    languages: Vec<String>,
}

/// The languages beside the first
/// (<https://www.getzola.org/documentation/content/multilingual/>).
fn languages(settings: &Settings) -> Vec<String> {
    let first = settings.text(&["default_language"]);
    let first = first.as_deref().unwrap_or("en");
    let Some((document, languages)) = settings.value(&["languages"]) else {
        return Vec::new();
    };
    let names = document.members(languages).iter();
    let names = names.map(|member| member.key.text.as_ref());
    names
        .filter(|name| *name != first)
        .map(str::to_owned)
        .collect()
}

impl SiteModel for ZolaSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn refusals(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Vec<Diagnostic> {
        let name = place.path.rsplit('/').next().unwrap_or_default();
        front_matter::refusals(page, name.starts_with("_index."))
    }

    fn bundled_schema(&self, place: &PagePlace<'_>) -> Option<&'static str> {
        let name = place.path.rsplit('/').next().unwrap_or_default();
        Some(match name.starts_with("_index.") {
            true => "zola-section",
            false => "zola-page",
        })
    }

    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let place = self.folders.place(path);
        let language = suffix_language(path, &self.languages);
        place.in_language(language)
    }

    fn addresses(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        _: &AddressFacts<'_>,
    ) -> Addresses {
        self.address_rules.addresses(page, place)
    }

    /// A section has no date.
    fn reads_date_field(&self, _: &str, place: &PagePlace<'_>) -> bool {
        let name = place.path.rsplit('/').next().unwrap_or_default();
        place.is_rendered() && !name.starts_with("_index.")
    }

    fn date_in_name<'n>(&self, place: &'n PagePlace<'_>) -> Option<NameDate<'n>> {
        dates::in_name(&place.path)
    }

    /// The address has the name without its date.
    fn tolerated_days(&self, _: &Document<'_>, _: &Timestamp) -> i64 {
        1
    }
}
