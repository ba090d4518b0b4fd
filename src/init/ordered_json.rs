//! JSON whose keys keep their order.

use serde_json::Value;

/// A value to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// A value whose order does not matter; on one line.
    Value(Value),
    List(Vec<Json>),
    Object(Object),
}

/// Keys in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Object(Vec<(String, Json)>);

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl Object {
    /// Adds a key, which must not be there yet.
    pub(super) fn add(&mut self, key: &str, value: impl Into<Json>) {
        self.0.push((key.to_owned(), value.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a file, indented by two spaces.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        write_object(self, 0, &mut text);
        text.push('\n');
        text
    }
}

fn write(json: &Json, depth: usize, text: &mut String) {
    match json {
        Json::Value(Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(Value::to_string).collect();
            text.push_str(&format!("[{}]", items.join(", ")));
        }
        Json::Value(value) => text.push_str(&value.to_string()),
        Json::Object(object) => write_object(object, depth, text),
        Json::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write(item, depth, text);
            }
            text.push(']');
        }
    }
}

fn write_object(object: &Object, depth: usize, text: &mut String) {
    if object.is_empty() {
        text.push_str("{}");
        return;
    }
    let indent = "  ".repeat(depth + 1);
    text.push('{');
    for (index, (key, value)) in object.0.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&indent);
        text.push_str(&Value::from(key.as_str()).to_string());
        text.push_str(": ");
        write(value, depth + 1, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push('}');
}
