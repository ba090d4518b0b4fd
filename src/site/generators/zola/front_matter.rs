//! What Zola stops at in front matter: the types of its keys, and keys of sections that it does not
//! know. The tables are the fields of `PageFrontMatter` and `SectionFrontMatter` in
//! <https://github.com/getzola/zola/tree/master/components/content/src/front_matter>.

use self::Wanted::{Bool, Choice, Mapping, OptionalText, Text, Texts, WeightOrNone, Whole};
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::Value;
use crate::syntax::{Document, Kind, Member, NodeId};

/// What the value of a key has to be.
#[derive(Clone, Copy)]
enum Wanted {
    Text,
    /// Text or nothing.
    OptionalText,
    Bool,
    /// A whole number that is not negative.
    Whole,
    /// The same or nothing.
    WeightOrNone,
    Texts,
    /// Lists of texts.
    Terms,
    Mapping,
    /// One of these texts, or nothing where the second says so.
    Choice(&'static [&'static str], bool),
    /// Read elsewhere.
    Date,
}

/// A key and what its value has to be.
type Field = (&'static str, Wanted);

const PAGE: &[Field] = &[
    ("title", OptionalText),
    ("description", OptionalText),
    ("updated", Wanted::Date),
    ("date", Wanted::Date),
    ("draft", Bool),
    ("render", Bool),
    ("slug", OptionalText),
    ("path", OptionalText),
    ("taxonomies", Wanted::Terms),
    ("weight", WeightOrNone),
    ("authors", Texts),
    ("aliases", Texts),
    ("template", OptionalText),
    ("in_search_index", Bool),
    ("extra", Mapping),
];

const SECTION: &[Field] = &[
    ("title", OptionalText),
    ("description", OptionalText),
    ("sort_by", Choice(SORT_BY, false)),
    ("weight", Whole),
    ("draft", Bool),
    ("template", OptionalText),
    ("paginate_by", WeightOrNone),
    ("paginate_reversed", Bool),
    ("paginate_path", Text),
    ("insert_anchor_links", Choice(ANCHORS, true)),
    ("render", Bool),
    ("redirect_to", OptionalText),
    ("in_search_index", Bool),
    ("transparent", Bool),
    ("page_template", OptionalText),
    ("aliases", Texts),
    ("generate_feeds", Bool),
    ("extra", Mapping),
];

const SORT_BY: &[&str] = &[
    "date",
    "update_date",
    "title",
    "title_bytes",
    "weight",
    "slug",
    "permalink",
    "none",
];

const ANCHORS: &[&str] = &["left", "right", "heading", "none"];

/// Keys of sections that older versions know: of those nothing is said.
const OLDER_KEYS: &[&str] = &["generate_feed"];

/// The findings about a page, or about a section if it is one.
pub(super) fn refusals(page: &Document<'_>, is_section: bool) -> Vec<Diagnostic> {
    let fields = if is_section { SECTION } else { PAGE };
    let mut findings = Vec::new();
    for member in page.members(page.root()) {
        let key = member.key.text.as_ref();
        match fields.iter().find(|(name, _)| *name == key) {
            Some((_, wanted)) => findings.extend(wrong_value(page, member, *wanted)),
            None if is_section && !OLDER_KEYS.contains(&key) => {
                findings.push(unknown_key(member));
            }
            None => {}
        }
    }
    findings
}

fn unknown_key(member: &Member<'_>) -> Diagnostic {
    let key = member.key.text.as_ref();
    let message = format!("Zola knows no key `{key}` in a section and stops with an error");
    let help = match PAGE.iter().any(|(name, _)| *name == key) {
        true => format!("delete it: only pages have `{key}`, and this is a section (`_index.md`)"),
        false => format!("put `{key}` below `extra`, which takes any key"),
    };
    Diagnostic::new(RuleId::UnknownKey, message)
        .severity(Severity::Error)
        .at(member.key.span)
        .pointer(format!("/{}", escaped(key)))
        .help(help)
}

fn wrong_value(page: &Document<'_>, member: &Member<'_>, wanted: Wanted) -> Option<Diagnostic> {
    let key = member.key.text.as_ref();
    let node = member.value;
    let is_null = page.is_null(node);
    let scalar = page.scalar(node);
    if scalar.is_some_and(|scalar| matches!(scalar.value, Value::Error(_))) {
        return None;
    }
    let value = scalar.map(|scalar| &scalar.value);
    let is_text = value == Some(&Value::String);
    let (is_right, expected) = match wanted {
        Wanted::Date => return None,
        Text => (is_text, "text".to_owned()),
        OptionalText => (is_text || is_null, "text".to_owned()),
        Bool => (
            matches!(value, Some(Value::Bool(_))),
            "true or false".to_owned(),
        ),
        Whole | WeightOrNone => {
            let is_whole = matches!(value, Some(Value::Integer(number)) if *number >= 0);
            let is_right = is_whole || (is_null && matches!(wanted, WeightOrNone));
            (is_right, "a whole number from 0 on".to_owned())
        }
        Texts => (are_texts(page, node), "a list of texts".to_owned()),
        Wanted::Terms => {
            let are_right = matches!(page.node(node).kind, Kind::Mapping(_))
                && page
                    .members(node)
                    .iter()
                    .all(|terms| are_texts(page, terms.value));
            (are_right, "a mapping of lists of texts".to_owned())
        }
        Mapping => {
            let is_mapping = matches!(page.node(node).kind, Kind::Mapping(_));
            (is_mapping, "a mapping".to_owned())
        }
        Choice(texts, may_be_null) => {
            let text = page.string(node);
            let is_right = text.map_or(is_null && may_be_null, |text| texts.contains(&text));
            (is_right, format!("one of `{}`", texts.join("`, `")))
        }
    };
    let found = found(page, node);
    let (rule, message) = match is_right {
        false => (
            if is_text {
                RuleId::InvalidValue
            } else {
                RuleId::WrongType
            },
            format!(
                "`{key}` has to be {expected}, and this is {found}, so Zola stops with an error"
            ),
        ),
        // `PageFrontMatter::parse` asks for more than the types.
        true if matches!(key, "slug" | "path") && page.string(node) == Some("") => (
            RuleId::InvalidValue,
            format!("`{key}` is an empty text, at which Zola stops with an error"),
        ),
        true => return None,
    };
    let help = match (is_right, wanted) {
        (true, _) => format!("delete `{key}`, or write a text"),
        (false, Text | OptionalText) => "write it in quotes to make it text".to_owned(),
        (false, _) => format!("write {expected}, or delete `{key}`"),
    };
    let help = match page.node(node).kind {
        Kind::Scalar(_) => help,
        Kind::Sequence(_) | Kind::Mapping(_) => format!("write {expected}"),
    };
    Some(
        Diagnostic::new(rule, message)
            .severity(Severity::Error)
            .at(page.node(node).span)
            .pointer(format!("/{}", escaped(key)))
            .help(help),
    )
}

fn are_texts(page: &Document<'_>, list: NodeId) -> bool {
    let is_text = |item: &NodeId| page.string(*item).is_some();
    matches!(page.node(list).kind, Kind::Sequence(_)) && page.items(list).iter().all(is_text)
}

/// What a value is, in words.
fn found(page: &Document<'_>, node: NodeId) -> &'static str {
    let scalar = match &page.node(node).kind {
        Kind::Sequence(_) => return "a list",
        Kind::Mapping(_) => return "a mapping",
        Kind::Scalar(scalar) => scalar,
    };
    match scalar.value {
        Value::Null => "empty",
        Value::Bool(_) => "true or false",
        Value::Integer(_) | Value::BigInteger(_) | Value::Float(_) => "a number",
        Value::Timestamp(_) => "a date",
        Value::String | Value::Binary(_) | Value::Error(_) => "text",
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
