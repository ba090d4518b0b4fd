//! Front matter read into a tree.

use frontlint::testing::dialect::Dialect;
use frontlint::testing::syntax::{
    Block, CloseRule, Extraction, FenceRules, OpenRule, Syntax, extract, parse, parse_both_ways,
};
use frontlint::testing::text::SourceId;

use super::{chosen, places, twice};

/// Fences in every form but those that one generator alone takes.
pub const FENCES: FenceRules = FenceRules {
    generator: "The generator",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::Json,
    ],
    closes: &[CloseRule::Dots],
    when_missed: "drops all metadata",
    when_unclosed: "prints it as text",
    requires_front_matter: false,
};

/// YAML in one of the dialects, as a whole file or between fences.
pub fn yaml(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let dialects = Dialect::ALL.len();
    let dialect = Dialect::ALL[choice % dialects];
    let text = String::from_utf8_lossy(bytes);
    if (choice / dialects).is_multiple_of(2) {
        parsed(&text, &Block::whole(Syntax::Yaml, &text), dialect);
    } else {
        fenced(
            &format!("\u{feff}---\n{text}\n---\né"),
            Syntax::Yaml,
            dialect,
        );
    }
}

/// YAML by the fast path, if that reads it, and by the full parser: one tree.
pub fn fast(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let dialect = Dialect::ALL[choice % Dialect::ALL.len()];
    let text = String::from_utf8_lossy(bytes);
    let block = Block::whole(Syntax::Yaml, &text);
    if let Err(difference) = parse_both_ways(&text, &block, dialect) {
        panic!("{difference}");
    }
}

/// TOML, as a whole file or between fences.
pub fn toml(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let text = String::from_utf8_lossy(bytes);
    if choice.is_multiple_of(2) {
        parsed(&text, &Block::whole(Syntax::Toml, &text), Dialect::Core);
    } else {
        fenced(
            &format!("\u{feff}+++\n{text}\n+++\né"),
            Syntax::Toml,
            Dialect::Core,
        );
    }
}

/// JSON, as a whole file or above a text.
pub fn json(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let text = String::from_utf8_lossy(bytes);
    if choice.is_multiple_of(2) {
        parsed(&text, &Block::whole(Syntax::Json, &text), Dialect::Core);
    } else {
        fenced(&format!("\u{feff}\n{text}\né"), Syntax::Json, Dialect::Core);
    }
}

fn fenced(text: &str, syntax: Syntax, dialect: Dialect) {
    let extraction = extract(text.as_bytes(), true, &FENCES);
    if let Extraction::Found(block) | Extraction::Broken(_, Some(block)) = extraction
        && block.syntax == syntax
    {
        parsed(text, &block, dialect);
    }
}

fn parsed(text: &str, block: &Block, dialect: Dialect) {
    let parsed = twice(|| parse(text, block, dialect, SourceId::PAGE));
    for finding in &parsed.diagnostics {
        places::of_finding(text, finding, None);
    }
    match &parsed.document {
        Some(document) => places::of_document(text, document),
        None => assert!(!parsed.diagnostics.is_empty(), "a tree or a finding"),
    }
}
