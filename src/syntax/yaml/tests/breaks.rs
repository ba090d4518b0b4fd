//! Each kind of break at each kind of place: one line for each in the snapshot, which is read line
//! by line when it changes.

use std::fmt::Write as _;

use super::*;
use crate::diagnostic::Applicability;
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

/// The texts of all scalars.
fn texts(document: &Document<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    let mut open = vec![document.root()];
    while let Some(id) = open.pop() {
        texts.extend(document.scalar(id).map(|scalar| scalar.text.to_string()));
        open.extend(document.items(id));
        open.extend(document.members(id).iter().map(|member| member.value));
    }
    texts
}

#[test]
fn a_safe_fix_makes_one_text_of_what_was_written_as_one() {
    let mut tried = 0;
    for written in BREAKS {
        for (place, template) in PLACES {
            let page_of = |value: &str| format!("---\n{}---\n", template.replace('X', value));
            let text = page_of(written);
            for &dialect in Dialect::ALL {
                let found = page(&text, dialect).diagnostics;
                let Some(fix) = found.first().and_then(|finding| finding.fix.as_ref()) else {
                    continue;
                };
                if fix.applicability != Applicability::Safe {
                    continue;
                }
                tried += 1;
                let mut fixed = text.clone();
                for edit in fix.edits.iter().rev() {
                    fixed.replace_range(edit.span.range(), &edit.content);
                }
                let parsed = page(&fixed, dialect);
                assert_eq!(parsed.diagnostics, [], "{written} as {place} to {dialect}");
                let after = texts(&parsed.document.expect("a document"));
                let plain = page_of("x");
                let wanted = page(&plain, dialect).document.expect("a document");
                assert_eq!(after.len(), texts(&wanted).len(), "{written} as {place}");
                let unquoted = written.get(1..written.len() - 1).unwrap_or_default();
                let is_there = |text: &String| text == written || text == unquoted;
                assert!(after.iter().any(is_there), "{written} as {place}: {fixed}");
            }
        }
    }
    assert!(tried > 1_000, "{tried} safe fixes");
}
