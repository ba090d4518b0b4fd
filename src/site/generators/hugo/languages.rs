//! The languages of a Hugo site, and which of them a file is in
//! (<https://gohugo.io/content-management/multilingual/>).

use crate::site::settings::ReadSettings as _;
use std::borrow::Cow;

use super::configuration::Configuration;
use crate::dialect::hugo_key;

/// The languages of a site; none where it has but one that goes without saying.
#[derive(Debug, Default)]
pub(super) struct Languages {
    /// The name of the first.
    pub(super) default: String,
    all: Vec<Language>,
    /// Whether pages of the first language are in a folder of its name, too.
    is_default_in_folder: bool,
}

#[derive(Debug)]
struct Language {
    /// In small letters.
    name: String,
    /// Whether nothing is configured for it that may change addresses.
    has_usual_addresses: bool,
}

/// What a language may be configured with without another address of its pages.
const HARMLESS: &[&str] = &[
    "weight",
    "title",
    "params",
    "menu",
    "menus",
    "label",
    "locale",
    "direction",
    "languagename",
    "languagecode",
    "languagedirection",
    "timezone",
    "copyright",
    "contentdir",
    "staticdir",
    "cascade",
    "description",
    "sitename",
    "paginate",
    "pagination",
    "summarylength",
    "sitemap",
];

/// More than there are languages: each is looked up in the configuration.
const MOST: usize = 1000;

impl Languages {
    pub(super) fn new(configuration: &Configuration) -> Self {
        let default = configuration.text(&["defaultContentLanguage"]);
        let is_harmless = |language: &str| {
            let keys = configuration.names(&["languages", language]);
            keys.iter()
                .all(|key| HARMLESS.contains(&&*hugo_key(key)) || key.ends_with("_merge"))
        };
        let of_name = |name: String| {
            let has_usual_addresses = is_harmless(&name);
            Language {
                name,
                has_usual_addresses,
            }
        };
        let names = configuration.names(&["languages"]).into_iter().take(MOST);
        Self {
            default: default.as_deref().unwrap_or("en").to_lowercase(),
            all: names.map(of_name).collect(),
            is_default_in_folder: configuration.is(&["defaultContentLanguageInSubdir"], true),
        }
    }

    /// The language of a page by its path, in a folder of this language; `None` for the first.
    pub(super) fn of_page(&self, path: &str, folder: Option<&str>) -> Option<Cow<'static, str>> {
        if self.all.is_empty() {
            return None;
        }
        let name = self.of_suffix(path).or(folder)?;
        (name != self.default).then(|| Cow::Owned(name.to_owned()))
    }

    fn of_suffix(&self, path: &str) -> Option<&str> {
        let name = path.rsplit('/').next()?;
        let (stem, _) = name.rsplit_once('.')?;
        let (_, suffix) = stem.rsplit_once('.')?;
        self.names().find(|name| name.eq_ignore_ascii_case(suffix))
    }

    /// The name of a file without the language that stands before its extension.
    pub(super) fn without_suffix<'n>(&self, stem: &'n str) -> &'n str {
        match stem.rsplit_once('.') {
            Some((bare, suffix)) if self.has(suffix) => bare,
            _ => stem,
        }
    }

    /// Whether a site has this language.
    fn has(&self, name: &str) -> bool {
        let mut all = self.all.iter();
        all.any(|language| language.name.eq_ignore_ascii_case(name))
    }

    /// The names of all languages.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|language| language.name.as_str())
    }

    /// The folder in which the addresses of a language begin: empty, or `/fr`. `None` where its
    /// addresses are not certain.
    pub(super) fn folder_of_addresses(&self, language: Option<&str>) -> Option<Cow<'static, str>> {
        let name = language.unwrap_or(&self.default);
        let known = self.all.iter().find(|language| language.name == name);
        let is_certain = match (known, self.is_default_in_folder) {
            (Some(language), _) => language.has_usual_addresses,
            (None, is_in_folder) => self.all.is_empty() && !is_in_folder,
        };
        // Where there is but one language, versions differ in whether it has a folder.
        if !is_certain || self.is_default_in_folder && self.all.len() == 1 {
            return None;
        }
        match language {
            None if !self.is_default_in_folder => Some(Cow::Borrowed("")),
            _ => Some(Cow::Owned(format!("/{name}"))),
        }
    }
}
