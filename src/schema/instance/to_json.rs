//! Documents as JSON, for schemas, which are documents themselves.

use serde_json::Value as JsonValue;

use crate::dialect::Value;
use crate::syntax::{Document, Kind, NodeId};

/// A node as JSON. A number without a JSON value
/// becomes null.
pub(in crate::schema) fn to_json(document: &Document<'_>, id: NodeId) -> JsonValue {
    match &document.node(id).kind {
        Kind::Sequence(_) => JsonValue::Array(
            document
                .items(id)
                .iter()
                .map(|&item| to_json(document, item))
                .collect(),
        ),
        Kind::Mapping(_) => JsonValue::Object(
            document
                .members(id)
                .iter()
                .map(|member| {
                    (
                        member.key.text.clone().into_owned(),
                        to_json(document, member.value),
                    )
                })
                .collect(),
        ),
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => JsonValue::Null,
            Value::Bool(boolean) => JsonValue::Bool(*boolean),
            Value::Integer(number) => JsonValue::from(*number),
            Value::BigInteger(digits) => digits.parse::<u64>().map_or_else(
                |_| JsonValue::from(digits.parse::<f64>().unwrap_or(f64::NAN)),
                JsonValue::from,
            ),
            Value::Float(number) => JsonValue::from(*number),
            Value::String | Value::Timestamp(_) | Value::Binary(_) | Value::Error(_) => {
                JsonValue::String(scalar.text.clone().into_owned())
            }
        },
    }
}
