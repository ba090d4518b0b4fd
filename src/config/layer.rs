//! The settings of one TOML text: the keys of its top level.

use std::path::{Component, Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::entries::{collections, ignores};
use super::keys::{MOST_BYTES, ROOT};
use super::reader::{Reader, TOP_LEVEL, Table, Value, place};
use super::rule_tables::rules;
use super::{Collection, Config, Exclusions, Ignore, Placed, RuleSettings};
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
                    .choice(key, value, reader.generators)
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
        if let Err(bad) = Exclusions::new(std::iter::once(text.as_str())) {
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
