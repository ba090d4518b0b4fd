//! Compares the fast path of validation with the validator: what the one accepts is valid to the other.

use std::path::Path;
use std::sync::Arc;

use frontlint::testing::diagnostic::{PathProblem, Problem, RuleId};
use frontlint::testing::dialect::Dialect;
use frontlint::testing::schema::{Paths, Schema, SchemaRef, Store, bundled};
use frontlint::testing::syntax::{self, Block, Syntax};
use frontlint::testing::text::{SourceId, SourceMap};

use crate::fast_yaml::mutations::Mutations;
use crate::fast_yaml::pages;
use crate::sampling;

/// Every path below `/uploads/` exists.
struct Uploads;

impl Paths for Uploads {
    fn look_up(&self, path: &str) -> Option<PathProblem> {
        (!path.starts_with("/uploads/")).then(|| PathProblem {
            rule: RuleId::MissingFile,
            problem: Problem::new("missing"),
        })
    }
}

/// Schemas for these pages, with as many keywords as there are.
const SCHEMAS: &[&str] = &[
    r##"{
        "required": ["title"],
        "properties": {
            "title": { "type": "string", "minLength": 10, "maxLength": 200, "pattern": "^\\S.*\\S$" },
            "date": { "format": "date-time" },
            "categories": { "$ref": "#/$defs/names" },
            "tags": { "$ref": "#/$defs/names", "uniqueItems": true },
            "files": { "prefixItems": [{ "required": ["file"] }], "items": { "maxProperties": 2 } },
            "contact-presse": { "$ref": "bundled" },
            "position": { "minimum": 1, "exclusiveMaximum": 1e3, "multipleOf": 1 }
        },
        "patternProperties": { "^[a-m]": { "not": { "type": "boolean" } } },
        "additionalProperties": { "type": ["string", "array", "null", "integer"] },
        "$defs": {
            "names": {
                "oneOf": [
                    { "type": "string" },
                    { "type": "array", "items": { "enum": ["Communiqué de presse", "Etalab", 1, null] } },
                    { "type": "array", "maxItems": 2, "items": { "type": "string" } }
                ]
            }
        }
    }"##,
    r##"{
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": { "text": { "type": "string", "pattern": "[aeiou]" } },
        "anyOf": [{ "required": ["title"] }, { "minProperties": 3 }],
        "propertyNames": true,
        "additionalProperties": { "anyOf": [
            { "$ref": "#/definitions/text", "type": "null" },
            { "type": ["array", "object", "number"] },
            { "not": { "type": "string" } },
            { "if": { "type": "string" }, "then": { "format": "email" }, "else": false }
        ] }
    }"##,
    r#"{
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "additionalProperties": { "oneOf": [
            { "type": "integer", "minimum": 1, "exclusiveMinimum": true },
            { "type": "string", "pattern": "^(?!x)" },
            { "type": ["array", "object", "null"] }
        ] }
    }"#,
    r##"{
        "type": "object",
        "allOf": [
            {
                "if": { "required": ["files"], "properties": { "files": { "type": "array" } } },
                "then": { "required": ["date"], "properties": { "date": { "type": "string" } } }
            },
            { "not": { "required": ["position"], "properties": { "position": { "type": "string" } } } },
            { "anyOf": [{ "required": ["title"] }, { "properties": { "files": { "type": "null" } } }] },
            { "$ref": "#/$defs/dated" },
            {
                "properties": { "title": { "minLength": 3 }, "files": { "maxItems": 3 } },
                "additionalProperties": { "type": ["string", "array", "object", "null", "boolean"] }
            }
        ],
        "properties": { "date": { "type": ["string", "null"] }, "files": { "items": { "type": "object" } } },
        "$defs": {
            "dated": {
                "properties": {
                    "title": { "type": "string", "allOf": [{ "not": { "pattern": "[\\r\\n]" } }] },
                    "date": { "format": "timestamp" },
                    "files": { "items": { "required": ["nom"], "properties": { "nom": { "pattern": "\\S" } } } }
                }
            }
        }
    }"##,
];

fn load_bundled(store: &Store, name: &str) -> Arc<Schema> {
    let name = SchemaRef::parse(&format!("bundled:{name}"), Path::new(""));
    store.load(&name).unwrap()
}

fn schemas() -> Vec<Arc<Schema>> {
    let store = Store::new(Arc::new(SourceMap::default()));
    let bundled = bundled()
        .iter()
        .map(|bundled| load_bundled(&store, bundled.name));
    let own = SCHEMAS.iter().map(|schema| {
        let contact = "https://frontlint.invalid/schemas/press-release.schema.json#/properties/contact-presse";
        let schema = schema
            .replace("\"bundled\"", &format!("\"{contact}\""))
            .replace("\"propertyNames\": true,", "");
        store.compile(Path::new("schema.json"), schema).unwrap()
    });
    bundled.chain(own).collect()
}

/// Whether a page is valid and whether it is accepted; `None` for one that cannot be read.
fn verdicts(schema: &Schema, content: &str, dialect: Dialect) -> Option<(bool, bool)> {
    let block = Block::whole(Syntax::Yaml, content);
    let document = syntax::parse(content, &block, dialect, SourceId::PAGE).document?;
    let valid = schema.is_valid(&document, &Uploads);
    let accepted = schema.accepts(&document, &Uploads);
    let accepted = accepted.unwrap_or_else(|| panic!("{} has no fast path", schema.name()));
    assert!(valid || !accepted, "accepted:\n{content}");
    Some((valid, accepted))
}

#[test]
fn no_mutated_page_is_accepted_that_is_not_valid() {
    let count = sampling::cases(1_000, 10_000) as usize;
    let schemas = schemas();
    let mut mutations = Mutations::new(seeds(), pages::everywhere());
    let (mut tried, mut valid_count, mut accepted) = (0, 0, 0);
    for index in 0..count {
        let content = mutations.next();
        let dialect = Dialect::ALL[index % Dialect::ALL.len()];
        for schema in &schemas {
            let Some((is_valid, is_accepted)) = verdicts(schema, &content, dialect) else {
                continue;
            };
            tried += 1;
            valid_count += usize::from(is_valid);
            accepted += usize::from(is_accepted);
        }
    }
    println!("{tried} checks, {valid_count} valid, {accepted} accepted");
    // Tests that nothing passes, or nothing but valid pages, would show nothing.
    assert!(valid_count * 10 > tried && valid_count * 10 < tried * 9);
    assert!(accepted * 100 > valid_count * 99);
}

/// Pages of a press room, more of them valid than in the fixtures.
fn seeds() -> Vec<String> {
    let contact = "contact-presse:\n  name: Ada\n  email: a@b.example\n  tel: 01 99 00 12 34\n";
    let pages = pages::press_room()
        .into_iter()
        .filter(|page| page.contains("title:"));
    let with_contact = |page: String| {
        if page.contains("contact-presse:") {
            page
        } else {
            page + contact
        }
    };
    pages.map(with_contact).collect()
}

#[test]
fn valid_pages_are_accepted() {
    let store = Store::new(Arc::new(SourceMap::default()));
    let schema = load_bundled(&store, "press-release");
    let verdicts = seeds()
        .into_iter()
        .filter_map(|page| verdicts(&schema, &page, Dialect::Jekyll));
    let valid_count = verdicts.inspect(|(valid, accepted)| assert_eq!(valid, accepted));
    let valid_count = valid_count.filter(|(valid, _)| *valid).count();
    assert!(valid_count > 5, "{valid_count}");
}
