//! Keys that a page can have from elsewhere than its own front matter: looked for simply, since
//! a page that lacks one is about to be reported.
//!
//! Must not decide that a key is there: conditions and code are beyond it. What it says is a note.

use std::path::Path;

use super::Generator;
use super::folders::Folders;
use super::generators::astro::CONTENT_CONFIGS;
use super::settings::{MOST_SEARCHED, Settings, below, folders_above, program};
use crate::dialect::Dialect;
use crate::files::{self, Boundary};
use crate::syntax::{Block, Document, Extraction, FenceRules, NodeId, Syntax, extract, parse};
use crate::text::SourceId;

/// What is asked about, and where.
pub(super) struct Question<'a> {
    pub root: &'a Path,
    pub boundary: &'a Boundary,
    pub folders: &'a Folders,
    pub settings: &'a Settings,
    pub dialect: Dialect,
    pub fences: &'a FenceRules,
    /// The page, relative to the root.
    pub page: &'a str,
    /// The key that it lacks.
    pub key: &'a str,
}

impl Question<'_> {
    /// Where else the key may come from, as a sentence; `None` where no trace of it is found.
    pub(super) fn answer(&self, generator: Generator) -> Option<String> {
        match generator {
            Generator::Hugo => self.cascade(),
            Generator::MkDocs => self.meta_file(),
            Generator::Eleventy => self.data_file(),
            Generator::Astro => self.schema_default(),
            Generator::Docusaurus => self.hook("parseFrontMatter"),
            Generator::VitePress => self.hook("transformPageData"),
            Generator::Zola | Generator::Jekyll | Generator::None => None,
        }
    }

    /// <https://gohugo.io/content-management/front-matter/#cascade>
    fn cascade(&self) -> Option<String> {
        let note = |place: &str| format!("the `cascade` of {place} may give `{}`", self.key);
        if let Some((document, cascade)) = self.settings.value(&["cascade"])
            && holds_key(document, cascade, self.key)
        {
            return Some(note("the configuration"));
        }
        let own = ["_index.md", "_index.markdown", "_index.html"];
        let inside = |folder: &&str| {
            let mut content = self.folders.content.iter();
            content.any(|content| folder.starts_with(content.as_str()))
        };
        for folder in folders_above(self.page).filter(inside) {
            for name in own {
                let place = shown(folder, name);
                let Some(text) = self.read(&below(self.root, folder, name)) else {
                    continue;
                };
                let Extraction::Found(block) = extract(text.as_bytes(), true, self.fences) else {
                    continue;
                };
                if place != self.page && self.gives(&text, &block, Some("cascade")) {
                    return Some(note(&format!("`{place}`")));
                }
            }
        }
        None
    }

    /// <https://squidfunk.github.io/mkdocs-material/plugins/meta/>
    fn meta_file(&self) -> Option<String> {
        folders_above(self.page).find_map(|folder| {
            let text = self.read(&below(self.root, folder, ".meta.yml"))?;
            let block = Block::whole(Syntax::Yaml, &text);
            let place = shown(folder, ".meta.yml");
            self.gives(&text, &block, None).then(|| {
                format!(
                    "`{place}` gives `{}`, which the plugin `meta` lays under the page",
                    self.key
                )
            })
        })
    }

    /// <https://www.11ty.dev/docs/data-template-dir/>
    fn data_file(&self) -> Option<String> {
        const ENDS: &[&str] = &[
            ".json",
            ".11tydata.json",
            ".11tydata.js",
            ".11tydata.mjs",
            ".11tydata.cjs",
        ];
        let (folder, name) = self.page.rsplit_once('/').unwrap_or(("", self.page));
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        let of_folders = folders_above(self.page).map(|folder| {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            (folder, name)
        });
        for (folder, stem) in std::iter::once((folder, stem)).chain(of_folders) {
            if stem.is_empty() {
                continue;
            }
            for end in ENDS {
                let name = format!("{stem}{end}");
                let path = below(self.root, folder, &name);
                let found = if end.ends_with("json") {
                    self.read(&path).is_some_and(|text| {
                        self.gives(&text, &Block::whole(Syntax::Json, &text), None)
                    })
                } else {
                    program(&path, self.boundary).mentions(self.key)
                };
                if found {
                    let place = shown(folder, &name);
                    return Some(format!("the data file `{place}` may give `{}`", self.key));
                }
            }
        }
        self.hook("addGlobalData")
    }

    /// A collection's schema of its own that fills the key in:
    /// <https://docs.astro.build/en/guides/content-collections/#defining-the-collection-schema>
    fn schema_default(&self) -> Option<String> {
        let source = self.folders.content.first()?;
        CONTENT_CONFIGS.iter().find_map(|name| {
            let gives = program(&below(self.root, source, name), self.boundary);
            gives.property_calls(self.key, "default").then(|| {
                let place = shown(source, name);
                format!("`{place}` gives `{}` a default", self.key)
            })
        })
    }

    /// A function of the configuration that can change what a page has.
    fn hook(&self, function: &str) -> Option<String> {
        let name = self.generator_config()?;
        let config = program(&self.root.join(name), self.boundary);
        (config.mentions(function) && config.mentions(self.key))
            .then(|| format!("`{function}` in `{name}` may give `{}`", self.key))
    }

    fn generator_config(&self) -> Option<&'static str> {
        Generator::of(self.root).profile()?.config(self.root)
    }

    fn read(&self, path: &Path) -> Option<String> {
        let bytes = files::read_up_to(MOST_SEARCHED, path, self.boundary).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Whether the key is in a document, or below the key `within` of it.
    fn gives(&self, text: &str, block: &Block, within: Option<&str>) -> bool {
        let parsed = parse(text, block, self.dialect, SourceId::PAGE);
        let Some(document) = parsed.document else {
            return false;
        };
        let node = match within {
            None => Some(document.root()),
            Some(key) => document
                .get(document.root(), key)
                .map(|member| member.value),
        };
        node.is_some_and(|node| match within {
            None => document.get(node, self.key).is_some(),
            Some(_) => holds_key(&document, node, self.key),
        })
    }
}

/// Whether a mapping, or one of a list, has the key: itself, or among its `params`.
fn holds_key(document: &Document<'_>, node: NodeId, key: &str) -> bool {
    let has = |mapping| {
        let mut members = document.members(mapping).iter();
        members.any(|member| member.key.text.eq_ignore_ascii_case(key))
    };
    let one = |mapping| {
        has(mapping)
            || document
                .get(mapping, "params")
                .is_some_and(|params| has(params.value))
    };
    one(node) || document.items(node).iter().any(|&item| one(item))
}

fn shown(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}
