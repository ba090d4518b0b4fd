//! TOML into the arena.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};
use toml::value::{Datetime, Offset};

use super::{Block, Document, Key, Member, NodeId, Parsed, Scalar};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::dialect::{Style, Timestamp, Value, Zone};
use crate::text::{SourceId, Span};

pub(super) fn parse<'s>(text: &'s str, block: &Block, source: SourceId) -> Parsed<'s> {
    let base = block.content.start as usize;
    let content = block.content.slice(text);
    let mut builder = Builder {
        text,
        base,
        document: Document::empty(*block, source),
        source,
    };
    match DeTable::parse(content) {
        Ok(table) => {
            // The parser gives an empty root no place of its own.
            let root = builder.table(table.into_inner(), block.content);
            builder.document.set_root(root);
            Parsed {
                document: Some(builder.document),
                diagnostics: Vec::new(),
            }
        }
        Err(error) => {
            let place = error.span().unwrap_or(0..0);
            let rule = if error.message().starts_with("duplicate key") {
                RuleId::DuplicateKey
            } else {
                RuleId::InvalidSyntax
            };
            let message = format!("this is not TOML: {}", error.message().replace('\n', "; "));
            let diagnostic =
                Diagnostic::new(rule, message).at_source(source, builder.span(place), "");
            Parsed {
                document: None,
                diagnostics: vec![diagnostic],
            }
        }
    }
}

struct Builder<'s> {
    text: &'s str,
    base: usize,
    document: Document<'s>,
    source: SourceId,
}

impl<'s> Builder<'s> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::from_usize(self.base + range.start, self.base + range.end)
    }

    fn table(&mut self, table: DeTable<'s>, span: Span) -> NodeId {
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut members = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let key_span = self.span(key.span());
            let value = self.value(value);
            members.push(Member {
                key: Key {
                    text: key.into_inner(),
                    span: key_span,
                    source: self.source,
                    value: Value::String,
                },
                value,
            });
        }
        self.document.push_mapping(members, span, self.source)
    }

    fn value(&mut self, value: Spanned<DeValue<'s>>) -> NodeId {
        let span = self.span(value.span());
        match value.into_inner() {
            DeValue::Table(table) => self.table(table, span),
            DeValue::Array(array) => {
                let items: Vec<_> = array.into_iter().map(|item| self.value(item)).collect();
                self.document.push_sequence(items, span, self.source)
            }
            DeValue::String(text) => self.scalar(span, Some(text), Value::String),
            DeValue::Integer(number) => self.scalar(span, None, integer(&number)),
            DeValue::Float(number) => {
                let value = number.as_str().parse().unwrap_or(f64::NAN);
                self.scalar(span, None, Value::Float(value))
            }
            DeValue::Boolean(value) => self.scalar(span, None, Value::Bool(value)),
            DeValue::Datetime(datetime) => {
                let value = timestamp(&datetime).map_or(Value::String, Value::Timestamp);
                self.scalar(span, None, value)
            }
        }
    }

    /// A scalar; without a text of its own it is its source.
    fn scalar(&mut self, span: Span, text: Option<Cow<'s, str>>, value: Value) -> NodeId {
        let written = span.slice(self.text);
        let style = match written.as_bytes().first() {
            Some(b'"') => Style::DoubleQuoted,
            Some(b'\'') => Style::SingleQuoted,
            _ => Style::Plain,
        };
        let text = text.unwrap_or(Cow::Borrowed(written));
        let scalar = Scalar { text, style, value };
        self.document.push_scalar(scalar, span, self.source)
    }
}

fn integer(number: &DeInteger<'_>) -> Value {
    let digits = number.as_str();
    i64::from_str_radix(digits, number.radix())
        .map_or_else(|_| Value::BigInteger(digits.into()), Value::Integer)
}

/// A time of day alone is no timestamp.
fn timestamp(datetime: &Datetime) -> Option<Timestamp> {
    let date = datetime.date?;
    let time = datetime.time.map(|time| {
        let minutes = i64::from(time.hour) * 60 + i64::from(time.minute);
        let seconds = minutes * 60 + i64::from(time.second.unwrap_or(0));
        seconds * 1_000_000_000 + i64::from(time.nanosecond.unwrap_or(0))
    });
    Some(Timestamp {
        year: i16::try_from(date.year).ok()?,
        month: i8::try_from(date.month).ok()?,
        day: i8::try_from(date.day).ok()?,
        nanosecond_of_day: time,
        zone: match datetime.offset {
            None => Zone::None,
            Some(Offset::Z) => Zone::Offset(0),
            Some(Offset::Custom { minutes }) => Zone::Offset(i32::from(minutes) * 60),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Syntax;

    #[test]
    fn every_type_with_its_place() {
        let text = "title = \"é\\t\"\nn = 0x1F\nbig = 99999999999999999999\nd = 2020-05-04\n\
            t = 2020-05-04T10:00:00+02:00\nlist = [1, 'a']\n[a.b]\nok = true\n";
        let parsed = parse(text, &Block::whole(Syntax::Toml, text), SourceId::PAGE);
        let Some(document) = parsed.document else {
            // Integers beyond 64 bits are refused by some versions of the parser.
            panic!("{:?}", parsed.diagnostics)
        };
        let at = |pointer: &str| {
            let node = document.node(document.find(pointer).unwrap());
            node.span.slice(text)
        };
        assert_eq!(at("/title"), "\"é\\t\"");
        assert_eq!(at("/list/1"), "'a'");
        assert_eq!(at("/a/b/ok"), "true");
        let value = |pointer: &str| {
            let id = document.find(pointer).unwrap();
            document.scalar(id).unwrap().value.clone()
        };
        assert_eq!(value("/n"), Value::Integer(31));
        assert_eq!(
            value("/big"),
            Value::BigInteger("99999999999999999999".into())
        );
        assert!(matches!(value("/d"), Value::Timestamp(stamp) if stamp.is_date_only()));
        let Value::Timestamp(stamp) = value("/t") else {
            panic!()
        };
        assert_eq!(stamp.instant(), Some(1_588_579_200));
    }

    #[test]
    fn an_error_has_its_place() {
        let text = "a = 1\nb = yes\n";
        let parsed = parse(text, &Block::whole(Syntax::Toml, text), SourceId::PAGE);
        assert!(parsed.document.is_none());
        let label = parsed.diagnostics[0].primary.as_ref().unwrap();
        assert_eq!(label.span.slice(text), "yes");
    }
}
