//! The files a schema is made of: their values, their text where the schema is the user's, and
//! where in them a URI leads.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};
use url::Url;

use crate::syntax::{Document, pointer};
use crate::text::{SourceId, Span, strict_uri};

/// The text of a schema file, for labels.
#[derive(Debug)]
pub(super) struct Origin {
    /// The file in the source map.
    pub(super) source: SourceId,
    /// Its tree.
    pub(super) document: Document<'static>,
}

/// One file.
#[derive(Debug)]
pub(super) struct File {
    /// Its base URI.
    pub(super) uri: Url,
    /// What it holds.
    pub(super) value: Arc<Value>,
    /// `None` for a bundled schema.
    pub(super) origin: Option<Origin>,
}

/// A place in a schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Location {
    /// Index of the file.
    pub(super) file: usize,
    /// RFC 6901 pointer within it.
    pub(super) pointer: String,
}

impl Location {
    /// A place further down.
    pub(super) fn child(&self, tokens: &[&str]) -> Self {
        let mut pointer = self.pointer.clone();
        for token in tokens {
            pointer::push(&mut pointer, token);
        }
        Self {
            file: self.file,
            pointer,
        }
    }

    /// The place of the schema that owns the keyword here, and the keyword.
    pub(super) fn owner(&self) -> Option<(Self, String)> {
        let (owner, keyword) = pointer::split_last(&self.pointer)?;
        Some((
            Self {
                file: self.file,
                pointer: owner.to_owned(),
            },
            keyword.into_owned(),
        ))
    }
}

/// Every file of one schema, and its index. The first file is the schema itself.
#[derive(Debug, Default)]
pub(super) struct Resources {
    files: Vec<File>,
    by_uri: HashMap<String, Location>,
}

/// Keywords whose values are data, not schemas.
pub(super) const DATA: [&str; 4] = ["enum", "const", "default", "examples"];

impl Resources {
    /// Indexes files by their URIs, `$id`s and anchors.
    pub(super) fn new(files: Vec<File>) -> Self {
        let mut by_uri = HashMap::new();
        for (index, file) in files.iter().enumerate() {
            let mut root = Location {
                file: index,
                pointer: String::new(),
            };
            by_uri.insert(file.uri.to_string(), root.clone());
            index_value(&file.value, &mut root, &file.uri, &mut by_uri);
        }
        Self { files, by_uri }
    }

    /// The schema's own root and its base URI.
    pub(super) fn root(&self) -> Option<(Location, Url)> {
        let file = self.files.first()?;
        let location = Location {
            file: 0,
            pointer: String::new(),
        };
        Some((location, file.uri.clone()))
    }

    /// How many URIs lead into the files, those of the files themselves included.
    pub(super) fn uri_count(&self) -> usize {
        self.by_uri.len()
    }

    /// All files.
    pub(super) fn files(&self) -> &[File] {
        &self.files
    }

    /// The files alone.
    pub(super) fn into_files(self) -> Vec<File> {
        self.files
    }

    /// What stands at a place.
    pub(super) fn value(&self, location: &Location) -> Option<&Value> {
        let root: &Value = &self.files.get(location.file)?.value;
        if !(location.pointer.is_empty() || location.pointer.starts_with('/')) {
            return None;
        }
        pointer::tokens(&location.pointer).try_fold(root, |value, token| match value {
            Value::Object(members) => members.get(&*token),
            Value::Array(items) => items.get(index(&token)?),
            _ => None,
        })
    }

    /// Where an absolute URI leads.
    pub(super) fn locate(&self, uri: &str) -> Option<Location> {
        let (base, fragment) = uri.split_once('#').unwrap_or((uri, ""));
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.by_uri.get(uri).cloned();
        }
        let resource = self.by_uri.get(base)?;
        let mut location = resource.clone();
        location.pointer.push_str(&percent_decoded(fragment));
        Some(location)
    }

    /// Where a reference leads, and the base URI there.
    pub(super) fn resolve(&self, base: &Url, reference: &str) -> Option<(Location, Url)> {
        let uri = join(base, reference)?;
        let location = self.locate(uri.as_str())?;
        let mut base = uri;
        base.set_fragment(None);
        Some((location, base))
    }

    /// The text at a place: the value, or where `key` is asked for, the key.
    pub(super) fn span(&self, location: &Location) -> Option<(SourceId, Span)> {
        let origin = self.files.get(location.file)?.origin.as_ref()?;
        let place = origin.document.locate(&location.pointer)?;
        Some((origin.source, place.value))
    }
}

/// The index that a token of a pointer stands for.
fn index(token: &str) -> Option<usize> {
    let is_padded = token.len() > 1 && token.starts_with('0');
    token
        .parse()
        .ok()
        .filter(|_| !is_padded && !token.starts_with('+'))
}

/// The URI that a reference leads to, in the one spelling by which files are known.
pub(super) fn join(base: &Url, reference: &str) -> Option<Url> {
    strict_uri(&base.join(reference).ok()?)
}

/// The base URI below a schema, given the one above it.
pub(super) fn base_of(schema: &Value, base: &Url) -> Url {
    let id = schema.get("$id").or_else(|| schema.get("id"));
    id.and_then(Value::as_str)
        .and_then(|id| join(base, id))
        .map_or_else(
            || base.clone(),
            |mut uri| {
                uri.set_fragment(None);
                uri
            },
        )
}

/// Whether a schema may have a base URI of its own.
pub(super) fn has_own_base(schema: &Map<String, Value>) -> bool {
    let mut ids = ["$id", "id"].into_iter();
    ids.any(|keyword| schema.contains_key(keyword))
}

/// Indexes a value whose base URI is known, unless it has one of its own. `at` is its place, and
/// stays so.
fn index_value(
    value: &Value,
    at: &mut Location,
    above: &Url,
    by_uri: &mut HashMap<String, Location>,
) {
    let end = at.pointer.len();
    match value {
        Value::Object(members) => {
            let own = has_own_base(members).then(|| base_of(value, above));
            let base = own.as_ref().unwrap_or(above);
            if base != above {
                by_uri.entry(base.to_string()).or_insert_with(|| at.clone());
            }
            // Before 2019-09 an `$id` that is a fragment names the schema as an anchor does.
            let ids = ["$id", "id"].into_iter().filter_map(|key| members.get(key));
            let ids = ids
                .filter_map(Value::as_str)
                .filter_map(|id| id.strip_prefix('#'));
            let anchors = ["$anchor", "$dynamicAnchor"].into_iter();
            let anchors = anchors.filter_map(|key| members.get(key)?.as_str());
            for name in ids.chain(anchors).filter(|name| !name.is_empty()) {
                by_uri
                    .entry(format!("{base}#{name}"))
                    .or_insert_with(|| at.clone());
            }
            for (key, child) in members {
                let has_children = child.is_object() || child.is_array();
                if has_children && !DATA.contains(&key.as_str()) {
                    pointer::push(&mut at.pointer, key);
                    index_value(child, at, base, by_uri);
                    at.pointer.truncate(end);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if item.is_object() || item.is_array() {
                    pointer::push_index(&mut at.pointer, index);
                    index_value(item, at, above, by_uri);
                    at.pointer.truncate(end);
                }
            }
        }
        _ => {}
    }
}

/// A URI's text with `%xx` read; what is not UTF-8 then stays as it was.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|d| u8::try_from(d).ok())
        };
        match (byte, tail) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high * 16 + low);
                    rest = after;
                }
                _ => {
                    bytes.push(byte);
                    rest = tail;
                }
            },
            _ => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
