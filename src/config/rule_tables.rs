//! `[rules]`, and the `rules` of a collection.

use toml::de::DeValue;

use super::keys::RULE_OPTIONS;
use super::reader::{Reader, Table, Value, listed, place};
use super::{RuleSettings, Setting};
use crate::diagnostic::RuleId;
use crate::text::Span;

pub(super) fn rules(reader: &mut Reader<'_>, value: &Value<'_>, name: &str) -> RuleSettings {
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

pub(super) fn rule(reader: &mut Reader<'_>, name: &str, span: Span) -> Option<RuleId> {
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
