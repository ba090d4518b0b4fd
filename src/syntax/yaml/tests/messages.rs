//! Findings about common mistakes. The mistakes are in `fixtures/syntax/mistakes.txt`, the findings
//! in the snapshot.

use std::fmt::Write as _;

use super::*;
use crate::text::{ColumnUnit, LineIndex};

const MISTAKES: &str = include_str!("../../../../fixtures/syntax/mistakes.txt");

fn describe(text: &str) -> String {
    let lines = LineIndex::new(text);
    let place = |span: Span| {
        let at = lines.position(text, span.start, ColumnUnit::Scalar);
        format!(
            "{}:{} `{}`",
            at.line,
            at.column,
            span.slice(text).escape_debug()
        )
    };
    let mut out = String::new();
    for diagnostic in page(text, Dialect::Jekyll).diagnostics {
        let primary = diagnostic.primary.expect("a place");
        let _ = writeln!(
            out,
            "{} {}: {}",
            place(primary.span),
            diagnostic.rule,
            diagnostic.message
        );
        for label in &diagnostic.related {
            let _ = writeln!(out, "    {} {}", place(label.span), label.message);
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "  help: {help}");
        }
        if let Some(fix) = &diagnostic.fix {
            let mut fixed = text.to_owned();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.span.range(), &edit.content);
            }
            let fixed = fixed
                .trim_start_matches("---\n")
                .trim_end_matches("---\n")
                .trim_end();
            let _ = writeln!(out, "  {} fix: {:?}", fix.applicability.as_str(), fixed);
        }
    }
    out
}

#[test]
fn mistakes_have_the_messages_of_the_snapshot() {
    let mut out = String::new();
    for mistake in MISTAKES.split("%%%\n").skip(1) {
        let text = mistake
            .replace('→', "\t")
            .replace('␀', "\0")
            .replace('␇', "\u{7}");
        let described = describe(&format!("---\n{text}---\n"));
        assert!(!described.is_empty(), "{mistake:?}");
        let _ = writeln!(out, "{mistake}{described}");
    }
    insta::assert_snapshot!(out);
}

proptest! {
    /// A mapping that is written with whatever style its values allow reads back, spans and all.
    #[test]
    fn generated_mappings_read_back(
        values in proptest::collection::vec(("[a-z]{1,6}", "[ -~é’\u{a0}\u{1f600}]{0,20}", 0u8..5), 0..8),
        crlf: bool,
    ) {
        let line_break = if crlf { "\r\n" } else { "\n" };
        let mut text = format!("---{line_break}");
        let mut expected = Vec::new();
        for (index, (key, value, style)) in values.iter().enumerate() {
            let (written, value) = write(value, *style, line_break);
            let _ = write!(text, "{key}{index}: {written}{line_break}");
            expected.push((format!("{key}{index}"), value));
        }
        let _ = write!(text, "---{line_break}");
        let parsed = page(&text, Dialect::Core);
        prop_assert_eq!(&parsed.diagnostics, &[], "{:?}", text);
        let document = parsed.document.expect("a document");
        let members = document.members(document.root());
        prop_assert_eq!(members.len(), expected.len());
        for (member, (key, value)) in members.iter().zip(&expected) {
            prop_assert_eq!(member.key.span.slice(&text), key);
            let scalar = document.scalar(member.value).expect("a scalar");
            prop_assert_eq!(&scalar.text, value, "{:?}", text);
            let slice = document.node(member.value).span.slice(&text);
            let again = format!("--- {slice}\n");
            let again = parse_any(&again, Dialect::Core).expect("YAML");
            let read = again[0].scalar(again[0].root()).expect("a scalar");
            prop_assert_eq!(&read.text, value, "{:?}", slice);
            prop_assert_eq!(&read.value, &scalar.value);
        }
    }
}

/// A value as YAML, and what it reads as.
fn write(value: &str, style: u8, line_break: &str) -> (String, String) {
    let block = value.trim_matches(' ');
    match style {
        0 => (format!("'{}'", value.replace('\'', "''")), value.to_owned()),
        1 if !block.is_empty() => (format!("|{line_break}  {block}"), format!("{block}\n")),
        2 if !block.is_empty() => (
            format!(">-  # c{line_break}{line_break}    {block}"),
            format!("\n{block}"),
        ),
        3 => {
            let plain: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
            (plain.clone(), plain)
        }
        _ => {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            (format!("\"{escaped}\""), value.to_owned())
        }
    }
}
