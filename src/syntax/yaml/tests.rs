use proptest::prelude::*;

use super::super::{Extraction, FenceRules, extract, parse};
use super::*;
use crate::diagnostic::Applicability;
use crate::dialect::Value;

mod hostile;
mod messages;

pub(super) const JEKYLL: FenceRules = FenceRules {
    generator: "Jekyll",
    dots_close: true,
    byte_order_mark: false,
    blank_lines_before: false,
    toml: false,
    json: false,
    when_missed: "copies the file as it is and drops all metadata",
};

/// Parses front matter between fences.
fn page<'s>(text: &'s str, dialect: Dialect) -> Parsed<'s> {
    let Extraction::Found(block) = extract(text.as_bytes(), true, &JEKYLL) else {
        panic!("no front matter in {text:?}");
    };
    parse(text, &block, dialect, SourceId::PAGE)
}

/// The tree as text, each node with the bytes under its span.
fn outline(text: &str, dialect: Dialect) -> Vec<String> {
    fn walk(document: &Document<'_>, id: super::super::NodeId, text: &str, path: &str, out: &mut Vec<String>) {
        let node = document.node(id);
        let shown = node.span.slice(text);
        out.push(format!("{path} {}..{} {shown:?}", node.span.start, node.span.end));
        for (index, &item) in document.items(id).iter().enumerate() {
            walk(document, item, text, &format!("{path}/{index}"), out);
        }
        for member in document.members(id) {
            walk(document, member.value, text, &format!("{path}/{}", member.key.text), out);
        }
    }
    let parsed = page(text, dialect);
    assert_eq!(parsed.diagnostics, [], "{text:?}");
    let document = parsed.document.expect("a document");
    let mut out = Vec::new();
    walk(&document, document.root(), text, "", &mut out);
    out
}

#[test]
fn collections_begin_and_end_at_their_children() {
    let text = "---\nfiles:\n- nom: a\n  file: /b\n- x\n\n# end\ntags: [a, b]  # c\nmap:\n  k:\n    v: 1\n\n---\n";
    assert_eq!(
        outline(text, Dialect::Core),
        [
            " 4..75 \"files:\\n- nom: a\\n  file: /b\\n- x\\n\\n# end\\ntags: [a, b]  # c\\nmap:\\n  k:\\n    v: 1\"",
            "/files 11..34 \"- nom: a\\n  file: /b\\n- x\"",
            "/files/0 13..30 \"nom: a\\n  file: /b\"",
            "/files/0/nom 18..19 \"a\"",
            "/files/0/file 28..30 \"/b\"",
            "/files/1 33..34 \"x\"",
            "/tags 48..54 \"[a, b]\"",
            "/tags/0 49..50 \"a\"",
            "/tags/1 52..53 \"b\"",
            "/map 66..75 \"k:\\n    v: 1\"",
            "/map/k 73..75 \"v: 1\"",
            "/map/k/v 76..77 \"1\"",
        ]
        .map(String::from)
    );
}
