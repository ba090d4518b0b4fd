//! Front matter found in a file.

use frontlint::diagnostic::Diagnostic;
use frontlint::syntax::{Block, Extraction, FenceRules, Syntax, extract};
use frontlint::text::Span;

use super::{chosen, places, twice};

/// Every way in which generators differ about fences, switched on and off; what Hugo alone does,
/// together.
fn rules(choice: usize) -> FenceRules {
    let bit = |index: usize| choice >> index & 1 == 1;
    FenceRules {
        generator: "The generator",
        dots_close: bit(0),
        byte_order_mark: bit(1),
        blank_lines_before: bit(2),
        toml: !bit(3),
        json: !bit(4),
        language_after_open: bit(5),
        more_languages: bit(1),
        closed_by_prefix: bit(6),
        opened_by_prefix: bit(7),
        indented_open: bit(7),
        open_to_end: bit(7) || bit(5),
        reads_unclosed: bit(5),
        wants_content: bit(7) != bit(0),
        signs_open: bit(7),
        break_after_close: bit(7) != bit(0),
        when_missed: "drops all metadata",
        when_unclosed: "prints it as text",
    }
}

/// Extraction, of the whole file and of its beginning.
pub fn extraction(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let rules = rules(choice);
    let whole = twice(|| extract(bytes, true, &rules));
    assert!(!matches!(whole, Extraction::Incomplete));
    places_of(bytes, &whole);
    // What is decided before all of a file is read stays so.
    for part in 1..4 {
        let beginning = &bytes[..bytes.len() * part / 4];
        let early = twice(|| extract(beginning, false, &rules));
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
