//! A configuration that is data, by its keys, and the folders and URLs that it names.

use crate::dialect::Value;
use crate::syntax::{Document, NodeId};
use crate::text::SourceId;

/// A configuration file that is data.
#[derive(Debug, Default)]
pub struct Settings {
    pub document: Option<Document<'static>>,
    pub source: Option<SourceId>,
}

impl Settings {
    /// The value at a path of keys below a mapping.
    pub(super) fn value_below(
        &self,
        mapping: NodeId,
        keys: &[&str],
    ) -> Option<(&Document<'static>, NodeId)> {
        let document = self.document.as_ref()?;
        let node = keys.iter().try_fold(mapping, |node, key| {
            let mut members = document.members(node).iter();
            members
                .find(|member| member.key.text.eq_ignore_ascii_case(key))
                .map(|member| member.value)
        })?;
        Some((document, node))
    }
}

impl ReadSettings for Settings {
    fn value(&self, keys: &[&str]) -> Option<(&Document<'static>, NodeId)> {
        let document = self.document.as_ref()?;
        self.value_below(document.root(), keys)
    }
}

/// A configuration, in one file or in several, whose values are found by paths of keys.
pub(super) trait ReadSettings {
    /// The value at a path of keys, which are compared without regard to case.
    fn value(&self, keys: &[&str]) -> Option<(&Document<'static>, NodeId)>;

    /// The folder at a key of the root, or this one.
    fn folder_or(&self, key: &str, default: &str) -> String {
        let written = self.text(&[key]);
        let written = written.as_deref().and_then(folder);
        written.unwrap_or_else(|| default.to_owned())
    }

    /// The text at a path of keys.
    fn text(&self, keys: &[&str]) -> Option<String> {
        let (document, node) = self.value(keys)?;
        document.string(node).map(str::to_owned)
    }

    /// Whether a truth value is at a path of keys.
    fn is(&self, keys: &[&str], wanted: bool) -> bool {
        self.value(keys).is_some_and(|(document, node)| {
            let scalar = document.scalar(node);
            scalar.is_some_and(|scalar| scalar.value == Value::Bool(wanted))
        })
    }

    /// The texts at a path of keys: of a list, or the only one.
    fn texts(&self, keys: &[&str]) -> Vec<String> {
        let Some((document, node)) = self.value(keys) else {
            return Vec::new();
        };
        let one = document.string(node).into_iter();
        let items = document.items(node).iter();
        one.chain(items.filter_map(|&item| document.string(item)))
            .map(str::to_owned)
            .collect()
    }
}

/// A folder of a configuration as segments below the site's root: `./src/` is `src`. `None` where
/// it lies outside.
pub(super) fn folder(written: &str) -> Option<String> {
    if written.starts_with('/') || written.contains(':') {
        return None;
    }
    let mut segments = Vec::new();
    for segment in written.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            other => segments.push(other),
        }
    }
    Some(segments.join("/"))
}

/// A folder beside the site's root or further up, as `../docs`; `None` for all others.
pub(super) fn outside_folder(written: &str) -> Option<String> {
    let below = written.trim_start_matches("../");
    let up = written.len() - below.len();
    let below = folder(below).filter(|below| !below.is_empty())?;
    (up > 0).then(|| format!("{}{below}", &written[..up]))
}

/// The path that a page of a folder beside the root has: `docs` of `../docs`.
pub(super) fn below_root(outside: &str) -> &str {
    outside.trim_start_matches("../")
}

/// The path that a URL mounts a site at: `/docs` for `https://example.org/docs/`.
pub(super) fn mount(url: &str) -> String {
    let path = match url::Url::parse(url) {
        Ok(url) => url.path().to_owned(),
        Err(_) => url.to_owned(),
    };
    path.trim_matches('/').to_owned()
}
