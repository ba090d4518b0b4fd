//! Tests of the fences of generators that have a regular expression of their own for them.

use super::*;

const ZOLA: FenceRules = FenceRules {
    generator: "Zola",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Indented,
        OpenRule::Toml,
        OpenRule::OnlyBeforeLineBreak,
    ],
    closes: &[CloseRule::AtEndOfLine],
    when_missed: "stops",
    when_unclosed: "stops",
    requires_front_matter: true,
};

const ASTRO: FenceRules = FenceRules {
    generator: "Astro",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::WithMetadata,
    ],
    closes: &[CloseRule::WithTrailingText, CloseRule::BySign],
    ..FenceRules::STRICT
};

#[test]
fn zola_closes_at_the_first_line_that_ends_with_the_fence() {
    for (text, expected) in [
        ("---\na: b\n---\nText\n", Some("a: b\n")),
        ("---\na: b\n ---\nText\n", Some("a: b\n ")),
        ("---\na: b ---\nText\n---\n", Some("a: b ")),
        ("---\na: b\n---  \t\nText\n", Some("a: b\n")),
        ("---\na: --- b\n---", Some("a: --- b\n")),
        ("  ---\na: b\n---\n", Some("a: b\n")),
        ("\n\n+++\na = 1\n\t+++\n", Some("a = 1\n\t")),
        ("+++\na = 1\n---\n", None),
        ("--- a: b\n---\n", None),
    ] {
        assert_eq!(content(text, &ZOLA).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn zola_takes_no_white_space_after_the_opening_fence() {
    for (text, fixed) in [
        ("--- \na: b\n---\n", "---\na: b\n---\n"),
        ("+++\t\na = 1\n+++\n", "+++\na = 1\n+++\n"),
    ] {
        let (finding, block) = broken_by(text, &ZOLA);
        assert_eq!(finding.rule, RuleId::MalformedFence);
        assert!(
            finding.message.ends_with("so Zola stops"),
            "{}",
            finding.message
        );
        assert!(block.is_some());
        let edit = &finding.fix.as_ref().unwrap().edits[0];
        let mut text = text.to_owned();
        text.replace_range(edit.span.range(), &edit.content);
        assert_eq!(text, fixed);
    }
}

#[test]
fn astro_closes_what_either_fence_opens_with_either() {
    assert_eq!(
        content("---\na: b\n---\n", &ASTRO).as_deref(),
        Some("a: b\n")
    );
    assert_eq!(
        content("\u{feff}+++\na = 1\n+++\n", &ASTRO).as_deref(),
        Some("a = 1\n")
    );
    let (finding, block) = broken_by("---\na: b\n+++\nText\n", &ASTRO);
    assert_eq!(
        finding.message,
        "`+++` closes the front matter that `---` opens, so Astro prints these lines as text too"
    );
    assert_eq!(block.as_deref(), Some("a: b\n"));
    assert_eq!(content("---\na: b\n+++\n", &ZOLA), None);
}
