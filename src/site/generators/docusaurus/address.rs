//! Docusaurus' addresses: `slug` that begins with a slash, of docs and of the blog, each among
//! themselves, since code says where the two are mounted
//! (<https://docusaurus.io/docs/create-doc#doc-urls>).

use crate::site::address::{Address, Addresses};
use crate::site::program::Program;
use crate::syntax::Document;

/// Whether the configuration splits neither folder between plugins.
pub(super) fn are_certain(config: &Program) -> bool {
    !config.properties("path").any(|path| {
        let path = path.trim_start_matches("./");
        path.starts_with("docs/") || path.starts_with("blog/")
    })
}

/// The addresses of the page at `path` below the site's root.
pub(super) fn addresses(page: &Document<'_>, path: &str) -> Addresses {
    let own = match path.split_once('/') {
        Some((folder @ ("docs" | "blog"), _)) => slug(page).map(|slug| Address {
            file: [folder, slug].concat(),
            url: slug.to_owned(),
        }),
        _ => None,
    };
    Addresses {
        own,
        ..Addresses::default()
    }
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
