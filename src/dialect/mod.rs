//! How a generator's parser reads a scalar: one file a parser, each compared row by row with records
//! of the real one.
//!
//! Works on one scalar at a time and knows nothing of documents, spans or schemas. Imports `text`
//! and `diagnostic` at most.

mod base64;
mod core;
mod go;
mod go_time;
mod hugo_date;
mod hugo_goccy;
mod hugo_yaml_v2;
mod javascript;
mod jekyll;
mod js_yaml;
mod js_yaml_3;
mod js_yaml_4;
mod js_yaml_5;
mod number;
mod psych;
mod pyyaml;
mod ruby;
#[cfg(test)]
mod tests;
mod text;
mod timestamp;
mod value;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use go::hugo_key;
pub use hugo_date::{hugo_date, hugo_date_of};
pub use timestamp::{Precision, Timestamp, Zone};
pub use value::Value;

/// The parser whose reading of plain scalars counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// YAML 1.2 with its core schema.
    #[default]
    Core,
    /// Jekyll as people install it: SafeYAML over Psych.
    Jekyll,
    /// Debian's Jekyll, patched to plain Psych.
    Psych,
    /// Hugo before 0.152, whose parser is yaml.v2.
    HugoYamlV2,
    /// Hugo since 0.152, whose parser is goccy/go-yaml.
    HugoGoccy,
    /// js-yaml 3 as gray-matter calls it: VitePress, Docusaurus before 3.10.2, Eleventy before 3,
    /// Astro before 5.
    JsYaml3,
    /// js-yaml 4: Astro, Docusaurus, Eleventy.
    JsYaml4,
    /// js-yaml 5.
    JsYaml5,
    /// The safe loader of PyYAML over libyaml: MkDocs.
    PyYaml,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes: its type is up to the dialect.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

impl Dialect {
    /// Every dialect, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Jekyll,
        Self::Psych,
        Self::HugoGoccy,
        Self::HugoYamlV2,
        Self::JsYaml3,
        Self::JsYaml4,
        Self::JsYaml5,
        Self::PyYaml,
        Self::Core,
    ];

    /// The name as users write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Jekyll => "jekyll",
            Self::Psych => "psych",
            Self::HugoYamlV2 => "hugo-yaml-v2",
            Self::HugoGoccy => "hugo-goccy",
            Self::JsYaml3 => "js-yaml-3",
            Self::JsYaml4 => "js-yaml-4",
            Self::JsYaml5 => "js-yaml-5",
            Self::PyYaml => "pyyaml",
        }
    }

    /// Who reads, as the subject of a sentence: "Jekyll reads this as a number".
    #[must_use]
    pub fn reader(self) -> &'static str {
        match self {
            Self::Core => "YAML 1.2",
            Self::Jekyll => "Jekyll",
            Self::Psych => "Debian's Jekyll",
            Self::HugoYamlV2 => "Hugo before 0.152",
            Self::HugoGoccy => "Hugo",
            Self::JsYaml3 => "js-yaml 3 (gray-matter)",
            Self::JsYaml4 => "js-yaml 4",
            Self::JsYaml5 => "js-yaml 5",
            Self::PyYaml => "PyYAML",
        }
    }

    /// What the parser takes for the text of a scalar before it looks for its type: goccy drops the
    /// tabs within an unquoted text, and under `!!str` writes anew what would be a number.
    #[must_use]
    pub fn text<'t>(self, text: Cow<'t, str>, style: Style, tag: Option<&str>) -> Cow<'t, str> {
        match self {
            Self::HugoGoccy if style == Style::Plain => hugo_goccy::text(text, tag),
            _ => text,
        }
    }

    /// The type of a scalar. `text` is what remains after unquoting and folding; `tag` is in its
    /// long form (`tag:yaml.org,2002:str`, `!local`, `!` alone), `None` where none is written.
    #[must_use]
    pub fn resolve(self, text: &str, style: Style, tag: Option<&str>) -> Value {
        match self {
            Self::Core => core::resolve(text, style, tag),
            Self::Jekyll => jekyll::resolve(text, style, tag),
            Self::Psych => psych::resolve(text, style, tag),
            Self::HugoYamlV2 => hugo_yaml_v2::resolve(text, style, tag),
            Self::HugoGoccy => hugo_goccy::resolve(text, style, tag),
            Self::JsYaml3 => js_yaml_3::resolve(text, style, tag),
            Self::JsYaml4 => js_yaml_4::resolve(text, style, tag),
            Self::JsYaml5 => js_yaml_5::resolve(text, style, tag),
            Self::PyYaml => pyyaml::resolve(text, style, tag),
        }
    }

    /// Why the parser gives up on a list or a mapping with this tag, where it does.
    #[must_use]
    pub fn refuse_collection(self, tag: &str, mapping: bool) -> Option<Box<str>> {
        match self {
            Self::Psych => psych::refuse_collection(tag, mapping),
            Self::JsYaml3 | Self::JsYaml4 => javascript::refuse_collection(tag, mapping),
            Self::JsYaml5 => js_yaml_5::refuse_collection(tag, mapping),
            Self::PyYaml => pyyaml::refuse_collection(tag, mapping),
            Self::HugoGoccy => hugo_goccy::refuse_collection(tag, mapping),
            Self::Core | Self::Jekyll | Self::HugoYamlV2 => None,
        }
    }

    /// Whether the parser makes one mapping of a list of mappings with this tag.
    #[must_use]
    pub fn is_ordered_mapping(self, tag: &str) -> bool {
        matches!(self, Self::Psych | Self::Core) && tag == "tag:yaml.org,2002:omap"
    }

    /// Why the parser gives up on a list with this tag whose items are mappings of so many entries,
    /// `None` standing for what is no mapping.
    #[must_use]
    pub fn refuse_items(self, tag: &str, items: &[Option<usize>]) -> Option<Box<str>> {
        let name = tag.strip_prefix("tag:yaml.org,2002:")?;
        let refused = match (self, name) {
            (Self::Psych, "omap") => items
                .iter()
                .any(|item| item.is_none_or(|entries| entries == 0)),
            (Self::JsYaml3 | Self::JsYaml4 | Self::PyYaml, "omap" | "pairs") => {
                items.iter().any(|item| *item != Some(1))
            }
            (Self::Core, "omap" | "pairs") => items
                .iter()
                .any(|item| item.is_some_and(|entries| entries > 1)),
            _ => false,
        };
        let what = "a list of anything but mappings of one entry";
        refused.then(|| format!("{} cannot read {what} as `!!{name}`", self.reader()).into())
    }

    /// Whether the parser stumbles over a tag or an anchor on the first key of a mapping.
    #[must_use]
    pub fn wants_plain_first_key(self) -> bool {
        self == Self::JsYaml3
    }

    /// Whether a byte order mark at the beginning of the line after the opening fence is part of the
    /// first key, rather than passed over.
    #[must_use]
    pub fn keeps_byte_order_mark(self) -> bool {
        matches!(
            self,
            Self::HugoGoccy | Self::JsYaml3 | Self::JsYaml4 | Self::JsYaml5
        )
    }

    /// Whether lines within brackets may be indented with tabs.
    #[must_use]
    pub fn takes_tabs_in_brackets(self) -> bool {
        !matches!(self, Self::JsYaml5 | Self::Core)
    }

    /// Whether the parser takes null where a mapping should be for an empty one.
    #[must_use]
    pub fn takes_null_for_mapping(self) -> bool {
        self != Self::HugoGoccy
    }

    /// Whether the parser is libyaml or made after it, and shares its ways with YAML 1.1.
    #[must_use]
    pub fn follows_libyaml(self) -> bool {
        matches!(
            self,
            Self::Jekyll | Self::Psych | Self::HugoYamlV2 | Self::PyYaml
        )
    }

    /// The generator to which keys that differ only in case are the same, if that of this parser is.
    #[must_use]
    pub fn key_folder(self) -> Option<&'static str> {
        match self {
            Self::HugoYamlV2 | Self::HugoGoccy => Some("Hugo"),
            _ => None,
        }
    }

    /// A key as the generator compares it.
    #[must_use]
    pub fn folded(self, key: &str) -> Cow<'_, str> {
        match self.key_folder() {
            Some(_) => hugo_key(key),
            None => Cow::Borrowed(key),
        }
    }

    /// Whether two keys are the same to the generator.
    #[must_use]
    pub fn same_key(self, one: &str, other: &str) -> bool {
        one == other || self.folded(one) == self.folded(other)
    }

    /// Whether the parser gives up on a mapping in which a key is written twice, rather than take
    /// the last one.
    #[must_use]
    pub fn refuses_duplicate_keys(self) -> bool {
        matches!(
            self,
            Self::HugoGoccy | Self::JsYaml3 | Self::JsYaml4 | Self::JsYaml5
        )
    }

    /// Whether the parser gives up on `<<` with anything but mappings. Jekyll has a way of its own.
    #[must_use]
    pub fn refuses_bad_merges(self) -> bool {
        !matches!(self, Self::Core | Self::Jekyll | Self::Psych)
    }

    /// The type of a scalar that is the key of a mapping. Most parsers read keys as they read
    /// values; those that make strings of them do so afterwards. yaml.v2 takes the keys of front
    /// matter for text, whatever they look like.
    #[must_use]
    pub fn resolve_key(self, text: &str, style: Style, tag: Option<&str>) -> Value {
        let is_sign = style == Style::Plain && tag.is_none() && matches!(text, "<<" | "=");
        match self.resolve(text, style, tag) {
            Value::Error(_) if self == Self::PyYaml && is_sign => Value::String,
            value @ (Value::Null | Value::Binary(_) | Value::Error(_)) => value,
            _ if self == Self::HugoYamlV2 => Value::String,
            Value::Timestamp(_) if self == Self::HugoGoccy => {
                Value::Error("Hugo takes no date of the tag `!!timestamp` for a key".into())
            }
            value => value,
        }
    }
}

/// A name that no dialect has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDialect {
    /// The name as written.
    pub name: String,
}

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no dialect; there are ", self.name)?;
        for (index, dialect) in Dialect::ALL.iter().enumerate() {
            let separator = match Dialect::ALL.len() - index {
                1 => "",
                2 => " and ",
                _ => ", ",
            };
            write!(f, "`{}`{separator}", dialect.as_str())?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownDialect {}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        let found = Self::ALL
            .iter()
            .copied()
            .find(|dialect| dialect.as_str() == name);
        found.ok_or_else(|| UnknownDialect {
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
