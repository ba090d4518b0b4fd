//! The rows of the records that frontlint does not follow.

use frontlint::testing::dialect::Dialect;
use serde_json::Value as Json;

/// Rows of which frontlint reads what the parser reads, and reports it besides.
pub fn is_reported(row: &Json, dialect: Dialect, key: bool) -> bool {
    let text = row["text"].as_str().unwrap();
    match (key, text) {
        // Front matter has no use for keys that are no scalars, most of all the template tag that
        // its author meant as text.
        (true, "{a: 1}") => dialect != Dialect::Jekyll,
        (true, "&a") => !dialect.follows_libyaml() || dialect == Dialect::Jekyll,
        (true, _) => text.starts_with(['[', '{']) || text.is_empty(),
        (false, "{{x}}" | "{{ site.title }}" | "{{< x >}}") => true,
        // SafeYAML makes null of an alias without its anchor.
        (false, "*a") => dialect == Dialect::Jekyll,
        _ => false,
    }
}

/// Rows where frontlint is of another mind than the parser, and why.
pub fn is_exception(row: &Json, dialect: Dialect, key: bool) -> bool {
    let text = row["text"].as_str().unwrap();
    match (dialect, key, text) {
        // The colon counts for a part of the anchor's name, which is reported.
        (Dialect::Psych | Dialect::HugoYamlV2 | Dialect::PyYaml, true, "&a") => true,
        // SafeYAML makes the first value of a mapping the key.
        (Dialect::Jekyll, true, "{a: 1}") => true,
        // The package `yaml` makes a symbol of it, which is no value of YAML.
        (Dialect::Core, false, "!!merge x" | "!!merge <<") => true,
        // goccy takes as text, or as null, what every other parser refuses; it is reported.
        (Dialect::HugoGoccy, false, ",1" | "," | ",x" | "}" | "?" | "!!") => true,
        (Dialect::HugoGoccy, true, "? x" | "? a") => true,
        // js-yaml 3 makes a second key of the question mark, which is reported.
        (Dialect::JsYaml3, false, "?" | "? x") => true,
        // Nothing at all counts as front matter without keys.
        (Dialect::JsYaml5, true, "#x") => true,
        _ => false,
    }
}

/// How many values and keys of a record are exceptions, and how many are reported, so that none
/// comes in unseen.
pub fn count(record: &str) -> ((usize, usize), (usize, usize)) {
    match record {
        "yaml-core" => ((2, 3), (0, 8)),
        "jekyll" => ((0, 4), (1, 4)),
        "psych" => ((0, 3), (1, 7)),
        "hugo-yaml-v2" => ((0, 0), (1, 0)),
        "hugo-0.111" | "hugo-0.151" => ((0, 0), (1, 0)),
        "hugo-goccy" => ((6, 0), (1, 0)),
        "hugo-0.155" | "hugo-0.168" => ((6, 0), (2, 0)),
        "js-yaml-3" => ((2, 3), (0, 7)),
        "js-yaml-4" => ((0, 3), (0, 7)),
        "js-yaml-5" => ((0, 0), (1, 1)),
        "pyyaml" => ((0, 0), (1, 0)),
        other => panic!("{other}"),
    }
}

/// Pages where frontlint is of another mind than the generator, and why.
pub fn is_fence_exception(text: &str, generator: &str) -> bool {
    // Lines that end in a carriage return alone are no lines here.
    if text.starts_with("---\r") && !text.contains('\n') {
        return true;
    }
    let first = text.lines().next().unwrap_or("");
    match generator {
        "hugo" => is_exception_of_hugo(text),
        "mkdocs" => is_exception_of_mkdocs(text),
        // Front matter that is a program is not read.
        _ if matches!(first, "---js" | "---javascript") => true,
        _ => false,
    }
}

fn is_exception_of_hugo(text: &str) -> bool {
    // Hugo before 0.168 skips any number of byte order marks, wherever they stand, and Hugo 0.111
    // looks for front matter in a comment.
    text.starts_with("\u{feff}\u{feff}")
        || text.starts_with("\n\u{feff}")
        || text.starts_with("<!--")
        // Front matter of Org mode, which Hugo reads in pages of any kind.
        || text.starts_with("#+")
        // Hugo 0.168 takes these for blanks.
        || text.starts_with(['\u{b}', '\u{c}'])
}

fn is_exception_of_mkdocs(text: &str) -> bool {
    // Front matter without a key is text to MkDocs, which makes no difference but two rules.
    let keyless = [
        "---\n\n",
        "---\n# c\n",
        "---\nnull\n",
        "---\n~\n",
        "---\n---\n",
    ];
    keyless.iter().any(|start| text.strip_prefix(start) == Some("---\nbody\n"))
        // The first lines of a page without fences are metadata in MultiMarkdown.
        || text.lines().next().is_some_and(|line| line.contains(':'))
}

/// Dates of which frontlint is of another mind than Hugo, and why.
pub fn is_date_exception(text: &str, record: &str) -> bool {
    // A year of twelve digits.
    text == "0777777777777777777777"
        // The calendar ends with the year 9999, before its last day is over everywhere.
        || text.starts_with("9999-12-31")
        // Of the versions with yaml.v2 the last counts, which takes neither any offset nor a number
        // for a year of more than four digits.
        || (record == "hugo-0.111"
            && (["+25:00", "+99:99", "+2500", "+9999"].iter().any(|it| text.ends_with(it))
                || text.len() > 12 && text.bytes().all(|byte| byte.is_ascii_digit())))
}
