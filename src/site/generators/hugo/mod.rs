//! Hugo: the content folder, the static and asset folders, module mounts and themes.

mod address;
mod address_config;
mod cascade;
mod configuration;
mod content;
mod dates;
mod defaults;
mod glob;
mod html;
mod keys;
mod languages;
mod recognition;
mod version;

use crate::site::settings::ReadSettings as _;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::{Dialect, Precision, Style, Value, hugo_date, hugo_key};
use crate::site::address::{AddressFacts, Addresses};
use crate::site::config_file::{Opening, has_folder, leads_out};
use crate::site::folders::{Folders, ServedFolder};
use crate::site::generator::{Generator, Profile};
use crate::site::merge::Effects;
use crate::site::model::{FolderDefaults, SiteModel};
use crate::site::place::{Exists, PageKind, PagePlace};
use crate::site::settings::{folder, mount};
use crate::site::shared_pages::SharedPages;
use crate::site::timezone::TimeZone;
use crate::site::version::Pinned;
use crate::syntax::{CloseRule, Document, FenceRules, Member, OpenRule, Scalar};
use address::AddressRules;
use configuration::Configuration;
use content::Content;
use defaults::{Cascades, lift_params};
use languages::Languages;

/// What Hugo is known by: `hugo.*`, before 0.110 `config.*`, or a folder of them
/// (<https://gohugo.io/configuration/introduction/>).
static PROFILE: Profile = Profile {
    name: "hugo",
    display_name: "Hugo",
    precedence: 6,
    reads_outside: false,
    configs: &[
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config.toml",
        "config.yaml",
        "config.yml",
        "config.json",
        "config/_default/hugo.toml",
        "config/_default/hugo.yaml",
        "config/_default/hugo.yml",
        "config/_default/config.toml",
        "config/_default/config.yaml",
        "config/_default/config.yml",
    ],
    output: &["public", "resources"],
    // https://gohugo.io/content-management/formats/
    other_page_types: &[
        "html", "htm", "adoc", "asciidoc", "ad", "rst", "org", "pandoc", "pdc",
    ],
    fences: &FENCES,
    dialect: Dialect::HugoGoccy,
    older_dialects: "`hugo-yaml-v2` before 0.152",
    date_fields: dates::FIELDS,
    publication_fields: dates::PUBLICATION,
    publish_early: "`buildFuture = true` in the site's configuration",
    set_timezone: "`timeZone` in the site's configuration",
    address_keys: &["url", "slug"],
    address_movers: &[],
    bundles: &["index.md", "index.markdown", "index.html"],
    takes_files: &[
        "index.md",
        "index.markdown",
        "index.html",
        "_index.md",
        "_index.markdown",
        "_index.html",
    ],
    pages: "`content/`, `contentDir` of each language, module mounts onto `content`; beside Markdown its other content formats, where they \
            begin with a fence (since 0.162 HTML only where `security.allowContent` lets it)",
    uploads: "`static/`, `assets/`, the same of a theme, module mounts, files beside a page \
              (page bundles)",
    dates: "`date`, `lastmod`, `publishDate`, `expiryDate` and their other names, quoted or \
            not: one that it cannot read stops the build",
    other_sources: "`cascade` in the configuration, in an `_index.md` above the page and in the \
                    page, and `params`: they are laid under the page as Hugo does",
};

/// Hugo's lexer skips a byte order mark and spaces before the fence, compares three bytes of a
/// line with the closing fence, and stops where none comes: `lexFrontMatterSection` in
/// <https://github.com/gohugoio/hugo/blob/master/parser/pageparser/pagelexer_intro.go>.
static FENCES: FenceRules = FenceRules {
    generator: "Hugo",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::Json,
        OpenRule::WithMetadata,
        OpenRule::Indented,
        OpenRule::AtAnySign,
    ],
    closes: &[CloseRule::WithTrailingText, CloseRule::OnlyByFence],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "stops with an error",
    ..FenceRules::STRICT
};

pub(super) struct Hugo;

impl Generator for Hugo {
    fn profile(&self) -> &'static Profile {
        &PROFILE
    }

    /// `config.*` is a common name, so that a folder `content` has to be beside it, and a setting in it
    /// that Hugo alone has or another of Hugo's folders beside it.
    fn recognizes(&self, root: &Path, config: &str) -> bool {
        // Other programs have a folder `config` too: one that leads out of the site, and so is not
        // looked into, is not enough.
        let may_be_other = config.contains('/') && leads_out(root, "config");
        if config.contains("hugo.") && !may_be_other {
            return true;
        }
        let looks_like_hugo = || {
            ["layouts", "themes", "archetypes"]
                .iter()
                .any(|folder| has_folder(root, folder))
                || recognition::has_own_setting(root, config)
        };
        has_folder(root, "content") && (config.contains('/') || looks_like_hugo())
    }

    fn open(&self, opening: &mut Opening<'_>) -> Box<dyn SiteModel> {
        let configuration = Configuration::read(opening);
        let languages = Arc::new(Languages::new(&configuration));
        let common = configuration.folder_or("contentDir", "content");
        let content = Content::new(&configuration, &languages, &common);
        let folders = folders(opening, &configuration, &languages, &content);
        let timezone = configuration.text(&["timeZone"]);
        let version = version::pinned(opening);
        Box::new(HugoSite {
            version,
            html_severity: html::severity(&configuration, version),
            address_rules: AddressRules::new(&configuration),
            // https://gohugo.io/configuration/all/#timezone
            timezone: timezone.and_then(|name| TimeZone::named(&name)),
            cascades: Arc::new(Cascades::new(&configuration, Arc::clone(&languages))),
            languages,
            content,
            folders,
            configuration,
        })
    }
}

fn folders(
    opening: &Opening<'_>,
    settings: &Configuration,
    languages: &Languages,
    content: &Content,
) -> Folders {
    let content = content.sources();
    let mut statics = static_folders(settings, &[]);
    if statics.is_empty() {
        statics.push("static".to_owned());
    }
    for name in languages.names() {
        statics.extend(static_folders(settings, &["languages", name]));
    }
    statics.extend(opening.existing(&[&settings.folder_or("assetDir", "assets")]));
    let themes = settings.folder_or("themesDir", "themes");
    for theme in settings.texts(&["theme"]) {
        let folders = ["static", "assets"].map(|folder| format!("{themes}/{theme}/{folder}"));
        statics.extend(opening.existing(&folders.each_ref().map(String::as_str)));
    }
    // Page bundles, under the URLs of their pages.
    let pages: Vec<_> = content.iter().map(String::as_str).collect();
    statics.extend(opening.existing(&pages));
    let mut served = statics.into_iter().map(ServedFolder::at_root).collect();
    add_mounts(settings, &mut served);
    Folders {
        apart: vec![
            settings.folder_or("publishDir", "public"),
            "resources".to_owned(),
        ],
        source: settings.folder_or("contentDir", "content"),
        content,
        base: mount(&settings.text(&["baseURL"]).unwrap_or_default()),
        served,
        ..Folders::default()
    }
}

/// `staticDir` and `staticDir0` to `staticDir10`
/// (<https://gohugo.io/configuration/all/#staticdir>).
fn static_folders(settings: &Configuration, above: &[&str]) -> Vec<String> {
    let names = (0..=10).map(|number| format!("staticDir{number}"));
    let names = std::iter::once("staticDir".to_owned()).chain(names);
    names
        .flat_map(|name| {
            let keys: Vec<&str> = above.iter().copied().chain([name.as_str()]).collect();
            settings.texts(&keys)
        })
        .filter_map(|written| folder(&written))
        .collect()
}

/// `module.mounts`: folders of the project that stand for those that Hugo knows
/// (<https://gohugo.io/configuration/module/#mounts>).
fn add_mounts(settings: &Configuration, served: &mut Vec<ServedFolder>) {
    let Some((document, mounts)) = settings.value(&["module", "mounts"]) else {
        return;
    };
    for &item in document.items(mounts) {
        let text = |key| {
            let member = document.get(item, key)?;
            document.string(member.value)
        };
        let (Some(source), Some(target)) = (text("source").and_then(folder), text("target")) else {
            continue;
        };
        let (kind, below) = target.split_once('/').unwrap_or((target, ""));
        if matches!(kind, "static" | "assets") {
            served.push(ServedFolder::at(below, source));
        }
    }
}

#[derive(Debug)]
struct HugoSite {
    version: Pinned,
    /// Of a page in HTML; none where it may be.
    html_severity: Option<Severity>,
    folders: Folders,
    configuration: Configuration,
    languages: Arc<Languages>,
    content: Content,
    cascades: Arc<Cascades>,
    address_rules: AddressRules,
    timezone: Option<TimeZone>,
}

impl HugoSite {
    /// Whether the configuration names no others.
    fn has_usual_date_fields(&self) -> bool {
        !self.configuration.has("frontmatter")
    }
}

impl SiteModel for HugoSite {
    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn bundled_schema(&self, _: &PagePlace<'_>) -> Option<&'static str> {
        Some("hugo")
    }

    fn dialect(&self) -> Option<Dialect> {
        let is_old = self.version.is_before(version::GOCCY_SINCE);
        is_old.then_some(Dialect::HugoYamlV2)
    }

    fn refusals(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Vec<Diagnostic> {
        let severity = self.html_severity;
        let refusal = severity.and_then(|severity| html::refusal(page, &place.path, severity));
        refusal.into_iter().collect()
    }

    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        let mut place = self.folders.place(path);
        if !place.is_rendered() {
            return place;
        }
        let folder = self.content.holder(path);
        if let Some(folder) = folder.filter(|folder| !folder.is_root()) {
            place.path = folder.section_of(path).unwrap_or_default();
        }
        let language = folder.and_then(|folder| folder.language.as_deref());
        place.in_language(self.languages.of_page(path, language))
    }

    fn folder_defaults(
        &self,
        folder: &str,
        reader: &SharedPages<'_>,
    ) -> Option<Box<dyn FolderDefaults>> {
        let section = self.content.holder(folder)?.section_of(folder)?;
        self.cascades.of_folder(&section, &self.content, reader)
    }

    fn lay_defaults<'s>(
        &'s self,
        page: &mut Document<'s>,
        _: &PagePlace<'_>,
        _: Exists<'_>,
    ) -> Effects {
        lift_params(page);
        Effects::default()
    }

    /// `cast.ToBool` of <https://github.com/spf13/cast> reads texts as Go's `strconv.ParseBool`.
    fn is_draft(&self, page: &Document<'_>, _: &PagePlace<'_>) -> bool {
        let scalar = self
            .field(page, "draft")
            .and_then(|draft| page.scalar(draft.value));
        scalar.is_some_and(|scalar| match &scalar.value {
            Value::Bool(draft) => *draft,
            Value::String => matches!(&*scalar.text, "1" | "t" | "T" | "true" | "TRUE" | "True"),
            Value::Integer(number) => *number != 0,
            _ => false,
        })
    }

    fn text_as_false(&self, key: &str) -> Option<&'static str> {
        match &*hugo_key(key) {
            "draft" => Some("publishes the page"),
            "headless" => Some("publishes the bundle"),
            _ => None,
        }
    }

    fn same_key(&self, one: &str, other: &str) -> bool {
        hugo_key(one) == hugo_key(other)
    }

    fn field<'p, 's>(&self, page: &'p Document<'s>, name: &str) -> Option<&'p Member<'s>> {
        let mut members = page.members(page.root()).iter();
        members.find(|member| *hugo_key(&member.key.text) == *name)
    }

    fn addresses(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        _: &AddressFacts<'_>,
    ) -> Addresses {
        self.address_rules.addresses(page, place, &self.languages)
    }

    fn timezone(&self) -> Option<&TimeZone> {
        self.timezone.as_ref()
    }

    fn offset_of_clock(&self, zone: &TimeZone, clock: i64) -> Option<i32> {
        zone.offset_of_clock_in_go(clock)
    }

    fn reads_date_field(&self, _: &str, _: &PagePlace<'_>) -> bool {
        self.has_usual_date_fields()
    }

    fn date_precision(&self, scalar: &Scalar<'_>) -> Option<Precision> {
        let is_plain_text = scalar.style == Style::Plain && scalar.value == Value::String;
        let date = is_plain_text.then(|| hugo_date(&scalar.text))??;
        // A time of day is one of the first day of all.
        (date.year > 0).then(|| date.precision())
    }

    fn withholds_future(&self, place: &PagePlace<'_>) -> bool {
        let is_page = matches!(place.kind, PageKind::Page | PageKind::Collection(_));
        // Other fields than the usual ones may date a page.
        is_page && self.has_usual_date_fields() && !self.configuration.is(&["buildFuture"], true)
    }

    fn publishes_on_written_day(&self) -> bool {
        true
    }
}
