//! Scalars as values and as keys.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};

use super::super::super::{Key, Scalar};
use super::super::{errors, spans};
use super::checks::long_tag;
use super::{Anchor, Builder, Mode};
use crate::dialect::{Dialect, Style, Value};
use crate::text::Span;

impl<'s> Builder<'s> {
    pub(super) fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        Range { start, end }: Range<usize>,
    ) {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let is_key = self.at_key();
        let absent = style == Style::Plain && start == end;
        let has_properties = tag.is_some() || anchor != 0;
        let (start, end) = match style {
            Style::Plain if absent && !has_properties => {
                let at = self.absent_place(start);
                (at, at)
            }
            Style::Literal | Style::Folded => {
                spans::block_scalar(self.text, self.last_end, end, &text)
            }
            _ => (start, end),
        };
        let text = if absent { Cow::Borrowed("") } else { text };
        let tag = tag.map(|tag| long_tag(tag, self.dialect));
        let text = self.dialect.text(text, style, tag.as_deref());
        let (text, start) = match is_key && self.is_marked_key(style, start) {
            true => (Cow::Owned(format!("\u{feff}{text}")), start - 3),
            false => (text, start),
        };
        let value = match is_key {
            true => self.dialect.resolve_key(&text, style, tag.as_deref()),
            false => self.dialect.resolve(&text, style, tag.as_deref()),
        };
        let span = Span::from_usize(start, end);
        if let Value::Error(reason) = &value {
            let diagnostic = errors::unreadable(&self.context(start), span, reason);
            self.fail(diagnostic);
        }
        if is_key {
            self.check_key(!has_properties, span);
        }
        if absent {
            self.check_absent(span, is_key, anchor);
        }
        let may_merge = match self.dialect {
            // Psych ignores quotes here.
            Dialect::Psych => true,
            // js-yaml 5 no longer merges.
            Dialect::JsYaml5 => false,
            _ => style == Style::Plain,
        };
        let merges = is_key && text == "<<" && may_merge && tag.is_none();
        self.place_scalar(text, style, value, anchor, span, merges);
    }

    /// Reports a key or a value that is not written, where the parser wants one.
    fn check_absent(&mut self, span: Span, is_key: bool, anchor: usize) {
        let context = self.context(span.range().start);
        if is_key && self.mode == Mode::FrontMatter {
            self.fail(errors::absent_key(&context));
        } else if !is_key && anchor != 0 && self.dialect == Dialect::HugoGoccy {
            let reader = self.dialect.reader();
            let reason = format!("{reader} wants a value after an anchor such as `&name`");
            self.fail(errors::unreadable(&context, span, &reason));
        }
    }

    /// Where a value that is not written would be: just after its `:` or `-`.
    fn absent_place(&self, at: usize) -> usize {
        match self.frames.last() {
            Some(frame) if frame.mapping && frame.key.is_none() => at,
            Some(frame) => {
                let indicator = if frame.mapping { b':' } else { b'-' };
                spans::after_indicator(self.text, self.last_end, indicator).unwrap_or(self.last_end)
            }
            None => at,
        }
    }

    pub(super) fn place_scalar(
        &mut self,
        text: Cow<'s, str>,
        style: Style,
        value: Value,
        anchor: usize,
        span: Span,
        merges: bool,
    ) {
        self.nodes += 1;
        self.last_end = span.end as usize;
        self.keep_for_tabs(span, style);
        let closed = |node| Anchor::Closed {
            node,
            nodes: 1,
            height: 0,
        };
        if !self.at_key() {
            let scalar = Scalar { text, style, value };
            let node = self.document.push_scalar(scalar, span, self.source);
            self.define(anchor, closed(node));
            self.attach(node, span, 0);
            return;
        }
        if anchor != 0 {
            let scalar = Scalar {
                text: text.clone(),
                style,
                value: value.clone(),
            };
            let node = self.document.push_scalar(scalar, span, self.source);
            self.define(anchor, closed(node));
        }
        self.set_key(text, span, value, merges);
    }

    pub(super) fn set_key(&mut self, text: Cow<'s, str>, span: Span, value: Value, merges: bool) {
        let source = self.source;
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some(Key {
                text,
                span,
                source,
                value,
            });
            frame.key_merges = merges;
            frame.end = span.end as usize;
            let first = self.text.as_bytes().get(frame.start);
            if self.members.len() == frame.first && matches!(first, Some(b'&' | b'!')) {
                frame.start = span.start as usize;
            }
        }
    }
}
