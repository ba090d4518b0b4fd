//! What a page is to its generator, in words: "post of Jekyll".

use std::path::Path;

use super::run::Checker;
use crate::site::PageKind;

impl Checker<'_> {
    /// What a page is to its generator; `None` where its configuration is broken.
    #[must_use]
    pub fn place_in_words(&self, path: &Path) -> Option<String> {
        let folder = self.context.folders.of(path)?;
        let site = &folder.site;
        if site.generator().is_none() {
            return Some("no generator".to_owned());
        }
        let generator = site.generator_name();
        Some(match site.place(path).kind {
            PageKind::Page => format!("page of {generator}"),
            PageKind::Post => format!("post of {generator}"),
            PageKind::Draft => format!("draft of {generator}"),
            PageKind::Collection(label) => {
                format!("page of {generator} in the collection `{label}`")
            }
            PageKind::Unrendered => format!("no page of {generator}"),
            PageKind::Outside => format!("outside of the site of {generator}"),
        })
    }
}
