//! The schemas that come with frontlint.

use serde_json::Value;

use crate::diagnostic::Problem;
use crate::text::{Tolerance, nearest};

/// A schema that comes with frontlint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// The name after `bundled:`.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The schema, as JSON.
    pub text: &'static str,
}

/// The schemas of `schemas/NAME.schema.json`, in the order of their names; `build/schemas.rs` writes
/// the table.
const BUNDLED: &[Bundled] = include!(concat!(env!("OUT_DIR"), "/bundled_schemas.rs"));

/// Every schema that comes with frontlint, in the order of their names.
#[must_use]
pub fn bundled() -> &'static [Bundled] {
    BUNDLED
}

/// The bundled schema of this name.
pub(super) fn by_name(name: &str) -> Option<&'static Bundled> {
    BUNDLED.iter().find(|bundled| bundled.name == name)
}

/// A reference to a bundled schema by its name, `bundled:NAME#…`, as the URI that stands for it.
/// `None` for any other.
pub(super) fn uri_of_reference(reference: &str) -> Option<String> {
    let name = reference.strip_prefix("bundled:")?;
    let (name, fragment) = name.split_at(name.find('#').unwrap_or(name.len()));
    by_name(name).map(|bundled| format!("{}{fragment}", bundled.uri()))
}

/// The bundled schema that this URI stands for; a fragment does not count.
pub(super) fn by_uri(uri: &str) -> Option<&'static Bundled> {
    let uri = uri.split('#').next().unwrap_or(uri);
    BUNDLED.iter().find(|bundled| bundled.uri() == uri)
}

/// That there is no bundled schema of this name.
pub(super) fn unknown(name: &str) -> Problem {
    let names = BUNDLED.iter().map(|bundled| bundled.name);
    let help = match nearest(name, names, Tolerance::Letters(3)) {
        Some(meant) => format!("did you mean `bundled:{meant}`?"),
        None => "`frontlint schema` lists the bundled schemas".to_owned(),
    };
    Problem::new(format!("there is no bundled schema `{name}`")).help(help)
}

impl Bundled {
    /// The schema as a value.
    pub(super) fn value(&self) -> Value {
        serde_json::from_str(self.text).unwrap_or(Value::Bool(true))
    }

    /// The URI that stands for it; a bundled schema has no `$id` of its own.
    pub(super) fn uri(&self) -> String {
        format!(
            "https://frontlint.invalid/schemas/{}.schema.json",
            self.name
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_schema_is_valid_and_has_no_other_uri() {
        for bundled in bundled() {
            let value: Value = serde_json::from_str(bundled.text).unwrap();
            assert!(value.get("$id").is_none(), "{}", bundled.name);
            assert!(jsonschema::meta::is_valid(&value), "{}", bundled.name);
            assert_eq!(by_uri(&bundled.uri()), Some(bundled));
            assert_eq!(by_name(bundled.name), Some(bundled));
        }
    }
}
