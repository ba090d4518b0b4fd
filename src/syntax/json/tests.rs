//! The reader beside `serde_json`, and its messages.

use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::syntax::{Kind, Syntax};

fn read(text: &str) -> Parsed<'_> {
    parse(text, &Block::whole(Syntax::Json, text), SourceId::PAGE)
}

fn to_json(document: &Document<'_>, id: NodeId) -> Json {
    match &document.node(id).kind {
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => Json::Null,
            Value::Bool(bool) => (*bool).into(),
            Value::Integer(integer) => (*integer).into(),
            Value::BigInteger(digits) => digits.parse::<f64>().unwrap().into(),
            Value::Float(float) => (*float).into(),
            _ => scalar.text.as_ref().into(),
        },
        Kind::Sequence(_) => {
            let items = document.items(id).iter();
            Json::Array(items.map(|&item| to_json(document, item)).collect())
        }
        Kind::Mapping(_) => {
            let members = document.members(id).iter();
            let member = |member: &Member<'_>| {
                (member.key.text.to_string(), to_json(document, member.value))
            };
            Json::Object(members.map(member).collect())
        }
    }
}

/// Numbers beyond `i64` compared as doubles.
fn doubles(json: &Json) -> Json {
    match json {
        Json::Number(number) if number.as_i64().is_none() => number.as_f64().unwrap().into(),
        Json::Array(items) => items.iter().map(doubles).collect(),
        Json::Object(members) => {
            let members = members.iter();
            Json::Object(
                members
                    .map(|(key, it)| (key.clone(), doubles(it)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

fn check_spans(text: &str, document: &Document<'_>, id: NodeId) {
    let again = read(document.node(id).span.slice(text));
    let again = again.document.unwrap();
    assert_eq!(to_json(&again, again.root()), to_json(document, id));
    for &item in document.items(id) {
        check_spans(text, document, item);
    }
    for member in document.members(id) {
        let key: String = serde_json::from_str(member.key.span.slice(text)).unwrap();
        assert_eq!(key, member.key.text);
        check_spans(text, document, member.value);
    }
}

fn broken(text: &str) -> (String, String, String) {
    let parsed = read(text);
    assert!(parsed.document.is_none(), "{text}");
    let diagnostic = parsed.diagnostics.last().unwrap();
    let span = diagnostic.primary.as_ref().unwrap().span;
    (
        span.slice(text).to_owned(),
        diagnostic.message.clone(),
        diagnostic.help.clone().unwrap_or_default(),
    )
}

#[test]
fn messages_point_at_the_byte() {
    let is = |text: &str, at: &str, message: &str| {
        let (found, said, _) = broken(text);
        assert_eq!((found.as_str(), said.as_str()), (at, message), "{text}");
    };
    is("{\"a\": 1,}", ",", "a comma before `}` is not allowed");
    is("[1, 2,\n]", ",", "a comma before `]` is not allowed");
    is("{\"a\": 1 // one\n}", "// one", "JSON has no comments");
    is("/* x */ {}", "/* x */", "JSON has no comments");
    is("{\"a\": True}", "True", "`True` is no JSON value");
    is("{a: 1}", "a", "`a` is no key in quotes");
    is("{'a': 1}", "'", "a text stands in single quotes");
    is("{\"a\" 1}", "", "a colon is missing after the key `a`");
    is("{\"a\": 1 \"b\": 2}", "", "a comma is missing here");
    is("{\"a\":}", "\"a\"", "the key `a` has no value");
    is("{\"a\": 01}", "01", "`01` is no JSON number");
    is("{\"a\": 1.}", "1.", "`1.` is no JSON number");
    is(
        "{\"a\": \"x\n\"}",
        "\"x",
        "this text is not closed on its line",
    );
    is("{\"a\": \"\\d\"}", "\\d", "`\\d` is no escape");
    is(
        "[\"\\ud800\"]",
        "\\ud800",
        "`\\ud800` is half of a surrogate pair",
    );
    is(
        "[\"\\u12é4\"]",
        "\\u12é4",
        "four hexadecimal digits follow `\\u`",
    );
    is("{\"a\": [1}", "}", "this bracket does not close `[`");
    is("{\"a\": 1", "{", "this `{` is never closed");
    is("{} x", "x", "text follows the end of the JSON value");
    is("", "", "there is no JSON value here");
    is("[1,,2]", ",", "a value is missing before this comma");
    assert_eq!(broken("{\"a\": False}").2, "write `false`");
    assert_eq!(broken("{name: 1}").2, "write `\"name\"`");
}

#[test]
fn a_missing_comma_is_missed_after_the_value_before() {
    let text = "{\"a\": 1\n \"b\": 2}";
    let parsed = read(text);
    let span = parsed.diagnostics[0].primary.as_ref().unwrap().span;
    assert_eq!(span, Span::empty(7));
}

#[test]
fn of_duplicate_keys_the_last_counts() {
    let text = "{\"a\": 1, \"b\": 2, \"a\": 3}";
    let parsed = read(text);
    let document = parsed.document.unwrap();
    assert_eq!(
        to_json(&document, document.root()),
        serde_json::json!({"a": 3, "b": 2})
    );
    let [diagnostic] = parsed.diagnostics.as_slice() else {
        panic!("{:?}", parsed.diagnostics);
    };
    assert_eq!(diagnostic.rule, RuleId::DuplicateKey);
    assert_eq!(diagnostic.primary.as_ref().unwrap().span, Span::new(17, 20));
    assert_eq!(diagnostic.related[0].span, Span::new(1, 4));
}

#[test]
fn spans_count_in_the_whole_file() {
    let text = "\u{feff}{\"é\": [true, \"\\ud83d\\ude00\"]}";
    let document = read(text).document.unwrap();
    let place = document.locate("/é/1").unwrap();
    assert_eq!(place.value.slice(text), "\"\\ud83d\\ude00\"");
    assert_eq!(document.string(document.find("/é/1").unwrap()), Some("😀"));
    assert_eq!(
        document.locate("/é").unwrap().key.unwrap().slice(text),
        "\"é\""
    );
}

#[test]
fn any_root_and_bounded_depth() {
    assert!(read("false").document.is_some());
    assert!(read(&"[".repeat(1_000_000)).document.is_none());
    let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
    assert!(read(&deep).document.is_some());
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_serde_json_writes(json in any_json(), pretty in any::<bool>()) {
        let text = if pretty {
            serde_json::to_string_pretty(&json)
        } else {
            serde_json::to_string(&json)
        }.unwrap();
        let document = read(&text).document.unwrap();
        prop_assert_eq!(doubles(&to_json(&document, document.root())), doubles(&json));
        check_spans(&text, &document, document.root());
    }

    #[test]
    fn refuses_what_serde_json_refuses(text in "[\\[\\]{}:,\"0-9a-ftrunlse+.\\\\ /#\n-]{0,24}") {
        let theirs = serde_json::from_str::<Json>(&text);
        let ours = read(&text);
        // A number too large for a double is refused there only.
        let too_large = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        prop_assert!(too_large || ours.document.is_some() == theirs.is_ok(), "{:?} {:?}", text, theirs);
        prop_assert!(ours.document.is_some() || !ours.diagnostics.is_empty());
    }

    #[test]
    fn nothing_panics(text in any::<String>()) {
        for diagnostic in read(&text).diagnostics {
            let span = diagnostic.primary.unwrap().span;
            prop_assert!(text.get(span.range()).is_some());
        }
    }
}
