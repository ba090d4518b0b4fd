//! `_config.yml` as Jekyll reads it, and what is wrong with it.
//!
//! Where Jekyll stops, the finding is an error; where it ignores the fault, a warning. Either way
//! the rest of the configuration is used.

use std::sync::Arc;

use super::defaults::Set;
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::{Dialect, Style, Value};
use crate::site::config_file::Opening;
use crate::site::settings::Settings;
use crate::syntax::{Document, Kind, NodeId};
use crate::text::SourceId;

/// What Jekyll excludes in addition to `exclude`.
const DEFAULT_EXCLUDES: &[&str] = &[
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// A collection.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Collection {
    pub label: Arc<str>,
    pub output: bool,
    /// Its own URL template.
    pub permalink: Option<String>,
}

/// The configuration, as far as front matter depends on it.
#[derive(Debug)]
pub(super) struct Config {
    /// The parsed file; `None` where there is none or it is broken.
    pub document: Option<Document<'static>>,
    pub source_dir: String,
    pub collections_dir: String,
    pub destination: String,
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    pub baseurl: String,
    pub collections: Vec<Collection>,
    pub sets: Vec<Set>,
}

/// Reads the configuration of a site, and which source it is.
pub(super) fn read(opening: &mut Opening<'_>) -> Config {
    let Settings {
        mut document,
        source,
    } = opening.settings();
    let mut reader = Reader {
        document: document.as_ref(),
        source: source.unwrap_or_default(),
        diagnostics: opening.diagnostics,
    };
    let mut config = reader.config();
    if let Some(document) = &mut document {
        read_dates(document, &config.sets, opening.dialect);
    }
    config.document = document;
    config
}

impl Config {
    /// The collection of this label.
    pub(super) fn collection(&self, label: &str) -> Option<&Collection> {
        let mut collections = self.collections.iter();
        collections.find(|collection| *collection.label == *label)
    }
}

/// Jekyll reads the `date` of a default as a time, also where it is quoted.
fn read_dates(document: &mut Document<'static>, sets: &[Set], dialect: Dialect) {
    for set in sets {
        let Some(date) = document.get(set.values, "date").map(|member| member.value) else {
            continue;
        };
        let text = document.string(date);
        let value = text.map(|text| dialect.resolve(text, Style::Plain, None));
        if let Some(value @ Value::Timestamp(_)) = value {
            document.set_value(date, value);
        }
    }
}

struct Reader<'a> {
    document: Option<&'a Document<'static>>,
    source: SourceId,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn config(&mut self) -> Config {
        let root = self.root();
        let text = |reader: &mut Self, key| root.and_then(|root| reader.text(root, key));
        let source_dir = text(self, "source").unwrap_or_default();
        let source_dir = if leaves(&source_dir) {
            String::new()
        } else {
            source_dir
        };
        let include = root.and_then(|root| self.list(root, "include"));
        let exclude = root
            .and_then(|root| self.list(root, "exclude"))
            .unwrap_or_default();
        let defaults = DEFAULT_EXCLUDES.iter().map(ToString::to_string);
        Config {
            document: None,
            source_dir: trim(&source_dir),
            collections_dir: trim(&text(self, "collections_dir").unwrap_or_default()),
            destination: trim(&text(self, "destination").unwrap_or_else(|| "_site".to_owned())),
            include: include.unwrap_or_else(|| vec![".htaccess".to_owned()]),
            exclude: exclude.into_iter().chain(defaults).collect(),
            baseurl: text(self, "baseurl").unwrap_or_default(),
            collections: self.collections(root),
            sets: self.sets(root),
        }
    }

    /// The root mapping. An empty file is no mistake to Jekyll, but hardly meant.
    fn root(&mut self) -> Option<NodeId> {
        let document = self.document?;
        let root = document.root();
        match &document.node(root).kind {
            Kind::Mapping(members) if !members.is_empty() => Some(root),
            _ => {
                self.report(
                    root,
                    Severity::Warning,
                    "the configuration is empty",
                    "the site has no collections and no defaults until it holds some",
                );
                None
            }
        }
    }

    fn collections(&mut self, root: Option<NodeId>) -> Vec<Collection> {
        let mut collections = vec![Collection {
            label: "posts".into(),
            output: true,
            permalink: None,
        }];
        let Some((document, node)) = self.value(root, "collections") else {
            return collections;
        };
        match &document.node(node).kind {
            Kind::Sequence(_) => {
                for &item in document.items(node) {
                    if let Some(name) = scalar_text(document, item) {
                        add(&mut collections, &name, false, None);
                    }
                }
            }
            Kind::Mapping(_) => {
                for member in document.members(node) {
                    let output = document.get(member.value, "output");
                    let output = output.is_some_and(|output| is_true(document, output.value));
                    let permalink = document
                        .get(member.value, "permalink")
                        .and_then(|permalink| scalar_text(document, permalink.value));
                    add(&mut collections, &member.key.text, output, permalink);
                }
            }
            Kind::Scalar(_) => self.report(
                node,
                Severity::Error,
                "`collections` is neither a list nor a mapping",
                "Jekyll stops here; write the collections' names as keys",
            ),
        }
        collections
    }

    fn sets(&mut self, root: Option<NodeId>) -> Vec<Set> {
        let Some((document, node)) = self.value(root, "defaults") else {
            return Vec::new();
        };
        if !matches!(document.node(node).kind, Kind::Sequence(_)) {
            self.report(
                node,
                Severity::Warning,
                "`defaults` is not a list, so Jekyll ignores it",
                "begin each default with `- scope:`",
            );
            return Vec::new();
        }
        let items = document.items(node).to_vec();
        items
            .into_iter()
            .filter_map(|item| self.set(document, item))
            .collect()
    }

    fn set(&mut self, document: &Document<'static>, item: NodeId) -> Option<Set> {
        let is_mapping = |id| matches!(document.node(id).kind, Kind::Mapping(_));
        let Some(values) = document
            .get(item, "values")
            .map(|member| member.value)
            .filter(|&values| is_mapping(values))
        else {
            self.report(
                item,
                Severity::Warning,
                "Jekyll ignores this default: it has no mapping `values`",
                "put the keys of the default under `values:`",
            );
            return None;
        };
        let Some(scope) = document.get(item, "scope").map(|member| member.value) else {
            return Some(Set {
                path: None,
                kind: None,
                values,
            });
        };
        if !is_mapping(scope) {
            self.report(
                scope,
                Severity::Error,
                "`scope` is not a mapping, which stops Jekyll",
                "write `path: \"\"` under it for every page",
            );
            return None;
        }
        let path = document.get(scope, "path");
        let path = path.and_then(|path| document.scalar(path.value));
        let path = path.filter(|path| path.value == Value::String);
        let kind = match document.get(scope, "type") {
            None => None,
            Some(member) => match document.string(member.value) {
                Some("page") => Some("pages".to_owned()),
                Some("post") => Some("posts".to_owned()),
                Some("draft") => Some("drafts".to_owned()),
                Some(kind) => Some(kind.to_owned()),
                None => {
                    self.report(
                        member.value,
                        Severity::Error,
                        "the `type` of a scope is a text, and this one stops Jekyll",
                        "write the name of a collection, `pages` or `posts`, or delete the line",
                    );
                    return None;
                }
            },
        };
        Some(Set {
            path: Some(path.map_or_else(String::new, |path| path.text.clone().into_owned())),
            kind,
            values,
        })
    }

    /// A value that is there and not null.
    fn value(&self, root: Option<NodeId>, key: &str) -> Option<(&'a Document<'static>, NodeId)> {
        let document = self.document?;
        let value = document.get(root?, key)?.value;
        (!document.is_null(value)).then_some((document, value))
    }

    fn text(&mut self, root: NodeId, key: &str) -> Option<String> {
        let (document, node) = self.value(Some(root), key)?;
        let text = scalar_text(document, node);
        if text.is_none() {
            self.report(
                node,
                Severity::Error,
                &format!("`{key}` is not a text"),
                "write one value after the colon",
            );
        }
        text
    }

    fn list(&mut self, root: NodeId, key: &str) -> Option<Vec<String>> {
        let (document, node) = self.value(Some(root), key)?;
        if !matches!(document.node(node).kind, Kind::Sequence(_)) {
            self.report(
                node,
                Severity::Error,
                &format!("`{key}` is not a list, which stops Jekyll"),
                "write each entry on a line of its own, after `- `",
            );
            return None;
        }
        let items = document.items(node).iter();
        Some(
            items
                .filter_map(|&item| document.string(item).map(str::to_owned))
                .collect(),
        )
    }

    fn report(&mut self, node: NodeId, severity: Severity, message: &str, help: &str) {
        let span = self.document.map(|document| document.node(node).span);
        self.diagnostics.push(
            Diagnostic::new(RuleId::InvalidConfig, message)
                .severity(severity)
                .at_source(self.source, span.unwrap_or_default(), "")
                .help(help),
        );
    }
}

fn add(collections: &mut Vec<Collection>, name: &str, output: bool, permalink: Option<String>) {
    let allowed = |c: &char| c.is_ascii_alphanumeric() || "_-.".contains(*c);
    let label: String = name.chars().filter(allowed).collect();
    let known = collections.iter_mut().find(|known| *known.label == *label);
    match known {
        Some(known) => {
            known.output |= output;
            known.permalink = permalink;
        }
        None if label.is_empty() => {}
        None => collections.push(Collection {
            label: label.into(),
            output,
            permalink,
        }),
    }
}

fn scalar_text(document: &Document<'_>, node: NodeId) -> Option<String> {
    let scalar = document.scalar(node)?;
    (scalar.value != Value::Null).then(|| scalar.text.clone().into_owned())
}

/// Ruby's truth: everything but `nil` and `false`.
fn is_true(document: &Document<'_>, node: NodeId) -> bool {
    document
        .scalar(node)
        .is_none_or(|scalar| !matches!(scalar.value, Value::Null | Value::Bool(false)))
}

/// Whether a folder of the configuration lies outside the site.
fn leaves(folder: &str) -> bool {
    folder.starts_with('/') || folder.split(['/', '\\']).any(|segment| segment == "..")
}

fn trim(folder: &str) -> String {
    let segments = folder
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."));
    segments.collect::<Vec<_>>().join("/")
}
