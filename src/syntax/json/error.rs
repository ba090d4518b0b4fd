//! What is wrong with a JSON text, in words.

use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceId, Span};

/// The first thing that is not JSON; reading ends there.
#[derive(Debug)]
pub(super) struct Error {
    span: Span,
    message: String,
    help: Option<String>,
}

impl Error {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn into_diagnostic(self, source: SourceId) -> Diagnostic {
        let diagnostic =
            Diagnostic::new(RuleId::InvalidSyntax, self.message).at_source(source, self.span, "");
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// A comment, of any language, from `at`.
pub(super) fn comment(text: &str, at: usize) -> Error {
    let rest = &text[at..];
    let end = if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |end| end + 2)
    } else {
        rest.find(['\n', '\r']).unwrap_or(rest.len())
    };
    let span = Span::from_usize(at, at + end);
    Error::new(span, "JSON has no comments").help("delete the comment")
}

/// A word or a sign where a value belongs.
pub(super) fn no_value(text: &str, span: Span) -> Error {
    let word = span.slice(text);
    if word.starts_with('\'') {
        return quotes(span);
    }
    let error = Error::new(span, format!("`{}` is no JSON value", shown(word)));
    match word.to_ascii_lowercase().as_str() {
        "true" => error.help("write `true`"),
        "false" => error.help("write `false`"),
        "null" | "none" | "nil" | "undefined" => error.help("write `null`"),
        "nan" | "infinity" | "inf" | "+infinity" => {
            error.help("JSON knows no such number; write `null` or a number")
        }
        _ if word.starts_with(['+', '.']) && word.contains(|it: char| it.is_ascii_digit()) => {
            error.help("a number begins with a digit or with `-`")
        }
        _ if word.contains(char::is_alphanumeric) => {
            error.help("write a text in double quotes: `\"…\"`")
        }
        _ => error,
    }
}

/// Something else than a quoted key where a key belongs.
pub(super) fn no_key(text: &str, span: Span) -> Error {
    let word = span.slice(text);
    if word.starts_with('\'') {
        return quotes(span);
    }
    let error = Error::new(span, format!("`{}` is no key in quotes", shown(word)));
    if word.contains(char::is_alphanumeric) && word.len() <= 60 {
        error.help(format!("write `\"{word}\"`"))
    } else {
        error.help("write the key in double quotes: `\"…\"`")
    }
}

fn quotes(span: Span) -> Error {
    Error::new(span, "a text stands in single quotes").help("write double quotes: `\"…\"`")
}

/// A text for a message: its first forty characters.
fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
