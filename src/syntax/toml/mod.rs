//! TOML into the arena, through the `toml` crate. Comments and the first spans of duplicate keys
//! come from its tokens.

mod error;
mod key_spans;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::{Block, Document, Key, Member, NodeId, Parsed, Scalar};
use crate::diagnostic::{Diagnostic, LeftOut, Problem, RuleId, Severity};
use crate::dialect::{Style, Timestamp, Value, Zone};
use crate::text::{SourceId, Span};

/// So many duplicate keys are reported; the rest are counted.
const MOST_DUPLICATES: usize = 100;

pub(super) fn parse<'s>(text: &'s str, block: &Block, source: SourceId) -> Parsed<'s> {
    let content = block.content.slice(text);
    let (table, errors) = DeTable::parse_recoverable(content);
    let tokens: Vec<Token> = Source::new(content).lex().collect();
    let mut builder = Builder {
        content,
        base: block.content.start as usize,
        document: Document::empty(*block, source),
        source,
        diagnostics: Vec::new(),
    };
    let mut broken = false;
    let duplicates: Vec<_> = errors
        .iter()
        .filter(|error| error::is_duplicate(error))
        .collect();
    if !duplicates.is_empty() {
        let keys = key_spans::read(content, &tokens);
        let reported = duplicates.len().min(MOST_DUPLICATES);
        let (reported, left_out) = duplicates.split_at(reported);
        for error in reported {
            builder.report_duplicate(error, &keys);
        }
        let mut more = LeftOut::default();
        for error in left_out {
            let span = builder.span(error.span().unwrap_or_default());
            more.add(RuleId::DuplicateKey, Severity::Error, source, span);
        }
        builder.diagnostics.extend(more.into_diagnostics());
    }
    if let Some(error) = error::foremost(&errors) {
        broken = true;
        let in_content = error::explain(error, content, &tokens);
        let problem = Problem {
            span: in_content.span.map(|span| builder.span(span.range())),
            ..in_content
        };
        let diagnostic = problem.into_diagnostic(RuleId::InvalidSyntax, source);
        builder.diagnostics.push(diagnostic);
    }
    if !broken {
        let (root, _) = builder.table(table.into_inner(), None);
        builder.document.set_root(root);
        let comments = tokens
            .iter()
            .filter(|token| token.kind() == TokenKind::Comment);
        builder.document.comments = comments
            .map(|token| builder.span(token.span().start()..token.span().end()))
            .collect();
        broken = builder
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.rule == RuleId::InvalidSyntax);
    }
    Parsed {
        document: Some(builder.document).filter(|_| !broken),
        diagnostics: builder.diagnostics,
    }
}

struct Builder<'s> {
    content: &'s str,
    base: usize,
    document: Document<'s>,
    source: SourceId,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Builder<'s> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::from_usize(self.base + range.start, self.base + range.end)
    }

    fn report_duplicate(&mut self, error: &toml::de::Error, keys: &[key_spans::Place]) {
        let range = error.span().unwrap_or_default();
        let name = self.content.get(range.clone()).unwrap_or_default();
        let message = format!("the key `{name}` is written twice");
        let diagnostic = Diagnostic::new(RuleId::DuplicateKey, message)
            .at_source(self.source, self.span(range.clone()), "")
            .help("keep one of them; TOML refuses a page with both");
        let first = key_spans::first_of(keys, range.start);
        self.diagnostics.push(match first {
            Some(first) => diagnostic.related(self.source, self.span(first), "first written here"),
            None => diagnostic,
        });
    }

    /// A table from its entries. `own` are its bytes where it has any of its own: the braces of an
    /// inline table, the header of another.
    fn table(&mut self, table: DeTable<'s>, own: Option<Span>) -> (NodeId, Span) {
        let mut span = own;
        let mut members = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_span = self.span(key.span());
            let (node, value_span) = self.value(value, Some(key_span));
            let entry = key_span.cover(value_span);
            span = Some(span.map_or(entry, |span| span.cover(entry)));
            members.push(Member {
                key: Key {
                    text: key.into_inner(),
                    span: key_span,
                    source: self.source,
                    value: Value::String,
                },
                value: node,
            });
        }
        // The crate sorts keys by name.
        members.sort_by_key(|member| member.key.span);
        let span = span.unwrap_or(Span::empty(self.document.block.content.start));
        let node = self.document.push_mapping(members, span, self.source);
        (node, span)
    }

    fn value(&mut self, value: Spanned<DeValue<'s>>, key: Option<Span>) -> (NodeId, Span) {
        let span = self.span(value.span());
        let (style, value, text) = match value.into_inner() {
            DeValue::Table(table) => {
                // A table that dotted keys bring about has the place of its key.
                let own = Some(span).filter(|_| key != Some(span));
                return self.table(table, own);
            }
            DeValue::Array(array) => {
                let mut whole = span;
                let mut items = Vec::with_capacity(array.len());
                for item in array {
                    let (node, span) = self.value(item, None);
                    whole = whole.cover(span);
                    items.push(node);
                }
                let node = self.document.push_sequence(&items, whole, self.source);
                return (node, whole);
            }
            DeValue::String(text) => (self.quotes(span), Value::String, Some(text)),
            DeValue::Boolean(bool) => (Style::Plain, Value::Bool(bool), None),
            DeValue::Float(float) => {
                let float = float.as_str().parse().unwrap_or(f64::NAN);
                (Style::Plain, Value::Float(float), None)
            }
            DeValue::Integer(integer) => {
                let read = i64::from_str_radix(integer.as_str(), integer.radix());
                let value = read.map_or_else(
                    |_| {
                        self.too_large(span);
                        Value::BigInteger(integer.as_str().into())
                    },
                    Value::Integer,
                );
                (Style::Plain, value, None)
            }
            DeValue::Datetime(datetime) => (Style::Plain, timestamp(&datetime), None),
        };
        let text: DeString<'s> = text.unwrap_or_else(|| Cow::Borrowed(self.slice(span)));
        let scalar = Scalar { text, style, value };
        let node = self.document.push_scalar(scalar, span, self.source);
        (node, span)
    }

    fn slice(&self, span: Span) -> &'s str {
        let range = span.range();
        let start = range.start.saturating_sub(self.base);
        let end = range.end.saturating_sub(self.base);
        self.content.get(start..end).unwrap_or_default()
    }

    fn quotes(&self, span: Span) -> Style {
        if self.slice(span).starts_with('\'') {
            Style::SingleQuoted
        } else {
            Style::DoubleQuoted
        }
    }

    fn too_large(&mut self, span: Span) {
        let diagnostic = Diagnostic::new(RuleId::InvalidSyntax, "the number is too large for TOML")
            .at_source(self.source, span, "")
            .help("write a number that is text in quotes");
        self.diagnostics.push(diagnostic);
    }
}

/// A time without a date has no type of its own here, and stays the text it is.
fn timestamp(datetime: &toml::value::Datetime) -> Value {
    let Some(date) = datetime.date else {
        return Value::String;
    };
    let nanosecond_of_day = datetime.time.map(|time| {
        let minutes = i64::from(time.hour) * 60 + i64::from(time.minute);
        let seconds = minutes * 60 + i64::from(time.second.unwrap_or(0));
        seconds * 1_000_000_000 + i64::from(time.nanosecond.unwrap_or(0))
    });
    let zone = match datetime.offset {
        None => Zone::None,
        Some(toml::value::Offset::Z) => Zone::Offset(0),
        Some(toml::value::Offset::Custom { minutes }) => Zone::Offset(i32::from(minutes) * 60),
    };
    Value::Timestamp(Timestamp {
        year: i32::from(date.year),
        month: i8::try_from(date.month).unwrap_or(1),
        day: i8::try_from(date.day).unwrap_or(1),
        nanosecond_of_day,
        zone,
    })
}
