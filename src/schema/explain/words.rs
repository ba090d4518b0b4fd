//! Values and schemas in words.

use jsonschema::JsonType;
use serde_json::Value as JsonValue;

use crate::dialect::Value;
use crate::schema::resources::{Location, Resources};
use crate::schema::subschemas::Subschemas;
use crate::syntax::{Document, Kind, NodeId, pointer};
use crate::text::LONGEST_SHOWN;
pub(super) use crate::text::code;

/// The value at a pointer as the subject of a sentence: "`nom` in item 2 of `files`".
pub(super) fn subject(document: &Document<'_>, pointer: &str) -> String {
    // From the root to the value: the name of the last list item, and the keys after it.
    let (mut outer, mut keys) = (None, String::new());
    let name = |keys: &str, outer: Option<String>| match (keys, outer) {
        ("", None) => "the front matter".to_owned(),
        ("", Some(outer)) => outer,
        (keys, None) => format!("`{keys}`"),
        (keys, Some(outer)) => format!("`{keys}` in {outer}"),
    };
    let mut above = Some(document.root());
    for token in pointer::tokens(pointer) {
        let is_item = above.is_some_and(|id| matches!(document.node(id).kind, Kind::Sequence(_)));
        match token.parse::<usize>() {
            Ok(index) if is_item => {
                let list = name(&keys, outer.take());
                outer = Some(format!("item {} of {list}", index.saturating_add(1)));
                keys.clear();
            }
            _ => {
                if !keys.is_empty() {
                    keys.push('.');
                }
                keys.push_str(&token);
            }
        }
        above = above.and_then(|id| document.child(id, &token));
    }
    name(&keys, outer)
}

/// What was found, after "is": "the text `dix`".
pub(super) fn found(document: &Document<'_>, id: NodeId) -> String {
    match &document.node(id).kind {
        Kind::Sequence(items) if items.is_empty() => "an empty list".to_owned(),
        Kind::Sequence(_) => "a list".to_owned(),
        Kind::Mapping(members) if members.is_empty() => "an empty group of keys".to_owned(),
        Kind::Mapping(_) => "a group of keys".to_owned(),
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => "empty".to_owned(),
            Value::Bool(true) => "true".to_owned(),
            Value::Bool(false) => "false".to_owned(),
            Value::Integer(number) => format!("the integer {number}"),
            Value::BigInteger(digits) => format!("the integer {}", cut(digits)),
            Value::Float(number) if number.is_nan() => {
                format!("{}, which stands for no number", code(&scalar.text))
            }
            Value::Float(number) => format!("the number {number}"),
            Value::Binary(_) => "binary data".to_owned(),
            Value::Timestamp(_) => format!("the date {}", code(&scalar.text)),
            Value::String | Value::Error(_) if scalar.text.is_empty() => "an empty text".to_owned(),
            Value::String | Value::Error(_) if scalar.text.trim().is_empty() => {
                "a text of nothing but blanks".to_owned()
            }
            Value::String | Value::Error(_) => format!("the text {}", code(&scalar.text)),
        },
    }
}

fn cut(text: &str) -> &str {
    text.get(..LONGEST_SHOWN).unwrap_or(text)
}

/// As [`found`], but scalars without their kind, for after "but is": "`dix`".
pub(super) fn plainly(document: &Document<'_>, id: NodeId) -> String {
    match document.scalar(id) {
        Some(scalar) if !scalar.text.trim().is_empty() && scalar.value != Value::Null => {
            code(&scalar.text)
        }
        _ => found(document, id),
    }
}

/// A value of the schema.
pub(super) fn value(value: &JsonValue) -> String {
    match value {
        JsonValue::String(text) if text.is_empty() => "an empty text".to_owned(),
        JsonValue::String(text) => code(text),
        JsonValue::Null => "empty".to_owned(),
        JsonValue::Array(items) if items.is_empty() => "an empty list".to_owned(),
        JsonValue::Array(_) | JsonValue::Object(_) => code(&value.to_string()),
        other => other.to_string(),
    }
}

/// "a", "a or b", "a, b or c".
pub(super) fn join(parts: &[String], conjunction: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}

/// "1 item", "2 items".
pub(super) fn count(number: usize, noun: &str) -> String {
    match (number, noun) {
        (0, _) => format!("no {noun}"),
        (1, _) => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// The verb after a number of things.
pub(super) fn is_or_are<N: PartialEq + From<u8>>(number: N) -> &'static str {
    if number == N::from(1) { "is" } else { "are" }
}

fn kind(kind: JsonType, plural: bool) -> &'static str {
    match (kind, plural) {
        (JsonType::String, false) => "text",
        (JsonType::String, true) => "texts",
        (JsonType::Integer, false) => "an integer",
        (JsonType::Integer, true) => "integers",
        (JsonType::Number, false) => "a number",
        (JsonType::Number, true) => "numbers",
        (JsonType::Boolean, false) => "true or false",
        (JsonType::Boolean, true) => "true and false",
        (JsonType::Array, false) => "a list",
        (JsonType::Array, true) => "lists",
        (JsonType::Object, false) => "a group of keys",
        (JsonType::Object, true) => "groups of keys",
        (JsonType::Null, _) => "empty",
    }
}

fn format_noun(format: &str, plural: bool) -> Option<String> {
    let (one, many) = match format {
        "email" | "idn-email" => ("an e-mail address", "e-mail addresses"),
        "date" => ("a date", "dates"),
        "date-time" | "timestamp" => ("a date and time", "dates and times"),
        "time" => ("a time", "times"),
        "uri" | "iri" | "url" => ("a URL", "URLs"),
        "existing-path" => ("the path of a file", "paths of files"),
        "slug" => ("a slug", "slugs"),
        name if name == "phone" || name.starts_with("phone-") => {
            ("a telephone number", "telephone numbers")
        }
        _ => return None,
    };
    Some(if plural { many } else { one }.to_owned())
}

/// The types that a schema allows, as a noun: "text or a list of texts".
pub(super) fn types(kinds: &[JsonType], owner: Option<&JsonValue>) -> String {
    const ORDER: [JsonType; 7] = [
        JsonType::String,
        JsonType::Integer,
        JsonType::Number,
        JsonType::Boolean,
        JsonType::Array,
        JsonType::Object,
        JsonType::Null,
    ];
    let several = kinds.len() > 1;
    let nouns: Vec<String> = ORDER
        .into_iter()
        .filter(|kind| kinds.contains(kind))
        .filter(|kind| *kind != JsonType::Null || !several)
        .filter(|kind| *kind != JsonType::Integer || !kinds.contains(&JsonType::Number))
        .map(|noun| match noun {
            JsonType::Array => list_of(owner, false),
            noun => kind(noun, false).to_owned(),
        })
        .collect();
    join(&nouns, "or")
}

fn list_of(owner: Option<&JsonValue>, plural: bool) -> String {
    let noun = kind(JsonType::Array, plural);
    let item = owner.and_then(|owner| owner.get("items"));
    let item = item.and_then(own_types);
    match item.as_deref() {
        Some([only]) if *only != JsonType::Null => format!("{noun} of {}", kind(*only, true)),
        _ => noun.to_owned(),
    }
}

fn own_types(schema: &JsonValue) -> Option<Vec<JsonType>> {
    let parse = |name: &JsonValue| name.as_str()?.parse().ok();
    match schema.get("type")? {
        JsonValue::Array(names) => Some(names.iter().filter_map(parse).collect()),
        name => Some(vec![parse(name)?]),
    }
}

/// The most branches that one noun lists; each may have as many below it.
const MOST_BRANCHES: usize = 64;

/// What a schema asks for, as a noun: "an e-mail address", "a list of texts".
pub(super) struct Describer<'a> {
    pub(super) resources: &'a Resources,
    pub(super) subschemas: &'a Subschemas,
}

impl Describer<'_> {
    /// A noun for the schema at a place; `None` where it has no short one.
    pub(super) fn describe(&self, at: &Location) -> Option<String> {
        self.noun(at, false, 0)
    }

    fn noun(&self, at: &Location, plural: bool, depth: usize) -> Option<String> {
        if depth > 4 {
            return None;
        }
        let schema = self.resources.value(at)?;
        if let Some(constant) = schema.get("const") {
            return Some(value(constant));
        }
        if let Some(options) = schema.get("enum").and_then(JsonValue::as_array)
            && options.len() <= 6
        {
            let options: Vec<_> = options.iter().map(value).collect();
            return Some(join(&options, "or"));
        }
        let format = schema.get("format").and_then(JsonValue::as_str);
        if let Some(noun) = format.and_then(|format| format_noun(format, plural)) {
            return Some(noun);
        }
        if let Some(kinds) = own_types(schema) {
            return Some(self.typed(at, schema, &kinds, plural, depth));
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(branches) = schema.get(keyword).and_then(JsonValue::as_array) {
                if branches.len() > MOST_BRANCHES {
                    return None;
                }
                let nouns: Option<Vec<_>> = (0..branches.len())
                    .map(|index| {
                        self.noun(&at.child(&[keyword, &index.to_string()]), plural, depth + 1)
                    })
                    .collect();
                return nouns.map(|nouns| join(&nouns, "or"));
            }
        }
        if schema.get("$ref").is_some() {
            let target = self.subschemas.below(at).first()?;
            return self.noun(
                &self.subschemas.location(*target)?.clone(),
                plural,
                depth + 1,
            );
        }
        if let Some(keys) = required(schema) {
            return Some(format!("a group of keys with {keys}"));
        }
        if let Some(pattern) = schema.get("pattern").and_then(JsonValue::as_str) {
            return Some(format!("text that matches {}", code(pattern)));
        }
        if schema.get("properties").is_some() {
            return Some(kind(JsonType::Object, plural).to_owned());
        }
        schema
            .get("title")
            .and_then(JsonValue::as_str)
            .map(|title| format!("“{title}”"))
    }

    fn typed(
        &self,
        at: &Location,
        schema: &JsonValue,
        kinds: &[JsonType],
        plural: bool,
        depth: usize,
    ) -> String {
        match kinds {
            [JsonType::Array] => {
                let item = self.noun(&at.child(&["items"]), true, depth + 1);
                let noun = kind(JsonType::Array, plural);
                item.map_or_else(|| noun.to_owned(), |item| format!("{noun} of {item}"))
            }
            [JsonType::Object] => {
                let noun = kind(JsonType::Object, plural);
                required(schema)
                    .map_or_else(|| noun.to_owned(), |keys| format!("{noun} with {keys}"))
            }
            [JsonType::String] => match schema.get("pattern").and_then(JsonValue::as_str) {
                Some(pattern) if !plural => format!("text that matches {}", code(pattern)),
                _ => kind(JsonType::String, plural).to_owned(),
            },
            [only] => kind(*only, plural).to_owned(),
            _ => types(kinds, Some(schema)),
        }
    }
}

fn required(schema: &JsonValue) -> Option<String> {
    let keys = schema.get("required")?.as_array()?;
    let keys: Vec<_> = keys
        .iter()
        .filter_map(JsonValue::as_str)
        .map(code)
        .collect();
    (1..=4).contains(&keys.len()).then(|| join(&keys, "and"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use crate::syntax::{self, Block, Syntax};
    use crate::text::SourceId;

    #[test]
    fn items_are_counted_from_one() {
        let text = "files: [{nom: a}, {ways: [[b, c]]}]\nyears: {2024: d}\npress: {tel: [e]}\n";
        let block = Block::whole(Syntax::Yaml, text);
        let parsed = syntax::parse(text, &block, Dialect::Jekyll, SourceId::PAGE);
        let document = parsed.document.unwrap();
        for (pointer, said) in [
            ("", "the front matter"),
            ("/files", "`files`"),
            ("/files/0", "item 1 of `files`"),
            ("/files/0/nom", "`nom` in item 1 of `files`"),
            (
                "/files/1/ways/0/1",
                "item 2 of item 1 of `ways` in item 2 of `files`",
            ),
            ("/files/1/no/such", "`no.such` in item 2 of `files`"),
            ("/years/2024", "`years.2024`"),
            ("/press/tel/0", "item 1 of `press.tel`"),
        ] {
            assert_eq!(subject(&document, pointer), said);
        }
    }
}
