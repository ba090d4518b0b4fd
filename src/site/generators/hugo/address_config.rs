//! What Hugo's configuration leaves certain of the addresses.

use super::address::{AddressRules, has_html, is_html};
use super::configuration::Configuration;
use crate::dialect::Value;
use crate::site::settings::ReadSettings as _;
use crate::syntax::{Document, Kind, NodeId};

impl AddressRules {
    pub(super) fn new(configuration: &Configuration) -> Self {
        let kinds = configuration.texts(&["disableKinds"]);
        let disables = |kinds_of: &[&str]| {
            let mut kinds = kinds.iter();
            kinds.any(|kind| {
                kinds_of
                    .iter()
                    .any(|known| kind.eq_ignore_ascii_case(known))
            })
        };
        let formats = Formats::new(configuration);
        let written = !configuration.is_unread()
            // What a theme says counts, too.
            && !configuration.has("_merge")
            && !has_filtered_content(configuration)
            && formats.pages_are_html
            && !disables(&["page"]);
        let renamed = renamed_sections(configuration);
        let is_ugly = configuration.is(&["uglyURLs"], true);
        let names_from_files = configuration
            .value(&["frontmatter"])
            .is_some_and(|(document, id)| mentions(document, id, ":filename"));
        let named = written && !is_ugly && renamed.is_some();
        let lists = ["section", "home", "taxonomy", "term", "taxonomyTerm"];
        Self {
            named,
            sections: named && formats.lists_are_html && !disables(&lists),
            written,
            aliases: written && !is_ugly && !configuration.is(&["disableAliases"], true),
            is_html_alone: formats.is_html_alone,
            renamed: renamed.unwrap_or_default(),
            ugly: ugly_sections(configuration),
            reads_names: names_from_files,
            lower: !configuration.is(&["disablePathToLower"], true),
            accents: !configuration.is(&["removePathAccents"], true),
        }
    }
}

/// In which formats pages are written.
struct Formats {
    pages_are_html: bool,
    lists_are_html: bool,
    is_html_alone: bool,
}

impl Formats {
    fn new(configuration: &Configuration) -> Self {
        let defines = |key: &str, format: &str| {
            let names = configuration.names(&[key]);
            names.iter().any(|name| name == format)
        };
        let is_redefined = defines("outputFormats", "html") || defines("mediaTypes", "text/html");
        let mut formats = Self {
            pages_are_html: !is_redefined,
            lists_are_html: true,
            is_html_alone: true,
        };
        for kind in configuration.names(&["outputs"]) {
            let Some((document, list)) = configuration.value(&["outputs", &kind]) else {
                continue;
            };
            if kind == "page" {
                formats.pages_are_html &= has_html(document, list);
                formats.is_html_alone = is_html(document, list);
            } else {
                formats.lists_are_html &= has_html(document, list);
            }
        }
        formats
    }
}

/// The sections whose pages are not named by their files, by `permalinks`; `None` where that may be
/// all.
fn renamed_sections(configuration: &Configuration) -> Option<Vec<String>> {
    const KINDS: &[&str] = &["page", "section", "taxonomy", "term", "home"];
    let mut renamed = Vec::new();
    for (document, permalinks) in configuration.values(&["permalinks"]) {
        // A list has targets.
        let Kind::Mapping(_) = document.node(permalinks).kind else {
            return None;
        };
        for member in document.members(permalinks) {
            let name = member.key.text.to_lowercase();
            match document.node(member.value).kind {
                Kind::Mapping(_) if KINDS.contains(&name.as_str()) => {
                    let sections = document.members(member.value).iter();
                    renamed.extend(sections.map(|section| section.key.text.to_lowercase()));
                }
                _ => renamed.push(name),
            }
        }
    }
    // The pages of the root are in no section.
    if renamed.iter().any(|name| name == "/") {
        renamed.push(String::new());
    }
    Some(renamed)
}

/// The sections whose pages are files with a name of their own.
fn ugly_sections(configuration: &Configuration) -> Vec<String> {
    let mut sections = Vec::new();
    for (document, ugly) in configuration.values(&["uglyURLs"]) {
        let is_no = |id| {
            let scalar = document.scalar(id);
            scalar.is_some_and(|scalar| scalar.value == Value::Bool(false))
        };
        let members = document.members(ugly).iter();
        let ugly = members.filter(|member| !is_no(member.value));
        sections.extend(ugly.map(|section| section.key.text.to_lowercase()));
    }
    sections
}

/// Whether only some files of a folder are mounted as content
/// (<https://gohugo.io/configuration/module/#mounts>), or of any folder.
fn has_filtered_content(configuration: &Configuration) -> bool {
    let mounts = configuration.value(&["module", "mounts"]);
    let is_filtered = mounts.is_some_and(|(document, list)| {
        let mut items = document.items(list).iter();
        items.any(|&mount| {
            let members = document.members(mount);
            let is_content = members.iter().any(|member| {
                let target = document.string(member.value).unwrap_or_default();
                member.key.text.eq_ignore_ascii_case("target") && target.starts_with("content")
            });
            let is_usual = |key: &str| {
                let usual = ["source", "target", "lang"];
                usual.iter().any(|usual| key.eq_ignore_ascii_case(usual))
            };
            is_content && !members.iter().all(|member| is_usual(&member.key.text))
        })
    });
    is_filtered || configuration.has("ignoreFiles")
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
