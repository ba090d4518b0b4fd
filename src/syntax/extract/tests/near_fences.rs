//! Tests of fences that are nearly right.

use super::*;
use crate::diagnostic::Severity;

#[test]
fn fences_that_are_nearly_right() {
    assert_eq!(
        report("----\na: b\n---\n"),
        [
            "malformed-fence",
            "----",
            "`----` does not open front matter, so Jekyll copies the file as it is and drops all metadata",
            "write exactly three hyphens, `---`, on line 1; there are 4 of them",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(
        report("---\na: b\n—-\n\nText\n\n---\nmore\n"),
        [
            "malformed-fence",
            "—-",
            "`—-` on line 3 does not close the front matter, so Jekyll takes what follows for front matter, down to line 7",
            "write exactly three hyphens, `---`, on line 3; `—` is a dash, which an editor puts in place of hyphens",
            "---\na: b\n---\n\nText\n\n---\nmore\n",
        ]
    );
    for (text, fixed) in [
        ("--- a: b\nc: d\n---\n", "---\na: b\nc: d\n---\n"),
        (" ---\na: b\n---\n", "---\na: b\n---\n"),
        ("---\na: b\n ---\nText\n", "---\na: b\n---\nText\n"),
        ("----\na: b\n----\nText\n", "---\na: b\n---\nText\n"),
    ] {
        assert_eq!(report(text)[4], fixed);
    }
    assert_eq!(
        broken("---\na: b\n----\nText\n").1.as_deref(),
        Some("a: b\n")
    );
}

#[test]
fn one_help_covers_several_faults_of_the_fences() {
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
fn invisible_characters_beside_a_fence() {
    assert_eq!(
        report("---\u{a0}\na: b\n---\n"),
        [
            "malformed-fence",
            "---\u{a0}",
            "a no-break space stands after the opening `---`, so Jekyll copies the file as it is and drops all metadata",
            "delete the no-break space after `---` on line 1",
            "---\na: b\n---\n",
        ]
    );
    assert_eq!(
        report("---\na: b\n\u{200b}--- \n\nText\n"),
        [
            "malformed-fence",
            "\u{200b}---",
            "an invisible zero-width space (U+200B) before `---` on line 3 keeps it from closing the front matter, so Jekyll copies the file as it is and drops all metadata",
            "delete the invisible zero-width space (U+200B) before `---` on line 3",
            "---\na: b\n---\n\nText\n",
        ]
    );
    let prefix = FenceRules {
        closes: &[CloseRule::Dots, CloseRule::WithTrailingText],
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
    match extract("---\u{a0}\na: b\nText\n".as_bytes(), true, &JEKYLL) {
        Extraction::Broken(finding, None) => {
            assert_eq!(finding.rule, RuleId::MalformedFence);
            assert_eq!(
                finding.help.as_deref(),
                Some(
                    "delete the no-break space after `---` on line 1, and write `---` on a line of \
                     its own after the metadata"
                )
            );
        }
        other => panic!("{other:?}"),
    }
    // Such a character is no language either, and YAML fails on it.
    let language = FenceRules {
        opens: &[OpenRule::WithLanguage],
        ..JEKYLL
    };
    let (finding, block) = broken_by("---\u{a0}\na: b\n---\n", &language);
    assert_eq!(finding.rule, RuleId::MalformedFence);
    assert_eq!(block.as_deref(), Some("a: b\n"));
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
        let mut fixed = text.to_owned();
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits).rev() {
            fixed.replace_range(edit.span.range(), &edit.content);
        }
        assert_eq!(fixed, "+++\na = 1\n+++\n");
    }
}

#[test]
fn a_fence_that_closes_nothing_is_named_by_its_line() {
    assert_eq!(
        report("---\na: b\n--- Text\n")[3..],
        [
            "begin a new line after `---` on line 3",
            "---\na: b\n---\nText\n"
        ]
    );
    assert_eq!(
        report("---\na: b\n+++\nText\n")[3..],
        [
            "write `---` on line 3, not `+++`: front matter is closed as it is opened",
            "---\na: b\n---\nText\n"
        ]
    );
    let mkdocs = FenceRules {
        closes: &[CloseRule::Dots, CloseRule::OnlyBeforeLineBreak],
        ..JEKYLL
    };
    for text in ["---\na: b\n---", "---\na: b\n... "] {
        let (finding, block) = broken_by(text, &mkdocs);
        assert_eq!(finding.rule, RuleId::UnclosedFrontMatter);
        assert_eq!(
            finding.help.as_deref(),
            Some("end line 3 with a line break")
        );
        assert_eq!(block.as_deref(), Some("a: b\n"));
        assert!(content(&format!("{text}\n"), &mkdocs).is_some());
    }
}

#[test]
fn metadata_on_the_line_of_the_fence_is_metadata_whether_it_is_closed_or_not() {
    let hugo = FenceRules {
        opens: &[
            OpenRule::AfterByteOrderMark,
            OpenRule::AfterEmptyLines,
            OpenRule::Toml,
            OpenRule::Json,
            OpenRule::WithMetadata,
        ],
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
        opens: &[OpenRule::WithLanguage, OpenRule::WithAddedLanguage],
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
fn text_after_the_opening_fence_is_shown() {
    let [rule, at, message, help, fixed] = report("--- # notes\ntitle: a\n---\n");
    assert_eq!((rule.as_str(), at.as_str()), ("malformed-fence", "# notes"));
    assert!(
        message.starts_with("`# notes` beside `---` keeps it from opening"),
        "{message}"
    );
    assert_eq!(help, "begin a new line after `---`");
    assert_eq!(fixed, "---\n# notes\ntitle: a\n---\n");
    assert_eq!(
        report("---json\n{\"title\": \"a\"}\n---\n")[4],
        "---\n{\"title\": \"a\"}\n---\n"
    );
    for text in [
        "--- said he\nand left: so\n",
        "---x\nprose\n---\n",
        "--- # c\n\n---\n",
    ] {
        assert_absent(text);
    }
}

#[test]
fn json_and_plus_signs_that_open_nothing_are_reported() {
    let [rule, at, message, ..] = report("{\n  \"title\": \"}\"\n}\ntext\n");
    assert_eq!((rule.as_str(), at.as_str()), ("malformed-fence", "{"));
    assert!(
        message.contains("in JSON, which Jekyll does not read"),
        "{message}"
    );
    assert!(report("+++\ntitle: a\n+++\n")[2].starts_with("`+++` does not open front matter"));
    for text in [
        "{\"a\": 1} is JSON\n",
        "{\"a\": 1\n",
        "{{ content }}\n",
        "+++\nprose\n+++\n",
    ] {
        assert_absent(text);
    }
    let signs = FenceRules {
        opens: &[
            OpenRule::AfterByteOrderMark,
            OpenRule::AfterEmptyLines,
            OpenRule::Toml,
            OpenRule::Json,
            OpenRule::AtAnySign,
        ],
        ..HUGO
    };
    let text = "{\n  // notes\n  \"title\": \"a\"\n}\n";
    let (diagnostic, _) = broken_by(text, &signs);
    assert!(
        diagnostic
            .message
            .contains("whose keys stand in double quotes"),
        "{diagnostic:?}"
    );
    assert_eq!(diagnostic.primary.unwrap().span.start, 4);
}

#[test]
fn an_opening_fence_that_is_lost_or_became_something_else() {
    let add = |sign: &str| format!("add a line `{sign}` above line 1");
    let write = |line: usize| format!("write `---` on line 1 and on line {line}");
    let text = "title: a\nlayout: b\n---\nText\n";
    let hugo = FenceRules {
        opens: &[OpenRule::Toml],
        ..JEKYLL
    };
    for (text, rule, help) in [
        (text, RuleId::MalformedFence, add("---")),
        ("t = 1\nu = 2\n+++\n", RuleId::MalformedFence, add("+++")),
        ("***\nt: a\n***\n", RuleId::MalformedFence, write(3)),
        ("____\n\nt: a\n\n____\n", RuleId::MalformedFence, write(5)),
        ("* * *\nt: a\n* * *\n", RuleId::MalformedFence, write(3)),
        ("--\nt: a\n--\n", RuleId::MalformedFence, write(3)),
        ("===\nt: a\n===\n", RuleId::MalformedFence, write(3)),
        (";;;\n\"t\": a\n;;;\n", RuleId::MalformedFence, write(3)),
        ("\\---\nt: a\n\\---\n", RuleId::MalformedFence, write(3)),
        (
            "***\nt: a\n---\n",
            RuleId::MalformedFence,
            "write `---` on line 1".to_owned(),
        ),
        (
            "<!-- a\nb -->\n\n---\nt: a\n---\n",
            RuleId::MisplacedFrontMatter,
            "move what is above `---` on line 4 below the closing `---` on line 6".to_owned(),
        ),
    ] {
        let (finding, block) = broken_by(text, &hugo);
        assert_eq!((finding.rule, &finding.help), (rule, &Some(help)), "{text}");
        let is_checked = finding.severity == Severity::Error;
        assert_eq!(block.is_some(), is_checked, "{text}");
    }
    assert_eq!(report(text)[4], format!("---\n{text}"));
    let heading = broken("# T\n\n---\nt: a\nu: b\n---\n").0;
    assert_eq!(heading.severity, Severity::Warning);
}

#[test]
fn prose_that_reads_a_little_like_front_matter() {
    for text in [
        "Note: read this first\n---\nText\n",
        "***\nNote: read this first\n***\n",
        "title: a\nlayout: b\n\n# Text\n",
        "~~~\nt: a\nu: b\n~~~\n",
        "```yaml\nt: a\n```\n",
        "# T\n\n---\nnote: one line\n---\n",
        "# T\n\nText\n\n---\nt: a\nu: b\n---\n",
        "<!-- a -->\n# T\n\n---\n\nText\n\n---\n",
        "t = 1\nu = 2\n+++\n",
        "- - -\n\nText\n",
    ] {
        let found = extract(text.as_bytes(), true, &JEKYLL);
        assert!(matches!(found, Extraction::Absent), "{text}: {found:?}");
    }
}

#[test]
fn other_signs_where_the_closing_fence_belongs() {
    let strict = FenceRules {
        closes: &[],
        ..JEKYLL
    };
    for sign in ["...", "***", "____", "===", "--"] {
        let text = format!("---\nt: a\n{sign}\n\nText\n");
        let (finding, block) = broken_by(&text, &strict);
        assert_eq!(finding.rule, RuleId::MalformedFence, "{sign}");
        let help = format!("write `---` on line 3 in place of `{sign}`");
        assert_eq!(finding.help, Some(help));
        assert_eq!(block.as_deref(), Some("t: a\n"));
    }
}
