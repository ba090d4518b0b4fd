//! Builds the validator of a schema.

use jsonschema::{Keyword, Retrieve, Validator};
use serde_json::Value;
use url::Url;

use crate::schema::format_keyword::{Annotation, Format};
use crate::schema::guard::{self, Refusal};
use crate::schema::instance::Tree;
use crate::schema::patterns;

/// Compiles a value against the tree.
pub(super) fn build(
    value: &Value,
    uri: &Url,
    retriever: impl Retrieve + 'static,
    assert_formats: bool,
) -> Result<Validator<Tree>, jsonschema::ValidationError<'static>> {
    let mut options = jsonschema::options_for::<Tree>();
    if names_metaschema(value) {
        // Without this the validator knows the metaschema of the schema's own draft alone.
        options = options.with_registry(&referencing::SPECIFICATIONS);
    }
    options
        .with_base_uri(uri.as_str())
        .with_retriever(retriever)
        .with_pattern_options(patterns::options())
        .with_keyword("format", move |_, value, _| {
            let keyword: Box<dyn for<'i> Keyword<'i, Tree>> = if assert_formats {
                Box::new(value.as_str().map_or(Format::Unknown, Format::named))
            } else {
                Box::new(Annotation)
            };
            Ok(keyword)
        })
        .with_keyword(guard::REFUSED, |_, _, _| {
            let keyword: Box<dyn for<'i> Keyword<'i, Tree>> = Box::new(Refusal);
            Ok(keyword)
        })
        .with_keyword(guard::SLOW_PATTERN, |_, pattern, _| {
            Ok(guard::slow_pattern(pattern).unwrap_or_else(|| Box::new(Annotation)))
        })
        .build(value)
}

/// Whether a `$ref` leads to a metaschema.
fn names_metaschema(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| match value {
            Value::String(uri) => key == "$ref" && uri.contains("//json-schema.org/draft"),
            value => names_metaschema(value),
        }),
        Value::Array(items) => items.iter().any(names_metaschema),
        _ => false,
    }
}
