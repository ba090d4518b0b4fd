//! Where a `$ref` leads, where that is beyond doubt: to a place in the same file, or in another
//! that goes by one URI only. Schemas with a base URI of their own within a file are not followed.

use jsonschema::Draft;
use serde_json::Value;
use url::Url;

use crate::schema::resources::{Resources, join};

/// The files of one schema.
pub(super) struct References<'s> {
    resources: &'s Resources,
    files: Vec<Known<'s>>,
}

struct Known<'s> {
    uri: &'s Url,
    /// The URI that its references are relative to.
    base: Url,
    /// `None` for a file that is not looked into.
    draft: Option<Draft>,
}

impl<'s> References<'s> {
    pub(super) fn new(resources: &'s Resources) -> Self {
        let files = resources.files().iter().enumerate();
        let files = files.map(|(index, file)| {
            let draft = draft(&file.value, index == 0);
            let id = draft.and_then(|draft| file.value.get(draft.id_keyword())?.as_str());
            let base = id.map_or_else(|| Some(file.uri.clone()), |id| join(&file.uri, id));
            let is_plain = |draft: &Draft| base.is_some() && !has_identified(&file.value, *draft);
            Known {
                uri: &file.uri,
                draft: draft.filter(is_plain),
                base: base.map_or_else(|| file.uri.clone(), without_fragment),
            }
        });
        Self {
            files: files.collect(),
            resources,
        }
    }

    /// The draft of a file; `None` for one that is not looked into.
    pub(super) fn draft(&self, file: usize) -> Option<Draft> {
        self.files.get(file)?.draft
    }

    /// The subschema that a reference leads to, and the file it stands in.
    pub(super) fn follow(&self, file: usize, reference: &str) -> Option<(&'s Value, usize)> {
        let from = self.files.get(file)?;
        let is_local = reference.starts_with('#');
        let uri = if is_local { from.uri } else { &from.base };
        let (location, _) = self.resources.resolve(uri, reference)?;
        let target = join(uri, reference)?;
        let is_pointer = target
            .fragment()
            .is_none_or(|pointer| pointer.is_empty() || pointer.starts_with('/'));
        let target = without_fragment(target);
        let mut named = self.files.iter().enumerate();
        let mut named = named
            .by_ref()
            .filter(|(_, file)| *file.uri == target || file.base == target);
        let (index, _) = named.next()?;
        let is_certain = is_pointer && named.next().is_none() && location.file == index;
        let value = self.resources.value(&location)?;
        (is_certain && (!is_local || index == file)).then_some((value, index))
    }
}

fn without_fragment(mut uri: Url) -> Url {
    uri.set_fragment(None);
    uri
}

/// The draft that a file is written in, unless a metaschema of its own says what its keywords mean.
/// Only the schema itself has one without saying so.
fn draft(schema: &Value, is_root: bool) -> Option<Draft> {
    let draft = Draft::default().detect(schema);
    let is_known = draft <= Draft::Draft202012;
    (is_known && (is_root || schema.get("$schema").is_some())).then_some(draft)
}

/// Whether anything below the root of a file has a URI or a draft of its own.
fn has_identified(schema: &Value, draft: Draft) -> bool {
    let is_identified = |value: &Value| {
        let mut keywords = [draft.id_keyword(), "$schema"].into_iter();
        keywords.any(|keyword| value.get(keyword).is_some_and(Value::is_string))
    };
    let is_or_has = |value: &Value| is_identified(value) || has_identified(value, draft);
    match schema {
        Value::Object(members) => members.values().any(is_or_has),
        Value::Array(items) => items.iter().any(is_or_has),
        _ => false,
    }
}
