//! Each kind of break at each kind of place: one line for each in the snapshot, which is read line
//! by line when it changes.

use std::fmt::Write as _;

use super::*;
use crate::text::{ColumnUnit, LineIndex};

/// Values that are no YAML, by what is wrong with them.
const BREAKS: [&str; 44] = [
    "Note: this",
    "Note: this: that",
    "[link](url)",
    "[link](url) for all",
    "[[Ann]] and Bob",
    "[ ] to do",
    "**bold** text",
    "*italic* text",
    "*note",
    "*note b",
    "& more",
    "&amp; more",
    "!new recipes",
    "! wow",
    "!important",
    "!a!b c",
    "@home",
    "`code` b",
    "%done",
    "{{ page.x }}",
    "{{ page.x }} b",
    "{% if x %}",
    "{home} page",
    "{home}",
    "\"open",
    "'open",
    "\"Open\" from nine",
    "'Open' from nine",
    "'it's'",
    "\"a \"b\" c\"",
    "\"Open\": daily",
    "\"one\", \"two\"",
    "'one', 'two'",
    "\"Emma\", a novel",
    "[a], [b]",
    "[[A]], [[B]]",
    "{a}, {b}",
    "[a, b",
    "{a: b",
    "]",
    ", b",
    "| b",
    "> b",
    "\"C:\\path\"",
];

/// Places for a value.
const PLACES: [(&str, &str); 13] = [
    ("only key", "note: X\n"),
    ("first key", "note: X\ntitle: A\n"),
    ("key", "title: A\nnote: X\nweight: 3\n"),
    ("last key", "title: A\nnote: X\n"),
    (
        "key within",
        "menu:\n  main:\n    note: X\n    b: 1\nweight: 3\n",
    ),
    ("first item", "title: A\nlinks:\n- X\n- b\nweight: 3\n"),
    ("indented item", "links:\n  - a\n  - X\n  - b\nweight: 3\n"),
    ("last item", "title: A\nlinks:\n- a\n- X\n"),
    (
        "list of lists",
        "rows:\n  - - X\n    - 3\n  - - b\nweight: 3\n",
    ),
    (
        "first key of an item",
        "files:\n- note: X\n  file: a\n- note: b\nweight: 3\n",
    ),
    (
        "key of an item",
        "files:\n- file: a\n  note: X\n- file: b\nweight: 3\n",
    ),
    ("item in brackets", "tags: [a, X, b]\ntitle: A\n"),
    ("value in braces", "menu: {a: 1, b: X}\ntitle: A\n"),
];

/// The places of the findings, and what they say.
fn describe(text: &str, dialect: Dialect) -> (String, String) {
    let lines = LineIndex::new(text);
    let (mut places, mut out) = (String::new(), String::new());
    for diagnostic in page(text, dialect).diagnostics {
        let span = diagnostic.primary.as_ref().expect("a place").span;
        let at = lines.position(text, span.start, ColumnUnit::Scalar);
        let _ = write!(places, " {}:{}", at.line, at.column);
        let fix = match &diagnostic.fix {
            Some(fix) => format!(" ({})", fix.applicability.as_str()),
            None => String::new(),
        };
        let help = diagnostic.help.as_deref().unwrap_or("-");
        let _ = write!(out, "\n    {} | {help}{fix}", diagnostic.message);
    }
    (places, out)
}

#[test]
fn breaks_at_places_have_the_messages_of_the_snapshot() {
    let mut out = String::new();
    for written in BREAKS {
        let _ = writeln!(out, "### {written}");
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (place, template) in PLACES {
            let text = format!("---\n{}---\n", template.replace('X', written));
            let mut said = Vec::new();
            for dialect in [Dialect::Jekyll, Dialect::JsYaml4] {
                let (at, found) = describe(&text, dialect);
                let found = found.replace(dialect.reader(), "READER");
                if !said.contains(&found) {
                    let place = format!("{place}{at}");
                    let found = format!(
                        "{}:{found}",
                        if said.is_empty() { "" } else { " to js-yaml" }
                    );
                    match groups.iter_mut().find(|(said, _)| *said == found) {
                        Some((_, places)) => places.push(place),
                        None => groups.push((found, vec![place])),
                    }
                }
                said.push(found);
            }
        }
        for (found, places) in groups {
            let _ = writeln!(out, "{}{found}", places.join(", "));
        }
    }
    insta::assert_snapshot!(out);
}
