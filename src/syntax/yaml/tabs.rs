//! Tabs between the tokens of a document, which only some parsers accept.
//!
//! Checks documents that have tabs, after they are parsed.

use std::cell::Cell;
use std::cmp::Reverse;
use std::ops::Range;

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::{Dialect, Style};
use crate::text::{SourceId, Span};

/// The kind of a token, as far as it matters for tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    /// An unquoted value, which may go on in the next line from this column on.
    Plain(usize),
    /// A block scalar.
    Block,
    /// Anything else: a key, a quoted value, an alias.
    Other,
}

/// The tokens of a document, if it has tabs.
#[derive(Debug, Default)]
pub(super) struct Tabs {
    has_tabs: bool,
    tokens: Vec<(Range<usize>, TokenKind)>,
    /// Lists and mappings in brackets.
    flows: Vec<Range<usize>>,
}

impl Tabs {
    pub(super) fn new(content: &str) -> Self {
        Self {
            has_tabs: content.contains('\t'),
            ..Self::default()
        }
    }

    /// Keeps a scalar. `column` is that of the list or mapping that it stands in, `None` within
    /// brackets and for a key.
    pub(super) fn scalar(&mut self, span: Span, style: Style, column: Option<usize>) {
        if !self.has_tabs {
            return;
        }
        let what = match (style, column) {
            (Style::Literal | Style::Folded, _) => TokenKind::Block,
            (Style::Plain, Some(column)) => TokenKind::Plain(column + 1),
            _ => TokenKind::Other,
        };
        self.tokens.push((span.range(), what));
    }

    pub(super) fn flow(&mut self, span: Range<usize>) {
        if self.has_tabs {
            self.flows.push(span);
        }
    }

    /// The first tab that the parser stops at, if there is one.
    pub(super) fn refused(
        mut self,
        text: &str,
        content: Range<usize>,
        comments: &[Span],
        dialect: Dialect,
        source: SourceId,
    ) -> Option<Diagnostic> {
        if !self.has_tabs {
            return None;
        }
        self.tokens.sort_by_key(|(range, _)| range.start);
        let context = TabContext {
            flows: outermost(self.flows),
            tokens: self.tokens,
            text,
            content,
            comments,
            last_block: Cell::new(None),
        };
        let tab = context.tabs().find(|tab| context.refuses(tab, dialect))?;
        Some(context.diagnostic(&tab, dialect, source))
    }
}

/// The ranges that are in no other one, sorted.
fn outermost(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let is_outer = range.end > end;
        end = end.max(range.end);
        is_outer
    });
    ranges
}

/// A run of tabs and spaces, from its first tab on. A parser that accepts this tab accepts all.
struct Tab {
    at: usize,
    /// The beginning of its line.
    line: usize,
    /// Whether only spaces come before it on its line.
    is_leading: bool,
}

/// A document with tabs. There may be a hundred thousand of them, so no lookup for one of them
/// scans the document from its beginning.
struct TabContext<'t> {
    tokens: Vec<(Range<usize>, TokenKind)>,
    flows: Vec<Range<usize>>,
    text: &'t str,
    content: Range<usize>,
    comments: &'t [Span],
    /// The start and the indentation of the block scalar that was looked up last.
    last_block: Cell<Option<(usize, usize)>>,
}

impl<'t> TabContext<'t> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    fn tabs(&self) -> impl Iterator<Item = Tab> {
        let bytes = self.slice(0..self.content.end).as_bytes();
        let spaces = |from: usize, set: &[u8]| {
            let rest = bytes.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| set.contains(byte)).count()
        };
        let mut from = self.content.start;
        let mut line = from;
        let mut indent = spaces(line, b" ");
        std::iter::from_fn(move || {
            let at = from + memchr::memchr(b'\t', bytes.get(from..)?)?;
            if let Some(found) = memchr::memrchr(b'\n', bytes.get(from..at)?) {
                line = from + found + 1;
                indent = spaces(line, b" ");
            }
            from = at + spaces(at, b" \t");
            let is_leading = at == line + indent;
            Some(Tab {
                at,
                line,
                is_leading,
            })
        })
    }

    /// The first byte after a tab, on its line, that is not white space.
    fn next_on_line(&self, tab: &Tab) -> Option<u8> {
        let mut rest = self.slice(tab.at..self.content.end).bytes();
        rest.find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'))
            .filter(|&byte| byte != b'\n')
    }

    fn refuses(&self, tab: &Tab, dialect: Dialect) -> bool {
        let (at, is_leading, column) = (tab.at, tab.is_leading, tab.at - tab.line);
        if covering(self.comments, at, |span| span.range()).is_some() {
            return false;
        }
        let token = covering(&self.tokens, at, |(range, _)| range.clone());
        let is_covered = token.is_some();
        let ended = self.tokens.partition_point(|(range, _)| range.end <= at);
        // A block scalar goes on to the next token, over empty lines and comments.
        let earlier = self.tokens.get(..ended).and_then(<[_]>::last);
        let what = match token.or(earlier) {
            Some(&(ref range, TokenKind::Block)) if is_covered || is_leading => {
                return is_leading && self.violates_block(range, at, column, dialect);
            }
            Some(&(_, what)) if is_covered => match what {
                TokenKind::Plain(indent) if is_leading => TokenKind::Plain(indent),
                _ => return dialect == Dialect::HugoGoccy && column == 0,
            },
            Some(&(ref range, what)) if !self.has_comment(range.end..at) => what,
            _ => TokenKind::Other,
        };
        if covering(&self.flows, at, Clone::clone).is_some() {
            return false;
        }
        let is_first = earlier.is_none();
        let begins = !matches!(self.next_on_line(tab), None | Some(b'#'));
        match dialect {
            // libyaml skips tabs where no key may begin.
            Dialect::Jekyll | Dialect::Psych | Dialect::HugoYamlV2 | Dialect::PyYaml => {
                match what {
                    TokenKind::Plain(indent) if is_leading => column < indent,
                    _ => is_leading || follows_indicator(self.slice(tab.line..at)),
                }
            }
            Dialect::HugoGoccy => match what {
                TokenKind::Plain(indent) if is_leading => column < indent,
                _ => column == 0 && (begins || !is_first),
            },
            Dialect::JsYaml4 | Dialect::JsYaml5 | Dialect::Core => {
                let is_continued = matches!(what, TokenKind::Plain(_)) && is_covered;
                is_leading && begins && !is_continued
            }
            Dialect::JsYaml3 => false,
        }
    }

    /// Whether a tab is in the indentation of a block scalar.
    fn violates_block(
        &self,
        range: &Range<usize>,
        at: usize,
        column: usize,
        dialect: Dialect,
    ) -> bool {
        match dialect {
            Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::JsYaml5 => false,
            Dialect::HugoGoccy => column == 0,
            _ => {
                column < self.indent_of_block(range)
                    && (range.contains(&at) || !self.has_comment(range.end..at))
            }
        }
    }

    fn indent_of_block(&self, range: &Range<usize>) -> usize {
        let last = self.last_block.get();
        if let Some((_, indent)) = last.filter(|(start, _)| *start == range.start) {
            return indent;
        }
        let lines = self.slice(range.clone()).lines().skip(1);
        let indents = lines
            .filter(|line| !line.trim_ascii().is_empty())
            .map(|line| line.len() - line.trim_start_matches(' ').len());
        let indent = indents.min().unwrap_or(0);
        self.last_block.set(Some((range.start, indent)));
        indent
    }

    fn has_comment(&self, between: Range<usize>) -> bool {
        let start = |span: &Span| span.start as usize;
        let first = self
            .comments
            .partition_point(|span| start(span) < between.start);
        let first = self.comments.get(first);
        first.is_some_and(|span| start(span) < between.end)
    }

    fn diagnostic(&self, tab: &Tab, dialect: Dialect, source: SourceId) -> Diagnostic {
        let reader = dialect.reader();
        let &Tab {
            at,
            line,
            is_leading,
        } = tab;
        let rest = self.slice(at..self.content.end);
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_empty = self.next_on_line(tab).is_none();
        let (message, help) = match (is_leading, is_empty) {
            (true, true) => (
                format!("{reader} takes no line that holds nothing but a tab"),
                "delete the tab",
            ),
            (true, false) => (
                format!("{reader} takes no tab at the beginning of a line"),
                "write blanks in place of the tab",
            ),
            (false, true) => (format!("{reader} takes no tab here"), "delete the tab"),
            (false, false) => (
                format!("{reader} takes no tab here"),
                "write a blank in place of the tab",
            ),
        };
        let finding = Diagnostic::new(RuleId::InvalidSyntax, message)
            .at_source(source, Span::from_usize(at, at + spaces), "")
            .help(help);
        if !is_empty {
            return finding;
        }
        let start = if is_leading { line } else { at };
        finding.fix(Fix {
            title: "Delete the tab".to_owned(),
            edits: vec![Edit {
                source,
                span: Span::from_usize(start, at + spaces),
                content: String::new(),
            }],
            applicability: Applicability::Safe,
        })
    }
}

/// Of ranges in order, none of which lies in another, the one that a place is within: neither at its
/// beginning nor at its end.
fn covering<T>(all: &[T], at: usize, range: impl Fn(&T) -> Range<usize>) -> Option<&T> {
    let next = all.partition_point(|one| range(one).start < at);
    let last = all.get(..next)?.last()?;
    (at < range(last).end).then_some(last)
}

/// Whether a text ends with the `-` of an item or the `?` of a key.
fn follows_indicator(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    let Some(rest) = before.strip_suffix(['-', '?']) else {
        return false;
    };
    rest.is_empty() || rest.ends_with([' ', '\t'])
}
