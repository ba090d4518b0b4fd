//! The rows of the records that frontlint does not follow.

use frontlint::dialect::Dialect;
use serde_json::Value as Json;

/// Rows where frontlint is of another mind than the parser, and why.
pub fn is_exception(row: &Json, dialect: Dialect, key: bool) -> bool {
    let text = row["text"].as_str().unwrap();
    let is_collection = text.starts_with(['[', '{']);
    match (key, text) {
        // Front matter has no use for keys that are no scalars: they are reported, most of all
        // the template tag that its author meant as text.
        (true, _) if is_collection => true,
        (false, "{{x}}" | "{{ site.title }}" | "{{< x >}}") => true,
        // An absent key is reported as well.
        (true, "" | "&a") => true,
        // SafeYAML makes null of an alias without its anchor, which is reported.
        (false, "*a") => dialect == Dialect::Jekyll,
        // The ordered mapping of YAML 1.1 stays the list that it is written as.
        (false, "!!omap []") => matches!(dialect, Dialect::Jekyll | Dialect::Psych | Dialect::Core),
        (_, text) => match dialect {
            Dialect::HugoGoccy => is_exception_of_goccy(text, key),
            Dialect::JsYaml3 => is_exception_of_js_yaml_3(text, key),
            // Nothing at all counts as front matter without keys.
            Dialect::JsYaml5 => key && text == "#x",
            _ => false,
        },
    }
}

fn is_exception_of_goccy(text: &str, key: bool) -> bool {
    match (key, text) {
        // goccy takes as text, or as null, what every other parser refuses; it is reported.
        (false, ",1" | "," | ",x" | "}" | "?" | "!!") | (true, "? x") => true,
        // goccy drops tabs within a text. It is text here too, with its tabs.
        (false, _) if text.contains('\t') => true,
        // goccy makes text of what the scalar would be without its tag; here it is as written.
        (false, "!!str null" | "!!str ~") | (_, "!!str 010") => true,
        // goccy passes over a tag that is written in full.
        (false, "!<tag:yaml.org,2002:int> \"7\"") => true,
        // A byte order mark before everything is not part of the first key.
        (true, "\u{feff}x") => true,
        _ => false,
    }
}

fn is_exception_of_js_yaml_3(text: &str, key: bool) -> bool {
    match (key, text) {
        // js-yaml 3 makes a second key of the question mark, which is reported.
        (false, "?" | "? x") => true,
        // js-yaml 3 stumbles over a tag or an anchor on the first key, and on no other.
        (true, "!!str 010" | "!!str yes" | "!!int \"3\"" | "&a yes" | "&a x") => true,
        // A byte order mark before everything is not part of the first key.
        (true, "\u{feff}x") => true,
        _ => false,
    }
}

/// How many values and keys are exceptions, so that none comes in unseen.
pub fn count(dialect: Dialect) -> (usize, usize) {
    match dialect {
        Dialect::Core => (4, 7),
        Dialect::Jekyll => (4, 5),
        Dialect::Psych => (4, 7),
        Dialect::HugoYamlV2 => (0, 1),
        Dialect::HugoGoccy => (14, 3),
        Dialect::JsYaml3 => (5, 12),
        Dialect::JsYaml4 => (3, 6),
        Dialect::JsYaml5 => (0, 2),
        Dialect::PyYaml => (0, 1),
    }
}
