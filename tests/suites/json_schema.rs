//! The JSON Schema test suite: each instance written as front matter, read back and validated on
//! the tree; the verdict compared, and that of the fast path with it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "the suite is files, and one that cannot be read fails the test"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use frontlint::testing::diagnostic::PathProblem;
use frontlint::testing::dialect::Dialect;
use frontlint::testing::schema::{Options, Paths, Store};
use frontlint::testing::syntax::{self, Block, Syntax};
use frontlint::testing::text::{SourceId, SourceMap};
use serde_json::{Value, json};

const DRAFTS: [(&str, &str); 5] = [
    ("draft4", "http://json-schema.org/draft-04/schema#"),
    ("draft6", "http://json-schema.org/draft-06/schema#"),
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    (
        "draft2019-09",
        "https://json-schema.org/draft/2019-09/schema",
    ),
    (
        "draft2020-12",
        "https://json-schema.org/draft/2020-12/schema",
    ),
];

struct NoPaths;

impl Paths for NoPaths {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }
}

/// What came out so far.
#[derive(Default)]
struct Tally {
    tests: usize,
    differ: Vec<String>,
    schemas: usize,
    /// Schemas with a fast path.
    fast: usize,
    /// Valid instances under such schemas.
    valid: usize,
    /// How many of those it accepts.
    accepted: usize,
}

#[test]
#[ignore = "needs FRONTLINT_SUITES"]
fn verdicts_are_those_of_the_suite() {
    let suite = super::suite("json-schema");
    let mut tally = Tally::default();
    for (draft, uri) in DRAFTS {
        let store = Store::with_options(
            Arc::new(SourceMap::default()),
            Options {
                assert_formats: false,
                folders: vec![("http://localhost:1234/".to_owned(), suite.join("remotes"))],
                ..Options::default()
            },
        );
        let mut files: Vec<_> = fs::read_dir(suite.join(draft))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect();
        files.sort();
        assert!(files.len() > 20, "{draft}");
        for file in files {
            run(&store, draft, uri, &file, &mut tally);
        }
    }
    let Tally {
        tests,
        differ,
        schemas,
        fast,
        valid,
        accepted,
    } = tally;
    println!("{tests} tests, {} differ", differ.len());
    println!("{fast} of {schemas} schemas have a fast path");
    println!("{accepted} of {valid} valid instances under those are accepted there");
    assert!(tests > 4_000, "{tests}");
    assert_eq!(differ, Vec::<String>::new());
    // A fast path that always gave up would differ from nothing.
    assert!(fast * 2 > schemas, "{fast} of {schemas}");
    assert!(accepted * 100 > valid * 99, "{accepted} of {valid}");
}

fn run(store: &Store, draft: &str, uri: &str, file: &Path, tally: &mut Tally) {
    let groups: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let name = format!("{draft}/{}", file.file_stem().unwrap().display());
    for group in groups.as_array().unwrap() {
        let mut schema = group["schema"].clone();
        match &mut schema {
            Value::Object(schema) => {
                schema.entry("$schema").or_insert_with(|| json!(uri));
            }
            boolean => *boolean = json!({ "$schema": uri, "allOf": [boolean] }),
        }
        let path = Path::new("suite/schema.json");
        let compiled = store.compile(path, schema.to_string());
        let mut has_fast_path = false;
        for test in group["tests"].as_array().unwrap() {
            let expected = test["valid"].as_bool().unwrap();
            let title = format!("{} / {}", group["description"], test["description"]);
            for syntax in [Syntax::Json, Syntax::Yaml] {
                tally.tests += 1;
                let text = json!({ "instance": test["data"] }).to_string();
                let parsed = syntax::parse(
                    &text,
                    &Block::whole(syntax, &text),
                    Dialect::Core,
                    SourceId::PAGE,
                );
                let verdict = match (&compiled, parsed.document) {
                    (Err(error), _) => format!("the schema: {}", error.message),
                    (_, None) => format!("{syntax:?}: {:?}", parsed.diagnostics),
                    (Ok(schema), Some(mut document)) => {
                        let root = document.root();
                        let instance = document.get(root, "instance").unwrap().value;
                        document.set_root(instance);
                        let valid = schema.is_valid(&document, &NoPaths);
                        let findings = schema.validate(&document, &NoPaths, "YAML 1.2");
                        let accepted = schema.accepts(&document, &NoPaths);
                        assert!(valid || accepted != Some(true), "{name} {title}: accepted");
                        has_fast_path |= accepted.is_some();
                        tally.valid += usize::from(valid && accepted.is_some());
                        tally.accepted += usize::from(accepted == Some(true));
                        assert!(valid || !findings.is_empty(), "{name} {title}: no finding");
                        if valid == expected {
                            continue;
                        }
                        format!("{syntax:?}: {valid}")
                    }
                };
                tally.differ.push(format!("{name}: {title}: {verdict}"));
            }
        }
        tally.schemas += 1;
        tally.fast += usize::from(has_fast_path);
    }
}
