//! The YAML test suite, through `syntax::parse_any`.

mod fixtures;

use frontlint::testing::diagnostic::RuleId;
use frontlint::testing::dialect::{Dialect, Style, Value};
use frontlint::testing::syntax::{Document, Kind, NodeId, Scalar, parse_any};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    name: String,
    yaml: String,
    fail: bool,
    json: Option<String>,
    skip: bool,
}

/// Invalid inputs that are accepted, each for its reason.
const ACCEPTED: &[(&str, &str)] = &[
    (
        "QB6E",
        "a quoted scalar goes on at column 0, as real sites write it and libyaml reads it",
    ),
    (
        "9C9N",
        "a flow sequence goes on at column 0; libyaml reads it",
    ),
    (
        "DK95-01",
        "a tab begins a further line of a quoted scalar; libyaml reads it",
    ),
];

/// Inputs whose JSON says something else than the core schema.
const OTHER_VALUE: &[(&str, &str)] = &[
    (
        "J7PZ",
        "an ordered mapping is a mapping, as the package `yaml` reads it",
    ),
    ("SM9W-01", "a null key has no name in JSON"),
    ("UKK6-02", "a lone `!` makes text, which is not null"),
];

fn cases() -> Vec<Case> {
    let path = super::suite("yaml-test-suite.json");
    let text = std::fs::read_to_string(path).expect("the suite is there");
    let mut cases: Vec<Case> = serde_json::from_str(&text).expect("the suite is JSON");
    cases.retain(|case| !case.skip);
    cases
}

fn listed(list: &[(&str, &str)], id: &str) -> bool {
    list.iter().any(|(listed, _)| *listed == id)
}

#[test]
#[ignore = "needs FRONTLINT_SUITES"]
fn valid_inputs_are_accepted_and_invalid_ones_refused() {
    let cases = cases();
    let mut wrong = Vec::new();
    for case in &cases {
        let refused = parse_any(&case.yaml, Dialect::Core).is_err();
        if refused != (case.fail && !listed(ACCEPTED, &case.id)) {
            wrong.push(format!("{} {} (refused: {refused})", case.id, case.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
#[ignore = "needs FRONTLINT_SUITES"]
fn every_refusal_points_into_the_text() {
    let cases = cases();
    for case in cases.iter().filter(|case| case.fail) {
        for diagnostic in parse_any(&case.yaml, Dialect::Core)
            .err()
            .unwrap_or_default()
        {
            let span = diagnostic.primary.as_ref().expect("a place").span;
            assert!(
                case.yaml.get(span.range()).is_some(),
                "{}: {diagnostic:?}",
                case.id
            );
            assert_eq!(diagnostic.rule, RuleId::InvalidSyntax, "{}", case.id);
            assert_ne!(
                diagnostic.message, "this cannot be read as YAML",
                "{}",
                case.id
            );
        }
    }
}

#[test]
#[ignore = "needs FRONTLINT_SUITES"]
fn values_equal_the_json_of_the_suite() {
    let cases = cases();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in cases
        .iter()
        .filter(|case| !case.fail && !listed(OTHER_VALUE, &case.id))
    {
        let Ok(documents) = parse_any(&case.yaml, Dialect::Core) else {
            continue;
        };
        // Several JSON values one after the other stand for several documents.
        let [document] = documents.as_slice() else {
            continue;
        };
        let Ok(expected) =
            serde_json::from_str::<serde_json::Value>(case.json.as_deref().unwrap_or(""))
        else {
            continue;
        };
        compared += 1;
        let found = to_json(document, document.root());
        if found != expected {
            wrong.push(format!(
                "{} {}\n  expected {expected}\n  found    {found}",
                case.id, case.name
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(compared > 200, "only {compared} compared");
}

#[test]
#[ignore = "needs FRONTLINT_SUITES"]
fn the_span_of_every_scalar_reads_back_as_its_value() {
    let cases = cases();
    let mut wrong = Vec::new();
    let mut read = 0;
    for case in cases.iter().filter(|case| !case.fail) {
        for document in parse_any(&case.yaml, Dialect::Core).unwrap_or_default() {
            read += check_spans(&document, document.root(), &case.yaml, &case.id, &mut wrong);
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(read > 600, "only {read} read");
}

fn check_spans(
    document: &Document<'_>,
    id: NodeId,
    text: &str,
    case: &str,
    wrong: &mut Vec<String>,
) -> usize {
    let node = document.node(id);
    let slice = text.get(node.span.range()).expect("within the text");
    // An alias names its value elsewhere; its children are seen there.
    if slice.starts_with('*') {
        return 0;
    }
    match &node.kind {
        Kind::Scalar(scalar) => {
            if !reads_back(slice, scalar) {
                wrong.push(format!("{case}: {slice:?} is not {:?}", scalar.text));
            }
            1
        }
        Kind::Sequence(_) => {
            let items = document.items(id);
            items
                .iter()
                .map(|&item| check_spans(document, item, text, case, wrong))
                .sum()
        }
        Kind::Mapping(_) => {
            let members = document.members(id);
            members
                .iter()
                .map(|member| check_spans(document, member.value, text, case, wrong))
                .sum()
        }
    }
}

/// A block scalar is read with the line break that its span leaves out, and one whose header
/// counts columns at the depth of its key.
fn reads_back(slice: &str, scalar: &Scalar<'_>) -> bool {
    if slice.is_empty() {
        return scalar.text.is_empty();
    }
    let block = matches!(scalar.style, Style::Literal | Style::Folded);
    let header = slice.lines().next().unwrap_or("");
    if !block {
        reads_as(slice, scalar)
    } else if header.bytes().any(|byte| byte.is_ascii_digit()) {
        (0..4).any(|depth| reads_as(&below_keys(slice, depth), scalar))
            || reads_as(&format!("--- {slice}\n"), scalar)
    } else {
        reads_as(&format!("--- {slice}\n"), scalar)
    }
}

/// A block scalar as the value of a key that is indented by `depth`.
fn below_keys(slice: &str, depth: usize) -> String {
    let parents = (0..depth).map(|level| format!("{}k:\n", " ".repeat(level)));
    format!(
        "{}{}k: {slice}\n",
        parents.collect::<String>(),
        " ".repeat(depth)
    )
}

fn reads_as(text: &str, scalar: &Scalar<'_>) -> bool {
    let documents = parse_any(text, Dialect::Core).unwrap_or_default();
    let Some(document) = documents.first() else {
        return false;
    };
    let mut id = document.root();
    while let Some(member) = document.members(id).first() {
        id = member.value;
    }
    let read = document.scalar(id);
    read.is_some_and(|read| read.text == scalar.text && read.style == scalar.style)
}

fn to_json(document: &Document<'_>, id: NodeId) -> serde_json::Value {
    match &document.node(id).kind {
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            Value::Float(value) => number(*value),
            _ => scalar.text.as_ref().into(),
        },
        Kind::Sequence(_) => document
            .items(id)
            .iter()
            .map(|&item| to_json(document, item))
            .collect(),
        Kind::Mapping(_) => document
            .members(id)
            .iter()
            .map(|member| (member.key.text.to_string(), to_json(document, member.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// JSON has one kind of number; the suite writes whole floats without a point.
fn number(value: f64) -> serde_json::Value {
    let text = value.to_string();
    serde_json::from_str(&text).unwrap_or(serde_json::Value::Null)
}
