//! What is accepted, keyword by keyword; the validator says the same.

mod random;

use crate::diagnostic::PathProblem;
use crate::dialect::Dialect;
use crate::schema::tests::compile;
use crate::schema::{Paths, Schema};
use crate::syntax::{self, Block, Syntax};
use crate::text::SourceId;

struct Answers(bool);

impl Paths for Answers {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }

    fn is_surely_there(&self, _: &str) -> bool {
        self.0
    }
}

/// Whether the validator and the short way accept a page.
fn verdicts(schema: &Schema, page: &str, there: bool) -> (bool, Option<bool>) {
    let block = Block::whole(Syntax::Yaml, page);
    let document = syntax::parse(page, &block, Dialect::Jekyll, SourceId::PAGE).document;
    let document = document.unwrap();
    let paths = Answers(there);
    (
        schema.is_valid(&document, &paths),
        schema.accepts(&document, &paths),
    )
}

/// Holds a schema of the value of `a` against values.
fn check(schema: &str, good: &[&str], bad: &[&str]) {
    let whole = format!("properties: {{a: {schema}}}");
    let (compiled, _) = compile(&whole).unwrap_or_else(|error| panic!("{schema}: {error:?}"));
    let values = good.iter().map(|value| (value, true));
    for (value, expected) in values.chain(bad.iter().map(|value| (value, false))) {
        let found = verdicts(&compiled, &format!("a: {value}\n"), true);
        assert_eq!(found, (expected, Some(expected)), "{schema}: {value}");
    }
}

#[test]
fn types() {
    check(
        "{type: string}",
        &["x", "'1'", "2020-05-04", "''"],
        &["1", "~", "true", "[]", "{}", "1.5"],
    );
    check(
        "{type: integer}",
        &["1", "1.0", "99999999999999999999"],
        &["1.5", "x", ".inf", ".nan"],
    );
    check("{type: number}", &["1", "1.5", ".inf"], &["x", "~"]);
    check(
        "{type: [boolean, 'null']}",
        &["true", "~", ""],
        &["'true'", "0"],
    );
    check("{type: [array, object]}", &["[]", "{}"], &["x"]);
    check("true", &["x", "[]"], &[]);
    check("false", &[], &["x", "[]"]);
}

#[test]
fn members() {
    check(
        "{required: [b, c]}",
        &["{b: 1, c: 2}", "x", "[]"],
        &["{b: 1}", "{}"],
    );
    check(
        "{properties: {b: {type: string}}}",
        &["{b: x, c: 1}", "{}"],
        &["{b: 1}"],
    );
    check(
        "{properties: {b: {type: string}}, required: [c], additionalProperties: false}",
        &["[]"],
        &["{b: x, c: 1}", "{b: x}"],
    );
    check(
        "{properties: {b: true}, patternProperties: {'^x': {type: integer}}, additionalProperties: {type: string}}",
        &["{b: 1, x1: 2, c: text}", "{}"],
        &["{x1: text}", "{c: 1}"],
    );
    check("{additionalProperties: false}", &["{}", "x"], &["{b: 1}"]);
    // A key that is no string goes by what is written.
    check(
        "{properties: {'1': {type: string}}, required: ['1']}",
        &["{1: x}"],
        &["{1: 2}", "{'2': x}"],
    );
    check(
        "{minProperties: 1, maxProperties: 2}",
        &["{b: 1}", "x"],
        &["{}", "{b: 1, c: 2, d: 3}"],
    );
    check(
        "{dependentRequired: {b: [c]}}",
        &["{b: 1, c: 2}", "{c: 2}"],
        &["{b: 1}"],
    );
}

#[test]
fn items() {
    check(
        "{items: {type: string}}",
        &["[x, y]", "[]", "x"],
        &["[x, 1]"],
    );
    check("{items: false}", &["[]"], &["[1]"]);
    check(
        "{minItems: 1, maxItems: 2}",
        &["[1]", "[1, 2]", "x"],
        &["[]", "[1, 2, 3]"],
    );
    check(
        "{prefixItems: [{type: string}, {type: integer}], items: {type: boolean}}",
        &["[]", "[x]", "[x, 1]", "[x, 1, true]"],
        &["[1]", "[x, 1, 1]"],
    );
    check("{uniqueItems: true}", &["[1, 2]"], &["[1, 1.0]"]);
}

#[test]
fn values() {
    check(
        "{enum: [x, 1, ~, [2]]}",
        &["x", "1.0", "~", "[2]"],
        &["y", "'1'", "[]"],
    );
    check("{const: {b: 1}}", &["{b: 1}"], &["{b: 2}", "{}"]);
    check(
        "{minimum: 1, exclusiveMaximum: 10}",
        &["1", "9.9", "x"],
        &["0", "10", "99999999999999999999"],
    );
    check("{multipleOf: 0.5}", &["1.5"], &["1.2"]);
    check(
        "{minLength: 2, maxLength: 3}",
        &["éé", "ééé", "1"],
        &["é", "éééé"],
    );
}

#[test]
fn texts() {
    check(
        r"{pattern: '\S'}",
        &["x", "é", "1", "[]"],
        &["''", "' '", "\"\\u00a0\""],
    );
    check(r"{not: {pattern: '[\r\n]'}}", &["x"], &["\"a\\nb\"", "1"]);
    check("{pattern: '&(?:a|b);'}", &["'x &a; y'"], &["'&c;'", "x"]);
    check("{pattern: '^(a+)+$'}", &["aaa"], &["aab"]);
    check("{format: email}", &["a@b.example", "1"], &["a"]);
    check(
        "{format: timestamp}",
        &["2020-05-04 21:58:00 +02:00"],
        &["'2020-05-04 21:58'"],
    );
    check("{format: existing-path}", &["/a.pdf", "~", "1"], &[]);
    check("{format: unheard-of}", &["x"], &[]);
}

#[test]
fn combinations() {
    check(
        "{allOf: [{type: string}, {minLength: 2}]}",
        &["xx"],
        &["x", "1"],
    );
    check(
        "{anyOf: [{type: string}, {minimum: 2}]}",
        &["x", "2", "~"],
        &["1"],
    );
    check(
        "{oneOf: [{type: integer}, {minimum: 2}]}",
        &["1", "2.5"],
        &["2", "1.5"],
    );
    check("{not: {type: string}}", &["1"], &["x"]);
    check(
        "{if: {type: string}, then: {minLength: 2}, else: {minimum: 2}}",
        &["xx", "2"],
        &["x", "1"],
    );
    check("{if: {type: string}, else: {minimum: 2}}", &["x"], &["1"]);
    check("{then: false}", &["x"], &[]);
}

#[test]
fn what_is_joined() {
    check(
        "{allOf: [{properties: {b: {type: string}}, additionalProperties: {type: integer}}, {properties: {c: {minimum: 2}}}]}",
        &["{b: x, c: 2, d: 1}", "{}", "x"],
        &["{b: 1}", "{c: 1}", "{c: x}", "{d: x}"],
    );
    check(
        "{properties: {b: true}, additionalProperties: false, allOf: [{properties: {b: {type: integer}, c: true}}]}",
        &["{b: 1}"],
        &["{b: x}", "{c: 1}"],
    );
    check(
        "{allOf: [{patternProperties: {'^b': {type: string}}, additionalProperties: false}, {properties: {b: {minLength: 2}}}]}",
        &["{b: xx, bb: x}"],
        &["{b: x}", "{b: 1}", "{c: xx}"],
    );
    check(
        "{allOf: [{prefixItems: [{type: string}], items: {type: integer}}, {items: {minimum: 2, minLength: 2}, maxItems: 2}]}",
        &["[xx, 2]", "[]"],
        &["[x]", "[xx, 1]", "[xx, x]", "[xx, 2, 2]"],
    );
    check(
        "{type: string, allOf: [{pattern: a}, {not: {pattern: b}}, {not: {pattern: '[cd]'}}]}",
        &["a", "xay"],
        &["x", "ab", "ca", "1"],
    );
}

#[test]
fn conditions_on_keys() {
    check(
        "{if: {required: [b], properties: {b: {type: string}}}, then: {required: [c]}}",
        &["{b: 1}", "{b: x, c: 1}", "{}", "x", "{c: 1}"],
        &["{b: x}"],
    );
    check(
        "{if: {not: {required: [b], properties: {b: {not: {type: 'null'}}}}}, then: {required: [c], properties: {c: {type: string}}}}",
        &["{b: 1}", "{b: ~, c: x}", "{c: x}", "[]"],
        &["{}", "{b: ~}", "{c: 1}", "{b: ~, c: 1}"],
    );
    check(
        "{not: {required: [b]}}",
        &["{c: 1}", "{}"],
        &["{b: 1}", "x", "[]"],
    );
    check(
        "{anyOf: [{required: [b]}, {properties: {c: false}}, {type: string}]}",
        &["{b: 1, c: 1}", "{}", "x", "1"],
        &["{c: 1}"],
    );
    check(
        "{additionalProperties: {type: integer}, anyOf: [{required: [b]}, {required: [c]}]}",
        &["{b: 1}", "{c: 1, d: 1}"],
        &["{}", "{b: x}", "{b: 1, c: x}"],
    );
    check(
        "{properties: {$schema: false}}",
        &["{}", "x"],
        &["{$schema: 1}"],
    );
}

#[test]
fn many_conditions() {
    let names = (0..40).map(|index| format!("k{index}"));
    let parts: Vec<_> = names
        .map(|name| format!("{{if: {{required: [{name}]}}, then: {{required: [b, {name}x]}}}}"))
        .collect();
    check(
        &format!("{{allOf: [{}]}}", parts.join(", ")),
        &["{}", "{k3: 1, k3x: 1, b: 1}", "{k39: 1, k39x: 1, b: 1}"],
        &["{k3: 1}", "{k39: 1, b: 1}"],
    );
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
        let block = Block::whole(Syntax::Yaml, "a: x\n");
        let document = syntax::parse("a: x\n", &block, Dialect::Jekyll, SourceId::PAGE).document;
        let accepted = schema.accepts(&document.unwrap(), &Answers(true));
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
        ("properties: {a: {not: {pattern: '(?=b)'}}}", "a: a\n"),
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
fn schemas_for_the_validator_alone() {
    for schema in [
        "{properties: {a: {$ref: '#'}}}",
        "{$dynamicRef: '#', $dynamicAnchor: b}",
        "{unevaluatedProperties: false}",
        "{contains: {type: string}}",
        "{propertyNames: {type: string}}",
        "{dependentSchemas: {a: true}}",
        "{unheard-of: 1}",
        "{properties: {a: {$id: 'https://a.example/', type: string}}}",
        "{$ref: '#b', $defs: {b: {$anchor: b}}}",
        "{$schema: 'http://json-schema.org/draft-07/schema#', items: [true]}",
        "{$schema: 'http://json-schema.org/draft-06/schema#', if: true}",
    ] {
        let (compiled, _) = compile(schema).unwrap_or_else(|error| panic!("{schema}: {error:?}"));
        assert_eq!(verdicts(&compiled, "a: {}\n", true).1, None, "{schema}");
    }
}
