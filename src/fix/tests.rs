//! Tests of fixes applied to pages.

use std::collections::BTreeSet;

use super::*;
use crate::diagnostic::{Applicability, CheckedPage, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::Dialect;
use crate::syntax::{self, Extraction, FenceRules, OpenRule};
use crate::text::{SourceId, Span};

const FENCES: FenceRules = FenceRules {
    generator: "Jekyll",
    opens: &[OpenRule::Toml, OpenRule::Json],
    when_missed: "drops all metadata",
    when_unclosed: "prints it as text",
    ..FenceRules::STRICT
};

/// Replaces each `from` by its `to`; a finding stands as long as its `from` is there.
fn apply(page: &str, edits: &[(&str, &str)], least: Applicability) -> (String, usize) {
    let excluded = BTreeSet::new();
    let fixer = Fixer {
        fences: &FENCES,
        dialect: Dialect::Jekyll,
        least,
        excluded: &excluded,
    };
    let fixed = fixer.apply_fixes(page.as_bytes().to_vec(), &mut |bytes| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let findings = edits.iter().filter_map(|(from, to)| {
            let at = text.find(from)?;
            let fix = Fix {
                title: String::new(),
                edits: vec![Edit {
                    source: SourceId::PAGE,
                    span: Span::from_usize(at, at + from.len()),
                    content: (*to).to_owned(),
                }],
                applicability: Applicability::Safe,
            };
            Some(Diagnostic::new(RuleId::WrongType, *from).fix(fix))
        });
        let findings = findings.collect();
        CheckedPage { text, findings }
    });
    (String::from_utf8(fixed.bytes).unwrap(), fixed.fixed)
}

fn safe(page: &str, edits: &[(&str, &str)]) -> (String, usize) {
    apply(page, edits, Applicability::Safe)
}

const PAGE: &str = "---\na: 12 # x\nb: [one, two]\n---\n";

#[test]
fn several_fixes_in_one_go_and_overlapping_ones_one_after_the_other() {
    let (text, fixed) = safe(PAGE, &[(" 12", " '12'"), ("one", "'1'"), ("two", "'2'")]);
    assert_eq!(
        (text, fixed),
        (
            PAGE.replace(" 12", " '12'").replace("one, two", "'1', '2'"),
            3
        )
    );
    let (text, fixed) = safe(PAGE, &[("one, two", "one, three"), ("[one", "[ONE")]);
    assert_eq!((text, fixed), (PAGE.replace("one, two", "ONE, three"), 2));
    let (text, fixed) = safe(PAGE, &[("[one", "[ONE"), ("ONE, ", "'ONE', ")]);
    assert_eq!((text, fixed), (PAGE.replace("one", "'ONE'"), 2));
}

#[test]
fn an_error_that_shows_when_one_like_it_is_fixed_does_not_undo_the_fix() {
    let page = "---\na:\n- @x\n- @x\n- @y\n---\n";
    let excluded = BTreeSet::new();
    let fixer = Fixer {
        fences: &FENCES,
        dialect: Dialect::Jekyll,
        least: Applicability::Safe,
        excluded: &excluded,
    };
    let fixed = fixer.apply_fixes(page.as_bytes().to_vec(), &mut |bytes| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let Extraction::Found(block) = syntax::extract(bytes, true, &FENCES) else {
            panic!("no front matter");
        };
        let findings = syntax::parse(&text, &block, Dialect::Jekyll, SourceId::PAGE).diagnostics;
        CheckedPage { text, findings }
    });
    let text = String::from_utf8(fixed.bytes).unwrap();
    assert_eq!(text, "---\na:\n- \"@x\"\n- \"@x\"\n- \"@y\"\n---\n");
    assert_eq!(fixed.fixed, 3);
}

#[test]
fn what_breaks_the_page_or_changes_something_else_is_refused() {
    for edit in [
        ("12", "\"12"),
        ("12 #", "12#"),
        ("12 #", "|\n  #"),
        ("a: 12 # x\n", "a:\n "),
        ("b: [", "a: ["),
        ("---\n", "--\n"),
        ("a: 12", "a: 12"),
    ] {
        assert_eq!(safe(PAGE, &[edit]), (PAGE.to_owned(), 0), "{edit:?}");
    }
    let good = safe(PAGE, &[("12", "\"12"), ("two", "'2'")]);
    assert_eq!(good, (PAGE.replace("two", "'2'"), 1));
}

#[test]
fn a_value_read_in_two_places_is_left_alone() {
    for page in [
        "---\na: &n 12\nb: *n\n---\n",
        "---\na: &m {k: 12}\nb:\n  <<: *m\n---\n",
    ] {
        assert_eq!(safe(page, &[(" 12", " '12'")]), (page.to_owned(), 0));
    }
}

#[test]
fn keys_and_whole_entries_may_be_what_is_changed() {
    let (text, _) = safe(PAGE, &[("a:", "c:")]);
    assert_eq!(text, PAGE.replace("a:", "c:"));
    let (text, _) = safe(PAGE, &[("b: [one, two]\n", "")]);
    assert_eq!(text, PAGE.replace("b: [one, two]\n", ""));
}

#[test]
fn toml_and_json_are_compared_too() {
    let toml = "+++\na = 12\nb = \"x\" # y\n+++\n";
    assert_eq!(safe(toml, &[(" 12", " '12'")]).1, 1);
    assert_eq!(safe(toml, &[("12\nb", "12.b")]).1, 0);
    let json = "{\"a\": 12, \"b\": [1]}\n";
    assert_eq!(safe(json, &[(" 12", " \"12\"")]).1, 1);
    assert_eq!(safe(json, &[("12, \"b\":", "12, \"b\": [2], \"c\":")]).1, 0);
}

#[test]
fn only_fixes_that_are_sure_enough_are_applied_and_circles_end() {
    let excluded = BTreeSet::new();
    let fixer = Fixer {
        fences: &FENCES,
        dialect: Dialect::Core,
        least: Applicability::Unsafe,
        excluded: &excluded,
    };
    let look = |applicability| {
        move |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let (from, to) = if text.contains("12") {
                ("12", "13")
            } else {
                ("13", "12")
            };
            let at = text.find(from).unwrap();
            let fix = Fix {
                title: String::new(),
                edits: vec![Edit {
                    source: SourceId::PAGE,
                    span: Span::from_usize(at, at + 2),
                    content: to.to_owned(),
                }],
                applicability,
            };
            let findings = vec![Diagnostic::new(RuleId::WrongType, from).fix(fix)];
            CheckedPage { text, findings }
        }
    };
    let page = || PAGE.as_bytes().to_vec();
    let shown = fixer.apply_fixes(page(), &mut look(Applicability::DisplayOnly));
    assert_eq!(shown.fixed, 0);
    let circle = fixer.apply_fixes(page(), &mut look(Applicability::Unsafe));
    assert!(circle.fixed > 0);
}

#[test]
fn a_diff_has_the_form_that_patch_reads() {
    let mut out = Vec::new();
    let path = std::path::Path::new("a.md");
    unified_diff(&mut out, path, b"a\nb", b"a\nc").unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    );
}
