//! Random schemas against random values; the validator says the same.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

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
    #![proptest_config(ProptestConfig::with_cases(crate::text::sampling::cases(200, 2_000)))]

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
