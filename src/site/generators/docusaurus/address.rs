//! Docusaurus' addresses: `slug` that begins with a slash, of docs and of the blog, each among
//! themselves, since code says where the two are mounted
//! (<https://docusaurus.io/docs/create-doc#doc-urls>).

use crate::site::address::{Address, Addresses};
use crate::site::place::PagePlace;
use crate::site::program::Program;
use crate::syntax::Document;

/// Whether the configuration splits neither folder between plugins.
pub(super) fn are_certain(config: &Program) -> bool {
    !config.properties("path").any(|path| {
        let path = path.trim_start_matches("./");
        path.starts_with("docs/") || path.starts_with("blog/")
    })
}

/// The addresses of a page, among those of its language and version.
pub(super) fn addresses(page: &Document<'_>, place: &PagePlace<'_>) -> Addresses {
    let own = part(&place.path).and_then(|part| {
        let slug = slug(page)?;
        let language = part.language.unwrap_or_default();
        let version = part.version.unwrap_or_default();
        let above = match (language, version) {
            ("", "") => String::new(),
            _ => format!("{language}/{version}/"),
        };
        Some(Address {
            file: [&above, part.folder, slug].concat(),
            url: slug.to_owned(),
        })
    });
    Addresses {
        own,
        ..Addresses::default()
    }
}

/// The part of a site that a page is in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SitePart<'p> {
    /// `docs` or `blog`.
    folder: &'static str,
    pub(super) language: Option<&'p str>,
    pub(super) version: Option<&'p str>,
}

/// The part of the site that the page at `path` below the root is in
/// (<https://docusaurus.io/docs/i18n/introduction#translation-files-location>,
/// <https://docusaurus.io/docs/versioning>).
pub(super) fn part(path: &str) -> Option<SitePart<'_>> {
    let (first, rest) = path.split_once('/')?;
    let new = |folder, language, version| SitePart {
        folder,
        language,
        version,
    };
    match first {
        "docs" => Some(new("docs", None, None)),
        "blog" => Some(new("blog", None, None)),
        "versioned_docs" => Some(new("docs", None, Some(version(rest)?))),
        "i18n" => {
            let (language, rest) = rest.split_once('/')?;
            let (plugin, rest) = rest.split_once('/')?;
            match plugin {
                "docusaurus-plugin-content-docs" => {
                    Some(new("docs", Some(language), version(rest)))
                }
                "docusaurus-plugin-content-blog" => Some(new("blog", Some(language), None)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The version that a path begins with.
fn version(path: &str) -> Option<&str> {
    let (version, _) = path.split_once('/')?;
    version.starts_with("version-").then_some(version)
}

/// A slug that is surely the address.
fn slug<'p>(page: &'p Document<'_>) -> Option<&'p str> {
    let slug = page.get(page.root(), "slug")?;
    let slug = page.string(slug.value)?;
    let is_certain = slug.starts_with('/')
        && slug.trim() == slug
        && !["//", "/.", "\\"].iter().any(|sign| slug.contains(sign));
    is_certain.then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_in_one_language_and_one_version() {
        for (path, folder, language, version) in [
            ("docs/a.md", "docs", None, None),
            ("blog/a.md", "blog", None, None),
            (
                "versioned_docs/version-1.0/a.md",
                "docs",
                None,
                Some("version-1.0"),
            ),
            (
                "i18n/fr/docusaurus-plugin-content-docs/current/a.md",
                "docs",
                Some("fr"),
                None,
            ),
            (
                "i18n/fr/docusaurus-plugin-content-docs/version-1.0/a.md",
                "docs",
                Some("fr"),
                Some("version-1.0"),
            ),
            (
                "i18n/fr/docusaurus-plugin-content-blog/a.md",
                "blog",
                Some("fr"),
                None,
            ),
        ] {
            let expected = SitePart {
                folder,
                language,
                version,
            };
            assert_eq!(part(path), Some(expected), "{path}");
        }
        assert_eq!(part("src/pages/a.md"), None);
    }
}
