//! Rows of the records taken apart.

use frontlint::testing::dialect::{Dialect, Style};
use serde_json::Value as Json;

/// A row that is one scalar on one line, taken apart without a YAML parser.
pub fn scalar(row: &Json, dialect: Dialect) -> Option<(String, Style, Option<String>)> {
    let error = row["error"].as_str().unwrap_or("");
    let by_parser = [
        "SyntaxError",
        "YAMLParseError",
        "ReferenceError",
        "BadAlias",
        "ScannerError",
        "ParserError",
        "YAMLException",
        "yaml: ",
        "[1:",
    ];
    let by_resolution = [
        "expects",
        "cannot resolve a node",
        "unknown tag",
        "unknown scalar tag",
        "cannot decode",
    ];
    let any = |words: &[&str]| words.iter().any(|it| error.contains(it));
    let by_parser = any(&by_parser) && !any(&by_resolution);
    if by_parser
        || ["seq", "map", "none"]
            .iter()
            .any(|kind| row["kind"] == *kind)
    {
        return None;
    }
    let mut text = row["text"].as_str().unwrap();
    let mut tag = None;
    if text.starts_with('&') {
        text = text.split_once(' ').map_or("", |(_, rest)| rest);
    }
    if text.starts_with('!') {
        let (written, rest) = text.split_once(' ').unwrap_or((text, ""));
        text = rest;
        tag = Some(
            if dialect == Dialect::HugoGoccy && written.starts_with("!<") {
                // A tag written in full is not its short form.
                written.to_owned()
            } else if let Some(verbatim) = written.strip_prefix("!<") {
                verbatim.trim_end_matches('>').to_owned()
            } else if let Some(name) = written.strip_prefix("!!") {
                format!("tag:yaml.org,2002:{name}")
            } else {
                written.to_owned()
            },
        );
    }
    match text.chars().next() {
        Some('*' | '|' | '>' | '[' | '{') => None,
        Some(quote @ ('"' | '\'')) => {
            let inner = text[1..].split(quote).next()?;
            if inner.contains('\\') || text.contains("''") && text.len() > 2 {
                return None;
            }
            let style = if quote == '"' {
                Style::DoubleQuoted
            } else {
                Style::SingleQuoted
            };
            Some((inner.to_owned(), style, tag))
        }
        Some('#') => Some((String::new(), Style::Plain, tag)),
        _ => {
            let comment = [" #", "\t#"]
                .iter()
                .filter_map(|sign| text.find(sign))
                .min();
            let text = &text[..comment.unwrap_or(text.len())];
            Some((text.trim_matches([' ', '\t']).to_owned(), Style::Plain, tag))
        }
    }
}
