//! Dialects against records of the real parsers.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod dates;
mod exceptions;
mod fences;
mod names;
mod records;
mod scalars;
mod schemas;
mod tally;

use frontlint::testing::dialect::{Dialect, Timestamp, Value, Zone, hugo_date_of, hugo_key};
use frontlint::testing::syntax::{Block, Document, Kind, NodeId, Syntax, parse, parse_any};
use frontlint::testing::text::{SourceId, Span};
use serde_json::Value as Json;

use self::exceptions::is_exception;
use self::names::{collection_name, compact, property_name};
use self::records::{RECORDS, Record};
use self::scalars::scalar;
use self::tally::{Tally, report, tell};

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

/// Languages differ in when they begin to write an exponent.
fn is_same_float(one: &Json, other: &Json) -> bool {
    let bits = |json: &Json| json.as_str()?.parse::<f64>().ok().map(f64::to_bits);
    bits(one).is_some() && bits(one) == bits(other)
}

fn utc(at: &Timestamp) -> Timestamp {
    let instant = at.instant().unwrap();
    let day = instant.div_euclid(86_400);
    let day = frontlint::testing::text::calendar::Day::from_days(day);
    let nanoseconds = i64::from(at.subsecond_nanosecond());
    Timestamp {
        year: day.year.try_into().unwrap(),
        month: day.month.try_into().unwrap(),
        day: day.day.try_into().unwrap(),
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
    // JavaScript writes years of more than four digits with a sign.
    if kind == "timestamp"
        && let Some(text) = expected.as_str().and_then(|text| text.strip_prefix("+0"))
    {
        expected = text.into();
    }
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
    let same = found == expected || (kind == "float" && is_same_float(&found, &expected));
    let agrees = kind == row["kind"] && same && offset_agrees;
    (!agrees).then(|| format!("{row}: got {kind} {found}, offset {offset:?}"))
}

fn check_scalars(dialect: Dialect, record: &Record) {
    let mut checked = 0;
    let mut failures = Vec::new();
    for row in record.rows("values") {
        let Some((text, style, tag)) = scalar(row, dialect) else {
            continue;
        };
        checked += 1;
        if is_exception(row, dialect, false) {
            continue;
        }
        let text = dialect.text(text.into(), style, tag.as_deref());
        let value = dialect.resolve(&text, style, tag.as_deref());
        // The text of a plain scalar ends before a line break of YAML 1.1.
        let text = match dialect {
            Dialect::Core => &*text,
            _ => text.trim_end_matches('\u{85}'),
        };
        failures.extend(disagreement(&value, text, row, dialect));
    }
    assert!(checked > 1_080, "only {checked} rows");
    report(record.name, checked, &failures);
}

enum Outcome<'d> {
    Broken,
    Document(&'d Document<'d>),
}

/// Parses a document of one line, in a page or alone, and hands on what became of it.
fn with_document<T>(
    text: &str,
    is_page: bool,
    dialect: Dialect,
    read: impl FnOnce(Outcome<'_>) -> T,
) -> T {
    let text = match is_page {
        true => format!("---\n{text}"),
        false => text.to_owned(),
    };
    let mut block = Block::whole(Syntax::Yaml, &text);
    if is_page {
        block.open = Span::new(0, 3);
        block.content.start = 4;
    }
    let parsed = parse(&text, &block, dialect, SourceId::PAGE);
    match &parsed.document {
        Some(document) if parsed.diagnostics.is_empty() => read(Outcome::Document(document)),
        _ => read(Outcome::Broken),
    }
}

/// What the reader makes of a document of one line without the rules of front matter: what is
/// read where frontlint has something to say that the parser has not.
fn with_any<T>(text: &str, dialect: Dialect, read: impl FnOnce(Outcome<'_>) -> T) -> T {
    match parse_any(text, dialect).as_deref() {
        Ok([document]) => read(Outcome::Document(document)),
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

fn check_values(dialect: Dialect, record: &Record) {
    let mut tally = Tally::default();
    for row in record.rows("values") {
        let text = format!("k: {}\n", row["text"].as_str().unwrap());
        let read = |outcome: Outcome<'_>| match outcome {
            Outcome::Broken if row["kind"] == "error" => None,
            Outcome::Broken => Some(format!("{row}: does not parse")),
            Outcome::Document(document) => match document.members(document.root()) {
                [member] => node_disagreement(document, member.value, row, dialect),
                other => Some(format!("{row}: got {} entries", other.len())),
            },
        };
        let found = with_document(&text, record.is_of_pages(), dialect, read);
        let beneath = || with_any(&text, dialect, read);
        tally.take(row, found, beneath, (dialect, false));
    }
    tally.close(record, "values", exceptions::count(record.name).0);
}

/// What is wrong with a key that is a list or a mapping, written so.
fn collection_disagreement(key: &str, row: &Json, dialect: Dialect) -> Option<String> {
    with_any(key, dialect, |outcome| {
        let Outcome::Document(document) = outcome else {
            return Some(format!("{row}: the key does not parse"));
        };
        let (kind, name) = collection_name(document, key, dialect);
        let recorded = row["value"].as_str().map(|name| match dialect {
            Dialect::Core => compact(name),
            _ => name.to_owned(),
        });
        let agrees = row["kind"] == kind && (name.is_none() || recorded == name);
        (!agrees).then(|| format!("{row}: got {kind}"))
    })
}

fn is_hugo_date_key(key: &str) -> bool {
    ["date", "lastmod", "publishdate", "expirydate"].contains(&&*hugo_key(key))
}

fn key_disagreement(
    document: &Document<'_>,
    row: &Json,
    dialect: Dialect,
    record: &Record,
) -> Option<String> {
    let [member] = document.members(document.root()) else {
        return (row["kind"] != "none").then(|| format!("{row}: not one entry"));
    };
    let value = document.scalar(member.value)?;
    if value.text != "v" {
        return (row["kind"] != "none").then(|| format!("{row}: the value is {value:?}"));
    }
    let key = &member.key;
    if key.text.starts_with(['[', '{']) {
        return collection_disagreement(&key.text, row, dialect);
    }
    if record.is_of_hugo() && is_hugo_date_key(&key.text) {
        // These are no keys but fields to Hugo, which reads them as dates.
        let date = hugo_date_of(&value.value, &value.text, dialect);
        let agrees = date.is_none() && (row["kind"] == "error" || row["kind"] == "none");
        return (!agrees).then(|| format!("{row}: got the date {date:?}"));
    }
    match dialect {
        Dialect::Core
        | Dialect::HugoYamlV2
        | Dialect::HugoGoccy
        | Dialect::JsYaml3
        | Dialect::JsYaml4
        | Dialect::JsYaml5 => {
            let mut name = property_name(&key.value, &key.text, dialect);
            if record.is_of_hugo() {
                name = hugo_key(&name).into_owned();
            }
            disagreement(&Value::String, &name, row, dialect)
        }
        // SafeYAML takes a null for no key yet, and the value for the key.
        Dialect::Jekyll if key.value == Value::Null => {
            (row["kind"] != "none").then(|| format!("{row}: null"))
        }
        _ => disagreement(&key.value, &key.text, row, dialect),
    }
}

fn check_keys(dialect: Dialect, record: &Record) {
    let mut tally = Tally::default();
    for row in record.rows("keys") {
        let text = format!("{}: v\n", row["text"].as_str().unwrap());
        let read = |outcome: Outcome<'_>| match outcome {
            // What is no mapping is no front matter.
            Outcome::Broken if row["kind"] == "error" || row["kind"] == "none" => None,
            Outcome::Broken => Some(format!("{row}: does not parse")),
            Outcome::Document(document) => key_disagreement(document, row, dialect, record),
        };
        let found = with_document(&text, record.is_of_pages(), dialect, read);
        let beneath = || with_any(&text, dialect, read);
        tally.take(row, found, beneath, (dialect, true));
    }
    tally.close(record, "keys", exceptions::count(record.name).1);
}

/// A test each of a dialect's scalars, of whole documents with a value, and with a key.
macro_rules! dialects {
    ($($dialect:ident: $scalars:ident, $values:ident, $keys:ident;)*) => { $(
        #[test]
        fn $scalars() {
            each_record(Dialect::$dialect, check_scalars);
        }

        #[test]
        fn $values() {
            each_record(Dialect::$dialect, check_values);
        }

        #[test]
        fn $keys() {
            each_record(Dialect::$dialect, check_keys);
        }
    )* };
}

fn each_record(dialect: Dialect, check: fn(Dialect, &Record)) {
    let (_, names) = RECORDS.iter().find(|(of, _)| *of == dialect).unwrap();
    for &name in *names {
        check(dialect, &Record::read(name));
    }
}

dialects! {
    Jekyll: jekyll_scalars, jekyll_values, jekyll_keys;
    Psych: psych_scalars, psych_values, psych_keys;
    HugoYamlV2: hugo_yaml_v2_scalars, hugo_yaml_v2_values, hugo_yaml_v2_keys;
    HugoGoccy: hugo_goccy_scalars, hugo_goccy_values, hugo_goccy_keys;
    JsYaml3: js_yaml_3_scalars, js_yaml_3_values, js_yaml_3_keys;
    JsYaml4: js_yaml_4_scalars, js_yaml_4_values, js_yaml_4_keys;
    JsYaml5: js_yaml_5_scalars, js_yaml_5_values, js_yaml_5_keys;
    PyYaml: pyyaml_scalars, pyyaml_values, pyyaml_keys;
    Core: core_scalars, core_values, core_keys;
}
