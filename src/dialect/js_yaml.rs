//! What js-yaml 3 and 4 share: everything but the spelling of numbers.

use super::{Style, Value, javascript, ruby};

/// How one of the two versions reads numbers: each `None` where the text is none.
pub(super) struct Numbers {
    pub integer: fn(&str) -> Option<Value>,
    pub float: fn(&str) -> Option<Value>,
}

pub(super) fn resolve(text: &str, style: Style, tag: Option<&str>, numbers: &Numbers) -> Value {
    // A value that is not written stays null before any tag looks at it.
    let absent = text.is_empty() && style == Style::Plain;
    match tag {
        None | Some("!") if absent => Value::Null,
        None if style == Style::Plain => plain(text, numbers),
        None | Some("!") => Value::String,
        Some(tag) => {
            let Some(name) = tag.strip_prefix("tag:yaml.org,2002:") else {
                return Value::Error(javascript::unknown_tag(tag));
            };
            let found = match name {
                "str" => Some(Value::String),
                "null" => (absent || javascript::is_null(text)).then_some(Value::Null),
                "bool" => javascript::boolean(text),
                "int" => (numbers.integer)(text),
                "float" => (numbers.float)(text),
                "timestamp" => javascript::read_timestamp(text),
                "merge" => (absent || text == "<<").then_some(Value::String),
                "binary" => (!absent && javascript::is_base64(text))
                    .then(|| Value::Binary(javascript::binary(text))),
                _ => return Value::Error(javascript::unknown_tag(tag)),
            };
            found.unwrap_or_else(|| javascript::refused(text, name))
        }
    }
}

fn plain(text: &str, numbers: &Numbers) -> Value {
    let found = match text.as_bytes().first() {
        Some(b'0'..=b'9') if ruby::begins_as_date(text) => javascript::read_timestamp(text),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => (numbers.integer)(text)
            .or_else(|| (numbers.float)(text))
            .or_else(|| javascript::read_timestamp(text)),
        Some(b'~' | b'n' | b'N') if javascript::is_null(text) => Some(Value::Null),
        Some(b't' | b'T' | b'f' | b'F') => javascript::boolean(text),
        _ => None,
    };
    found.unwrap_or(Value::String)
}
