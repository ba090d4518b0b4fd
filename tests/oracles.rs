//! Dialects against records of the real parsers.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod exceptions;
mod names;
mod scalars;

use std::fmt::Write as _;

use frontlint::dialect::{Dialect, Timestamp, Value, Zone};
use frontlint::syntax::{Block, Document, Kind, NodeId, Syntax, parse};
use frontlint::text::SourceId;
use serde_json::Value as Json;

use self::exceptions::is_exception;
use self::names::property_name;
use self::scalars::scalar;

struct Record {
    dialect: Dialect,
    values: Vec<Json>,
    keys: Vec<Json>,
}

fn record(dialect: Dialect) -> Record {
    let name = match dialect {
        Dialect::Core => "yaml-core",
        other => other.as_str(),
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
        // A date alone keeps its written form; to js-yaml it is a midnight in UTC.
        Value::Timestamp(at) if at.is_date_only() && !is_instant(dialect) => {
            ("date", at.to_string().into())
        }
        Value::Timestamp(at) => ("timestamp", utc(at).to_string().into()),
        Value::String => ("string", text.into()),
        Value::Binary(bytes) => match dialect {
            Dialect::Jekyll | Dialect::Psych | Dialect::HugoYamlV2 => {
                ("string", String::from_utf8_lossy(bytes).into())
            }
            _ => ("binary", base64(bytes).into()),
        },
        Value::Error(_) => ("error", Json::Null),
    }
}

fn is_instant(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::JsYaml3 | Dialect::JsYaml4)
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

fn check_scalars(dialect: Dialect) {
    let record = record(dialect);
    let mut checked = 0;
    let mut failures = Vec::new();
    for row in &record.values {
        let Some((text, style, tag)) = scalar(row) else {
            continue;
        };
        checked += 1;
        if matches!(dialect, Dialect::HugoGoccy | Dialect::JsYaml3)
            && is_exception(row, dialect, false)
        {
            continue;
        }
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

#[test]
fn hugo_yaml_v2_scalars() {
    check_scalars(Dialect::HugoYamlV2);
}

#[test]
fn hugo_goccy_scalars() {
    check_scalars(Dialect::HugoGoccy);
}

#[test]
fn js_yaml_3_scalars() {
    check_scalars(Dialect::JsYaml3);
}

#[test]
fn js_yaml_4_scalars() {
    check_scalars(Dialect::JsYaml4);
}

#[test]
fn js_yaml_5_scalars() {
    check_scalars(Dialect::JsYaml5);
}

#[test]
fn pyyaml_scalars() {
    check_scalars(Dialect::PyYaml);
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
    let mut exceptions = 0;
    for row in &record.values {
        let text = format!("k: {}\n", row["text"].as_str().unwrap());
        let disagreement = with_document(&text, dialect, |outcome| match outcome {
            Outcome::Broken if row["kind"] == "error" => None,
            Outcome::Broken => Some(format!("{row}: does not parse")),
            Outcome::Document(document) => match document.members(document.root()) {
                [member] => node_disagreement(document, member.value, row, dialect),
                other => Some(format!("{row}: got {} entries", other.len())),
            },
        });
        match disagreement {
            Some(_) if is_exception(row, dialect, false) => exceptions += 1,
            other => failures.extend(other),
        }
    }
    let rows = record.values.len();
    let agreeing = rows - failures.len() - exceptions;
    println!("{dialect}: {agreeing} of {rows} values agree, {exceptions} are exceptions");
    assert_eq!(
        exceptions,
        exceptions::count(dialect).0,
        "exceptions among the values"
    );
    report(record.dialect, rows, &failures);
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

#[test]
fn hugo_yaml_v2_values() {
    check_values(Dialect::HugoYamlV2);
}

#[test]
fn hugo_goccy_values() {
    check_values(Dialect::HugoGoccy);
}

#[test]
fn js_yaml_3_values() {
    check_values(Dialect::JsYaml3);
}

#[test]
fn js_yaml_4_values() {
    check_values(Dialect::JsYaml4);
}

#[test]
fn js_yaml_5_values() {
    check_values(Dialect::JsYaml5);
}

#[test]
fn pyyaml_values() {
    check_values(Dialect::PyYaml);
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
        Dialect::Core
        | Dialect::HugoYamlV2
        | Dialect::HugoGoccy
        | Dialect::JsYaml3
        | Dialect::JsYaml4
        | Dialect::JsYaml5 => {
            let name = property_name(&key.value, &key.text, dialect);
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
    let mut exceptions = 0;
    for row in &record.keys {
        let text = format!("{}: v\n", row["text"].as_str().unwrap());
        let disagreement = with_document(&text, dialect, |outcome| match outcome {
            // What is no mapping is no front matter.
            Outcome::Broken if row["kind"] == "error" || row["kind"] == "none" => None,
            Outcome::Broken => Some(format!("{row}: does not parse")),
            Outcome::Document(document) => key_disagreement(document, row, dialect),
        });
        match disagreement {
            Some(_) if is_exception(row, dialect, true) => exceptions += 1,
            other => failures.extend(other),
        }
    }
    let rows = record.keys.len();
    let agreeing = rows - failures.len() - exceptions;
    println!("{dialect}: {agreeing} of {rows} keys agree, {exceptions} are exceptions");
    assert_eq!(
        exceptions,
        exceptions::count(dialect).1,
        "exceptions among the keys"
    );
    report(record.dialect, rows, &failures);
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

#[test]
fn hugo_yaml_v2_keys() {
    check_keys(Dialect::HugoYamlV2);
}

#[test]
fn hugo_goccy_keys() {
    check_keys(Dialect::HugoGoccy);
}

#[test]
fn js_yaml_3_keys() {
    check_keys(Dialect::JsYaml3);
}

#[test]
fn js_yaml_4_keys() {
    check_keys(Dialect::JsYaml4);
}

#[test]
fn js_yaml_5_keys() {
    check_keys(Dialect::JsYaml5);
}

#[test]
fn pyyaml_keys() {
    check_keys(Dialect::PyYaml);
}
