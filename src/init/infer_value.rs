//! The schema of one value, made of counts: its types, its format, the values it has.

use std::cmp::Reverse;

use super::infer_keys::{FEWEST, Outlier, counted, is_required, keys, outlier};
use super::ordered_json::{Json, Object};
use super::tally::{FORMATS, JsonKind, MappingTally, TextTally, ValueTally};
use crate::schema::formats::EXISTING_PATH;
use crate::text::code;

/// An enumeration is evident where there are so many values,
const ENUM_VALUES: u32 = 30;
/// no more different ones,
const ENUM_MOST: usize = 8;
/// each of them so often,
const ENUM_EACH: u32 = 5;
/// and none with more characters.
const ENUM_LENGTH: usize = 30;

/// A mapping below the root with more different keys than this is one from names to values.
const MOST_KEYS: usize = 40;

/// How many examples there are at most, and how often each is there at least.
const EXAMPLES: (usize, u32) = (8, 3);

/// Makes schemas of values, and collects what is unlike the rest.
pub(super) struct ValueInference {
    refuses_dates_as_text: bool,
    pub(super) outliers: Vec<Outlier>,
}

impl ValueInference {
    pub(super) fn new(refuses_dates_as_text: bool) -> Self {
        Self {
            refuses_dates_as_text,
            outliers: Vec::new(),
        }
    }

    /// The schema of the values of a key. `path` is how users know the place; `comment` says how many
    /// values there are.
    pub(super) fn value(
        &mut self,
        tally: &ValueTally,
        path: &str,
        is_optional: bool,
        comment: String,
    ) -> Object {
        let mut schema = Object::default();
        let kinds = self.kinds(tally, path);
        let has_outliers = kinds.len() < seen(tally).len();
        schema.add("$comment", comment);
        let has_null = is_optional || tally.kind(JsonKind::Null).values > 0;
        let text = Some(&tally.texts).filter(|_| kinds.contains(&JsonKind::Text));
        let format = text.and_then(format_of);
        let is_date = format == Some("timestamp");
        // Dates among texts are no text to some generators, and no format is that of both.
        let is_typed = !self.refuses_dates_as_text || is_date || tally.texts.timestamps == 0;
        if !kinds.is_empty() && is_typed {
            schema.add("type", types(&kinds, has_null));
            if has_outliers {
                schema.add("x-severity", "warning");
            }
        }
        if let Some(format) = format {
            schema.add("format", format);
        } else if text.is_some_and(are_paths) {
            add_warning(&mut schema, "format", EXISTING_PATH);
        } else if let Some(text) = text {
            let has_others = kinds.len() > 1;
            match enumeration(text).filter(|_| !has_others && !has_outliers) {
                Some(mut values) => {
                    if has_null {
                        values.push(serde_json::Value::Null);
                    }
                    add_warning(&mut schema, "enum", values);
                }
                None => add_examples(&mut schema, text),
            }
        }
        if let Some(items) = &tally.items
            && kinds.contains(&JsonKind::List)
            && !seen(items).is_empty()
        {
            let all = JsonKind::ALL.into_iter();
            let count = all.map(|kind| items.kind(kind).values).sum();
            let comment = counted(count, "item");
            let items = self.value(items, &format!("{path}[]"), false, comment);
            schema.add("items", items);
        }
        if let Some(mappings) = &tally.mappings
            && kinds.contains(&JsonKind::Mapping)
        {
            add_members(&mut schema, mappings, path, self);
        }
        schema
    }

    /// The kinds of values that are no outliers, the most frequent first.
    fn kinds(&mut self, tally: &ValueTally, path: &str) -> Vec<JsonKind> {
        let mut kinds = seen(tally);
        kinds.sort_by_key(|&kind| Reverse(tally.kind(kind).pages));
        let all: u32 = kinds.iter().map(|&kind| tally.kind(kind).pages).sum();
        let is_outlier = |kind: &JsonKind| {
            let pages = tally.kind(*kind).pages;
            pages < 3 && u64::from(pages) * 100 < u64::from(all)
        };
        let (outliers, kept): (Vec<_>, Vec<_>) = kinds.into_iter().partition(is_outlier);
        if let Some(main) = kept.first() {
            for kind in outliers {
                let kind_tally = tally.kind(kind);
                let message = format!(
                    "{} is {} on {}, and {} on nearly all: another type is a warning",
                    code(path),
                    kind.words(),
                    counted(kind_tally.pages, "page"),
                    main.words()
                );
                self.outliers
                    .push(outlier(message, kind_tally.places.clone()));
            }
        }
        kept
    }
}

/// The keywords for the keys of a mapping below the root.
fn add_members(schema: &mut Object, tally: &MappingTally, path: &str, values: &mut ValueInference) {
    let keys = keys(tally);
    if keys.is_empty() || keys.len() > MOST_KEYS {
        return;
    }
    let mut required = Vec::new();
    let mut properties = Object::default();
    for key in &keys {
        let is_required = is_required(key, tally.published, 100);
        if is_required {
            required.push(key.name.to_owned());
        }
        let comment = format!("in {}", counted(key.count, "mapping"));
        let path = format!("{path}.{}", key.name);
        let value = values.value(&key.tally.value, &path, !is_required, comment);
        properties.add(key.name, value);
    }
    if !required.is_empty() {
        schema.add("required", required);
    }
    schema.add("properties", properties);
}

/// The kinds of values that are there, but for nothing.
fn seen(tally: &ValueTally) -> Vec<JsonKind> {
    let kinds = JsonKind::ALL.into_iter();
    kinds
        .filter(|&kind| kind != JsonKind::Null && tally.kind(kind).values > 0)
        .collect()
}

/// The value of `type`.
fn types(kinds: &[JsonKind], has_null: bool) -> Json {
    let has_number = kinds.contains(&JsonKind::Number);
    let kinds = kinds
        .iter()
        .filter(|&&kind| !(has_number && kind == JsonKind::Integer));
    let mut names: Vec<_> = kinds.map(|kind| kind.name()).collect();
    if has_null {
        names.push(JsonKind::Null.name());
    }
    match names.as_slice() {
        [name] => (*name).into(),
        _ => names.into(),
    }
}

/// The format that all texts are of.
fn format_of(texts: &TextTally) -> Option<&'static str> {
    let mut fits = FORMATS.iter().zip(texts.fits);
    let (format, _) = fits.find(|&(_, fits)| fits == texts.values && fits > 0)?;
    // What the parser itself reads as dates needs no further evidence.
    let are_dates = texts.timestamps == texts.values;
    (texts.values >= FEWEST || are_dates).then_some(*format)
}

/// Whether the texts are paths of files, nearly all of which exist.
fn are_paths(texts: &TextTally) -> bool {
    let paths = texts.found_paths + texts.missing_paths;
    paths >= FEWEST
        && paths + texts.urls == texts.values
        && u64::from(texts.found_paths) * 10 >= u64::from(paths) * 9
}

/// The texts, where they are evidently the only ones there are.
fn enumeration(texts: &TextTally) -> Option<Vec<serde_json::Value>> {
    let is_word = |text: &String| {
        let is_short = text.chars().count() <= ENUM_LENGTH;
        is_short && !text.trim().is_empty() && !text.contains(['/', ':', '.', '\n'])
    };
    let is_evident = !texts.is_free
        && texts.timestamps == 0
        && texts.values >= ENUM_VALUES
        && (2..=ENUM_MOST).contains(&texts.counts.len())
        && texts.counts.values().all(|&count| count >= ENUM_EACH)
        && texts.counts.keys().all(is_word);
    is_evident.then(|| frequent(texts, 1, ENUM_MOST))
}

fn add_examples(schema: &mut Object, texts: &TextTally) {
    let (most, least) = EXAMPLES;
    let examples = frequent(texts, least, most);
    if !examples.is_empty() {
        schema.add("examples", examples);
    }
}

/// The most frequent texts.
fn frequent(texts: &TextTally, least: u32, most: usize) -> Vec<serde_json::Value> {
    let counts = texts.counts.iter();
    let mut counts: Vec<_> = counts
        .filter(|&(text, &count)| count >= least && !text.trim().is_empty())
        .collect();
    counts.sort_by_key(|&(text, count)| (Reverse(*count), text));
    let texts = counts.into_iter().take(most);
    texts.map(|(text, _)| text.as_str().into()).collect()
}

/// Adds a keyword whose violations are warnings; those of the type beside it stay errors.
fn add_warning(schema: &mut Object, keyword: &str, value: impl Into<Json>) {
    let mut part = Object::default();
    part.add(keyword, value);
    part.add("x-severity", "warning");
    schema.add("allOf", Json::List(vec![part.into()]));
}
