//! The spans of all keys of a TOML text, read from its tokens, since the crate reports only the
//! second of two equal keys.

use std::collections::HashMap;
use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};

/// Every key of a text, in order.
pub(super) fn read(content: &str, tokens: &[Token]) -> Vec<Place> {
    Reader::new(content, tokens).read()
}

/// The place of the key that the one at `second` repeats.
pub(super) fn first_of(keys: &[Place], second: usize) -> Option<Range<usize>> {
    let at = keys.iter().position(|key| key.range.start == second)?;
    let (earlier, path) = (&keys[..at], keys[at].path.as_slice());
    let equal = earlier.iter().find(|key| key.path == path);
    let within = || earlier.iter().find(|key| key.path.starts_with(path));
    let around = || earlier.iter().rfind(|key| path.starts_with(&key.path));
    equal
        .or_else(within)
        .or_else(around)
        .map(|key| key.range.clone())
}

/// A key as written in one place, with all the keys it stands below.
pub(super) struct Place {
    path: Vec<String>,
    /// Its last part.
    range: Range<usize>,
}

struct Reader<'t> {
    content: &'t str,
    tokens: &'t [Token],
    places: Vec<Place>,
    /// The paths of the current table, inline tables included.
    tables: Vec<Vec<String>>,
    /// The brackets that are open, and the length of `tables` outside of them.
    brackets: Vec<TokenKind>,
    /// How many tables the array of this path has.
    arrays: HashMap<Vec<String>, usize>,
}

impl<'t> Reader<'t> {
    fn new(content: &'t str, tokens: &'t [Token]) -> Self {
        Self {
            content,
            tokens,
            places: Vec::new(),
            tables: vec![Vec::new()],
            brackets: Vec::new(),
            arrays: HashMap::new(),
        }
    }

    fn read(mut self) -> Vec<Place> {
        let mut at = 0;
        let mut expects_key = true;
        while let Some(token) = self.tokens.get(at) {
            let in_braces = self.brackets.last() == Some(&TokenKind::LeftCurlyBracket);
            match token.kind() {
                TokenKind::Whitespace | TokenKind::Comment => {}
                TokenKind::Newline => expects_key |= self.brackets.is_empty(),
                TokenKind::Comma => expects_key = in_braces,
                TokenKind::LeftSquareBracket if expects_key => {
                    at = self.header(at);
                    expects_key = false;
                    continue;
                }
                kind @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => {
                    self.brackets.push(kind);
                    expects_key = kind == TokenKind::LeftCurlyBracket;
                    if expects_key {
                        let name = format!("{{{}", token.span().start());
                        self.tables.push(vec![name]);
                    }
                }
                TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                    let closed = self.brackets.pop();
                    if closed == Some(TokenKind::LeftCurlyBracket) && self.tables.len() > 1 {
                        self.tables.pop();
                    }
                    expects_key = false;
                }
                _ if expects_key => {
                    let (mut path, range, next) = self.key(at);
                    path.splice(0..0, self.tables.last().cloned().unwrap_or_default());
                    self.places.push(Place { path, range });
                    at = next.max(at + 1);
                    expects_key = false;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        self.places
    }

    /// The parts of a dotted key, the range of its last part, and the token after it.
    fn key(&self, mut at: usize) -> (Vec<String>, Range<usize>, usize) {
        let mut parts = Vec::new();
        let mut last = 0..0;
        while let Some(token) = self.tokens.get(at) {
            let range = token.span().start()..token.span().end();
            match token.kind() {
                TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString => {
                    let text = self.content.get(range.clone()).unwrap_or_default();
                    parts.push(text.trim_matches(['"', '\'']).to_owned());
                    last = range;
                }
                TokenKind::Dot | TokenKind::Whitespace => {}
                _ => break,
            }
            at += 1;
        }
        (parts, last, at)
    }

    fn header(&mut self, at: usize) -> usize {
        let second = self.tokens.get(at + 1).map(Token::kind);
        let is_array = second == Some(TokenKind::LeftSquareBracket);
        let (parts, range, next) = self.key(at + 1 + usize::from(is_array));
        let count = parts.len();
        let mut path = Vec::new();
        for (index, part) in parts.into_iter().enumerate() {
            path.push(part);
            if index + 1 < count
                && let Some(number) = self.arrays.get(&path)
            {
                path.push(format!("[{number}"));
            }
        }
        self.places.push(Place {
            path: path.clone(),
            range,
        });
        if is_array {
            let number = self.arrays.entry(path.clone()).or_default();
            *number += 1;
            path.push(format!("[{number}"));
        }
        self.tables = vec![path];
        self.brackets.clear();
        let closing = self.tokens[next..]
            .iter()
            .take_while(|token| token.kind() == TokenKind::RightSquareBracket);
        next + closing.count()
    }
}
