//! How large the patterns of a schema are together. A compiled pattern takes memory and time in
//! proportion to its length with all counted repetitions written out, which is not the length that is
//! read: `(a{100}){90}` is 9 000 characters.

use serde_json::{Map, Value};

use super::patterns::written_out;
use super::resources::{DATA, Location, Resources};

/// Characters of all patterns together, written out; half a second and 300 MB at the most.
pub(super) const MOST: usize = 1_000_000;

/// The first pattern beyond [`MOST`], in the order of the files.
pub(super) fn first_beyond(resources: &Resources) -> Option<Location> {
    let mut left = MOST;
    let mut files = resources.files().iter().enumerate();
    files.find_map(|(file, read)| {
        let pointer = String::new();
        find(&read.value, &Location { file, pointer }, &mut left)
    })
}

/// Looks below a value; files are not nested deeply.
fn find(value: &Value, at: &Location, left: &mut usize) -> Option<Location> {
    match value {
        Value::Object(keywords) => find_own(keywords, at, left).or_else(|| {
            let mut below = keywords.iter();
            below.find_map(|(key, value)| {
                let is_nested = value.is_object() || value.is_array();
                if is_nested && !DATA.contains(&key.as_str()) {
                    find(value, &at.child(&[key]), left)
                } else {
                    None
                }
            })
        }),
        Value::Array(items) => {
            let mut below = items.iter().enumerate();
            below.find_map(|(index, item)| find(item, &at.child(&[&index.to_string()]), left))
        }
        _ => None,
    }
}

/// Looks at the patterns of one subschema.
fn find_own(keywords: &Map<String, Value>, at: &Location, left: &mut usize) -> Option<Location> {
    let mut fits = |pattern: &str| {
        let rest = left.checked_sub(written_out(pattern));
        *left = rest.unwrap_or(*left);
        rest.is_some()
    };
    let pattern = keywords.get("pattern").and_then(Value::as_str);
    if pattern.is_some_and(|pattern| !fits(pattern)) {
        return Some(at.child(&["pattern"]));
    }
    let by_key = keywords.get("patternProperties")?.as_object()?;
    let beyond = by_key.keys().find(|pattern| !fits(pattern))?;
    Some(at.child(&["patternProperties", beyond]))
}
