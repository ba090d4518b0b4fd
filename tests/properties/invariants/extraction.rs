//! Front matter found in a file.

use std::sync::LazyLock;

use frontlint::testing::diagnostic::Diagnostic;
use frontlint::testing::syntax::{
    Block, CloseRule, Extraction, FenceRules, OpenRule, Syntax, extract,
};
use frontlint::testing::text::Span;

use super::{chosen, places, twice};

/// Whether the bits of a byte choose a rule.
type IsChosen = fn(u8) -> bool;

const OPEN_RULES: [(OpenRule, IsChosen); 10] = [
    (OpenRule::AfterByteOrderMark, |bits| bits & 2 > 0),
    (OpenRule::AfterEmptyLines, |bits| bits & 4 > 0),
    (OpenRule::Toml, |bits| bits & 8 == 0),
    (OpenRule::Json, |bits| bits & 16 == 0),
    (OpenRule::WithLanguage, |bits| bits & 32 > 0),
    (OpenRule::WithAddedLanguage, |bits| bits & 2 > 0),
    (OpenRule::WithMetadata, |bits| bits & 128 > 0),
    (OpenRule::Indented, |bits| bits & 128 > 0),
    (OpenRule::AtAnySign, |bits| bits & 128 > 0),
    (OpenRule::OnlyBeforeLineBreak, |bits| {
        bits & (128 | 64) == 64
    }),
];

const CLOSE_RULES: [(CloseRule, IsChosen); 8] = [
    (CloseRule::Dots, |bits| bits & 1 > 0),
    (CloseRule::WithTrailingText, |bits| bits & 64 > 0),
    (CloseRule::AtEndOfLine, |bits| bits & (128 | 64) == 64),
    (CloseRule::BySign, |bits| bits & (64 | 32) == 64 | 32),
    (CloseRule::OnlyByFence, |bits| bits & (128 | 32) > 0),
    (CloseRule::AtEndOfFile, |bits| bits & 32 > 0),
    (CloseRule::OnlyAfterContent, |bits| {
        (bits & 128 > 0) != (bits & 1 > 0)
    }),
    (CloseRule::OnlyBeforeLineBreak, |bits| {
        (bits & 128 > 0) != (bits & 1 > 0)
    }),
];

/// Each set of rules about fences that the bits of a byte choose: every way in which generators
/// differ, what only Hugo does together.
static RULES: LazyLock<Vec<FenceRules>> = LazyLock::new(|| {
    let rules_of = |bits| FenceRules {
        generator: "The generator",
        opens: chosen_rules(&OPEN_RULES, bits),
        closes: chosen_rules(&CLOSE_RULES, bits),
        when_missed: "drops all metadata",
        when_unclosed: "prints it as text",
        requires_front_matter: false,
    };
    (0..=u8::MAX).map(rules_of).collect()
});

fn chosen_rules<T: Copy>(rules: &[(T, IsChosen)], bits: u8) -> &'static [T] {
    let chosen = rules.iter().filter(|(_, is_chosen)| is_chosen(bits));
    chosen.map(|(rule, _)| *rule).collect::<Vec<_>>().leak()
}

/// Extraction, of the whole file and of its beginning.
pub fn extraction(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let rules = &RULES[choice];
    let whole = twice(|| extract(bytes, true, rules));
    assert!(!matches!(whole, Extraction::Incomplete));
    places_of(bytes, &whole);
    // What is decided before all of a file is read stays so.
    for part in 1..4 {
        let beginning = &bytes[..bytes.len() * part / 4];
        let early = twice(|| extract(beginning, false, rules));
        places_of(beginning, &early);
        match (early, &whole) {
            (Extraction::Incomplete, _) => {}
            (early, whole) => assert_eq!(format!("{early:?}"), format!("{whole:?}")),
        }
    }
}

fn places_of(bytes: &[u8], extraction: &Extraction) {
    // What follows the front matter may be anything.
    let text = std::str::from_utf8(bytes).ok();
    let within = |span: Span| match text {
        Some(text) => places::within(text, span),
        None => assert!(span.range().end <= bytes.len(), "{span:?}"),
    };
    match extraction {
        Extraction::Incomplete | Extraction::Absent | Extraction::Foreign => {}
        Extraction::Found(block) => of_block(bytes, *block, within),
        Extraction::Broken(finding, block) => {
            of_finding(finding, text, within);
            block
                .iter()
                .for_each(|&block| of_block(bytes, block, within));
        }
    }
}

fn of_finding(finding: &Diagnostic, text: Option<&str>, within: impl Fn(Span)) {
    if let Some(text) = text {
        places::of_finding(text, finding, None);
    }
    let labels = finding.primary.iter().chain(&finding.related);
    labels.for_each(|label| within(label.span));
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits.for_each(|edit| within(edit.span));
}

fn of_block(bytes: &[u8], block: Block, within: impl Fn(Span)) {
    let Block {
        open,
        content,
        close,
        ..
    } = block;
    [open, content, close].into_iter().for_each(within);
    if bytes[open.range()].starts_with(b"{") {
        assert_eq!(block.syntax, Syntax::Json);
        assert!(
            content.contains(open) && content.contains(close),
            "{block:?}"
        );
    } else {
        assert!(
            open.end <= content.start && content.end <= close.start,
            "{block:?}"
        );
    }
}
