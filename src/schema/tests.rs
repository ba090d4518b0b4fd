//! Messages and places, keyword by keyword.

mod fast;
mod hostile;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;
use crate::diagnostic::{Diagnostic, PathProblem, Problem, RuleId};
use crate::dialect::Dialect;
use crate::syntax::{self, Block, Document, Syntax};
use crate::text::{SourceId, SourceMap, Span};

struct NoPaths;

impl Paths for NoPaths {
    fn look_up(&self, path: &str) -> Option<PathProblem> {
        path.starts_with("/missing").then(|| PathProblem {
            rule: RuleId::MissingFile,
            problem: Problem {
                replacement: Some("/there.pdf".to_owned()),
                ..Problem::new(format!("`{path}` does not exist")).help("`/there.pdf` does")
            },
        })
    }
}

pub(super) fn parse(text: &str) -> Document<'_> {
    // As front matter: after its fence.
    let start = text.find('\n').map_or(0, |at| at + 1);
    let block = Block {
        syntax: Syntax::Yaml,
        open: Span::from_usize(0, 3),
        content: Span::from_usize(start, text.len()),
        close: Span::from_usize(text.len(), text.len()),
    };
    let parsed = syntax::parse(text, &block, Dialect::Jekyll, SourceId::PAGE);
    parsed
        .document
        .unwrap_or_else(|| panic!("{:?}", parsed.diagnostics))
}

pub(super) fn compile(schema: &str) -> Result<(Arc<Schema>, Arc<SourceMap>), Box<Diagnostic>> {
    let sources = Arc::new(SourceMap::default());
    let store = Store::new(Arc::clone(&sources));
    let schema = store.compile(Path::new("schema.yml"), schema.to_owned())?;
    Ok((schema, sources))
}

/// What is said of a page, each finding with the text it underlines.
fn check(schema: &str, page: &str) -> String {
    let (schema, sources) = compile(schema).unwrap_or_else(|error| panic!("{error:?}"));
    findings(&schema, &sources, page)
}

fn findings(schema: &Schema, sources: &SourceMap, page: &str) -> String {
    let page = format!("---\n{page}");
    let document = parse(&page);
    let findings = schema.validate(&document, &NoPaths, "Jekyll");
    let mut out = String::new();
    for finding in findings {
        let primary = finding.primary.as_ref().unwrap();
        let _ = writeln!(
            out,
            "{}[{}] {}\n  at {:?} {}",
            finding.severity.as_str(),
            finding.rule,
            finding.message,
            primary.span.slice(&page),
            finding.pointer.as_deref().unwrap_or("-"),
        );
        if !primary.message.is_empty() {
            let _ = writeln!(out, "  label: {}", primary.message);
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "  help: {help}");
        }
        for label in &finding.related {
            let text = sources
                .get(label.source)
                .map_or(page.clone(), |file| file.text().to_owned());
            let _ = writeln!(out, "  {}: {:?}", label.message, label.span.slice(&text));
        }
        if let Some(fix) = &finding.fix {
            let edit = &fix.edits[0];
            let _ = writeln!(
                out,
                "  fix ({}): {} -> {}",
                fix.applicability.as_str(),
                edit.span.slice(&page),
                edit.content
            );
        }
    }
    out
}

fn fault(schema: &str) -> String {
    let sources = Arc::new(SourceMap::default());
    let store = Store::new(Arc::clone(&sources));
    let error = store
        .compile(Path::new("schema.yml"), schema.to_owned())
        .unwrap_err();
    assert_eq!(error.rule, RuleId::InvalidSchema);
    let place = error.primary.as_ref().map(|label| {
        let file = sources.get(label.source).unwrap();
        label.span.slice(file.text()).to_owned()
    });
    format!(
        "{}\n  at {place:?}\n  help: {:?}",
        error.message, error.help
    )
}

#[test]
fn missing_keys() {
    insta::assert_snapshot!(check(
        "
required: [title, contact]
properties:
  title: {description: The headline.}
  contact: {required: [email]}
  files: {items: {required: [nom]}}
dependentRequired: {image: [alt]}
",
        "contact:\n  nom: x\nfiles:\n- file: a\n- {}\nimage: y\n",
    ));
}

#[test]
fn unknown_keys() {
    insta::assert_snapshot!(check(
        "
properties:
  contact:
    properties: {email: true, name: true, tel: true}
    additionalProperties: false
  strict:
    properties: {a: true}
    unevaluatedProperties: false
  names: {propertyNames: {pattern: '^[a-z]+$'}}
  old: false
  position: {type: integer}
",
        "contact:\n  mail: x\n  telephone: y\n  fax: z\nstrict: {a: 1, b: 2}\nnames: {A: 1}\nold: 1\npostion: 3\n",
    ));
}

#[test]
fn a_misspelt_required_key_is_one_fault() {
    insta::assert_snapshot!(check(
        "{required: [email], properties: {email: {description: Where to write}}, additionalProperties: false}",
        "mail: x\n",
    ));
    insta::assert_snapshot!(check(
        "{required: [title], properties: {title: {}}}",
        "Title: x\n"
    ));
}

#[test]
fn wrong_types() {
    insta::assert_snapshot!(check(
        "
properties:
  position: {type: integer, title: Order}
  tel: {type: string, minLength: 3, pattern: '^0'}
  title: {type: string}
  tilde: {type: string}
  flag: {type: boolean}
  word: {type: string}
  tags: {type: array}
  both: {type: [string, array, 'null'], items: {type: string}}
  count: {type: integer}
  when: {type: string}
  map: {type: object}
  list: {type: string}
",
        "position: dix\ntel: 0171211250\ntitle:\ntilde: ~\nflag: oui\nword: no\ntags: budget\nboth: {a: 1}\ncount: '12'\nwhen: 2020-01-02\nmap: []\nlist: [a]\n",
    ));
}

#[test]
fn no_help_proposes_what_the_schema_refuses() {
    insta::assert_snapshot!(check(
        "
properties:
  version: {type: string, pattern: '^v'}
  tags: {type: array, items: {type: string}}
  two: {type: array, minItems: 2, items: {type: string}}
  author: {type: string}
  home: {type: string}
  state: {type: string, enum: [draft]}
  other: {type: string, enum: [draft]}
  count: {type: integer, minimum: 10}
",
        "version: 1.10\ntags: sea, wind\ntwo: sea\nauthor: [[Ann]]\nhome: {home}\nstate: [draft]\nother: [x]\ncount: '3'\n",
    ));
}

#[test]
fn wrong_values() {
    insta::assert_snapshot!(check(
        "
properties:
  layout: {enum: [post, page]}
  lang: {enum: [a1, b2, c3, d4, e5, f6, g7, h8, i9]}
  kind: {const: release}
  slug: {pattern: '^[a-z]+$'}
  short: {minLength: 5}
  empty: {minLength: 1}
  long: {maxLength: 3}
  low: {minimum: 1}
  high: {exclusiveMaximum: 9}
  step: {multipleOf: 5}
  few: {minItems: 1}
  many: {maxItems: 1}
  twice: {uniqueItems: true}
  keys: {minProperties: 2}
  some: {contains: {type: integer}}
  not: {not: {type: string}}
  apart: {not: {required: [a]}}
",
        "layout: Post\nlang: zz\nkind: other\nslug: A b\nshort: abc\nempty: ''\nlong: abcdef\nlow: 0\nhigh: 9\nstep: 7\nfew: []\nmany: [a, b]\ntwice: [a, {x: 1, y: 2}, {y: 2, x: 1.0}]\nkeys: {a: 1}\nsome: [a]\nnot: text\napart: {a: 1}\n",
    ));
}

#[test]
fn a_list_of_no_values() {
    let found = check("properties: {a: {enum: []}}", "a: b\n");
    let message = "`a` is `b`, but the list of the values allowed is empty";
    assert!(found.contains(message), "{found}");
}

#[test]
fn branches() {
    insta::assert_snapshot!(check(
        "
$defs: {tag: {type: string, pattern: '^[a-z]+$'}}
properties:
  tags: {anyOf: [{$ref: '#/$defs/tag'}, {type: array, items: {$ref: '#/$defs/tag'}}]}
  more: {anyOf: [{$ref: '#/$defs/tag'}, {type: array, items: {$ref: '#/$defs/tag'}}]}
  bad: {anyOf: [{type: string}, {type: array, items: {type: string}}]}
  shape:
    oneOf:
    - {properties: {kind: {const: circle}, radius: {type: number}}, required: [kind, radius]}
    - {properties: {kind: {const: square}, side: {type: number}}, required: [kind, side]}
  file: {anyOf: [{required: [file]}, {required: [lien]}]}
  both: {oneOf: [{required: [file]}, {required: [lien]}]}
  word: {anyOf: [{const: a}, {const: b}]}
  size: {oneOf: [{type: integer}, {minimum: 2}]}
  none: {anyOf: [{type: string}, {type: array}]}
",
        "tags: ABC\nmore: [a, B]\nbad: {a: 1}\nshape: {kind: square, side: x}\nfile: {nom: a}\nboth: {file: a, lien: b}\nword: c\nsize: 3\nnone:\n",
    ));
}

#[test]
fn conditions_and_references_come_through() {
    insta::assert_snapshot!(check(
        "
allOf:
- if: {properties: {kind: {const: a}}}
  then: {required: [x], errorMessage: {required: {x: 'an a needs its x'}}}
- $ref: '#/$defs/base'
$defs:
  base: {properties: {n: {$ref: '#/$defs/number', x-severity: warning, description: Any number.}}}
  number: {type: number}
",
        "kind: a\nn: word\n",
    ));
}

#[test]
fn the_schema_has_its_say() {
    insta::assert_snapshot!(check(
        "
x-severity: warning
additionalProperties: false
allOf: [{required: [date]}]
properties:
  title:
    type: string
    errorMessage: {type: the title is a text}
    allOf: [{pattern: '^[^!]*$', x-severity: warning, errorMessage: no shouting}]
  size:
    x-severity: {maximum: warning}
    maximum: 3
    type: integer
  path: {type: string, format: existing-path}
",
        "title: Hey!\nsize: 4\nextra: 1\npath: /missing/a.pdf\n",
    ));
}

#[test]
fn schema_key_of_the_page_is_not_validated() {
    assert_eq!(
        check(
            "{additionalProperties: false, required: [$schema], maxProperties: 1, properties: {a: true}}",
            "$schema: x\na: 1\n"
        ),
        ""
    );
}

#[test]
fn faults_of_schemas() {
    let faults = [
        "type: strin",
        "$schema: https://json-schema.org/draft/2020-12/schemas\ntype: string",
        "$schema: http://json-schema.org/draft-03/schema#",
        "properties: {a: {$ref: 'https://example.org/x.json'}}",
        "properties: {a: {$ref: 'no-such-file.json'}}",
        "properties: {a: {$ref: '#/$defs/nothing'}}",
        "properties: {a: {$ref: '#anchor'}}",
        "properties: {a: {pattern: '[a'}}",
        "properties: {a: {minLength: -1}}",
        "properties: {a: {required: x}}",
        "properties: [",
        "$ref: 'http://[x'",
        "- a",
    ];
    let all: Vec<_> = faults
        .iter()
        .map(|schema| format!("{schema}\n=> {}\n", fault(schema)))
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn schemas_that_refer_to_themselves_end() {
    for schema in [
        "$ref: '#'",
        "allOf: [{$ref: '#'}]",
        "{$defs: {a: {$ref: '#/$defs/b'}, b: {$ref: '#/$defs/a'}}, $ref: '#/$defs/a'}",
        "{additionalProperties: {$ref: '#'}, type: object, anyOf: [{$ref: '#'}, true]}",
        "{propertyNames: {$ref: '#/$defs/a'}, $defs: {a: {$ref: '#/$defs/a'}}}",
        "{not: {$ref: '#'}}",
        "$ref: schema.yml",
    ] {
        if let Ok((schema, _)) = compile(schema) {
            let _ = schema.validate(
                &parse("---\na: {b: {c: [1, 2, {d: 1}]}}\n"),
                &NoPaths,
                "Jekyll",
            );
        }
    }
}

#[test]
fn large_mappings_are_not_quadratic() {
    let mut page = "---\n".to_owned();
    for index in 0..100_000 {
        let _ = writeln!(page, "key{index}: x");
    }
    let document = parse(&page);
    for schema in [
        "{properties: {title: {type: string}, date: {type: string}}}",
        "{properties: {title: {}}, additionalProperties: false}",
        "{additionalProperties: {type: integer}}",
        "{patternProperties: {'^k': {type: integer}}}",
    ] {
        let (schema, _) = compile(schema).unwrap();
        let begin = Instant::now();
        let findings = schema.validate(&document, &NoPaths, "Jekyll");
        assert!(findings.len() <= 1_001);
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "{:?}",
            begin.elapsed()
        );
        println!("{:?}", begin.elapsed());
    }
}

#[test]
fn press_releases() {
    let sources = Arc::new(SourceMap::default());
    let store = Store::new(sources);
    let press = SchemaRef::parse("bundled:press-release", Path::new(""));
    let schema = store.load(&press).unwrap();
    assert_eq!(schema.name(), "bundled:press-release");
    let contact = "contact-presse: {name: A, email: a@b.fr, tel: 01 71 21 12 50}\n";
    let head = format!("title: Un titre\ndate: 2024-03-12 09:30:00 +01:00\n{contact}");
    let pages = [
        head.clone(),
        "layout: x\n".to_owned(),
        format!("{head}chapeau-texte: a\nkey: b\n"),
        "title: \"a &amp; b\"\ndate: hier\ncontact-presse: {name: A, mail: a@b.fr, tel: 0171211250}\n".to_owned(),
        format!("{head}files:\n- nom: x\n- file: /missing/a.pdf\n  nom: a\n- nom:\n  lien: /a\n"),
        format!("{head}une-ou-diaporama:\n- image: /a.jpg\n- image:\n  legende: a\n- alternative-textuelle: b\n"),
        format!("{head}une-ou-diaporama:\n- image: /a.jpg\n  legend: a\n  alternative-textuelle: b\n"),
        "title: x\ndate: 2024-03-12\ncontact-presse:\n  name: A\n  email: a@b.fr\n  tel: [06 12 34 56 78, +33600001235, douze]\npublished: oui\nposition: premier\ntags: {a: b}\n".to_owned(),
    ];
    let said: Vec<_> = pages
        .iter()
        .map(|page| {
            format!(
                "{page}=>\n{}",
                findings(&schema, &SourceMap::default(), page)
            )
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "schemas are files")]
fn files_refer_to_files_beside_them_and_to_the_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "main.yaml",
        "$id: https://example.org/schemas/main\nproperties:\n  a: {$ref: part.toml#/$defs/text}\n  b: {$ref: 'other.json'}\n  c: {$ref: 'http://json-schema.org/draft-07/schema#'}\n",
    );
    write("part.toml", "[\"$defs\".text]\ntype = 'string'\n");
    write("other.json", "{\"type\": \"integer\"}");
    write("broken.yml", "$ref: other.jsn\n");
    let sources = Arc::new(SourceMap::default());
    let store = Store::new(Arc::clone(&sources));
    let load = |name: &str| store.load(&SchemaRef::parse(name, folder.path()));
    let schema = load("main.yaml").unwrap();
    assert!(Arc::ptr_eq(&schema, &load("./main.yaml").unwrap()));
    let said = findings(&schema, &sources, "a: 1\nb: x\nc: {type: 1}\n");
    insta::assert_snapshot!(said);
    let shown = |error: Box<Diagnostic>| {
        let words = format!("{} / {:?}", error.message, error.help);
        words.replace(&folder.path().display().to_string(), "FOLDER")
    };
    let errors: Vec<_> = [
        "main.yml",
        "missing/x.json",
        ".",
        "broken.yml",
        "https://example.org/x",
        "bundled:pres-release",
    ]
    .map(|name| shown(load(name).unwrap_err()))
    .into();
    insta::assert_snapshot!(errors.join("\n"));
}
