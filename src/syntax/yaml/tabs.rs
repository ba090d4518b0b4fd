//! Tabs between the tokens of a document, which some parsers take and some do not.
//!
//! Looks at documents that have a tab, once they are read, and at nothing in them but their tabs.

use std::ops::Range;

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::{Dialect, Style};
use crate::text::{SourceId, Span};

/// What stands at a place, as far as it matters for tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// An unquoted value, which may go on in the next line from this column on.
    Plain(usize),
    /// A block scalar.
    Block,
    /// Anything else: a key, a quoted value, an alias.
    Other,
}

/// The tokens of a document that has tabs; of any other nothing is kept.
#[derive(Debug, Default)]
pub(super) struct Tabs {
    has_tabs: bool,
    tokens: Vec<(Range<usize>, What)>,
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
            (Style::Literal | Style::Folded, _) => What::Block,
            (Style::Plain, Some(column)) => What::Plain(column + 1),
            _ => What::Other,
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
        &self,
        text: &str,
        content: Range<usize>,
        comments: &[Span],
        dialect: Dialect,
        source: SourceId,
    ) -> Option<Diagnostic> {
        if !self.has_tabs {
            return None;
        }
        let scene = Scene {
            tabs: self,
            text,
            content,
            comments,
        };
        let tabs = memchr::memchr_iter(b'\t', scene.slice(scene.content.clone()).as_bytes());
        let mut tabs = tabs.map(|at| scene.content.start + at);
        let at = tabs.find(|&at| scene.refuses(at, dialect))?;
        Some(scene.diagnostic(at, dialect, source))
    }
}

struct Scene<'t> {
    tabs: &'t Tabs,
    text: &'t str,
    content: Range<usize>,
    comments: &'t [Span],
}

impl<'t> Scene<'t> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.slice(self.content.start..at);
        before
            .rfind('\n')
            .map_or(self.content.start, |found| self.content.start + found + 1)
    }

    /// What follows on the line of `at`, without the blanks.
    fn rest(&self, at: usize) -> &'t str {
        let rest = self.slice(at..self.content.end);
        rest.lines().next().unwrap_or_default().trim_start()
    }

    fn refuses(&self, at: usize, dialect: Dialect) -> bool {
        if self.comments.iter().any(|span| span.range().contains(&at)) {
            return false;
        }
        let line = self.line_start(at);
        let before = self.slice(line..at);
        let is_leading = before.trim_matches(' ').is_empty();
        let column = at - line;
        let covers = |range: &Range<usize>| range.start < at && at < range.end;
        let covering = self.tabs.tokens.iter().find(|(range, _)| covers(range));
        // A block scalar goes on to the next token, over blank lines and comments.
        let earlier = self
            .tabs
            .tokens
            .iter()
            .rev()
            .find(|(range, _)| range.end <= at);
        let what = match covering.or(earlier) {
            Some(&(ref range, What::Block)) if covering.is_some() || is_leading => {
                return is_leading && self.violates_block(range, at, column, dialect);
            }
            Some(&(_, what)) if covering.is_some() => match what {
                What::Plain(indent) if is_leading => What::Plain(indent),
                _ => return dialect == Dialect::HugoGoccy && column == 0,
            },
            Some(&(ref range, what)) if !self.has_comment(range.end..at) => what,
            _ => What::Other,
        };
        if self.tabs.flows.iter().any(covers) {
            return dialect == Dialect::PyYaml;
        }
        let is_first = earlier.is_none();
        match dialect {
            Dialect::PyYaml => true,
            // libyaml skips tabs where no key may begin.
            Dialect::Jekyll | Dialect::Psych | Dialect::HugoYamlV2 => match what {
                What::Plain(indent) if is_leading => column < indent,
                _ => is_leading || follows_indicator(before),
            },
            Dialect::HugoGoccy => {
                if let What::Plain(indent) = what
                    && is_leading
                {
                    return column < indent;
                }
                let holds_nothing = matches!(self.rest(at).as_bytes().first(), None | Some(b'#'));
                column == 0 && !(is_first && holds_nothing)
            }
            Dialect::JsYaml4 | Dialect::JsYaml5 | Dialect::Core => {
                let is_continued = matches!(what, What::Plain(_)) && covering.is_some();
                let begins = !matches!(self.rest(at).as_bytes().first(), None | Some(b'#'));
                is_leading && begins && !is_continued
            }
            Dialect::JsYaml3 => false,
        }
    }

    /// Whether a tab stands where a blank of the indentation of a block scalar should.
    fn violates_block(
        &self,
        range: &Range<usize>,
        at: usize,
        column: usize,
        dialect: Dialect,
    ) -> bool {
        let lines = self.slice(range.clone()).lines().skip(1);
        let indents = lines
            .filter(|line| !line.trim_ascii().is_empty())
            .map(|line| line.len() - line.trim_start_matches(' ').len());
        let indent = indents.min().unwrap_or(0);
        match dialect {
            Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::JsYaml5 => false,
            Dialect::HugoGoccy => column == 0,
            _ => column < indent && (range.contains(&at) || !self.has_comment(range.end..at)),
        }
    }

    fn has_comment(&self, between: Range<usize>) -> bool {
        let mut starts = self.comments.iter().map(|span| span.start as usize);
        starts.any(|start| between.contains(&start))
    }

    fn diagnostic(&self, at: usize, dialect: Dialect, source: SourceId) -> Diagnostic {
        let reader = dialect.reader();
        let line = self.line_start(at);
        let is_leading = self.slice(line..at).trim_matches(' ').is_empty();
        let rest = self.slice(at..self.content.end);
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_empty = self.rest(at).is_empty();
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
            .at_source(source, Span::from_usize(at, at + blanks), "")
            .help(help);
        if !is_empty {
            return finding;
        }
        let start = if is_leading { line } else { at };
        finding.fix(Fix {
            title: "Delete the tab".to_owned(),
            edits: vec![Edit {
                source,
                span: Span::from_usize(start, at + blanks),
                content: String::new(),
            }],
            applicability: Applicability::Safe,
        })
    }
}

/// Whether nothing but blanks stands between the sign of an item or of a key and what follows.
fn follows_indicator(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t']);
    let Some(rest) = before.strip_suffix(['-', '?']) else {
        return false;
    };
    rest.is_empty() || rest.ends_with([' ', '\t'])
}
