//! What Hugo's configuration leaves certain of the addresses.

use super::address::{AddressRules, has_html, is_html};
use crate::dialect::hugo_key;
use crate::site::config_file::Opening;
use crate::site::folders::Folders;
use crate::site::settings::Settings;
use crate::syntax::{Document, NodeId};

impl AddressRules {
    pub(super) fn new(opening: &Opening<'_>, folders: &Folders, settings: &Settings) -> Self {
        let kinds = settings.texts(&["disableKinds"]);
        let disables = |kinds_of: &[&str]| {
            let mut kinds = kinds.iter();
            kinds.any(|kind| {
                kinds_of
                    .iter()
                    .any(|known| kind.eq_ignore_ascii_case(known))
            })
        };
        let unread = settings.source.is_some() && settings.document.is_none();
        let written = !unread
            && folders.content.len() == 1
            && !settings.has("ignoreFiles")
            && !settings.has("cascade")
            // What a theme says counts, too.
            && !settings.has("_merge")
            && !has_several_languages(settings)
            && !settings.is(&["defaultContentLanguageInSubdir"], true)
            && !mounts_content(settings)
            && !has_other_formats(settings)
            && !has_further_configuration(opening)
            && !disables(&["page"]);
        // Of sections alone, or of all.
        let ugly = settings.has("uglyURLs") && !settings.is(&["uglyURLs"], false);
        let names_from_files = settings
            .value(&["frontmatter"])
            .is_some_and(|(document, id)| mentions(document, id, ":filename"));
        let named = written && !ugly && !settings.has("permalinks") && !names_from_files;
        Self {
            named,
            sections: named && !disables(&["section", "home", "taxonomy", "term", "taxonomyTerm"]),
            written,
            aliases: written && !ugly && !settings.is(&["disableAliases"], true),
            lower: !settings.is(&["disablePathToLower"], true),
            accents: !settings.is(&["removePathAccents"], true),
        }
    }
}

/// Whether the configuration has pages written in another way than as HTML.
fn has_other_formats(settings: &Settings) -> bool {
    let redefines = |key: &str, format: &str| {
        settings.value(&[key]).is_some_and(|(document, id)| {
            let mut members = document.members(id).iter();
            members.any(|member| member.key.text.eq_ignore_ascii_case(format))
        })
    };
    let without_html = settings.value(&["outputs"]).is_some_and(|(document, id)| {
        let mut members = document.members(id).iter();
        members.any(
            |member| match member.key.text.eq_ignore_ascii_case("page") {
                true => !is_html(document, member.value),
                false => !has_html(document, member.value),
            },
        )
    });
    without_html || redefines("outputFormats", "html") || redefines("mediaTypes", "text/html")
}

/// Whether there are languages beside the first, or one that may have folders or addresses of its
/// own (<https://gohugo.io/configuration/languages/>).
fn has_several_languages(settings: &Settings) -> bool {
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
    ];
    let Some((document, languages)) = settings.value(&["languages"]) else {
        return false;
    };
    let first = settings.text(&["defaultContentLanguage"]);
    let first = first.as_deref().unwrap_or("en");
    let [language] = document.members(languages) else {
        return true;
    };
    let mut members = document.members(language.value).iter();
    !language.key.text.eq_ignore_ascii_case(first)
        || members.any(|member| !HARMLESS.contains(&&*hugo_key(&member.key.text)))
}

/// Whether folders are mounted as content (<https://gohugo.io/configuration/module/#mounts>).
fn mounts_content(settings: &Settings) -> bool {
    let Some((document, list)) = settings.value(&["module", "mounts"]) else {
        return false;
    };
    let mut items = document.items(list).iter();
    items.any(|&mount| {
        let mut members = document.members(mount).iter();
        members.any(|member| {
            let target = document.string(member.value).unwrap_or_default();
            member.key.text.eq_ignore_ascii_case("target") && target.starts_with("content")
        })
    })
}

/// Whether more of the configuration than one file can say about addresses lies in `config`
/// (<https://gohugo.io/configuration/introduction/#configuration-directory>).
fn has_further_configuration(opening: &Opening<'_>) -> bool {
    let harmless = |name: &String| {
        let (stem, _) = name.split_once('.').unwrap_or((name, ""));
        matches!(
            stem,
            "hugo" | "config" | "params" | "menus" | "menu" | "markup"
        )
    };
    let defaults = opening.names("config/_default");
    let several = ["hugo", "config"]
        .iter()
        .any(|stem| defaults.iter().any(|name| name.starts_with(stem)))
        && opening
            .config
            .is_some_and(|name| !name.starts_with("config/"));
    several
        || !defaults.iter().all(harmless)
        || opening
            .names("config")
            .iter()
            .any(|name| name != "_default")
}

/// Whether a text stands anywhere below a node.
fn mentions(document: &Document<'_>, id: NodeId, text: &str) -> bool {
    let is = |id| {
        let found = document.string(id);
        found.is_some_and(|found| found.eq_ignore_ascii_case(text))
    };
    is(id)
        || document.items(id).iter().any(|&item| is(item))
        || document
            .members(id)
            .iter()
            .any(|member| mentions(document, member.value, text))
}
