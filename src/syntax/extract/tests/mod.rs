//! Tests of fences.

mod near_fences;
mod own_expressions;

use super::*;
use crate::diagnostic::RuleId;

const JEKYLL: FenceRules = FenceRules {
    generator: "Jekyll",
    closes: &[CloseRule::Dots],
    when_missed: "copies the file as it is and drops all metadata",
    when_unclosed: "copies the file as it is and drops all metadata",
    ..FenceRules::STRICT
};

const HUGO: FenceRules = FenceRules {
    generator: "Hugo",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::Json,
    ],
    when_missed: "shows it as text",
    when_unclosed: "shows it as text",
    ..FenceRules::STRICT
};

/// The language, the opening fence, the content and the closing fence.
fn found(text: &str, rules: &FenceRules) -> Option<(Syntax, String, String, String)> {
    match extract(text.as_bytes(), true, rules) {
        Extraction::Found(block) => Some((
            block.syntax,
            block.open.slice(text).to_owned(),
            block.content.slice(text).to_owned(),
            block.close.slice(text).to_owned(),
        )),
        _ => None,
    }
}

fn content(text: &str, rules: &FenceRules) -> Option<String> {
    found(text, rules).map(|block| block.2)
}

fn assert_absent(text: &str) {
    let extraction = extract(text.as_bytes(), true, &JEKYLL);
    assert!(matches!(extraction, Extraction::Absent), "{text:?}");
}

fn broken(text: &str) -> (Diagnostic, Option<String>) {
    broken_by(text, &JEKYLL)
}

fn broken_by(text: &str, rules: &FenceRules) -> (Diagnostic, Option<String>) {
    match extract(text.as_bytes(), true, rules) {
        Extraction::Broken(diagnostic, block) => (
            *diagnostic,
            block.map(|block| block.content.slice(text).to_owned()),
        ),
        other => panic!("{text:?}: {other:?}"),
    }
}

/// Rule, bytes under the primary label, message, help, and the text after the fix.
fn report(text: &str) -> [String; 5] {
    let (diagnostic, _) = broken(text);
    let primary = diagnostic
        .primary
        .as_ref()
        .map(|label| label.span.slice(text));
    let mut fixed = text.to_owned();
    for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits).rev() {
        fixed.replace_range(edit.span.range(), &edit.content);
    }
    [
        diagnostic.rule.to_string(),
        primary.unwrap_or("").to_owned(),
        diagnostic.message,
        diagnostic.help.unwrap_or_default(),
        fixed,
    ]
}

#[test]
fn yaml_between_its_fences() {
    for (text, rules, expected) in [
        ("---\na: b\n---\n", &JEKYLL, "a: b\n"),
        ("--- \t\r\na: b\r\n---  \r\nx", &JEKYLL, "a: b\r\n"),
        ("---\n---", &JEKYLL, ""),
        ("---\na: b\n...\n---\n", &JEKYLL, "a: b\n"),
        ("---\na: b\n...\n---\n", &HUGO, "a: b\n...\n"),
        (
            "---\na: |\n  ---\n ----\n---\n",
            &JEKYLL,
            "a: |\n  ---\n ----\n",
        ),
        ("\u{feff}\n---\na: b\n---\n", &HUGO, "a: b\n"),
    ] {
        assert_eq!(content(text, rules).as_deref(), Some(expected), "{text:?}");
    }
}

#[test]
fn toml_and_json_where_they_are_read() {
    let toml = "+++ \na = 1\n+++\nbody";
    assert_eq!(
        found(toml, &HUGO),
        Some((Syntax::Toml, "+++".into(), "a = 1\n".into(), "+++".into()))
    );
    assert_eq!(content(toml, &JEKYLL), None);
    let json = "{\"a\": \"}\\\"{\", \"b\": {}}\nbody }";
    assert_eq!(
        found(json, &HUGO),
        Some((
            Syntax::Json,
            "{".into(),
            "{\"a\": \"}\\\"{\", \"b\": {}}".into(),
            "}".into()
        ))
    );
    assert_eq!(content("{{< shortcode >}}\n", &HUGO), None);
    let open = extract(b"{\"a\": [", true, &HUGO);
    assert!(
        matches!(open, Extraction::Broken(diagnostic, None) if diagnostic.rule == RuleId::UnclosedFrontMatter)
    );
}

#[test]
fn pages_without_front_matter() {
    for text in [
        "",
        "\n\n",
        "# Title\n",
        "---\n\nA rule above.\n",
        "-----\nText\n",
        "text\n---\na: b\n---\n",
        "- a\n- b\n",
        "\u{feff}text",
    ] {
        assert_absent(text);
    }
}

#[test]
fn more_is_read_only_where_it_is_needed() {
    let text = "---\ntitle: é\ntags: x\n---\n\u{e9}body\n".as_bytes();
    for cut in 0..text.len() {
        let head = &text[..cut];
        match extract(head, false, &JEKYLL) {
            Extraction::Incomplete => assert!(cut < 28, "{cut}"),
            Extraction::Found(block) => assert_eq!(block.content, Span::new(4, 22)),
            other => panic!("{cut}: {other:?}"),
        }
    }
    assert!(matches!(
        extract(b"# A page without any", false, &JEKYLL),
        Extraction::Absent
    ));
    let invalid = b"---\na: b\n---\n\xff\xfe";
    assert!(matches!(
        extract(invalid, true, &JEKYLL),
        Extraction::Found(_)
    ));
}

#[test]
fn a_byte_order_mark_and_blank_lines() {
    assert_eq!(
        report("\u{feff}---\na: b\n---\n"),
        [
            "misplaced-front-matter",
            "---",
            "the front matter comes after an invisible byte order mark, so Jekyll copies the file as it is and drops all metadata",
            "save the file as UTF-8 without a byte order mark (the 3 bytes before `---`)",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(
        report("\n\n---\na: b\n---\n"),
        [
            "misplaced-front-matter",
            "",
            "the front matter begins on line 3, not on line 1, so Jekyll copies the file as it is and drops all metadata",
            "delete the 2 blank lines before `---`",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(broken("\n---\na: b\n---\n").1.as_deref(), Some("a: b\n"));
}

#[test]
fn front_matter_that_never_closes() {
    assert_eq!(
        report("---\ntitle: a\ntags:\n  - x\n\nText: goes on\n"),
        [
            "unclosed-front-matter",
            "---",
            "the front matter opened with `---` on line 1 is never closed, so Jekyll copies the file as it is and drops all metadata",
            "line 4, `- x`, is the last that looks like metadata; add `---` on line 5",
            "---\ntitle: a\ntags:\n  - x\n---\n\nText: goes on\n",
        ]
    );
    assert_eq!(
        report("---\n\n")[3],
        "write the metadata below it, and `---` on a line of its own after that"
    );
    assert_eq!(report("---\r\na: b")[4], "---\r\na: b\r\n---\r\n");
}

#[test]
fn what_is_decided_from_the_beginning_stays_so() {
    for text in [
        "---\na: b\n----\nc: d\n---\nText\n",
        "----\n# a comment\na: b\n---\n",
        "----\ntitle: A page\n---\n",
        "+++\n# a comment\na = 1\n+++\n",
        "+++\na = 1\n++++\n+++\n",
        "{\"a\": {\"b\": 1}}\nText\n",
        "\u{feff}\n--- # note\na: b\n...\n",
        "—--\na: b\n---\n",
        "Text\n\n---\na: b\n---\n",
    ] {
        for rules in [&JEKYLL, &HUGO] {
            let whole = format!("{:?}", extract(text.as_bytes(), true, rules));
            for end in 0..text.len() {
                match extract(&text.as_bytes()[..end], false, rules) {
                    Extraction::Incomplete => {}
                    early => assert_eq!(format!("{early:?}"), whole, "{end} bytes of {text:?}"),
                }
            }
        }
    }
}
