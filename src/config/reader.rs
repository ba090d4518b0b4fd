//! Typed access to a TOML table that collects every mistake with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Placed;
use super::keys::{COLLECTION, IGNORE, Key, ROOT};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::{SourceId, Span, Tolerance, nearest};

pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// The name of the table that holds all others.
pub(super) const TOP_LEVEL: &str = "the top level";

/// A table, and how to name it in a sentence: "the top level", "`[rules]`".
pub(super) struct Table<'t, 'i> {
    pub members: &'t DeTable<'i>,
    pub name: &'t str,
    /// Where to say that a key is missing.
    pub place: Span,
}

/// Collects what is wrong with one config file or argument.
pub(super) struct Reader<'a> {
    /// The names that `generator` may have.
    pub generators: &'static [&'static str],
    pub source: SourceId,
    pub text: &'a str,
    pub mistakes: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Notes a mistake at a place of the file.
    pub fn mistake(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let mistake = Diagnostic::new(RuleId::InvalidConfig, message);
        let index = self.mistakes.len();
        self.mistakes.push(mistake.at_source(self.source, span, ""));
        &mut self.mistakes[index]
    }

    pub fn mistake_with(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.mistake(span, message).help = help;
    }

    /// A setting with its place.
    pub fn placed<T>(&self, value: T, span: Range<usize>) -> Placed<T> {
        Placed {
            value,
            source: self.source,
            span: place(span),
        }
    }

    /// Reports the keys that the table must not have and those that it lacks.
    pub fn check_keys(&mut self, table: &Table<'_, '_>, keys: &[Key]) {
        for name in table.members.keys() {
            if keys.iter().any(|key| key.name == name.get_ref().as_ref()) {
                continue;
            }
            let help = help_for_unknown(name.get_ref(), keys, table);
            let name_of_table = if table.name == TOP_LEVEL {
                String::new()
            } else {
                format!(" in {}", table.name)
            };
            self.mistake_with(
                place(name.span()),
                format!("unknown key `{}`{name_of_table}", name.get_ref()),
                Some(help),
            );
        }
        for key in keys.iter().filter(|key| key.required) {
            if !table.members.contains_key(key.name) {
                self.mistake_with(
                    table.place,
                    format!("{} has no `{}`", table.name, key.name),
                    Some(format!("add a line `{} = …`", key.name)),
                );
            }
        }
    }

    /// A text.
    pub fn text<'t>(&mut self, name: &str, value: &'t Value<'_>) -> Option<&'t str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let quoted = self.source_of(value);
            let help = match value.get_ref() {
                DeValue::Table(_) => format!("write `{name} = \"…\"`"),
                DeValue::Array(items) if items.len() == 1 => {
                    let inner = items.iter().next().map_or("", |item| self.source_of(item));
                    format!("write `{name} = {inner}`")
                }
                DeValue::Array(_) => format!("write `{name} = \"…\"`"),
                _ => format!("write `{name} = \"{quoted}\"`"),
            };
            self.wrong_type(name, value, "a text in quotes", Some(help));
        }
        text
    }

    /// A text that is not empty.
    pub fn filled_text<'t>(&mut self, name: &str, value: &'t Value<'_>) -> Option<&'t str> {
        let text = self.text(name, value)?;
        if text.trim().is_empty() {
            self.mistake(place(value.span()), format!("`{name}` is empty"));
            return None;
        }
        Some(text)
    }

    /// A text that is one of a few.
    pub fn choice<'t>(
        &mut self,
        name: &str,
        value: &'t Value<'_>,
        choices: &[&str],
    ) -> Option<&'t str> {
        let text = self.text(name, value)?;
        if choices.contains(&text) {
            return Some(text);
        }
        let help = match nearest(text, choices.iter().copied(), Tolerance::Third) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", listed(choices.iter().copied(), "or")),
        };
        self.mistake_with(
            place(value.span()),
            format!("`{name}` cannot be `{text}`"),
            Some(help),
        );
        None
    }

    /// A list of texts, each with its place.
    pub fn texts(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<(String, Span)>> {
        let DeValue::Array(items) = value.get_ref() else {
            let help = value
                .get_ref()
                .is_str()
                .then(|| format!("write `{name} = [{}]`", self.source_of(value)));
            self.wrong_type(name, value, "a list of patterns", help);
            return None;
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            let Some(text) = item.get_ref().as_str() else {
                let message = format!(
                    "`{name}` must hold patterns in quotes; this is {}",
                    kind(item.get_ref())
                );
                self.mistake(place(item.span()), message);
                continue;
            };
            texts.push((text.to_owned(), place(item.span())));
        }
        Some(texts)
    }

    /// A table under a key, such as `[rules]`.
    pub fn table<'t, 'i>(
        &mut self,
        name: &'t str,
        value: &'t Value<'i>,
    ) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let key = name.trim_matches(['`', '[', ']']);
            let help = format!("write `[{key}]` on a line of its own and the settings below it");
            self.wrong_type(key, value, "a table", Some(help));
        }
        table
    }

    /// A list of tables, such as `[[collections]]`, each with its place.
    pub fn tables<'t, 'i>(
        &mut self,
        name: &str,
        value: &'t Value<'i>,
    ) -> Vec<(&'t DeTable<'i>, Span)> {
        let help = Some(format!("begin each entry with a line `[[{name}]]`"));
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(name, value, "a list of entries", help);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push((table, place(item.span()))),
                None => self.wrong_type(name, item, "a list of entries", help.clone()),
            }
        }
        tables
    }

    /// Notes that a value is of the wrong type.
    pub fn wrong_type(
        &mut self,
        name: &str,
        value: &Value<'_>,
        expected: &str,
        help: Option<String>,
    ) {
        self.mistake_with(
            place(value.span()),
            format!(
                "`{name}` must be {expected}; this is {}",
                kind(value.get_ref())
            ),
            help,
        );
    }

    /// The bytes of a value as they are written.
    pub fn source_of(&self, value: &Value<'_>) -> &str {
        self.text.get(value.span()).unwrap_or("")
    }
}

/// A span of the whole file from one of toml's.
pub(super) fn place(span: Range<usize>) -> Span {
    Span::from_usize(span.start, span.end)
}

/// Names in backticks, joined as in a sentence.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} {word} {last}", names.join(", ")),
        None => String::new(),
    }
}

fn help_for_unknown(name: &str, keys: &[Key], table: &Table<'_, '_>) -> String {
    if let Some(near) = nearest(name, keys.iter().map(|key| key.name), Tolerance::Third) {
        return format!("did you mean `{near}`?");
    }
    let homes = [
        (ROOT, "the top level, above the first line in brackets"),
        (COLLECTION, "`[[collections]]`"),
        (IGNORE, "`[[ignore]]`"),
    ];
    for (home, place) in homes {
        if home.iter().any(|key| key.name == name) {
            return format!("`{name}` belongs to {place}");
        }
    }
    format!(
        "the keys of {} are {}",
        table.name,
        listed(keys.iter().map(|key| key.name), "and")
    )
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
