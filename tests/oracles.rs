//! Dialects against records of the real parsers.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use frontlint::dialect::{Dialect, Style, Timestamp, Value, Zone};
use frontlint::syntax::{Block, Document, Kind, NodeId, Syntax, parse};
use frontlint::text::SourceId;
use serde_json::Value as Json;

struct Record {
    dialect: Dialect,
    values: Vec<Json>,
    keys: Vec<Json>,
}

fn record(dialect: Dialect) -> Record {
    let name = match dialect {
        Dialect::Core => "yaml-core",
        Dialect::Jekyll => "jekyll",
        Dialect::Psych => "psych",
    };
    let path = format!(
        "{}/fixtures/oracles/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let json: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let rows = |part: &str| json[part].as_array().unwrap().clone();
    let record = Record {
        dialect,
        values: rows("values"),
        keys: rows("keys"),
    };
    assert_eq!((record.values.len(), record.keys.len()), (1201, 104));
    record
}

/// Kind and value as the records write them.
fn recorded(value: &Value, text: &str, dialect: Dialect) -> (&'static str, Json) {
    match value {
        Value::Null => ("null", Json::Null),
        Value::Bool(bool) => ("bool", (*bool).into()),
        Value::Integer(integer) if integer.unsigned_abs() <= 1 << 53 => ("int", (*integer).into()),
        Value::Integer(integer) => ("int", integer.to_string().into()),
        Value::BigInteger(digits) => ("int", digits.as_ref().into()),
        Value::Float(float) => ("float", float_text(*float).into()),
        Value::Timestamp(at) if at.is_date_only() => ("date", at.to_string().into()),
        Value::Timestamp(at) => ("timestamp", utc(at).to_string().into()),
        Value::String => ("string", text.into()),
        Value::Binary(bytes) if dialect == Dialect::Core => ("binary", base64(bytes).into()),
        Value::Binary(bytes) => ("string", String::from_utf8_lossy(bytes).into()),
        Value::Error(_) => ("error", Json::Null),
    }
}

fn float_text(float: f64) -> String {
    if float.is_nan() {
        return "nan".to_owned();
    }
    // The shortest digits, with an exponent in the same bounds as Ruby and JavaScript.
    let text = format!("{float:?}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => {
            format!("{mantissa}e+{exponent}")
        }
        _ => text,
    }
}

fn utc(at: &Timestamp) -> Timestamp {
    let instant = at.instant().unwrap();
    let day = instant.div_euclid(86_400);
    let date = jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(day);
    let nanoseconds = i64::from(at.subsecond_nanosecond());
    Timestamp {
        year: date.year(),
        month: date.month(),
        day: date.day(),
        nanosecond_of_day: Some(instant.rem_euclid(86_400) * 1_000_000_000 + nanoseconds),
        zone: Zone::Offset(0),
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            (0..4).map(move |digit| {
                if digit <= chunk.len() {
                    char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize])
                } else {
                    '='
                }
            })
        })
        .collect()
}

/// What is wrong with `value` by the record, if anything.
fn disagreement(value: &Value, text: &str, row: &Json, dialect: Dialect) -> Option<String> {
    let (kind, found) = recorded(value, text, dialect);
    let mut expected = row["value"].clone();
    if kind == "timestamp"
        && let Some(text) = expected.as_str()
        && text.len() > "2020-05-04T21:58:00.123456789Z".len()
    {
        // A timestamp keeps nanoseconds; one row has four digits more.
        expected = format!("{}Z", &text[..29]).into();
    }
    let offset = match value {
        Value::Timestamp(at) => match at.zone {
            Zone::Offset(seconds) => Some(i64::from(seconds / 60)),
            Zone::None => Some(0),
        },
        _ => None,
    };
    let offset_agrees = row["offset"].is_null() || row["offset"].as_i64() == offset;
    let agrees = kind == row["kind"] && found == expected && offset_agrees;
    (!agrees).then(|| format!("{row}: got {kind} {found}, offset {offset:?}"))
}

/// Rows where frontlint is of another mind than the parser, and why.
fn is_exception(row: &Json, dialect: Dialect, key: bool) -> bool {
    let text = row["text"].as_str().unwrap();
    let is_collection = text.starts_with(['[', '{']);
    match (key, text) {
        // Front matter has no use for keys that are no scalars: they are reported, most of all
        // the template tag that its author meant as text.
        (true, _) if is_collection => true,
        (false, "{{x}}" | "{{ site.title }}" | "{{< x >}}") => true,
        // An absent key is reported as well.
        (true, "" | "&a") => true,
        // SafeYAML makes null of an alias without its anchor, which is reported.
        (false, "*a") => dialect == Dialect::Jekyll,
        // The ordered mapping of YAML 1.1 stays the list that it is written as.
        (false, "!!omap []") => true,
        _ => false,
    }
}

fn report(dialect: Dialect, rows: usize, failures: &[String]) {
    let mut text = String::new();
    for failure in failures {
        let _ = writeln!(text, "  {failure}");
    }
    assert!(
        failures.is_empty(),
        "{dialect}: {} of {rows} rows disagree\n{text}",
        failures.len()
    );
}

/// A row that is one scalar on one line, taken apart without a YAML parser.
fn scalar(row: &Json) -> Option<(String, Style, Option<String>)> {
    let error = row["error"].as_str().unwrap_or("");
    let by_parser = [
        "SyntaxError",
        "YAMLParseError",
        "ReferenceError",
        "BadAlias",
    ];
    let by_parser = by_parser.iter().any(|it| error.contains(it)) && !error.contains("expects");
    if by_parser
        || ["seq", "map", "none"]
            .iter()
            .any(|kind| row["kind"] == *kind)
    {
        return None;
    }
    let mut text = row["text"].as_str().unwrap();
    let mut tag = None;
    if text.starts_with('&') {
        text = text.split_once(' ').map_or("", |(_, rest)| rest);
    }
    if text.starts_with('!') {
        let (written, rest) = text.split_once(' ').unwrap_or((text, ""));
        text = rest;
        tag = Some(if let Some(verbatim) = written.strip_prefix("!<") {
            verbatim.trim_end_matches('>').to_owned()
        } else if let Some(name) = written.strip_prefix("!!") {
            format!("tag:yaml.org,2002:{name}")
        } else {
            written.to_owned()
        });
    }
    match text.chars().next() {
        Some('*' | '|' | '>' | '[' | '{') => None,
        Some(quote @ ('"' | '\'')) => {
            let inner = text[1..].split(quote).next()?;
            if inner.contains('\\') || text.contains("''") && text.len() > 2 {
                return None;
            }
            let style = if quote == '"' {
                Style::DoubleQuoted
            } else {
                Style::SingleQuoted
            };
            Some((inner.to_owned(), style, tag))
        }
        Some('#') => Some((String::new(), Style::Plain, tag)),
        _ => {
            let text = text.split(" #").next().unwrap_or("");
            Some((text.trim_matches([' ', '\t']).to_owned(), Style::Plain, tag))
        }
    }
}

fn check_scalars(dialect: Dialect) {
    let record = record(dialect);
    let mut checked = 0;
    let mut failures = Vec::new();
    for row in &record.values {
        let Some((text, style, tag)) = scalar(row) else {
            continue;
        };
        checked += 1;
        let value = dialect.resolve(&text, style, tag.as_deref());
        // The text of a plain scalar ends before a line break of YAML 1.1.
        let text = match dialect {
            Dialect::Core => text.as_str(),
            _ => text.trim_end_matches('\u{85}'),
        };
        failures.extend(disagreement(&value, text, row, dialect));
    }
    assert!(checked > 1_080, "only {checked} rows");
    report(dialect, checked, &failures);
}

#[test]
fn jekyll_scalars() {
    check_scalars(Dialect::Jekyll);
}

#[test]
fn psych_scalars() {
    check_scalars(Dialect::Psych);
}

#[test]
fn core_scalars() {
    check_scalars(Dialect::Core);
}

enum Outcome<'d> {
    Broken,
    Document(&'d Document<'d>),
}

/// Parses a document of one line and hands on what became of it.
fn with_document<T>(text: &str, dialect: Dialect, read: impl FnOnce(Outcome<'_>) -> T) -> T {
    let block = Block::whole(Syntax::Yaml, text);
    let parsed = parse(text, &block, dialect, SourceId::PAGE);
    match &parsed.document {
        Some(document) if parsed.diagnostics.is_empty() => read(Outcome::Document(document)),
        _ => read(Outcome::Broken),
    }
}

fn node_disagreement(
    document: &Document<'_>,
    id: NodeId,
    row: &Json,
    dialect: Dialect,
) -> Option<String> {
    match &document.node(id).kind {
        Kind::Sequence(_) if row["kind"] == "seq" => None,
        Kind::Mapping(_) if row["kind"] == "map" => None,
        Kind::Scalar(scalar) => disagreement(&scalar.value, &scalar.text, row, dialect),
        other => Some(format!("{row}: got {other:?}")),
    }
}

fn check_values(dialect: Dialect) {
    let record = record(dialect);
    let mut failures = Vec::new();
    for row in &record.values {
        let text = format!("k: {}\n", row["text"].as_str().unwrap());
        failures.extend(with_document(&text, dialect, |outcome| match outcome {
            Outcome::Broken if row["kind"] == "error" => None,
            _ if is_exception(row, dialect, false) => None,
            Outcome::Broken => Some(format!("{row}: does not parse")),
            Outcome::Document(document) => match document.members(document.root()) {
                [member] => node_disagreement(document, member.value, row, dialect),
                other => Some(format!("{row}: got {} entries", other.len())),
            },
        }));
    }
    report(record.dialect, record.values.len(), &failures);
}

#[test]
fn jekyll_values() {
    check_values(Dialect::Jekyll);
}

#[test]
fn psych_values() {
    check_values(Dialect::Psych);
}

#[test]
fn core_values() {
    check_values(Dialect::Core);
}

/// A key as JavaScript makes a property name of it.
fn property_name(value: &Value, text: &str) -> String {
    match value {
        Value::Null => String::new(),
        Value::Float(float) if float.is_infinite() => "Infinity".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Integer(integer) => (*integer as f64).to_string(),
        Value::BigInteger(digits) => digits.parse::<f64>().unwrap().to_string(),
        Value::Float(float) => float.to_string(),
        _ => text.to_owned(),
    }
}

fn key_disagreement(document: &Document<'_>, row: &Json, dialect: Dialect) -> Option<String> {
    let [member] = document.members(document.root()) else {
        return (row["kind"] != "none").then(|| format!("{row}: not one entry"));
    };
    let value = document.scalar(member.value)?;
    if value.text != "v" {
        return (row["kind"] != "none").then(|| format!("{row}: the value is {value:?}"));
    }
    let key = &member.key;
    match dialect {
        Dialect::Core => {
            let name = property_name(&key.value, &key.text);
            disagreement(&Value::String, &name, row, dialect)
        }
        // SafeYAML takes a null for no key yet, and the value for the key.
        Dialect::Jekyll if key.value == Value::Null => {
            (row["kind"] != "none").then(|| format!("{row}: null"))
        }
        _ => disagreement(&key.value, &key.text, row, dialect),
    }
}

fn check_keys(dialect: Dialect) {
    let record = record(dialect);
    let mut failures = Vec::new();
    for row in &record.keys {
        let text = format!("{}: v\n", row["text"].as_str().unwrap());
        failures.extend(with_document(&text, dialect, |outcome| match outcome {
            // What is no mapping is no front matter.
            Outcome::Broken if row["kind"] == "error" || row["kind"] == "none" => None,
            _ if is_exception(row, dialect, true) => None,
            Outcome::Broken => Some(format!("{row}: does not parse")),
            Outcome::Document(document) => key_disagreement(document, row, dialect),
        }));
    }
    report(record.dialect, record.keys.len(), &failures);
}

#[test]
fn jekyll_keys() {
    check_keys(Dialect::Jekyll);
}

#[test]
fn psych_keys() {
    check_keys(Dialect::Psych);
}

#[test]
fn core_keys() {
    check_keys(Dialect::Core);
}
