//! JSON into the arena: RFC 8259 to the letter, since the generators' readers are as strict.
//!
//! A small reader of our own, because no other keeps the place of every value.

mod error;
mod number;
mod string;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Block, Document, Key, Member, NodeId, Parsed, Scalar};
use crate::diagnostic::{Diagnostic, LeftOut, Problem, RuleId, Severity};
use crate::dialect::{Style, Value};
use crate::text::{SourceId, Span};

/// Deeper nesting is refused.
const MOST_DEPTH: usize = 128;

/// So many duplicate keys are reported; the rest are counted.
const MOST_DUPLICATES: usize = 100;

pub(super) fn parse<'s>(text: &'s str, block: &Block, source: SourceId) -> Parsed<'s> {
    let mut reader = Reader {
        text: text.get(..block.content.end as usize).unwrap_or(text),
        at: (block.content.start as usize).min(text.len()),
        depth: 0,
        document: Document::empty(*block, source),
        source,
        duplicates: Vec::new(),
        left_out: LeftOut::default(),
    };
    let read = reader.document();
    let mut diagnostics = reader.duplicates;
    diagnostics.extend(reader.left_out.into_diagnostics());
    match read {
        Ok(()) => Parsed {
            document: Some(reader.document),
            diagnostics,
        },
        Err(error) => {
            diagnostics.push(error.into_diagnostic(RuleId::InvalidSyntax, source));
            Parsed {
                document: None,
                diagnostics,
            }
        }
    }
}

struct Reader<'s> {
    text: &'s str,
    at: usize,
    depth: usize,
    document: Document<'s>,
    source: SourceId,
    duplicates: Vec<Diagnostic>,
    left_out: LeftOut,
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Result<(), Problem> {
        self.skip_whitespace()?;
        if self.at >= self.text.len() {
            // gray-matter asks no language to read nothing.
            if self.document.block.open.len() > 1 {
                return Ok(());
            }
            return Err(Problem::at(self.here(), "there is no JSON value here"));
        }
        let root = self.value()?;
        self.document.set_root(root);
        self.skip_whitespace()?;
        if self.at < self.text.len() {
            return Err(Problem::at(
                self.word(),
                "text follows the end of the JSON value",
            ));
        }
        Ok(())
    }

    fn value(&mut self) -> Result<NodeId, Problem> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => {
                let (text, span) = string::read(self.text, &mut self.at)?;
                Ok(self.scalar(text, span, Style::DoubleQuoted, Value::String))
            }
            Some(b'-' | b'0'..=b'9') => {
                let (value, span) = number::read(self.text, &mut self.at)?;
                let text = Cow::Borrowed(span.slice(self.text));
                Ok(self.scalar(text, span, Style::Plain, value))
            }
            _ => self.literal(),
        }
    }

    fn literal(&mut self) -> Result<NodeId, Problem> {
        let span = self.word();
        let text = span.slice(self.text);
        let value = match text {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(error::no_value(self.text, span)),
        };
        self.at = span.end as usize;
        Ok(self.scalar(Cow::Borrowed(text), span, Style::Plain, value))
    }

    fn nested(
        &mut self,
        read: fn(&mut Self, Span) -> Result<NodeId, Problem>,
    ) -> Result<NodeId, Problem> {
        let open = self.byte_span();
        if self.depth == MOST_DEPTH {
            let message = format!("values are nested more than {MOST_DEPTH} deep here");
            return Err(Problem::at(open, message));
        }
        self.depth += 1;
        self.at += 1;
        let node = read(self, open);
        self.depth -= 1;
        node
    }

    fn array(&mut self, open: Span) -> Result<NodeId, Problem> {
        let mut items = Vec::new();
        while self.goes_on(open, b']', !items.is_empty())? {
            items.push(self.value()?);
        }
        let span = self.since(open);
        Ok(self.document.push_sequence(&items, span, self.source))
    }

    fn object(&mut self, open: Span) -> Result<NodeId, Problem> {
        let mut members: Vec<Member<'s>> = Vec::new();
        let mut places: HashMap<Cow<'s, str>, usize> = HashMap::new();
        while self.goes_on(open, b'}', !members.is_empty())? {
            let member = self.member()?;
            match places.get(&member.key.text) {
                Some(&place) => {
                    self.report_duplicate(&members[place].key, &member.key);
                    members[place] = member;
                }
                None => {
                    places.insert(member.key.text.clone(), members.len());
                    members.push(member);
                }
            }
        }
        let span = self.since(open);
        Ok(self.document.push_mapping(members, span, self.source))
    }

    fn member(&mut self) -> Result<Member<'s>, Problem> {
        if self.peek() != Some(b'"') {
            return Err(error::no_key(self.text, self.word()));
        }
        let (text, span) = string::read(self.text, &mut self.at)?;
        self.skip_whitespace()?;
        if self.peek() != Some(b':') {
            let message = format!("a colon is missing after the key `{text}`");
            return Err(Problem::at(Span::empty(span.end), message)
                .help(format!("write {}: before the value", span.slice(self.text))));
        }
        self.at += 1;
        self.skip_whitespace()?;
        if matches!(self.peek(), None | Some(b',' | b'}')) {
            let message = format!("the key `{text}` has no value");
            return Err(
                Problem::at(span, message).help("write `null` for a value that is not known")
            );
        }
        Ok(Member {
            key: Key {
                text,
                span,
                source: self.source,
                value: Value::String,
            },
            value: self.value()?,
        })
    }

    /// Goes to the next item or member, over the comma where there was one before; `false` at the
    /// closing bracket, which is passed.
    fn goes_on(&mut self, open: Span, close: u8, after_one: bool) -> Result<bool, Problem> {
        self.skip_whitespace()?;
        let mut comma = None;
        if after_one && self.peek() == Some(b',') {
            comma = Some(self.byte_span());
            self.at += 1;
            self.skip_whitespace()?;
        }
        match (self.peek(), comma) {
            (None, _) => {
                let bracket = open.slice(self.text);
                let message = format!("this `{bracket}` is never closed");
                let help = format!("write `{}` where it ends", char::from(close));
                Err(Problem::at(open, message).help(help))
            }
            (Some(byte), None) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            (Some(byte), Some(comma)) if byte == close => {
                let message = format!("a comma before `{}` is not allowed", char::from(close));
                Err(Problem::at(comma, message).help("delete the comma"))
            }
            (Some(b','), _) => Err(Problem::at(
                self.byte_span(),
                "a value is missing before this comma",
            )
            .help("delete the comma, or write the value")),
            (Some(b']' | b'}'), _) => {
                let message = format!("this bracket does not close `{}`", open.slice(self.text));
                let help = format!("write `{}`", char::from(close));
                Err(Problem::at(self.byte_span(), message).help(help))
            }
            (Some(_), None) if after_one => {
                let end = self.text[..self.at].trim_end().len();
                Err(
                    Problem::at(Span::from_usize(end, end), "a comma is missing here")
                        .help("write a comma between two values"),
                )
            }
            (Some(_), _) => Ok(true),
        }
    }

    fn report_duplicate(&mut self, first: &Key<'_>, second: &Key<'_>) {
        if self.duplicates.len() >= MOST_DUPLICATES {
            let (rule, severity) = (RuleId::DuplicateKey, Severity::Error);
            self.left_out.add(rule, severity, self.source, second.span);
            return;
        }
        let message = format!("the key `{}` is written twice", second.text);
        self.duplicates.push(
            Diagnostic::new(RuleId::DuplicateKey, message)
                .at_source(self.source, second.span, "the last one counts")
                .related(self.source, first.span, "first written here")
                .help("keep one of them; the last one counts"),
        );
    }

    fn scalar(&mut self, text: Cow<'s, str>, span: Span, style: Style, value: Value) -> NodeId {
        let scalar = Scalar { text, style, value };
        self.document.push_scalar(scalar, span, self.source)
    }

    fn skip_whitespace(&mut self) -> Result<(), Problem> {
        let rest = &self.text.as_bytes()[self.at..];
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += rest.iter().take_while(is_blank).count();
        let rest = &self.text[self.at..];
        if ["//", "/*", "#"]
            .iter()
            .any(|start| rest.starts_with(start))
        {
            return Err(error::comment(self.text, self.at));
        }
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn here(&self) -> Span {
        Span::from_usize(self.at, self.at)
    }

    fn byte_span(&self) -> Span {
        Span::from_usize(self.at, self.at + 1)
    }

    fn since(&self, open: Span) -> Span {
        open.cover(Span::from_usize(self.at, self.at))
    }

    /// The word at the current offset, or the character there if it begins none.
    fn word(&self) -> Span {
        let rest = &self.text[self.at..];
        let is_part = |character: char| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | '+' | '.')
        };
        let len = rest
            .find(|character| !is_part(character))
            .unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        Span::from_usize(self.at, self.at + len.max(first))
    }
}
