//! A schema made of counts.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde_json::Value;

use super::Options;
use super::infer_keys::{FEWEST, NamedKey, Outlier, counted, is_required, keys, number, outlier};
use super::infer_value::ValueInference;
use super::observe::hash;
use super::ordered_json::{Json, Object};
use super::tally::{JsonKind, PagesTally, ValuePlace};
use crate::schema::bundled;
use crate::text::{Tolerance, code, nearest};

/// From this share of the pages on, in percent, a key is nearly always there.
const NEARLY_ALL: u32 = 95;

/// How a schema is made.
pub(super) struct Inference<'a> {
    /// The patterns of the collection.
    pub(super) patterns: &'a [String],
    /// The bundled schema to begin with.
    pub(super) base: Option<&'static str>,
    pub(super) options: Options,
}

/// A schema, and what is said about it.
pub(super) struct DrawnSchema {
    pub(super) text: String,
    pub(super) required: Vec<String>,
    pub(super) keys: usize,
    pub(super) outliers: Vec<Outlier>,
}

/// Makes the schema of a collection.
pub(super) fn schema_of(tally: &PagesTally, inference: &Inference<'_>) -> DrawnSchema {
    let pages = u32::try_from(tally.pages.len()).unwrap_or(u32::MAX);
    let mut values = ValueInference::new(tally.refuses_dates_as_text);
    let mut outliers = Vec::new();
    let known = inference.base.map(keys_of).unwrap_or_default();
    let all = keys(&tally.root).into_iter();
    let all = all.filter(|key| !is_written_wrong(key.name));
    let (known, own): (Vec<_>, Vec<_>) = all.partition(|key| known.contains(key.name));
    let (listed, rare): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|key| !is_rare(key.count, pages));
    let names: Vec<&str> = listed.iter().map(|key| key.name).collect();
    let mut shown = listed;
    for key in rare {
        let meant = nearest(key.name, names.iter().copied(), Tolerance::Slip);
        match meant {
            Some(meant) => outliers.push(slip(&key, meant)),
            // Others must not be refused where the schema lists all keys there are.
            None if inference.options.closed => shown.push(key),
            None => {}
        }
    }
    let mut properties = Object::default();
    let mut required = Vec::new();
    // What the bundled schema says of its keys is enough, but for which of them this site has.
    for key in &known {
        let is_required = is_required(key, tally.root.published, inference.options.required);
        if is_required {
            required.push(key);
        }
        outliers.extend(nearly_all(key, tally, is_required));
    }
    for key in &shown {
        let is_required = is_required(key, tally.root.published, inference.options.required);
        if is_required {
            required.push(key);
        }
        outliers.extend(nearly_all(key, tally, is_required));
        let comment = format!("on {} of {}", number(key.count), counted(pages, "page"));
        let value = values.value(&key.tally.value, key.name, !is_required, comment);
        properties.add(key.name, value);
    }
    outliers.extend(values.outliers);
    required.sort_by_key(|key| (Reverse(key.count), key.name));
    let required: Vec<_> = required.iter().map(|key| key.name.to_owned()).collect();
    let schema = root(inference, pages, &required, properties);
    DrawnSchema {
        text: schema.text(),
        required,
        keys: shown.len(),
        outliers,
    }
}

fn root(inference: &Inference<'_>, pages: u32, required: &[String], properties: Object) -> Object {
    let patterns: Vec<_> = inference.patterns.iter().map(|text| code(text)).collect();
    let mut schema = Object::default();
    schema.add("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.add(
        "$comment",
        format!(
            "Drawn by frontlint init from {}: {}",
            counted(pages, "page"),
            patterns.join(", ")
        ),
    );
    schema.add("type", "object");
    if let Some(base) = inference.base {
        let mut reference = Object::default();
        reference.add("$ref", format!("bundled:{base}"));
        schema.add("allOf", Json::List(vec![reference.into()]));
    }
    if !required.is_empty() {
        schema.add("required", required.to_vec());
    }
    if !properties.is_empty() {
        schema.add("properties", properties);
    }
    if inference.options.closed {
        // `additionalProperties` knows the keys beside it alone.
        let keyword = match inference.base {
            Some(_) => "unevaluatedProperties",
            None => "additionalProperties",
        };
        schema.add(keyword, false);
    }
    schema
}

/// Whether a key is a mistake by its looks: a line of text that was read as one.
fn is_written_wrong(name: &str) -> bool {
    name.is_empty() || name.contains(['\n', '\r'])
}

fn is_rare(count: u32, all: u32) -> bool {
    count < 3 && u64::from(count) * 100 < u64::from(all)
}

/// The outlier of a key that nearly all pages have.
fn nearly_all(key: &NamedKey<'_>, tally: &PagesTally, is_required: bool) -> Option<Outlier> {
    let (filled, published) = (key.tally.filled, tally.root.published);
    let is_nearly_all = u64::from(filled) * 100 >= u64::from(NEARLY_ALL) * u64::from(published);
    if !is_nearly_all || filled >= published || published < FEWEST {
        return None;
    }
    let wanted = hash(key.folded);
    let pages = tally.pages.iter();
    let lacking = pages.filter(|page| !page.is_draft && !page.filled.contains(&wanted));
    let places = lacking.map(|page| ValuePlace {
        path: page.path.clone(),
        line: 1,
    });
    let places: Vec<_> = places.collect();
    let (are, pages) = (places.len(), counted(published, "page"));
    let consequence = match is_required {
        true => "it is required",
        false => "it is not required",
    };
    let name = code(key.name);
    let message = format!("{name} is missing or empty on {are} of {pages}: {consequence}");
    Some(outlier(message, places))
}

fn slip(key: &NamedKey<'_>, meant: &str) -> Outlier {
    let kinds = JsonKind::ALL.into_iter();
    let places = kinds.flat_map(|kind| key.tally.value.kind(kind).places.clone());
    let (name, meant) = (code(key.name), code(meant));
    let pages = counted(key.count, "page");
    let message = format!("{name} is on {pages} only, and is likely meant to be {meant}");
    outlier(message, places.collect())
}

/// The keys at the root of a bundled schema.
fn keys_of(base: &'static str) -> BTreeSet<String> {
    let schema = bundled().iter().find(|schema| schema.name == base);
    let schema = schema.and_then(|schema| serde_json::from_str(schema.text).ok());
    let mut keys = BTreeSet::new();
    let mut open: Vec<Value> = schema.into_iter().collect();
    while let Some(schema) = open.pop() {
        if let Some(Value::Object(properties)) = schema.get("properties") {
            keys.extend(properties.keys().cloned());
        }
        if let Some(Value::Array(parts)) = schema.get("allOf") {
            open.extend(parts.iter().cloned());
        }
    }
    keys
}
