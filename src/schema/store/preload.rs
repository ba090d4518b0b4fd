//! The files of a schema, read before the validator asks for them, so that they can be looked through
//! first. What cannot be read is left to the validator, which asks again and reports it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jsonschema::{Retrieve, Uri};
use serde_json::Value;
use url::Url;

use super::retrieve::Retriever;
use crate::schema::guard::Guarded;
use crate::schema::resources::{DATA, Resources, base_of};

/// Reads every file that references lead to, from the schema's own on.
pub(super) fn files(value: &Value, uri: &Url, retriever: &Retriever) {
    let mut references = References::default();
    references.ids.insert(uri.to_string());
    references.add(value, uri);
    while let Some(target) = references.open.pop() {
        if !references.ids.insert(target.clone()) {
            continue;
        }
        let parsed = (Uri::parse(target.clone()), Url::parse(&target));
        if let (Ok(uri), Ok(url)) = parsed
            && let Ok(value) = retriever.retrieve(&uri)
        {
            references.add(&value, &url);
        }
    }
}

#[derive(Default)]
struct References {
    /// The URIs of files that have been read, and of schemas within them.
    ids: HashSet<String>,
    open: Vec<String>,
}

impl References {
    /// Adds what is in a value; files are not nested deeply.
    fn add(&mut self, value: &Value, above: &Url) {
        match value {
            Value::Object(members) => {
                let base = base_of(value, above);
                if base != *above {
                    self.ids.insert(base.to_string());
                }
                for (key, value) in members {
                    match value {
                        Value::String(text) if key == "$ref" => self.open.extend(file(text, &base)),
                        _ if DATA.contains(&key.as_str()) => {}
                        value => self.add(value, &base),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(item, above)),
            _ => {}
        }
    }
}

/// The file that a reference leads to, unless it is the one it is in, or a metaschema, which no file
/// holds.
fn file(reference: &str, base: &Url) -> Option<String> {
    if reference.starts_with('#') || reference.contains("//json-schema.org/draft") {
        return None;
    }
    let mut uri = base.join(reference).ok()?;
    uri.set_fragment(None);
    Some(uri.to_string())
}

/// Hands the validator the files that have been read, and has others read.
pub(super) struct Known {
    files: HashMap<String, Arc<Value>>,
    others: Retriever,
}

impl Known {
    pub(super) fn new(resources: &Resources, guarded: &Guarded, others: Retriever) -> Self {
        let files = resources.files().iter().enumerate().skip(1);
        let files = files.map(|(index, file)| {
            let value = guarded.file(index).unwrap_or(&file.value);
            (file.uri.to_string(), Arc::clone(value))
        });
        Self {
            files: files.collect(),
            others,
        }
    }
}

impl Retrieve for Known {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let url = Url::parse(uri.as_str()).ok();
        match url.and_then(|url| self.files.get(url.as_str())) {
            Some(value) => Ok(Value::clone(value)),
            None => self.others.retrieve(uri),
        }
    }
}
