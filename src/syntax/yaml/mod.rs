//! YAML into the arena; the one place that names granit-parser.
//!
//! Accepts what libyaml accepts. Owns the spans of YAML nodes, anchors, merges, duplicate keys and
//! the wording of every syntax error. Must not check values.

mod builder;
mod duplicates;
mod errors;
mod fast;
mod spans;
mod tabs;

use std::ops::Range;

use granit_parser::{Options, Parser, options};

use self::builder::{Builder, Mode};
use super::{Block, Document, Kind, Parsed, Syntax};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::Dialect;
use crate::text::{SourceId, Span};

/// How deeply lists and mappings may nest, aliases included.
const MAX_DEPTH: usize = 128;

/// How many nodes aliases and merges may add to a document, were they written out.
const MAX_EXPANDED: u64 = 100_000;

/// So many lines in brackets may be indented with tabs, in front matter of so many bytes, since
/// each takes another parse.
const MAX_TABBED_LINES: usize = 100;
const LONGEST_TABBED: u32 = 1 << 16;

pub(super) fn parse<'s>(
    text: &'s str,
    block: &Block,
    dialect: Dialect,
    source: SourceId,
) -> Parsed<'s> {
    if let Some(tab) = tab_before(text, block, dialect, source) {
        return Parsed {
            document: None,
            diagnostics: vec![tab],
        };
    }
    match fast::parse(text, block, dialect, source) {
        Some(document) => Parsed {
            document: Some(document),
            diagnostics: Vec::new(),
        },
        None => parse_fully(text, block, dialect, source),
    }
}

/// A tab after the opening fence, which yaml.v2 reads with what follows.
fn tab_before(text: &str, block: &Block, dialect: Dialect, source: SourceId) -> Option<Diagnostic> {
    let open = block.open;
    if dialect != Dialect::HugoYamlV2 || open.is_empty() {
        return None;
    }
    let line = text.get(open.end as usize..block.content.start as usize)?;
    let at = open.end + u32::try_from(line.find('\t')?).ok()?;
    let message = format!("{} takes no tab after the opening `---`", dialect.reader());
    let tab = Diagnostic::new(RuleId::InvalidSyntax, message)
        .at_source(source, Span::new(at, at + 1), "")
        .help("delete the tab");
    Some(tab)
}

/// Parses YAML front matter by both paths. Returns whether the fast path can read it. For the
/// differential test and its fuzz target.
///
/// # Errors
///
/// How the two documents differ.
pub fn parse_both_ways(text: &str, block: &Block, dialect: Dialect) -> Result<bool, String> {
    let Some(fast) = fast::parse(text, block, dialect, SourceId::PAGE) else {
        return Ok(false);
    };
    let full = parse_fully(text, block, dialect, SourceId::PAGE);
    let same = full.diagnostics.is_empty()
        && full.document.as_ref().is_some_and(|full| {
            // Not a number is equal to none, but written the same.
            *full == fast || format!("{full:?}") == format!("{fast:?}")
        });
    if same {
        return Ok(true);
    }
    Err(format!(
        "{dialect}, {text:?}\n\nthe fast path: {fast:#?}\n\nthe full parser: {full:#?}"
    ))
}

fn parse_fully<'s>(text: &'s str, block: &Block, dialect: Dialect, source: SourceId) -> Parsed<'s> {
    let (parsed, tab) = parse_once(text, block, dialect, source);
    match tab {
        Some(tab) if dialect.takes_tabs_in_brackets() && block.content.len() <= LONGEST_TABBED => {
            parse_without_tabs(text, tab, block, dialect, source).unwrap_or(parsed)
        }
        _ => parsed,
    }
}

/// Parses a page again with spaces in place of the tabs that lines in brackets are indented with,
/// of which `tab` is the first. `None` where something else stops the parser.
fn parse_without_tabs<'s>(
    text: &str,
    tab: usize,
    block: &Block,
    dialect: Dialect,
    source: SourceId,
) -> Option<Parsed<'s>> {
    let mut text = text.to_owned();
    let mut tab = tab;
    for _ in 0..MAX_TABBED_LINES {
        let indent = indented_with_tab(&text, tab, block, dialect)?;
        let spaces = " ".repeat(indent.len());
        text.replace_range(indent, &spaces);
        let (parsed, next) = parse_once(&text, block, dialect, source);
        match next {
            Some(next) => tab = next,
            None => {
                return Some(Parsed {
                    document: parsed.document.map(Document::into_owned),
                    diagnostics: parsed.diagnostics,
                });
            }
        }
    }
    None
}

/// The indentation of a line, if it has a tab: of the line of `at`, or of one below it.
/// Of an unquoted text before such a line the scanner reports the beginning; libyaml stops at both.
fn indented_with_tab(
    text: &str,
    at: usize,
    block: &Block,
    dialect: Dialect,
) -> Option<Range<usize>> {
    let mut start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    let lines = text.get(start..block.content.range().end)?;
    let most = match dialect.follows_libyaml() {
        true => 1,
        false => usize::MAX,
    };
    for line in lines.split_inclusive('\n').take(most) {
        let spaces = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line.get(..spaces)?.contains('\t') {
            return Some(start..start + spaces);
        }
        start += line.len();
    }
    None
}

/// The outcome, and the tab in brackets that stopped the scanner, if it was one.
fn parse_once<'s>(
    text: &'s str,
    block: &Block,
    dialect: Dialect,
    source: SourceId,
) -> (Parsed<'s>, Option<usize>) {
    let mut builder = Builder::new(text, *block, dialect, source, Mode::FrontMatter);
    run(&mut builder, block);
    let built = builder.finish();
    let flow_tab = built.flow_tab;
    let document = built.documents.into_iter().next();
    let mut diagnostics = built.diagnostics;
    let mut broken = built.broken;
    let document = document.unwrap_or_else(|| Document::empty(*block, source));
    let document = match as_mapping(document, text, dialect, source) {
        Ok(document) => Some(document),
        Err(error) => {
            if !broken {
                diagnostics.push(*error);
            }
            broken = true;
            None
        }
    };
    let parsed = Parsed {
        document: document.filter(|_| !broken),
        diagnostics,
    };
    (parsed, flow_tab)
}

/// Reads a stream of YAML documents as YAML allows them, without what front matter asks for: any
/// number of documents, any root, any keys (those that are no scalars keep their source text).
/// The YAML test suite runs against this.
///
/// # Errors
///
/// What is wrong with the syntax.
pub fn parse_any(text: &str, dialect: Dialect) -> Result<Vec<Document<'_>>, Vec<Diagnostic>> {
    let block = Block::whole(Syntax::Yaml, text);
    let mut builder = Builder::new(text, block, dialect, SourceId::PAGE, Mode::Any);
    run(&mut builder, &block);
    let built = builder.finish();
    if built.broken {
        return Err(built.diagnostics);
    }
    Ok(built.documents)
}

fn run(builder: &mut Builder<'_>, block: &Block) {
    let content = block.content.slice(builder.text());
    if let Some((at, character)) = errors::unprintable(content) {
        builder.unprintable(at, character);
        return;
    }
    let mut options = granit_options(builder.dialect());
    if builder.mode() == Mode::Any && builder.dialect() == Dialect::Core {
        options.bom_inside_document_as_content = false;
    }
    for next in Parser::new_from_str_with_options(content, options) {
        let go_on = match next {
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => {
                builder.scan_error(&error);
                false
            }
        };
        if !go_on {
            break;
        }
    }
}

/// libyaml's ways, which Ruby's parsers share; the dialect of the specification keeps to it where
/// the two differ in value. A byte order mark within a value is content to the real
/// parsers of all dialects.
fn granit_options(dialect: Dialect) -> Options {
    options! {
        emit_anchor_events: dialect.follows_libyaml(),
        emit_unresolved_aliases: true,
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: dialect.follows_libyaml(),
        max_buffered_comment_events: 1_000_000,
        simple_key_max_lookahead: 1024,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// Front matter is a mapping; nothing at all counts as an empty one.
fn as_mapping<'s>(
    mut document: Document<'s>,
    text: &str,
    dialect: Dialect,
    source: SourceId,
) -> Result<Document<'s>, Box<Diagnostic>> {
    let root = document.node(document.root());
    match &root.kind {
        Kind::Mapping(_) => Ok(document),
        Kind::Scalar(scalar)
            if scalar.text.is_empty()
                || (dialect.takes_null_for_mapping()
                    && matches!(&*scalar.text, "~" | "null" | "Null" | "NULL")) =>
        {
            let span = Span::empty(root.span.start);
            let empty = document.push_mapping([], span, source);
            document.set_root(empty);
            Ok(document)
        }
        Kind::Scalar(_) => Err(errors::text_root(text, document.block, root.span, source)),
        Kind::Sequence(_) => {
            let end = root.span.start + root.span.len().min(1);
            let error = Diagnostic::new(
                RuleId::InvalidSyntax,
                "front matter is made of keys and values, and this is a list",
            )
            .at_source(
                source,
                Span::new(root.span.start, end),
                "a list begins here",
            );
            let first = document
                .items(document.root())
                .first()
                .map(|&item| document.node(item).span.slice(text));
            Err(Box::new(match first {
                Some(item) if !item.is_empty() && !item.contains('\n') => error.help(format!(
                    "put a key above the list, and indent it below: `key:`, then `  - {item}`"
                )),
                _ => error,
            }))
        }
    }
}

#[cfg(test)]
mod tests;
