//! What is wrong with the values of single keywords: `format`, `x-severity`, `errorMessage`.

use serde_json::Value;

use super::{Fault, Part, keywords, slips};
use crate::schema::formats;

/// Reports what has no effect in the value of a keyword.
pub(super) fn check(keyword: &str, value: &Value, mut report: impl FnMut(Fault)) {
    match keyword {
        "format" => {
            if let Some(fault) = value.as_str().and_then(format) {
                report(fault);
            }
        }
        "x-severity" => match value {
            Value::Object(by_keyword) => {
                for (name, value) in by_keyword {
                    if let Some(fault) = keyword_within("x-severity", name) {
                        report(fault);
                    }
                    if let Some(fault) = severity(value) {
                        report(fault.within(name));
                    }
                }
            }
            value => {
                if let Some(fault) = severity(value) {
                    report(fault);
                }
            }
        },
        "errorMessage" => match value {
            Value::Object(by_keyword) => {
                for (name, value) in by_keyword {
                    if let Some(fault) = keyword_within("errorMessage", name) {
                        report(fault);
                    }
                    // For a keyword it may be one text for each key.
                    let is_text = match value {
                        Value::Object(by_key) => by_key.values().all(Value::is_string),
                        value => value.is_string(),
                    };
                    if !is_text {
                        let message =
                            format!("`errorMessage` for `{name}` is not a text: it has no effect");
                        let help = "write the message as a text".to_owned();
                        report(Fault::new(Part::Value, message, help).within(name));
                    }
                }
            }
            Value::String(_) => {}
            _ => report(Fault::new(
                Part::Value,
                "`errorMessage` is neither a text nor a mapping: it has no effect".to_owned(),
                "write the message, or one for each keyword: `{\"required\": \"…\"}`".to_owned(),
            )),
        },
        _ => {}
    }
}

/// A key of `x-severity` or `errorMessage` that is a slip of a keyword.
fn keyword_within(owner: &str, name: &str) -> Option<Fault> {
    if keywords::find(name).is_some() {
        return None;
    }
    let meant = keywords::slip_of(name)?;
    let message = format!("`{name}` in `{owner}` is not a keyword: it has no effect");
    Some(Fault::new(Part::Key, message, format!("did you mean `{meant}`?")).within(name))
}

fn severity(value: &Value) -> Option<Fault> {
    let known = ["warning", "error"];
    let text = value.as_str();
    if text.is_some_and(|text| known.contains(&text)) {
        return None;
    }
    let meant = text.and_then(|text| match text.to_lowercase().as_str() {
        "warn" => Some("warning"),
        "err" => Some("error"),
        _ => slips::nearest(text, known.into_iter()),
    });
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write `warning` or `error`".to_owned(),
    };
    let message = match text {
        Some(text) => format!("`{text}` is not a severity: it has no effect"),
        None => "this is not a severity: it has no effect".to_owned(),
    };
    Some(Fault::new(Part::Value, message, help))
}

/// Names that other tools give to formats of their own, one letter from a name that is known.
const OTHERS: [&str; 2] = ["cuid", "ulid"];

fn format(name: &str) -> Option<Fault> {
    if formats::is_known(name) || OTHERS.contains(&name) {
        return None;
    }
    let message = format!("`{name}` is not a format that frontlint knows: it is not checked");
    let lower = name.to_lowercase().replace('_', "-");
    let meant = match name {
        _ if formats::is_known(&lower) => Some(lower.as_str()),
        "url" => Some("uri"),
        // `exist-path`, `file-exists` and their like.
        _ => slips::nearest(name, formats::names())
            .or_else(|| lower.contains("exist").then_some(formats::EXISTING_PATH)),
    };
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if lower.starts_with("phone-") => {
            "write `phone`, or `phone-` and the code of a country: `phone-fr`".to_owned()
        }
        None => return None,
    };
    Some(Fault::new(Part::Value, message, help))
}
