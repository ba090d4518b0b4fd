//! The fast path keyword by keyword, and on random schemas: the validator says the same.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{compile, parse};
use crate::diagnostic::PathProblem;
use crate::schema::{Paths, Schema};

struct Answers(bool);

impl Paths for Answers {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }

    fn is_surely_there(&self, _: &str) -> bool {
        self.0
    }
}

/// Whether the validator and the fast path accept a page.
fn verdicts(schema: &Schema, page: &str, there: bool) -> (bool, Option<bool>) {
    let page = format!("---\n{page}");
    let (document, paths) = (parse(&page), Answers(there));
    let accepted = schema.accepts(&document, &paths);
    (schema.is_valid(&document, &paths), accepted)
}

/// Schemas of the value of `a`, with values that are valid and values that are not.
const KEYWORDS: &[(&str, &[&str], &[&str])] = &[
    (
        "{type: string}",
        &["x", "'1'", "2020-05-04", "''"],
        &["1", "~", "true", "[]", "{}", "1.5"],
    ),
    (
        "{type: integer}",
        &["1", "1.0", "99999999999999999999"],
        &["1.5", "x", ".inf", ".nan"],
    ),
    ("{type: number}", &["1", "1.5", ".inf"], &["x", "~"]),
    (
        "{type: [boolean, 'null']}",
        &["true", "~", ""],
        &["'true'", "0"],
    ),
    ("{type: [array, object]}", &["[]", "{}"], &["x"]),
    ("true", &["x", "[]"], &[]),
    ("false", &[], &["x", "[]"]),
    (
        "{required: [b, c]}",
        &["{b: 1, c: 2}", "x", "[]"],
        &["{b: 1}", "{}"],
    ),
    (
        "{properties: {b: {type: string}}}",
        &["{b: x, c: 1}", "{}"],
        &["{b: 1}"],
    ),
    (
        "{properties: {b: {type: string}}, required: [c], additionalProperties: false}",
        &["[]"],
        &["{b: x, c: 1}", "{b: x}"],
    ),
    (
        "{properties: {b: true}, patternProperties: {'^x': {type: integer}}, additionalProperties: {type: string}}",
        &["{b: 1, x1: 2, c: text}", "{}"],
        &["{x1: text}", "{c: 1}"],
    ),
    ("{additionalProperties: false}", &["{}", "x"], &["{b: 1}"]),
    (
        "{properties: {'1': {type: string}}, required: ['1']}",
        &["{1: x}"],
        &["{1: 2}", "{'2': x}"],
    ),
    (
        "{minProperties: 1, maxProperties: 2}",
        &["{b: 1}", "x"],
        &["{}", "{b: 1, c: 2, d: 3}"],
    ),
    (
        "{dependentRequired: {b: [c]}}",
        &["{b: 1, c: 2}", "{c: 2}"],
        &["{b: 1}"],
    ),
    (
        "{items: {type: string}}",
        &["[x, y]", "[]", "x"],
        &["[x, 1]"],
    ),
    ("{items: false}", &["[]"], &["[1]"]),
    (
        "{minItems: 1, maxItems: 2}",
        &["[1]", "[1, 2]", "x"],
        &["[]", "[1, 2, 3]"],
    ),
    (
        "{prefixItems: [{type: string}, {type: integer}], items: {type: boolean}}",
        &["[]", "[x]", "[x, 1]", "[x, 1, true]"],
        &["[1]", "[x, 1, 1]"],
    ),
    ("{uniqueItems: true}", &["[1, 2]"], &["[1, 1.0]"]),
    (
        "{enum: [x, 1, ~, [2]]}",
        &["x", "1.0", "~", "[2]"],
        &["y", "'1'", "[]"],
    ),
    ("{const: {b: 1}}", &["{b: 1}"], &["{b: 2}", "{}"]),
    (
        "{minimum: 1, exclusiveMaximum: 10}",
        &["1", "9.9", "x"],
        &["0", "10", "99999999999999999999"],
    ),
    ("{multipleOf: 0.5}", &["1.5"], &["1.2"]),
    (
        "{minLength: 2, maxLength: 3}",
        &["éé", "ééé", "1"],
        &["é", "éééé"],
    ),
    (
        r"{pattern: '\S'}",
        &["x", "é", "1", "[]"],
        &["''", "' '", "\"\\u00a0\""],
    ),
    (r"{not: {pattern: '[\r\n]'}}", &["x"], &["\"a\\nb\"", "1"]),
    ("{pattern: '&(?:a|b);'}", &["'x &a; y'"], &["'&c;'", "x"]),
    ("{pattern: '^(a+)+$'}", &["aaa"], &["aab"]),
    ("{format: email}", &["a@b.example", "1"], &["a"]),
    (
        "{format: timestamp}",
        &["2020-05-04 21:58:00 +02:00"],
        &["'2020-05-04 21:58'"],
    ),
    ("{format: existing-path}", &["/a.pdf", "~", "1"], &[]),
    ("{format: unheard-of}", &["x"], &[]),
    (
        "{allOf: [{type: string}, {minLength: 2}]}",
        &["xx"],
        &["x", "1"],
    ),
    (
        "{anyOf: [{type: string}, {minimum: 2}]}",
        &["x", "2", "~"],
        &["1"],
    ),
    (
        "{oneOf: [{type: integer}, {minimum: 2}]}",
        &["1", "2.5"],
        &["2", "1.5"],
    ),
    ("{not: {type: string}}", &["1"], &["x"]),
    (
        "{if: {type: string}, then: {minLength: 2}, else: {minimum: 2}}",
        &["xx", "2"],
        &["x", "1"],
    ),
    ("{if: {type: string}, else: {minimum: 2}}", &["x"], &["1"]),
    ("{then: false}", &["x"], &[]),
    (
        "{allOf: [{properties: {b: {type: string}}, additionalProperties: {type: integer}}, {properties: {c: {minimum: 2}}}]}",
        &["{b: x, c: 2, d: 1}", "{}", "x"],
        &["{b: 1}", "{c: 1}", "{c: x}", "{d: x}"],
    ),
    (
        "{properties: {b: true}, additionalProperties: false, allOf: [{properties: {b: {type: integer}, c: true}}]}",
        &["{b: 1}"],
        &["{b: x}", "{c: 1}"],
    ),
    (
        "{allOf: [{patternProperties: {'^b': {type: string}}, additionalProperties: false}, {properties: {b: {minLength: 2}}}]}",
        &["{b: xx, bb: x}"],
        &["{b: x}", "{b: 1}", "{c: xx}"],
    ),
    (
        "{allOf: [{prefixItems: [{type: string}], items: {type: integer}}, {items: {minimum: 2, minLength: 2}, maxItems: 2}]}",
        &["[xx, 2]", "[]"],
        &["[x]", "[xx, 1]", "[xx, x]", "[xx, 2, 2]"],
    ),
    (
        "{type: string, allOf: [{pattern: a}, {not: {pattern: b}}, {not: {pattern: '[cd]'}}]}",
        &["a", "xay"],
        &["x", "ab", "ca", "1"],
    ),
    (
        "{if: {required: [b], properties: {b: {type: string}}}, then: {required: [c]}}",
        &["{b: 1}", "{b: x, c: 1}", "{}", "x", "{c: 1}"],
        &["{b: x}"],
    ),
    (
        "{if: {not: {required: [b], properties: {b: {not: {type: 'null'}}}}}, then: {required: [c], properties: {c: {type: string}}}}",
        &["{b: 1}", "{b: ~, c: x}", "{c: x}", "[]"],
        &["{}", "{b: ~}", "{c: 1}", "{b: ~, c: 1}"],
    ),
    (
        "{not: {required: [b]}}",
        &["{c: 1}", "{}"],
        &["{b: 1}", "x", "[]"],
    ),
    (
        "{anyOf: [{required: [b]}, {properties: {c: false}}, {type: string}]}",
        &["{b: 1, c: 1}", "{}", "x", "1"],
        &["{c: 1}"],
    ),
    (
        "{additionalProperties: {type: integer}, anyOf: [{required: [b]}, {required: [c]}]}",
        &["{b: 1}", "{c: 1, d: 1}"],
        &["{}", "{b: x}", "{b: 1, c: x}"],
    ),
    (
        "{properties: {$schema: false}}",
        &["{}", "x"],
        &["{$schema: 1}"],
    ),
];

#[test]
fn keywords_mean_what_they_mean_to_the_validator() {
    for (schema, good, bad) in KEYWORDS {
        let whole = format!("properties: {{a: {schema}}}");
        let (compiled, _) = compile(&whole).unwrap_or_else(|error| panic!("{schema}: {error:?}"));
        let good = good.iter().map(|value| (value, true));
        for (value, expected) in good.chain(bad.iter().map(|value| (value, false))) {
            let found = verdicts(&compiled, &format!("a: {value}\n"), true);
            assert_eq!(found, (expected, Some(expected)), "{schema}: {value}");
        }
    }
}

#[test]
fn subschemas_that_fan_out_end() {
    for keyword in ["anyOf", "oneOf", "allOf"] {
        let level = |index| {
            let next = format!("{{$ref: '#/$defs/l{}'}}", index + 1);
            format!("l{index}: {{{keyword}: [{next}, {next}]}}")
        };
        let levels: Vec<_> = (0..28).map(level).collect();
        let schema = format!(
            "properties: {{a: {{$ref: '#/$defs/l0'}}}}\n$defs: {{{}, l28: {{minLength: 2}}}}\n",
            levels.join(", ")
        );
        let (schema, _) = compile(&schema).unwrap();
        let accepted = schema.accepts(&parse("---\na: x\n"), &Answers(true));
        assert_eq!(accepted, Some(false), "{keyword}");
    }
}

#[test]
fn references() {
    let schema = "properties: {a: {$ref: '#/$defs/text', minLength: 2}, b: {$ref: '#/$defs/a~1b'}}
$defs: {text: {type: string}, 'a/b': {$ref: '#/$defs/text'}}
";
    let (schema, _) = compile(schema).unwrap();
    for (page, expected) in [
        ("a: xx\nb: x\n", true),
        ("a: x\n", false),
        ("b: 1\n", false),
    ] {
        assert_eq!(
            verdicts(&schema, page, true),
            (expected, Some(expected)),
            "{page}"
        );
    }
    // Before 2019-09, what is beside a reference counts for nothing.
    let schema = "$schema: http://json-schema.org/draft-07/schema#
properties: {a: {$ref: '#/definitions/text', minLength: 2}}
definitions: {text: {type: string}}
";
    let (schema, _) = compile(schema).unwrap();
    assert_eq!(verdicts(&schema, "a: x\n", true), (true, Some(true)));
    let (schema, _) = compile("{type: object, properties: {a: {$ref: '#'}}}").unwrap();
    for (page, expected) in [("a: {a: {}}\n", true), ("a: {a: 1}\n", false)] {
        assert_eq!(verdicts(&schema, page, true), (expected, Some(expected)));
    }
    // To draft 4, 1.0 is no integer.
    let schema = "$schema: http://json-schema.org/draft-04/schema#
properties: {a: {type: integer}}
";
    let (schema, _) = compile(schema).unwrap();
    assert_eq!(verdicts(&schema, "a: 1.0\n", true), (false, Some(false)));
}

#[test]
fn the_schema_of_a_page_is_not_there() {
    let (schema, _) = compile("additionalProperties: false\n").unwrap();
    let found = verdicts(&schema, "$schema: schema.yml\n", true);
    assert_eq!(found, (true, Some(true)));
}

#[test]
fn what_is_not_certain_is_not_accepted() {
    for (schema, page) in [
        ("properties: {a: {format: existing-path}}", "a: /a.pdf\n"),
        (
            "properties: {a: {not: {not: {format: existing-path}}}}",
            "a: /a.pdf\n",
        ),
        (
            "properties: {a: {anyOf: [{format: existing-path}, true]}}",
            "a: /a.pdf\n",
        ),
    ] {
        let (compiled, _) = compile(schema).unwrap();
        assert_eq!(
            verdicts(&compiled, page, false),
            (true, Some(false)),
            "{schema}"
        );
    }
}

#[test]
fn schemas_without_a_fast_path() {
    for schema in [
        "{$dynamicRef: '#', $dynamicAnchor: b}",
        "{unevaluatedProperties: false}",
        "{contains: {type: string}}",
        "{propertyNames: {type: string}}",
        "{dependentSchemas: {a: true}}",
        "{unheard-of: 1}",
        "{properties: {a: {$id: 'https://a.example/', type: string}}}",
        "{$ref: '#b', $defs: {b: {$anchor: b}}}",
        "{$schema: 'http://json-schema.org/draft-07/schema#', items: [true]}",
    ] {
        let (compiled, _) = compile(schema).unwrap_or_else(|error| panic!("{schema}: {error:?}"));
        assert_eq!(verdicts(&compiled, "a: {}\n", true).1, None, "{schema}");
    }
}

fn schemas() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({})),
        any::<bool>().prop_map(Value::Bool),
        types(),
        types(),
        prop::sample::subsequence(vec!["a", "b", "c"], 1..3)
            .prop_map(|names| json!({ "required": names })),
        Just(json!({ "minLength": 2 })),
        Just(json!({ "minimum": 2 })),
        Just(json!({ "pattern": "b" })),
        Just(json!({ "not": { "pattern": "b" } })),
        Just(json!({ "minItems": 1, "maxItems": 2 })),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            keywords(inner.clone()),
            list.clone().prop_map(|parts| json!({ "allOf": parts })),
            list.clone().prop_map(|parts| json!({ "anyOf": parts })),
            list.prop_map(|parts| json!({ "oneOf": parts })),
            inner.clone().prop_map(|part| json!({ "not": part })),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(
                |(condition, then, other)| json!({ "if": condition, "then": then, "else": other })
            ),
            (inner.clone(), inner).prop_map(|(one, other)| beside(one, other)),
        ]
    })
}

fn types() -> impl Strategy<Value = Value> {
    let names = vec![
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    prop::sample::subsequence(names, 1..4).prop_map(|names| json!({ "type": names }))
}

fn keywords(inner: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    let member = (prop::sample::select(vec!["a", "b", "c"]), inner.clone());
    let properties = prop::collection::vec(member, 0..3);
    let parts = (
        properties,
        inner.clone(),
        inner.clone(),
        inner,
        any::<[bool; 4]>(),
    );
    parts.prop_map(|(properties, one, two, three, has)| {
        let mut schema = json!({});
        let properties: serde_json::Map<_, _> = properties
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), schema))
            .collect();
        schema["properties"] = Value::Object(properties);
        if has[0] {
            schema["additionalProperties"] = one.clone();
        }
        if has[1] {
            schema["patternProperties"] = json!({ "[bc]": two });
        }
        if has[2] {
            schema["items"] = three;
        }
        if has[3] {
            schema["prefixItems"] = json!([one]);
        }
        schema
    })
}

/// The keywords of both, those of the first where both have one.
fn beside(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(one), Value::Object(mut other)) => {
            other.extend(one);
            Value::Object(other)
        }
        (one, _) => one,
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::Bool),
        prop::sample::select(vec![json!(1), json!(2), json!(2.0), json!(2.5)]),
        prop::sample::select(vec!["", "a", "ab", "b"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let member = (
            prop::sample::select(vec!["a", "b", "c", "d"]),
            inner.clone(),
        );
        prop_oneof![
            prop::collection::vec(inner, 0..3).prop_map(Value::Array),
            prop::collection::vec(member, 0..4).prop_map(|members| {
                let members = members.into_iter();
                members
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::text::sampling::cases(100, 2_000)))]

    #[test]
    fn schemas_accept_what_is_valid(
        schema in schemas(),
        values in prop::collection::vec(values(), 8),
    ) {
        let schema = json!({ "properties": { "a": schema } });
        let (compiled, _) = compile(&schema.to_string()).unwrap();
        for value in values {
            let (valid, accepted) = verdicts(&compiled, &format!("a: {value}\n"), true);
            prop_assert_eq!(accepted, Some(valid), "{} {}", schema, value);
        }
    }
}
