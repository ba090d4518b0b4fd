//! The values of single arguments.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::diagnostic::{Group, RuleId, Severity};
use crate::report::Format;
use crate::text::ColumnUnit;

/// How `frontlint explain --file` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// A table
    Text,
    /// One JSON object
    Json,
}

/// The least severity that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
    /// Nothing
    Never,
}

impl FailOn {
    /// The severity; `None` where findings never fail a run.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Never => None,
        }
    }
}

/// The value of `--output-file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// `None` where `--output-format` decides.
    pub format: Option<Format>,
    /// Where to write.
    pub path: PathBuf,
}

impl FromStr for OutputFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = match text.split_once('=') {
            Some((name, path)) if name.chars().all(|c| c.is_ascii_alphanumeric()) => {
                let format = name.parse().map_err(|_| unknown_format(name, text))?;
                (Some(format), path)
            }
            _ => (None, text),
        };
        if path.is_empty() {
            return Err("the path is missing".to_owned());
        }
        Ok(Self {
            format,
            path: PathBuf::from(path),
        })
    }
}

fn unknown_format(name: &str, text: &str) -> String {
    let names: Vec<_> = Format::ALL.iter().map(|format| format.as_str()).collect();
    format!(
        "there is no output format `{name}`; write one of {}, or `./{text}` for a file of that name",
        names.join(", ")
    )
}

/// A value of `--config`: a file or a line of TOML, which the configuration distinguishes.
pub(super) fn config_argument(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() {
        return Err("expected a file or `key = value`");
    }
    Ok(text.to_owned())
}

pub(super) fn format_parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL
        .iter()
        .map(|format| PossibleValue::new(format.as_str()).help(format.about()));
    PossibleValuesParser::new(values).try_map(|name| {
        name.parse::<Format>()
            .map_err(|_| format!("there is no output format `{name}`"))
    })
}

pub(super) fn unit_parser() -> impl TypedValueParser<Value = ColumnUnit> {
    PossibleValuesParser::new([
        PossibleValue::new("scalar").help("Characters (Unicode scalar values)"),
        PossibleValue::new("byte").help("UTF-8 bytes, as Vim counts"),
        PossibleValue::new("utf16").help("UTF-16 code units, as VS Code counts"),
    ])
    .map(|name| match name.as_str() {
        "byte" => ColumnUnit::Byte,
        "utf16" => ColumnUnit::Utf16,
        _ => ColumnUnit::Scalar,
    })
}

/// A value of `--select` and `--ignore`: a rule, or all rules of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSelector {
    /// One rule.
    Rule(RuleId),
    /// The rules of a group.
    Group(Group),
}

impl RuleSelector {
    /// Whether it names a rule.
    #[must_use]
    pub fn contains(self, rule: RuleId) -> bool {
        match self {
            Self::Rule(named) => named == rule,
            Self::Group(group) => group == rule.group(),
        }
    }
}

/// The least severity that is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Errors only
    Error,
    /// Errors and warnings
    Warning,
}

impl Level {
    /// The severity.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
        }
    }
}

pub(super) fn selector_parser() -> impl TypedValueParser<Value = RuleSelector> {
    let groups = Group::ALL.iter().map(|group| group.as_str());
    let rules = RuleId::ALL.iter().map(|rule| rule.as_str());
    PossibleValuesParser::new(groups.chain(rules)).try_map(|name| {
        let group = Group::ALL.iter().find(|group| group.as_str() == name);
        match group {
            Some(&group) => Ok(RuleSelector::Group(group)),
            None => name
                .parse::<RuleId>()
                .map(RuleSelector::Rule)
                .map_err(|_| format!("there is no rule or group `{name}`")),
        }
    })
}

pub(super) fn rule_parser() -> impl TypedValueParser<Value = RuleId> {
    PossibleValuesParser::new(RuleId::ALL.iter().map(|rule| rule.as_str())).try_map(|name| {
        name.parse::<RuleId>()
            .map_err(|_| format!("there is no rule `{name}`"))
    })
}
