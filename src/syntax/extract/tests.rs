//! Tests of fences.

use super::*;
use crate::diagnostic::RuleId;

const JEKYLL: FenceRules = FenceRules {
    generator: "Jekyll",
    dots_close: true,
    when_missed: "copies the file as it is and drops all metadata",
    when_unclosed: "copies the file as it is and drops all metadata",
    ..FenceRules::STRICT
};

const HUGO: FenceRules = FenceRules {
    generator: "Hugo",
    byte_order_mark: true,
    blank_lines_before: true,
    toml: true,
    json: true,
    when_missed: "shows it as text",
    when_unclosed: "shows it as text",
    ..FenceRules::STRICT
};

/// What lies between the fences, with the fences.
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

/// Rule, bytes under the primary label, message, help, and the text once mended.
fn told(text: &str) -> [String; 5] {
    let (diagnostic, _) = broken(text);
    let primary = diagnostic
        .primary
        .as_ref()
        .map(|label| label.span.slice(text));
    let mut mended = text.to_owned();
    for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits).rev() {
        mended.replace_range(edit.span.range(), &edit.content);
    }
    [
        diagnostic.rule.to_string(),
        primary.unwrap_or("").to_owned(),
        diagnostic.message,
        diagnostic.help.unwrap_or_default(),
        mended,
    ]
}

#[test]
fn yaml_between_its_fences() {
    assert_eq!(
        content("---\na: b\n---\n", &JEKYLL).as_deref(),
        Some("a: b\n")
    );
    assert_eq!(
        content("--- \t\r\na: b\r\n---  \r\nx", &JEKYLL).as_deref(),
        Some("a: b\r\n")
    );
    assert_eq!(content("---\n---", &JEKYLL).as_deref(), Some(""));
    assert_eq!(
        content("---\na: b\n...\n---\n", &JEKYLL).as_deref(),
        Some("a: b\n")
    );
    assert_eq!(
        content("---\na: b\n...\n---\n", &HUGO).as_deref(),
        Some("a: b\n...\n")
    );
    assert_eq!(
        content("---\na: |\n  ---\n ----\n---\n", &JEKYLL).as_deref(),
        Some("a: |\n  ---\n ----\n")
    );
    assert_eq!(
        content("\u{feff}\n---\na: b\n---\n", &HUGO).as_deref(),
        Some("a: b\n")
    );
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
        assert!(
            matches!(extract(text.as_bytes(), true, &JEKYLL), Extraction::Absent),
            "{text:?}"
        );
    }
}

#[test]
fn more_is_read_only_where_it_can_tell() {
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
        told("\u{feff}---\na: b\n---\n"),
        [
            "misplaced-front-matter",
            "---",
            "the front matter comes after an invisible byte order mark, so Jekyll copies the file as it is and drops all metadata",
            "save the file as UTF-8 without a byte order mark (the 3 bytes before `---`)",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(
        told("\n\n---\na: b\n---\n"),
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
fn fences_that_are_nearly_right() {
    assert_eq!(
        told("----\na: b\n---\n"),
        [
            "malformed-fence",
            "----",
            "`----` does not open front matter, so Jekyll copies the file as it is and drops all metadata",
            "write exactly three hyphens, `---`, on line 1; there are 4 of them",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(
        told("---\na: b\n—-\n\nText\n\n---\nmore\n"),
        [
            "malformed-fence",
            "—-",
            "`—-` on line 3 does not close the front matter, so Jekyll takes what follows for front matter, down to line 7",
            "write exactly three hyphens, `---`, on line 3; `—` is a dash, which an editor puts in place of hyphens",
            "---\na: b\n---\n\nText\n\n---\nmore\n",
        ]
    );
    assert_eq!(told("--- a: b\nc: d\n---\n")[4], "---\na: b\nc: d\n---\n");
    assert_eq!(told(" ---\na: b\n---\n")[4], "---\na: b\n---\n");
    assert_eq!(told("---\na: b\n ---\nText\n")[4], "---\na: b\n---\nText\n");
    assert_eq!(
        told("----\na: b\n----\nText\n")[4],
        "---\na: b\n---\nText\n"
    );
    assert_eq!(
        broken("---\na: b\n----\nText\n").1.as_deref(),
        Some("a: b\n")
    );
}

#[test]
fn several_faults_in_the_fences_are_told_in_one_help() {
    let help = |text: &str| broken(text).0.help.unwrap_or_default();
    assert_eq!(
        help("\u{feff}\n ---\na: b\n ---\n"),
        "delete the blank before `---` on line 2; do the same on line 4; delete the blank line \
         before line 2; save the file as UTF-8 without a byte order mark"
    );
    assert_eq!(
        help("----\na: b\n  ---\n"),
        "write exactly three hyphens, `---`, on line 1; there are 4 of them; delete the 2 blanks \
         before `---` on line 3"
    );
    assert_eq!(
        help("\u{feff}---\na: b\n\nText\n"),
        "line 2, `a: b`, is the last that looks like metadata; add `---` on line 3; save the file \
         as UTF-8 without a byte order mark"
    );
}

#[test]
fn characters_beside_a_fence_that_nobody_sees() {
    assert_eq!(
        told("---\u{a0}\na: b\n---\n"),
        [
            "malformed-fence",
            "---\u{a0}",
            "a no-break space stands after the opening `---`, so Jekyll copies the file as it is and drops all metadata",
            "delete the no-break space after `---` on line 1",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(
        told("---\na: b\n\u{200b}--- \n\nText\n"),
        [
            "malformed-fence",
            "\u{200b}---",
            "an invisible zero-width space (U+200B) before `---` on line 3 keeps it from closing the front matter, so Jekyll copies the file as it is and drops all metadata",
            "delete the invisible zero-width space (U+200B) before `---` on line 3",
            "---\na: b\n---\n\nText\n",
        ]
    );
    let prefix = FenceRules {
        closed_by_prefix: true,
        ..JEKYLL
    };
    let (finding, _) = broken_by("---\na: b\n---\u{a0}\nText\n", &prefix);
    assert_eq!(
        finding.message,
        "Jekyll takes `---` for the end of the front matter and prints a no-break space after it as text"
    );
    assert!(
        finding
            .fix
            .is_some_and(|fix| fix.applicability == crate::diagnostic::Applicability::Safe)
    );
    // Where a language may follow, JavaScript's `trim` leaves none.
    let language = FenceRules {
        language_after_open: true,
        ..JEKYLL
    };
    let text = "---\u{a0}\na: b\n---\n";
    assert_eq!(content(text, &language).as_deref(), Some("a: b\n"));
}

#[test]
fn toml_fences_that_are_nearly_right() {
    for text in [
        "++++\na = 1\n++++\n",
        " +++\na = 1\n+++\n",
        "+++\na = 1\n  +++\n",
        "+++\u{feff}\na = 1\n+++\n",
    ] {
        let (finding, block) = broken_by(text, &HUGO);
        assert_eq!(finding.rule, RuleId::MalformedFence, "{text:?}");
        assert_eq!(block.as_deref(), Some("a = 1\n"), "{text:?}");
        let mut mended = text.to_owned();
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits).rev() {
            mended.replace_range(edit.span.range(), &edit.content);
        }
        assert_eq!(mended, "+++\na = 1\n+++\n");
    }
}

#[test]
fn front_matter_that_never_closes() {
    assert_eq!(
        told("---\ntitle: a\ntags:\n  - x\n\nText: goes on\n"),
        [
            "unclosed-front-matter",
            "---",
            "the front matter opened with `---` on line 1 is never closed, so Jekyll copies the file as it is and drops all metadata",
            "line 4, `- x`, is the last that looks like metadata; add `---` on line 5",
            "---\ntitle: a\ntags:\n  - x\n---\n\nText: goes on\n",
        ]
    );
    assert_eq!(
        told("---\n\n")[3],
        "write the metadata below it, and `---` on a line of its own after that"
    );
    assert_eq!(told("---\r\na: b")[4], "---\r\na: b\r\n---\r\n");
}

#[test]
fn metadata_on_the_line_of_the_fence_is_metadata_whether_it_is_closed_or_not() {
    let hugo = FenceRules {
        opened_by_prefix: true,
        ..HUGO
    };
    for (text, expected) in [
        ("---.inf\na: b\n---\n", ".inf\na: b\n"),
        ("---a: b\nc: d\n---\n", "a: b\nc: d\n"),
        ("--- # a note\na: b\n---\n", " # a note\na: b\n"),
        ("--- \na: b\n---\n", "a: b\n"),
    ] {
        assert_eq!(content(text, &hugo).as_deref(), Some(expected));
        let indented = text.replace("\n---", "\n  ---");
        let (finding, block) = broken_by(&indented, &hugo);
        assert_eq!(finding.rule, RuleId::MalformedFence);
        assert_eq!(block.as_deref(), Some(expected), "{indented:?}");
    }
    let (finding, _) = broken_by("--- a: b\n\nText\n", &hugo);
    assert_eq!(
        finding.help.as_deref(),
        Some("line 1, `a: b`, is the last that looks like metadata; add `---` on line 2")
    );
}

#[test]
fn a_language_after_the_fence_is_the_language_of_what_is_not_closed_too() {
    let gray_matter = FenceRules {
        language_after_open: true,
        ..JEKYLL
    };
    let unclosed = broken_by("---json\n{\"a\": 1}\n", &gray_matter).0;
    assert_eq!(
        (unclosed.message, unclosed.help),
        (
            "the front matter opened with `---json` on line 1 is never closed, so Jekyll copies \
             the file as it is and drops all metadata"
                .to_owned(),
            Some("write `---` on a line of its own after the metadata".to_owned())
        )
    );
    let text = "---toml\na = 1\n----\nText\n";
    match extract(text.as_bytes(), true, &gray_matter) {
        Extraction::Broken(finding, Some(block)) => {
            assert_eq!(finding.rule, RuleId::MalformedFence);
            assert_eq!(block.syntax, Syntax::Toml);
            assert_eq!(block.content.slice(text), "a = 1\n");
        }
        other => panic!("{other:?}"),
    }
    let late = broken_by("\n---json\n{\"a\": 1}\n---\n", &gray_matter).0;
    assert_eq!(late.rule, RuleId::MisplacedFrontMatter);
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
