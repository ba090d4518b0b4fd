//! Docusaurus' addresses: `slug` that begins with a slash, of docs and of the blog, each among
//! themselves, since code says where the two are mounted
//! (<https://docusaurus.io/docs/create-doc#doc-urls>).

use super::PROFILE;
use crate::site::address::{Address, Addresses};
use crate::site::settings::{Opening, program};
use crate::syntax::Document;

/// The keys that move a page where code of the configuration has them.
pub(in crate::site) const MOVERS: &[&str] = &["slug"];

/// What the configuration leaves certain.
#[derive(Debug)]
pub(in crate::site) struct Style {
    /// Neither folder is split between plugins.
    is_plain: bool,
}

impl Style {
    pub(in crate::site) fn new(opening: &Opening<'_>) -> Self {
        // Whether it can be read is reported where the folders are.
        let config = PROFILE
            .config(opening.root)
            .map(|name| program(&opening.root.join(name), opening.boundary));
        let is_plain = config.is_some_and(|config| {
            !config.properties("path").any(|path| {
                let path = path.trim_start_matches("./");
                path.starts_with("docs/") || path.starts_with("blog/")
            })
        });
        Self { is_plain }
    }

    /// The addresses of the page at `path` below the site's root.
    pub(in crate::site) fn addresses(&self, page: &Document<'_>, path: &str) -> Addresses {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        let slug = || {
            let slug = page.get(page.root(), "slug")?;
            let slug = page.string(slug.value)?;
            let is_plain = slug.starts_with('/') && slug.trim() == slug;
            (is_plain && !["//", "/.", "\\"].iter().any(|sign| slug.contains(sign))).then_some(slug)
        };
        let own = match folder {
            Some(folder @ ("docs" | "blog")) if self.is_plain => {
                slug().map(|slug| Address::other(slug, [folder, slug].concat()))
            }
            _ => None,
        };
        Addresses {
            own,
            ..Addresses::default()
        }
    }
}
