//! Tests of YAML into the arena.

use proptest::prelude::*;

use super::super::{CloseRule, Extraction, FenceRules, OpenRule, extract, parse};
use super::*;
use crate::diagnostic::Applicability;
use crate::dialect::Value;

mod breaks;
mod hostile;
mod messages;
mod parsers;
mod tabs;

pub(super) const JEKYLL: FenceRules = FenceRules {
    generator: "Jekyll",
    closes: &[CloseRule::Dots],
    when_missed: "copies the file as it is and drops all metadata",
    when_unclosed: "copies the file as it is and drops all metadata",
    ..FenceRules::STRICT
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
    fn walk(
        document: &Document<'_>,
        id: super::super::NodeId,
        text: &str,
        path: &str,
        out: &mut Vec<String>,
    ) {
        let node = document.node(id);
        let shown = node.span.slice(text);
        out.push(format!(
            "{path} {}..{} {shown:?}",
            node.span.start, node.span.end
        ));
        for (index, &item) in document.items(id).iter().enumerate() {
            walk(document, item, text, &format!("{path}/{index}"), out);
        }
        for member in document.members(id) {
            walk(
                document,
                member.value,
                text,
                &format!("{path}/{}", member.key.text),
                out,
            );
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
            " 4..78 \"files:\\n- nom: a\\n  file: /b\\n- x\\n\\n# end\\ntags: [a, b]  # c\\nmap:\\n  k:\\n    v: 1\"",
            "/files 11..34 \"- nom: a\\n  file: /b\\n- x\"",
            "/files/0 13..30 \"nom: a\\n  file: /b\"",
            "/files/0/nom 18..19 \"a\"",
            "/files/0/file 28..30 \"/b\"",
            "/files/1 33..34 \"x\"",
            "/tags 48..54 \"[a, b]\"",
            "/tags/0 49..50 \"a\"",
            "/tags/1 52..53 \"b\"",
            "/map 67..78 \"k:\\n    v: 1\"",
            "/map/k 74..78 \"v: 1\"",
            "/map/k/v 77..78 \"1\"",
        ]
        .map(String::from)
    );
}

#[test]
fn absent_values_are_empty_just_after_their_indicator() {
    let text = "---\na: # c\nb :\nc:\n- - x\n-\n- # d\nd: {e: , f, g: ~}\nh: !!str\n? i\n---\n";
    assert_eq!(
        outline(text, Dialect::Core),
        [
            " 4..62 \"a: # c\\nb :\\nc:\\n- - x\\n-\\n- # d\\nd: {e: , f, g: ~}\\nh: !!str\\n? i\"",
            "/a 6..6 \"\"",
            "/b 14..14 \"\"",
            "/c 18..27 \"- - x\\n-\\n-\"",
            "/c/0 20..23 \"- x\"",
            "/c/0/0 22..23 \"x\"",
            "/c/1 25..25 \"\"",
            "/c/2 27..27 \"\"",
            "/d 35..49 \"{e: , f, g: ~}\"",
            "/d/e 38..38 \"\"",
            "/d/f 42..42 \"\"",
            "/d/g 47..48 \"~\"",
            "/h 58..58 \"\"",
            "/i 62..62 \"\"",
        ]
        .map(String::from)
    );
}

#[test]
fn scalars_keep_their_quotes_and_block_scalars_their_indicator() {
    let text = "---\r\na: 'x'  \r\nb: &n !!str \"é\" # c\r\nc: |-\r\n  l\r\n\r\nd: >+ # c\r\n  k\r\n\r\ne: two\r\n  lines\r\nf: *n\r\ng: |\r\n---\r\n";
    let spans: Vec<_> = outline(text, Dialect::Core).into_iter().skip(1).collect();
    assert_eq!(
        spans,
        [
            "/a 8..11 \"'x'\"",
            "/b 27..31 \"\\\"é\\\"\"",
            "/c 40..47 \"|-\\r\\n  l\"",
            "/d 54..67 \">+ # c\\r\\n  k\\r\\n\"",
            "/e 72..84 \"two\\r\\n  lines\"",
            "/f 89..91 \"*n\"",
            "/g 96..97 \"|\"",
        ]
        .map(String::from)
    );
}

fn members(text: &str, dialect: Dialect) -> Vec<String> {
    let parsed = page(text, dialect);
    let document = parsed.document.expect("a document");
    let last = document.members(document.root()).last().expect("a member");
    let members = document.members(last.value).iter();
    let shown = |member: &super::super::Member<'_>| {
        let value = document
            .scalar(member.value)
            .map_or("…", |scalar| scalar.text.as_ref());
        format!("{}={value}", member.key.text)
    };
    members.map(shown).collect()
}

#[test]
fn merges_bring_keys() {
    let anchors = "---\nx: &x {a: 1, b: 2}\ny: &y {a: 3, c: 4}\n";
    let merged =
        |mapping: &str, dialect| members(&format!("{anchors}z: {mapping}\n---\n"), dialect);
    assert_eq!(merged("{a: 9, <<: *x}", Dialect::Core), ["b=2", "a=9"]);
    assert_eq!(merged("{a: 9, <<: *x}", Dialect::Jekyll), ["a=1", "b=2"]);
    assert_eq!(merged("{a: 9, <<: *x}", Dialect::Psych), ["a=1", "b=2"]);
    assert_eq!(merged("{<<: *x, a: 9}", Dialect::Psych), ["b=2", "a=9"]);
    assert_eq!(
        merged("{<<: [*x, *y]}", Dialect::Core),
        ["c=4", "a=1", "b=2"]
    );
    assert_eq!(merged("{<<: 5}", Dialect::Core), ["<<=5"]);
    assert_eq!(merged("{\"<<\": *x}", Dialect::Core), ["<<=…"]);
}

#[test]
fn of_duplicates_the_last_stays() {
    let parsed = page("---\na: 1\nb: 2\na: 3\n---\n", Dialect::Jekyll);
    let document = parsed.document.expect("a document");
    let keys: Vec<_> = document
        .members(document.root())
        .iter()
        .map(|m| m.key.span.start)
        .collect();
    assert_eq!(keys, [9, 14]);
    let [diagnostic] = parsed.diagnostics.as_slice() else {
        panic!("{:?}", parsed.diagnostics);
    };
    assert_eq!(diagnostic.rule, RuleId::DuplicateKey);
    assert_eq!(
        diagnostic.primary.as_ref().map(|label| label.span),
        Some(Span::new(14, 15))
    );
    assert_eq!(diagnostic.related[0].span, Span::new(4, 5));
}

#[test]
fn nothing_is_an_empty_mapping() {
    for content in ["", "\n", "# c\n", "~\n", "null # c\n", "{}\n", "...\n"] {
        let rules = FenceRules {
            closes: &[],
            ..JEKYLL
        };
        let text = format!("---\n{content}---\n");
        let Extraction::Found(block) = extract(text.as_bytes(), true, &rules) else {
            panic!("{text:?}");
        };
        let parsed = parse(&text, &block, Dialect::Jekyll, SourceId::PAGE);
        let document = parsed.document.expect("a document");
        assert!(
            matches!(document.node(document.root()).kind, Kind::Mapping(_)),
            "{text:?}"
        );
        assert!(document.members(document.root()).is_empty());
    }
}

#[test]
fn comments_are_kept() {
    let text = "---\n# one\na: b # two\n\n  # three\n---\n";
    let document = page(text, Dialect::Jekyll).document.expect("a document");
    let comments: Vec<_> = document
        .comments
        .iter()
        .map(|span| span.slice(text))
        .collect();
    assert_eq!(comments, ["# one", "# two", "# three"]);
}

#[test]
fn a_whole_file_is_read_to_its_last_byte() {
    let text = "\u{feff}a: |\n  x";
    let block = Block::whole(Syntax::Yaml, text);
    for (dialect, expected) in [(Dialect::Jekyll, "x"), (Dialect::Core, "x\n")] {
        let document = parse(text, &block, dialect, SourceId::PAGE)
            .document
            .expect("a document");
        let member = document.get(document.root(), "a").expect("a member");
        assert_eq!(member.key.span, Span::new(3, 4));
        assert_eq!(
            document.scalar(member.value).expect("a scalar").text,
            expected
        );
        assert_eq!(document.node(member.value).span.slice(text), "|\n  x");
    }
}

#[test]
fn liquid_is_text_once_it_is_reported() {
    let parsed = page("---\na: {{ x }}\n---\n", Dialect::Jekyll);
    assert_eq!(parsed.diagnostics.len(), 1);
    let document = parsed.document.expect("a document");
    let member = document.get(document.root(), "a").expect("a member");
    let scalar = document.scalar(member.value).expect("a scalar");
    assert_eq!(
        (scalar.text.as_ref(), &scalar.value),
        ("{{ x }}", &Value::String)
    );
}

#[test]
fn a_safe_fix_resolves_the_error() {
    for (broken, expected) in [
        ("a: b: c", "a: \"b: c\""),
        ("a: 'it's'", "a: \"it's\""),
        ("a: @b # c", "a: \"@b\" # c"),
        ("x: 1\na:b", "x: 1\na: b"),
    ] {
        let text = format!("---\n{broken}\n---\n");
        let parsed = page(&text, Dialect::Jekyll);
        let fix = parsed.diagnostics[0].fix.as_ref().expect("a fix");
        assert_eq!(fix.applicability, Applicability::Safe);
        let mut fixed = text.clone();
        fixed.replace_range(fix.edits[0].span.range(), &fix.edits[0].content);
        assert_eq!(fixed, format!("---\n{expected}\n---\n"));
        assert_eq!(page(&fixed, Dialect::Jekyll).diagnostics, []);
    }
}
