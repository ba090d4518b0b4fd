//! Which plugin of Docusaurus reads a page, and so which validator its front matter meets.

use crate::site::program::Program;
use crate::site::settings::{below_root, folder, outside_folder};

/// The plugins of one site.
#[derive(Debug)]
pub(super) struct Plugins {
    /// The folders that the configuration names as a `path` of a plugin.
    folders: Vec<String>,
    /// Whether code changes front matter before it is validated
    /// (<https://docusaurus.io/docs/api/docusaurus-config#markdown>).
    has_own_parser: bool,
}

impl Plugins {
    pub(super) fn of(config: &Program) -> Self {
        let folders = config.properties("path").filter_map(|path| {
            let outside = outside_folder(path).map(|outside| below_root(&outside).to_owned());
            outside
                .or_else(|| folder(path))
                .filter(|path| !path.is_empty())
        });
        Self {
            folders: folders.collect(),
            has_own_parser: config.mentions("parseFrontMatter"),
        }
    }

    /// The bundled schema for the page at `path` below the root. Of a folder that no plugin is known
    /// to read, none: Docusaurus may not look at it.
    pub(super) fn schema_of(&self, path: &str) -> Option<&'static str> {
        if self.has_own_parser {
            return None;
        }
        let (first, rest) = path.split_once('/')?;
        match first {
            "docs" | "versioned_docs" => return Some(DOCS),
            "blog" => return Some(BLOG),
            "src" => return rest.starts_with("pages/").then_some(PAGES),
            "i18n" => return of_translation(rest),
            _ if first.ends_with("_versioned_docs") => return Some(DOCS),
            _ => {}
        }
        let is_in = |folder: &&String| {
            let below = path.strip_prefix(folder.as_str());
            below.is_some_and(|below| below.starts_with('/'))
        };
        let folder = self.folders.iter().find(is_in)?;
        Some(if folder.contains("blog") { BLOG } else { DOCS })
    }
}

const DOCS: &str = "docusaurus-docs";
const BLOG: &str = "docusaurus-blog";
const PAGES: &str = "docusaurus-pages";

/// Of a path below `i18n/`
/// (<https://docusaurus.io/docs/i18n/introduction#translation-files-location>).
fn of_translation(path: &str) -> Option<&'static str> {
    let plugin = path.split('/').nth(1)?;
    let kinds = [("docs", DOCS), ("blog", BLOG), ("pages", PAGES)];
    kinds.into_iter().find_map(|(kind, schema)| {
        // The plugin's name, and that of one of several of its kind.
        let id = plugin
            .strip_prefix("docusaurus-plugin-content-")?
            .strip_prefix(kind)?;
        (id.is_empty() || id.starts_with('-')).then_some(schema)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plugin_that_reads_a_page() {
        let config = "docs: {path: '../handbook'}, blog: {path: './news-blog'}";
        let plugins = Plugins::of(&Program::new(config));
        for (path, schema) in [
            ("docs/a/b.md", Some(DOCS)),
            ("versioned_docs/version-1.0/a.md", Some(DOCS)),
            ("community_versioned_docs/version-1.0/a.md", Some(DOCS)),
            ("blog/2026-03-12-a.md", Some(BLOG)),
            ("src/pages/a.md", Some(PAGES)),
            ("handbook/a.md", Some(DOCS)),
            ("news-blog/a.md", Some(BLOG)),
            (
                "i18n/fr/docusaurus-plugin-content-docs/current/a.md",
                Some(DOCS),
            ),
            (
                "i18n/fr/docusaurus-plugin-content-docs-api/current/a.md",
                Some(DOCS),
            ),
            ("i18n/fr/docusaurus-plugin-content-blog/a.md", Some(BLOG)),
            ("scripts/notes.md", None),
        ] {
            assert_eq!(plugins.schema_of(path), schema, "{path}");
        }
        let plugins = Plugins::of(&Program::new("markdown: {parseFrontMatter: f}"));
        assert_eq!(plugins.schema_of("docs/a.md"), None);
    }
}
