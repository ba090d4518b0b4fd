//! `[[collections]]` and `[[ignore]]` entries.

use std::sync::atomic::AtomicBool;

use super::keys::{COLLECTION, FRONT_MATTER, IGNORE};
use super::reader::{Reader, Table, Value, place};
use super::rule_tables::{rule, rules};
use super::{Collection, Ignore, Patterns};
use crate::text::Span;

pub(super) fn collections(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Collection> {
    let mut collections: Vec<Collection> = Vec::new();
    for (members, place) in reader.tables("collections", value) {
        let table = Table {
            members,
            name: "`[[collections]]`",
            place,
        };
        if let Some((collection, name)) = collection(reader, &table) {
            if collections
                .iter()
                .any(|other| other.name == collection.name)
            {
                let message = format!("two collections are named `{}`", collection.name);
                reader.mistake(name, message);
            }
            collections.push(collection);
        }
    }
    collections
}

fn collection(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<(Collection, Span)> {
    reader.check_keys(table, COLLECTION);
    let get = |key: &str| table.members.get(key);
    let name = get("name").and_then(|value| {
        let name = reader.filled_text("name", value)?.to_owned();
        Some((name, place(value.span())))
    });
    let files = get("files").and_then(|value| {
        let texts = reader.texts("files", value)?;
        if texts.is_empty() {
            reader.mistake(place(value.span()), "`files` names no file");
        }
        patterns(reader, texts)
    });
    let schema = get("schema").and_then(|value| {
        let text = reader.filled_text("schema", value)?.to_owned();
        Some(reader.placed(text, value.span()))
    });
    let front_matter =
        get("front-matter").and_then(|value| reader.choice("front-matter", value, FRONT_MATTER));
    let rules = get("rules").map(|value| rules(reader, value, "rules"));
    let ((name, name_span), files) = (name?, files?);
    let collection = Collection {
        name: name.into(),
        files,
        schema,
        front_matter_required: front_matter == Some("required"),
        rules: rules.unwrap_or_default(),
        seen: AtomicBool::new(false),
    };
    Some((collection, name_span))
}

pub(super) fn ignores(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Ignore> {
    let mut ignores = Vec::new();
    for (members, place) in reader.tables("ignore", value) {
        let table = Table {
            members,
            name: "`[[ignore]]`",
            place,
        };
        ignores.extend(ignore(reader, &table));
    }
    ignores
}

fn ignore(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Ignore> {
    reader.check_keys(table, IGNORE);
    let get = |key: &str| table.members.get(key);
    let path = get("path").and_then(|value| {
        let span = place(value.span());
        let text = reader.text("path", value)?.to_owned();
        Some((patterns(reader, vec![(text, span)])?, span))
    });
    let rule = get("rule").and_then(|value| {
        let span = place(value.span());
        let name = reader.text("rule", value)?;
        let rule = rule(reader, name, span)?;
        if rule.is_failure() {
            let message = format!("`{rule}` cannot be ignored");
            let help = "such a finding means that frontlint could not do what it was asked";
            reader.mistake_with(span, message, Some(help.to_owned()));
            return None;
        }
        Some(rule)
    });
    let pointer = get("pointer").and_then(|value| {
        let text = reader.text("pointer", value)?;
        if !text.is_empty() && !text.starts_with('/') {
            reader.mistake_with(
                place(value.span()),
                format!("the pointer `{text}` does not begin with `/`"),
                Some(format!(
                    "write `/{}`",
                    text.replace(['.', '['], "/").replace(']', "")
                )),
            );
            return None;
        }
        Some(text.to_owned())
    });
    let reason = get("reason").and_then(|value| reader.text("reason", value).map(str::to_owned));
    let (path, span) = path?;
    let mut ignore = Ignore::new(path, rule?, reader.source, span);
    ignore.pointer = pointer;
    ignore.reason = reason;
    Some(ignore)
}

fn patterns(reader: &mut Reader<'_>, texts: Vec<(String, Span)>) -> Option<Patterns> {
    let spans: Vec<_> = texts.iter().map(|(_, span)| *span).collect();
    match Patterns::new(texts.into_iter().map(|(text, _)| text).collect()) {
        Ok(patterns) => Some(patterns),
        Err((index, bad)) => {
            let span = spans.get(index).copied().unwrap_or_default();
            reader.mistake_with(span, bad.message, bad.help);
            None
        }
    }
}
