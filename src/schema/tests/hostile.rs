//! Schemas made to cost more than they say, against pages that ask for all of it.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Diagnostic, NoPaths, RuleId, compile, parse};

/// A schema of `count` steps, each of which refers to the next, and the end.
fn steps(count: usize, step: impl Fn(Value) -> Value, end: Value) -> Value {
    let target = |index: usize| json!({ "$ref": format!("#/$defs/t{index}") });
    let mut defs: Map<_, _> = (0..count)
        .map(|index| (format!("t{index}"), step(target(index + 1))))
        .collect();
    defs.insert(format!("t{count}"), end);
    json!({ "$defs": defs, "properties": { "n": target(0) } })
}

/// A pattern that takes exponential time on a text of `a`s.
const SLOW: &str = r"(a*)*(a*)*(a*)*\1c";

fn check(schema: &Value, page: &str) -> Vec<Diagnostic> {
    let (schema, _) = compile(&schema.to_string()).unwrap_or_else(|error| panic!("{error:?}"));
    let page = format!("---\n{page}\n");
    let mut findings = schema.validate(&parse(&page), &NoPaths, "Jekyll");
    assert_eq!(
        schema.is_valid(&parse(&page), &NoPaths),
        findings.is_empty(),
        "{findings:?}"
    );
    findings.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    findings
}

fn rules(findings: &[Diagnostic]) -> Vec<(RuleId, &str)> {
    findings
        .iter()
        .map(|finding| (finding.rule, finding.pointer.as_deref().unwrap_or_default()))
        .collect()
}

#[test]
fn ways_that_double_are_one_finding_at_the_value() {
    let all: [fn(Value) -> Value; 7] = [
        |next| json!({ "anyOf": [next, next] }),
        |next| json!({ "allOf": [next, next] }),
        |next| json!({ "oneOf": [next, next] }),
        |next| json!({ "not": { "anyOf": [next, next] } }),
        |next| json!({ "if": next, "then": next, "else": next }),
        |next| json!({ "dependentSchemas": { "a": next, "b": next } }),
        |next| json!({ "anyOf": [next, next], "unevaluatedProperties": false }),
    ];
    for step in all {
        for end in [json!({ "type": "integer" }), json!({ "minProperties": 9 })] {
            let schema = steps(40, step, end);
            let findings = check(&schema, "n: {a: b, b: c}\nm: 1");
            assert_eq!(
                rules(&findings),
                [(RuleId::InvalidSchema, "/n")],
                "{schema}"
            );
            assert!(check(&schema, "m: 1").is_empty());
        }
    }
}

#[test]
fn a_long_chain_is_one_finding_at_the_value() {
    let all: [fn(Value) -> Value; 4] = [
        |next| next,
        |next| json!({ "allOf": [next] }),
        |next| json!({ "not": next }),
        |next| json!({ "type": "string", "anyOf": [next] }),
    ];
    for step in all {
        let schema = steps(3_000, step, json!({ "type": "integer" }));
        let findings = check(&schema, "n: b\nm: 1");
        assert_eq!(rules(&findings), [(RuleId::InvalidSchema, "/n")]);
        assert!(check(&schema, "m: 1").is_empty());
    }
}

#[test]
fn the_rest_of_the_page_is_checked() {
    let mut schema = steps(3_000, |next| next, json!({ "type": "integer" }));
    schema["properties"]["m"] = json!({ "type": "string" });
    let findings = check(&schema, "n: b\nm: 1");
    let expected = [(RuleId::WrongType, "/m"), (RuleId::InvalidSchema, "/n")];
    assert_eq!(rules(&findings), expected);
}

#[test]
fn a_chain_of_an_ordinary_length_is_followed() {
    let schema = steps(
        200,
        |next| json!({ "allOf": [next] }),
        json!({ "type": "integer" }),
    );
    assert_eq!(rules(&check(&schema, "n: b")), [(RuleId::WrongType, "/n")]);
    assert!(check(&schema, "n: 1").is_empty());
}

#[test]
fn recursion_that_doubles_is_one_finding() {
    let again = json!({ "$ref": "#/$defs/t" });
    for branches in ["anyOf", "oneOf"] {
        let schema = json!({
            "$defs": { "t": {
                "type": "object",
                "properties": { "c": { branches: [again, { "allOf": [again] }] } },
            } },
            "properties": { "x": again },
        });
        let page = format!("x: {}1{}", "{c: ".repeat(60), "}".repeat(60));
        let findings = check(&schema, &page);
        assert_eq!(
            rules(&findings),
            [(RuleId::InvalidSchema, "/x")],
            "{branches}"
        );
    }
}

#[test]
fn a_page_as_deep_as_can_be_fits_the_stack() {
    let again = json!({ "$ref": "#/$defs/t0" });
    let mut schema = steps(80, |next| json!({ "allOf": [next] }), json!({}));
    schema["$defs"]["t80"] = json!({ "type": "object", "properties": { "a": again } });
    let page = format!("n: {}1{}", "{a: ".repeat(110), "}".repeat(110));
    let findings = check(&schema, &page);
    assert_eq!(findings.len(), 1, "{findings:?}");
}

#[test]
fn many_errors_are_one_finding() {
    let branches: Vec<_> = (0..200)
        .map(|index| json!({ "type": "object", "required": [format!("k{index}"), "z"] }))
        .collect();
    let schema = json!({ "properties": { "n": { "items": { "anyOf": branches } } } });
    let page = format!("n: [{}]", "{a: 1}, ".repeat(3_000));
    let findings = check(&schema, &page);
    assert_eq!(rules(&findings), [(RuleId::InvalidSchema, "/n")]);
}

#[test]
fn slow_patterns_are_tried_on_short_texts() {
    let schema = json!({ "properties": {
        "n": { "pattern": "(?=.*b)c" },
        "m": { "not": { "pattern": SLOW } },
        "k": { "propertyNames": { "pattern": SLOW } },
    } });
    let long = "a".repeat(3_000);
    let slow = "a".repeat(60);
    for (page, expected) in [
        ("n: acab".to_owned(), vec![]),
        ("n: abac".to_owned(), vec![(RuleId::InvalidValue, "/n")]),
        (format!("n: {long}"), vec![(RuleId::InvalidSchema, "/n")]),
        (format!("m: {slow}"), vec![(RuleId::InvalidSchema, "/m")]),
        ("m: aac".to_owned(), vec![(RuleId::SchemaMismatch, "/m")]),
        ("k: {b: 1}".to_owned(), vec![(RuleId::UnknownKey, "/k/b")]),
    ] {
        assert_eq!(rules(&check(&schema, &page)), expected, "{page}");
    }
    let findings = check(&schema, &format!("k: {{{slow}: 1}}"));
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, RuleId::InvalidSchema);
}

#[test]
fn keys_are_tried_against_slow_patterns_first() {
    let schema = json!({ "patternProperties": { (SLOW): { "type": "integer" } } });
    assert!(check(&schema, "aac: 1").is_empty());
    assert_eq!(
        rules(&check(&schema, "aac: b")),
        [(RuleId::WrongType, "/aac")]
    );
    let slow = "a".repeat(60);
    let findings = check(&schema, &format!("{slow}: b"));
    assert_eq!(
        rules(&findings),
        [(RuleId::InvalidSchema, &*format!("/{slow}"))]
    );
}

#[test]
fn what_is_not_checked_is_counted_beyond_the_first() {
    let schema = json!({ "properties": { "n": { "items": { "pattern": SLOW } } } });
    let item = "a".repeat(60);
    let page = |count: usize| format!("n: [{}]", vec![&*item; count].join(", "));
    let findings = check(&schema, &page(100));
    assert_eq!(findings.len(), 100);
    assert!(findings.iter().all(|finding| finding.left_out == 0));
    let findings = check(&schema, &page(103));
    assert_eq!(findings.len(), 101);
    let more: Vec<_> = findings
        .iter()
        .filter(|finding| finding.left_out > 0)
        .collect();
    let [more] = &more[..] else {
        panic!("{more:?}");
    };
    assert_eq!(
        more.message,
        "3 more `invalid-schema` findings are left out"
    );
}

#[test]
fn subschemas_that_allow_all_do_not_count() {
    let rule = |index: usize, other: &Value| {
        json!({
            "if": { "properties": { "k": { "const": index } }, "required": ["k"] },
            "then": { "$ref": "#/$defs/titled" },
            "else": other,
        })
    };
    for other in [json!(true), json!({})] {
        let rules: Vec<_> = (0..101).map(|index| rule(index, &other)).collect();
        let schema = json!({
            "$ref": "#/$defs/all",
            "$defs": { "all": { "allOf": rules }, "titled": { "required": ["title"] } },
        });
        assert!(check(&schema, "k: 200").is_empty(), "{other}");
        let findings = check(&schema, "k: 5");
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.rule)
                .collect::<Vec<_>>(),
            [RuleId::MissingKey],
            "{other}"
        );
    }
}

#[test]
fn a_long_text_costs_each_pattern_that_reads_it() {
    let patterns: Vec<_> = (0..400)
        .map(|index| json!({ "pattern": format!("^(b|c){index}") }))
        .collect();
    let schema = json!({ "properties": { "n": { "allOf": patterns } } });
    let findings = check(&schema, &format!("n: {}", "a".repeat(1_000_000)));
    assert_eq!(rules(&findings), [(RuleId::InvalidSchema, "/n")]);
    let names: Vec<_> = (0..1_000).map(|index| format!("v{index}")).collect();
    let schema = json!({ "properties": { "n": { "enum": names } } });
    let findings = check(&schema, &format!("n: {}", "a".repeat(1_000_000)));
    assert_eq!(rules(&findings), [(RuleId::InvalidValue, "/n")]);
}

#[test]
fn schemas_that_are_too_large_are_a_fault_at_the_place() {
    let large_patterns = |count: usize| {
        let pattern = |index| json!({ "pattern": format!("(a{{100}}){{90}}{index}") });
        json!({ "allOf": (0..count).map(pattern).collect::<Vec<_>>() })
    };
    let patterns = |count: usize| {
        let members = (0..count).map(|index| (format!("^k{index}"), json!(true)));
        json!({ "patternProperties": members.collect::<Map<_, _>>() })
    };
    let branches = |count: usize| {
        let branch = |index| json!({ "required": [format!("k{index}")] });
        json!({ "anyOf": (0..count).map(branch).collect::<Vec<_>>() })
    };
    let values = |count: usize| json!({ "enum": (0..count).collect::<Vec<_>>() });
    for (fits, exceeds, expected) in [
        (large_patterns(3), large_patterns(120), "1000000 characters"),
        (patterns(900), patterns(10_001), "10000 patterns"),
        (branches(3_000), branches(40_000), "30000 mappings"),
        (values(10_000), values(250_001), "250000 values"),
        (values(10_000), values(800_000), "250000 values"),
    ] {
        let whole = |inner: &Value| json!({ "properties": { "n": inner } }).to_string();
        assert!(compile(&whole(&fits)).is_ok());
        let fault = compile(&whole(&exceeds)).err().unwrap();
        assert_eq!(fault.rule, RuleId::InvalidSchema);
        assert!(fault.message.contains(expected), "{}", fault.message);
        assert!(fault.primary.is_some());
    }
}

#[test]
fn a_deep_menu_with_wrong_leaves_is_checked() {
    fn menu(depth: usize) -> Value {
        let item = match depth {
            0 => json!({ "label": 1, "url": 2 }),
            _ => json!({ "label": "x", "children": menu(depth - 1) }),
        };
        json!(vec![item; 4])
    }
    let kind = |key: &str, schema: Value| {
        json!({
            "type": "object",
            "required": ["label", key],
            "properties": { "label": { "type": "string" }, key: schema },
            "additionalProperties": false,
        })
    };
    let items = json!({ "type": "array", "items": { "$ref": "#/$defs/item" } });
    let item =
        json!({ "anyOf": [kind("url", json!({ "type": "string" })), kind("children", items)] });
    let schema = json!({
        "$defs": { "item": item },
        "properties": { "n": { "items": { "$ref": "#/$defs/item" } } },
    });
    let findings = check(&schema, &format!("n: {}", menu(5)));
    assert!(findings.len() > 1_000);
    assert!(
        findings
            .iter()
            .all(|finding| finding.rule != RuleId::InvalidSchema)
    );
}

#[test]
fn an_honest_page_is_far_below_the_budget() {
    let branch = |index: usize| {
        let mut properties = Map::new();
        properties.insert("kind".to_owned(), json!({ "const": format!("k{index}") }));
        for key in 0..10 {
            properties.insert(format!("p{key}"), json!({ "type": ["string", "null"] }));
        }
        json!({ "type": "object", "required": ["kind"], "properties": properties })
    };
    let branches: Vec<_> = (0..50).map(branch).collect();
    let schema = json!({ "properties": { "n": { "items": { "oneOf": branches } } } });
    let mut page = "n:\n".to_owned();
    for index in 0..10_000 {
        let _ = writeln!(page, "- {{kind: k{}, p1: a, p2: b}}", index % 50);
    }
    assert!(check(&schema, &page).is_empty());
    let _ = writeln!(page, "- {{kind: k1, p1: 5}}");
    let findings = check(&schema, &page);
    assert_eq!(rules(&findings), [(RuleId::WrongType, "/n/10000/p1")]);
}

/// Four subschemas that refer to each other in any way.
fn webs() -> impl Strategy<Value = Value> {
    let reference = (0..4_usize).prop_map(|index| json!({ "$ref": format!("#/$defs/t{index}") }));
    let inner = prop_oneof![
        4 => reference,
        1 => Just(json!({ "type": "integer" })),
        1 => Just(json!({ "type": "object" })),
        1 => any::<bool>().prop_map(Value::Bool),
    ];
    let subschema = prop::collection::btree_map(
        prop::sample::select(vec![
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "c",
            "d",
            "items",
            "contains",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "dependentSchemas",
        ]),
        prop::collection::vec(inner, 2..4),
        1..4,
    );
    prop::collection::vec(subschema, 4).prop_map(|subschemas| {
        let mut defs = Map::new();
        for (index, keywords) in subschemas.into_iter().enumerate() {
            let mut schema = json!({});
            for (keyword, parts) in keywords {
                match keyword {
                    "allOf" | "anyOf" | "oneOf" => schema[keyword] = Value::Array(parts),
                    "c" | "d" => schema["properties"][keyword] = json!({ "anyOf": parts }),
                    "dependentSchemas" => schema[keyword]["c"] = parts[0].clone(),
                    _ => schema[keyword] = parts[0].clone(),
                }
            }
            defs.insert(format!("t{index}"), schema);
        }
        json!({ "$defs": defs, "properties": { "x": { "$ref": "#/$defs/t0" } } })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_web_of_schemas_takes_more_than_its_budget(schema in webs(), depth in 1..100_usize) {
        let (compiled, _) = compile(&schema.to_string()).unwrap();
        let page = format!("---\nx: {}1{}\n", "{c: ".repeat(depth), ", d: [1, {c: 2}]}".repeat(depth));
        let begun = std::time::Instant::now();
        let findings = compiled.validate(&parse(&page), &NoPaths, "Jekyll");
        let again = compiled.validate(&parse(&page), &NoPaths, "Jekyll");
        prop_assert_eq!(format!("{findings:?}"), format!("{again:?}"));
        prop_assert!(begun.elapsed().as_secs() < 120, "{} {}", schema, depth);
    }
}
