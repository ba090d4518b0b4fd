//! From one TOML text to the settings it makes.

use std::path::{Component, Path, PathBuf};
use std::sync::atomic::AtomicBool;

use toml::de::{DeTable, DeValue};

use super::keys::{COLLECTION, FRONT_MATTER, GENERATORS, IGNORE, MOST_BYTES, ROOT, RULE_OPTIONS};
use super::reader::{Reader, TOP_LEVEL, Table, Value, listed, place};
use super::{Collection, Config, Exclusions, Ignore, Patterns, Placed, RuleSettings, Setting};
use crate::diagnostic::RuleId;
use crate::dialect::Dialect;
use crate::text::Span;

/// What one file or argument sets.
#[derive(Default)]
pub(super) struct Layer {
    generator: Option<Placed<String>>,
    dialect: Option<Dialect>,
    exclude: Option<Vec<Placed<String>>>,
    extend_exclude: Vec<Placed<String>>,
    baseline: Option<Placed<PathBuf>>,
    max_front_matter: Option<usize>,
    uploads: Vec<(String, Placed<PathBuf>)>,
    collections: Vec<Collection>,
    rules: RuleSettings,
    ignores: Vec<Ignore>,
}

impl Layer {
    /// Reads every key; mistakes are left in `reader`.
    pub fn read(reader: &mut Reader<'_>, root: &DeTable<'_>) -> Self {
        let mut layer = Self::default();
        let table = Table {
            members: root,
            name: TOP_LEVEL,
            place: Span::empty(0),
        };
        reader.check_keys(&table, ROOT);
        for (key, value) in root {
            layer.read_key(reader, key.get_ref(), value);
        }
        layer
    }

    fn read_key(&mut self, reader: &mut Reader<'_>, key: &str, value: &Value<'_>) {
        match key {
            "generator" => {
                self.generator = reader
                    .choice(key, value, GENERATORS)
                    .map(|name| reader.placed(name.to_owned(), value.span()));
            }
            "dialect" => self.dialect = dialect(reader, value),
            "exclude" => self.exclude = exclusions(reader, key, value),
            "extend-exclude" => {
                self.extend_exclude = exclusions(reader, key, value).unwrap_or_default();
            }
            "baseline" => {
                self.baseline = reader
                    .filled_text(key, value)
                    .map(PathBuf::from)
                    .map(|path| reader.placed(path, value.span()));
            }
            "max-front-matter" => self.max_front_matter = bytes(reader, key, value),
            "uploads" => self.uploads = uploads(reader, value),
            "collections" => self.collections = collections(reader, value),
            "rules" => self.rules = rules(reader, value, "`[rules]`"),
            "ignore" => self.ignores = ignores(reader, value),
            _ => {}
        }
    }

    /// Lays these settings over a config.
    pub fn apply(self, config: &mut Config, excluded: &mut Vec<Placed<String>>) {
        config.generator = self.generator.or(config.generator.take());
        config.dialect = self.dialect.or(config.dialect);
        if let Some(exclude) = self.exclude {
            *excluded = exclude;
        }
        excluded.extend(self.extend_exclude);
        config.baseline = self.baseline.or(config.baseline.take());
        config.max_front_matter = self.max_front_matter.unwrap_or(config.max_front_matter);
        for (url, folder) in self.uploads {
            config.uploads.retain(|(other, _)| *other != url);
            config.uploads.push((url, folder));
        }
        let own = &self.collections;
        config
            .collections
            .retain(|old| own.iter().all(|new| new.name != old.name));
        config.collections.splice(0..0, self.collections);
        config.rules.extend(&self.rules);
        config.ignores.extend(self.ignores);
    }
}

fn dialect(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Dialect> {
    let name = reader.choice("dialect", value, super::keys::DIALECTS)?;
    name.parse().ok()
}

fn exclusions(
    reader: &mut Reader<'_>,
    key: &str,
    value: &Value<'_>,
) -> Option<Vec<Placed<String>>> {
    let texts = reader.texts(key, value)?;
    for (text, span) in &texts {
        if let Err((_, bad)) = Exclusions::new(std::slice::from_ref(text)) {
            reader.mistake_with(*span, bad.message, bad.help);
        }
    }
    let source = reader.source;
    let placed = |(value, span)| Placed {
        value,
        source,
        span,
    };
    Some(texts.into_iter().map(placed).collect())
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

fn bytes(reader: &mut Reader<'_>, key: &str, value: &Value<'_>) -> Option<usize> {
    let DeValue::Integer(written) = value.get_ref() else {
        let help = Some(format!("write a number of bytes: `{key} = 1048576`"));
        reader.wrong_type(key, value, "a number of bytes", help);
        return None;
    };
    let digits = written.as_str().replace('_', "");
    let number = i64::from_str_radix(&digits, written.radix()).unwrap_or(i64::MAX);
    if !(1..=MOST_BYTES).contains(&number) {
        let message = format!("`{key}` is {}", reader.source_of(value));
        let help = format!("write a number of bytes from 1 to {MOST_BYTES}");
        reader.mistake_with(place(value.span()), message, Some(help));
        return None;
    }
    usize::try_from(number).ok()
}

fn uploads(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<(String, Placed<PathBuf>)> {
    let Some(members) = reader.table("uploads", value) else {
        return Vec::new();
    };
    let mut uploads = Vec::with_capacity(members.len());
    for (key, value) in members {
        let url = key.get_ref();
        if ROOT.iter().any(|known| known.name == url.as_ref()) {
            reader.mistake_with(
                place(key.span()),
                format!("`{url}` stands in `[uploads]`, where keys are URL prefixes"),
                Some("move the line above the first line in brackets".to_owned()),
            );
            continue;
        }
        if !url.starts_with('/') {
            let path = url.trim_end_matches('/');
            reader.mistake_with(
                place(key.span()),
                format!("the URL prefix `{url}` does not begin with `/`"),
                (!url.contains(':') && !path.is_empty())
                    .then(|| format!("write `\"/{path}/\" = …`")),
            );
            continue;
        }
        let Some(folder) = reader.filled_text(&format!("\"{url}\""), value) else {
            continue;
        };
        let relative = |component| {
            matches!(
                component,
                Component::Normal(_) | Component::CurDir | Component::ParentDir
            )
        };
        if !Path::new(folder).components().all(relative) {
            reader.mistake_with(
                place(value.span()),
                format!("the upload folder `{folder}` is an absolute path"),
                Some("write it relative to the folder of the config file".to_owned()),
            );
            continue;
        }
        let url = format!("{}/", url.trim_end_matches('/'));
        uploads.push((url, reader.placed(PathBuf::from(folder), value.span())));
    }
    uploads
}

fn rules(reader: &mut Reader<'_>, value: &Value<'_>, name: &str) -> RuleSettings {
    let mut settings = RuleSettings::default();
    let Some(members) = reader.table(name, value) else {
        return settings;
    };
    for (key, value) in members {
        let setting = setting(reader, key.get_ref(), value);
        let span = place(key.span());
        let Some(rule) = rule(reader, key.get_ref(), span) else {
            continue;
        };
        match setting {
            Some(Setting::Warning | Setting::Off) if rule.is_failure() => {
                reader.mistake_with(
                    span,
                    format!("`{rule}` is always an error"),
                    Some(
                        "such a finding means that frontlint could not do what it was asked; \
                         remove this line"
                            .to_owned(),
                    ),
                );
            }
            Some(setting) => settings.set(rule, setting),
            None => {}
        }
    }
    settings
}

fn setting(reader: &mut Reader<'_>, rule: &str, value: &Value<'_>) -> Option<Setting> {
    let value = match value.get_ref() {
        DeValue::Table(members) => {
            let name = format!("the table of `{rule}`");
            let table = Table {
                members,
                name: &name,
                place: place(value.span()),
            };
            reader.check_keys(&table, RULE_OPTIONS);
            members.get("severity")?
        }
        DeValue::Boolean(false) => {
            let help = Some("write `\"off\"`".to_owned());
            reader.wrong_type(rule, value, "`error`, `warning` or `off`", help);
            return None;
        }
        DeValue::String(_) => value,
        _ => {
            let help = Some("write `\"error\"`, `\"warning\"` or `\"off\"`".to_owned());
            reader.wrong_type(rule, value, "`error`, `warning` or `off`", help);
            return None;
        }
    };
    Setting::from_name(reader.choice(rule, value, Setting::NAMES)?)
}

fn rule(reader: &mut Reader<'_>, name: &str, span: Span) -> Option<RuleId> {
    match name.parse() {
        Ok(rule) => Some(rule),
        Err(unknown) => {
            let help = match unknown.nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "the rules are {}",
                    listed(RuleId::ALL.iter().map(|rule| rule.as_str()), "and")
                ),
            };
            reader.mistake_with(span, format!("unknown rule `{name}`"), Some(help));
            None
        }
    }
}

fn collections(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Collection> {
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
        Some((patterns(reader, texts)?, place(value.span())))
    });
    let schema = get("schema").and_then(|value| {
        let text = reader.filled_text("schema", value)?.to_owned();
        Some(reader.placed(text, value.span()))
    });
    let front_matter =
        get("front-matter").and_then(|value| reader.choice("front-matter", value, FRONT_MATTER));
    let rules = get("rules").map(|value| rules(reader, value, "rules"));
    let ((name, name_span), (files, span)) = (name?, files?);
    let collection = Collection {
        name: name.into(),
        files,
        schema,
        front_matter_required: front_matter == Some("required"),
        rules: rules.unwrap_or_default(),
        source: reader.source,
        span,
        seen: AtomicBool::new(false),
    };
    Some((collection, name_span))
}

fn ignores(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Ignore> {
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
