//! Tests of what is reported about schemas.

use std::sync::Arc;

use crate::diagnostic::{RuleId, Severity};
use crate::schema::bundle;
use crate::schema::resources::{File, Resources};
use crate::schema::tests::compile;
use crate::schema::{SchemaRef, Store};
use crate::text::SourceMap;
use url::Url;

/// What is found in a schema: severity, the text that is underlined, and the help.
fn found(schema: &str) -> Vec<(Severity, String, String)> {
    let (compiled, sources) = compile(schema).unwrap_or_else(|error| panic!("{schema}: {error:?}"));
    let findings = compiled.findings.iter().map(|finding| {
        assert_eq!(finding.rule, RuleId::InvalidSchema);
        let label = finding.primary.as_ref().unwrap();
        let file = sources.get(label.source).unwrap();
        let text = label.span.slice(file.text()).to_owned();
        (finding.severity, text, finding.help.clone().unwrap())
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort();
    findings
}

fn warns(schema: &str, text: &str, help: &str) {
    let expected = (Severity::Warning, text.to_owned(), help.to_owned());
    assert_eq!(found(schema), [expected], "{schema}");
}

#[test]
fn misspelt_keywords_wherever_schemas_are() {
    for inner in [
        "{requird: [a]}",
        "{properties: {a: {requird: [a]}}}",
        "{patternProperties: {a: {requird: [a]}}}",
        "{additionalProperties: {items: {requird: [a]}}}",
        "{allOf: [{type: object}, {requird: [a]}]}",
        "{if: {requird: [a]}, then: {type: object}}",
        "{not: {requird: [a], type: string}}",
        "{propertyNames: {requird: [a]}}",
        "{dependentSchemas: {a: {requird: [a]}}}",
        "{dependencies: {a: {requird: [a]}, b: [c]}}",
        "{$defs: {a: {prefixItems: [{requird: [a]}]}}}",
        "{definitions: {a: {contains: {requird: [a]}}}}",
        "{else: {unevaluatedProperties: {requird: [a]}}}",
        "{$ref: '#/components/page', components: {page: {requird: [a]}}}",
        "{$ref: '#p', $defs: {a: {$anchor: p, requird: [a]}}}",
    ] {
        let schema = inner.replacen('{', "{type: object, ", 1);
        warns(&schema, "requird", "did you mean `required`?");
    }
}

#[test]
fn names_and_values_are_anybodys() {
    for schema in [
        "{properties: {requird: {}, propertys: {}, typ: {type: string}}}",
        "{type: object, enum: [{requird: [a]}], const: {requird: [a]}}",
        "{type: object, default: {requird: [a]}, examples: [{requird: [a]}]}",
        "{type: object, $defs: {requird: {type: string}}}",
        "{type: object, x-form: {requird: true}, widget: {requird: true}}",
        "{type: object, required: [requird], requird: 1}",
        "{type: object, discriminator: {propertyName: a, mapping: {requird: b}}}",
        "{$ref: '#/components/schemas/page', info: {requird: x}, formats: 1, \
          components: {schemas: {page: {type: object}}}}",
        "{required: [a], title: x, nullable: true, example: 1, xml: {}, externalDocs: {}}",
    ] {
        let expected: [(Severity, String, String); 0] = [];
        let found: Vec<_> = found(schema)
            .into_iter()
            .filter(|(_, text, _)| text != "formats")
            .collect();
        assert_eq!(found, expected, "{schema}");
    }
}

#[test]
fn formats_severities_and_messages() {
    let with = |keyword: &str| format!("{{type: object, properties: {{a: {{{keyword}}}}}}}");
    for (keyword, text, help) in [
        (
            "format: exist-path",
            "exist-path",
            "did you mean `existing-path`?",
        ),
        (
            "format: file-exists",
            "file-exists",
            "did you mean `existing-path`?",
        ),
        (
            "format: Existing_Path",
            "Existing_Path",
            "did you mean `existing-path`?",
        ),
        ("format: datetime", "datetime", "did you mean `date-time`?"),
        ("format: mail", "mail", "did you mean `email`?"),
        ("format: url", "url", "did you mean `uri`?"),
        ("format: phone-FR", "phone-FR", "did you mean `phone-fr`?"),
        (
            "format: phone-qq",
            "phone-qq",
            "write `phone`, or `phone-` and the code of a country: `phone-fr`",
        ),
        ("x-severity: warn", "warn", "did you mean `warning`?"),
        ("x-severity: Error", "Error", "did you mean `error`?"),
        ("x-severity: info", "info", "write `warning` or `error`"),
        (
            "x-severity: [error]",
            "[error]",
            "write `warning` or `error`",
        ),
        (
            "x-severity: {type: warn}",
            "warn",
            "did you mean `warning`?",
        ),
        ("x-severity: {tpye: error}", "tpye", "did you mean `type`?"),
        ("x-severity: {typ: error}", "typ", "did you mean `type`?"),
        (
            "X-Severity: error",
            "X-Severity",
            "did you mean `x-severity`?",
        ),
        (
            "errorMessage: {const: 5}",
            "5",
            "write the message as a text",
        ),
        (
            "errorMessage: {required: {a: 5}}",
            "{a: 5}",
            "write the message as a text",
        ),
        ("errorMessage: {typ: no}", "typ", "did you mean `type`?"),
        (
            "errorMessage: {requird: no}",
            "requird",
            "did you mean `required`?",
        ),
    ] {
        warns(&with(keyword), text, help);
    }
    for keyword in [
        "format: color",
        "format: int32",
        "format: ulid",
        "format: phone-fr",
        "format: phone",
        "format: uri-reference",
        "format: timestamp",
        "x-severity: {type: error}",
        "errorMessage: {required: {a: no}, _: no, properties: {a: no}}",
    ] {
        assert!(found(&with(keyword)).is_empty(), "{keyword}");
    }
}

#[test]
fn keywords_of_other_drafts() {
    let draft_7 = "$schema: http://json-schema.org/draft-07/schema#\n";
    let help = "the drafts from 2019-09 on have it: name one in `$schema`";
    for keyword in [
        "unevaluatedProperties",
        "dependentRequired",
        "dependentSchemas",
    ] {
        let schema = format!("{draft_7}type: object\n{keyword}: {{}}\n");
        warns(&schema, keyword, help);
    }
    warns(
        "{type: object, properties: {a: {additionalItems: false}}}",
        "additionalItems",
        "write `items`, beside `prefixItems`",
    );
    for schema in [
        "type: object\ndefinitions: {a: {type: string}}\ndependencies: {a: [b]}\n".to_owned(),
        format!("{draft_7}type: object\n$defs: {{a: {{items: [{{}}], additionalItems: false}}}}\n"),
        format!("{draft_7}if: {{type: object}}\nthen: {{required: [a]}}\n"),
        "{$schema: 'http://json-schema.org/draft-04/schema#', id: 'http://a.example/', type: object}"
            .to_owned(),
    ] {
        assert!(found(&schema).is_empty(), "{schema}");
    }
}

#[test]
fn a_schema_that_no_page_can_fail_is_an_error() {
    for (schema, text) in [
        ("{}", "{}"),
        ("title: x\ndescription: y\n", "title"),
        ("requird: [title]\n", "requird"),
        ("{x-severity: warn}", "warn"),
        ("{$defs: {a: {type: string}}}", "$defs"),
        ("{$ref: '#/$defs/a', $defs: {a: {title: x}}}", "$ref"),
        ("{allOf: [{}, {$ref: '#'}]}", "allOf"),
        ("{then: {required: [a]}}", "then"),
        ("{additionalProperties: true}", "additionalProperties"),
        ("{additionalProperties: {title: x}}", "additionalProperties"),
        ("{unevaluatedProperties: {}}", "unevaluatedProperties"),
        ("{items: {}, prefixItems: [true]}", "items"),
        ("{required: []}", "required"),
        ("{dependentRequired: {a: []}}", "dependentRequired"),
        ("{dependentSchemas: {a: {}}}", "dependentSchemas"),
        ("{minProperties: 0, uniqueItems: false}", "minProperties"),
        ("{contains: {type: string}, minContains: 0}", "contains"),
        ("{maxContains: 1}", "maxContains"),
        ("{properties: {}}", "properties"),
        ("{anyOf: [{required: [title]}, true]}", "anyOf"),
        ("{anyOf: [{required: [title]}, {title: x}]}", "anyOf"),
        ("{not: false}", "not"),
        (
            "{$schema: 'http://json-schema.org/draft-07/schema#', $ref: '#/definitions/a', \
              required: [b], definitions: {a: {}}}",
            "$schema",
        ),
        (
            "{$schema: 'http://json-schema.org/draft-04/schema#', const: 1}",
            "const",
        ),
    ] {
        let found: Vec<_> = found(schema)
            .into_iter()
            .map(|(severity, text, _)| (severity, text))
            .collect();
        assert_eq!(found, [(Severity::Error, text.to_owned())], "{schema}");
    }
    for schema in [
        "type: object",
        "{properties: {a: {properties: {b: {type: string}}}}}",
        "{properties: {a: false}}",
        "{properties: {a: {$ref: '#/$defs/b'}}, $defs: {b: {enum: [c]}}}",
        "{patternProperties: {a: {minLength: 1}}}",
        "{additionalProperties: false}",
        "{items: {minimum: 0}}",
        "{dependentRequired: {a: [], b: [c]}}",
        "{dependencies: {a: [b]}}",
        "{anyOf: [{required: [a]}, {properties: {b: {type: string}}}]}",
        "{anyOf: [{required: [a]}, {$ref: '#/$defs/b'}], $defs: {b: {required: [b]}}}",
        "{oneOf: [{required: [a]}, {}]}",
        "{oneOf: [{}, {}]}",
        "{minContains: 0, maxContains: 1, contains: {}}",
        "{not: {required: []}}",
        "{$ref: '#/$defs/a', $defs: {a: {required: [x]}}}",
        "{$ref: 'http://json-schema.org/draft-07/schema#'}",
        "{if: {required: [a]}, then: {required: [b]}}",
        "{not: {}}",
    ] {
        assert!(found(schema).is_empty(), "{schema}");
    }
}

#[test]
fn a_schema_that_only_lists_keys_is_a_warning() {
    let help = "give a key a `type`, or name in `required` those that a page must have";
    for schema in [
        "{properties: {a: {}}}",
        "{properties: {a: {description: x}, b: true}}",
        "{patternProperties: {a: {title: x}}}",
        "{properties: {a: {properties: {b: {description: x}}}}}",
        "{properties: {a: {$ref: '#/properties/b'}, b: {$ref: '#/properties/a'}}}",
    ] {
        let text = schema[1..].split(':').next().unwrap();
        warns(schema, text, help);
    }
    warns(
        "{properties: {a: {typ: string}}}",
        "typ",
        "did you mean `type`?",
    );
}

#[test]
fn many_findings_are_counted() {
    let keywords: String = (0..150)
        .map(|n| format!("  k{n}: {{requird: [a]}}\n"))
        .collect();
    let (compiled, _) = compile(&format!("type: object\nproperties:\n{keywords}")).unwrap();
    assert_eq!(compiled.findings.len(), 101);
    assert_eq!(compiled.findings[100].left_out, 50);
}

#[test]
fn large_schemas_take_no_more_than_their_share() {
    // Anagrams are as near to a keyword as words can be without being slips.
    let mut schema = "type: object\nproperties:\n a:\n".to_owned();
    for n in 0..20_000_u32 {
        schema += &format!("  p{}ropertise{n}: {{requird: x}}\n", n % 7);
    }
    let begin = std::time::Instant::now();
    let (compiled, _) = compile(&schema).unwrap();
    assert!(compiled.findings.len() <= 101);
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}

#[test]
fn bundled_schemas_have_none() {
    for bundled in bundle::bundled() {
        let resources = Resources::new(vec![File {
            uri: Url::parse(&bundled.uri()).unwrap(),
            value: Arc::new(bundled.value()),
            origin: None,
        }]);
        super::walk::faults(&resources, &mut |location, fault| {
            panic!("{}: {location:?} {fault:?}", bundled.name);
        });
        assert!(super::effect::of(&resources) == super::effect::Effect::Some);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "schemas are files")]
fn a_file_that_is_referred_to_is_reported_once() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("a.yaml", "{type: object, $ref: 'part.yaml#/$defs/x'}");
    write("b.yaml", "{type: object, $ref: 'part.yaml#/$defs/x'}");
    write("part.yaml", "{requird: 1, $defs: {x: {patern: y}}}");
    let store = Store::new(Arc::new(SourceMap::default()));
    for name in ["a.yaml", "b.yaml"] {
        store.load(&SchemaRef::parse(name, folder.path())).unwrap();
    }
    let findings = store.findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `pattern`?"));
}
