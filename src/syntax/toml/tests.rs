//! The tree beside the `toml` crate's own, and its messages.

use proptest::prelude::*;

use super::*;
use crate::syntax::{Kind, Syntax};

fn read(text: &str) -> Parsed<'_> {
    parse(text, &Block::whole(Syntax::Toml, text), SourceId::PAGE)
}

fn to_toml(document: &Document<'_>, id: NodeId) -> toml::Value {
    match &document.node(id).kind {
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Bool(bool) => (*bool).into(),
            Value::Integer(integer) => (*integer).into(),
            Value::Float(float) => (*float).into(),
            Value::Timestamp(timestamp) => {
                toml::Value::Datetime(timestamp.to_string().parse().unwrap())
            }
            Value::String => scalar.text.as_ref().into(),
            other => panic!("{other:?}"),
        },
        Kind::Sequence(_) => {
            let items = document.items(id).iter();
            toml::Value::Array(items.map(|&item| to_toml(document, item)).collect())
        }
        Kind::Mapping(_) => {
            let members = document.members(id).iter();
            let member = |member: &Member<'_>| {
                (member.key.text.to_string(), to_toml(document, member.value))
            };
            toml::Value::Table(members.map(member).collect())
        }
    }
}

/// Every scalar and every inline collection, read again from its bytes, is the same.
fn check_spans(text: &str, document: &Document<'_>, id: NodeId) {
    let node = document.node(id);
    let slice = node.span.slice(text);
    if matches!(node.kind, Kind::Scalar(_)) {
        let again = format!("x = {slice}");
        let again = read(&again).document.unwrap();
        let value = again.get(again.root(), "x").unwrap().value;
        assert_eq!(to_toml(&again, value), to_toml(document, id), "{slice}");
    }
    let children = document.members(id).iter().map(|member| {
        let key = format!("{} = 1", member.key.span.slice(text));
        let again = read(&key).document.unwrap();
        assert_eq!(again.members(again.root())[0].key.text, member.key.text);
        member.value
    });
    for child in children.chain(document.items(id).iter().copied()) {
        assert!(node.span.contains(document.node(child).span), "{text}");
        check_spans(text, document, child);
    }
}

#[test]
fn tables_of_every_kind() {
    let text = "# top\ntitle = 'x' # one\n[a.b]\nc = 2020-05-04T10:00:00+02:00\n\n[[d]]\ne.f = 1\n[[d]]\n[a]\ng = [1, {h = \"#\"}]\n";
    let parsed = read(text);
    assert!(parsed.diagnostics.is_empty());
    let document = parsed.document.unwrap();
    let span = |pointer: &str| document.locate(pointer).unwrap().value.slice(text);
    assert_eq!(span("/title"), "'x'");
    assert_eq!(span("/a/b"), "[a.b]\nc = 2020-05-04T10:00:00+02:00");
    assert_eq!(span("/d/0/e"), "f = 1");
    assert_eq!(span("/d/0"), "[[d]]\ne.f = 1");
    assert_eq!(span("/a/g/1"), "{h = \"#\"}");
    assert!(span("/a").ends_with("{h = \"#\"}]"));
    let comments: Vec<_> = document
        .comments
        .iter()
        .map(|span| span.slice(text))
        .collect();
    assert_eq!(comments, ["# top", "# one"]);
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(
        to_toml(&document, document.root()),
        toml::Value::Table(table)
    );
    check_spans(text, &document, document.root());
}

#[test]
fn styles_and_types() {
    let text = "a = \"x\"\nb = '''y'''\nc = 1\nd = 10:00:00\n";
    let document = read(text).document.unwrap();
    let scalar = |key: &str| document.scalar(document.get(document.root(), key).unwrap().value);
    assert_eq!(scalar("a").unwrap().style, Style::DoubleQuoted);
    assert_eq!(scalar("b").unwrap().style, Style::SingleQuoted);
    assert_eq!(scalar("c").unwrap().style, Style::Plain);
    assert_eq!(scalar("d").unwrap().value, Value::String);
    assert_eq!(scalar("d").unwrap().text, "10:00:00");
}

fn diagnosed(text: &str) -> (String, String, String) {
    let parsed = read(text);
    let diagnostic = parsed.diagnostics.last().unwrap();
    let span = diagnostic.primary.as_ref().unwrap().span;
    (
        span.slice(text).to_owned(),
        diagnostic.message.clone(),
        diagnostic.help.clone().unwrap_or_default(),
    )
}

/// A text, the bytes of its last finding, and the message and the help.
const MISTAKES: &[[&str; 4]] = &[
    [
        "a = False",
        "False",
        "TOML booleans are lower case",
        "write `false`",
    ],
    ["a = yes", "yes", "`yes` is no boolean", "write `true`"],
    [
        "a = Hello world\nb = 1",
        "Hello world",
        "this text stands without quotes",
        "write `\"Hello world\"`",
    ],
    [
        "a = null",
        "null",
        "TOML has no null",
        "delete the key, or write `\"\"` for an empty text",
    ],
    [
        "a = 'it's'\nb = 1",
        "'",
        "this quote ends the text",
        "write the text in double quotes: `\"…\"`",
    ],
    [
        "a = \"abc\nb = 1",
        "\"abc",
        "this text is not closed",
        "write the closing quote at its end",
    ],
    [
        "a = [1, 2\nb = 3",
        "[",
        "this `[` is never closed",
        "write `]` where it ends",
    ],
    [
        "a: 1",
        ":",
        "TOML writes `=` between a key and its value, not `:`",
        "write `=`",
    ],
    [
        "a = 'x' // c",
        "// c",
        "a comment begins with `#`",
        "write `#` for `//`",
    ],
    [
        "a = ",
        "",
        "a value is missing here",
        "write the value, or `\"\"` for an empty text",
    ],
    [
        "a = 2020-13-01",
        "2020-13-01",
        "`2020-13-01` is no date or time",
        "write a date that exists, as 2020-05-04T21:58:00+02:00",
    ],
    [
        "a = 99999999999999999999",
        "99999999999999999999",
        "the number is too large for TOML",
        "write a number that is text in quotes",
    ],
];

#[test]
fn messages_point_at_the_byte() {
    for [text, at, message, help] in MISTAKES {
        let expected = [at, message, help].map(|part| (*part).to_owned());
        assert_eq!(diagnosed(text), expected.into(), "{text}");
        assert!(read(text).document.is_none());
    }
}

#[test]
fn lists_nest_as_deeply_as_the_message_says() {
    let nested = |depth: usize| format!("a = {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(80)).document.is_some());
    let (_, message, help) = diagnosed(&nested(81));
    assert_eq!(
        message,
        "lists and tables are nested more than 80 levels deep here"
    );
    assert_eq!(help, "nest them at most 80 levels deep");
}

#[test]
fn of_duplicate_keys_both_are_shown() {
    let first = |text: &str| {
        let parsed = read(text);
        let [diagnostic] = parsed.diagnostics.as_slice() else {
            panic!("{text}: {:?}", parsed.diagnostics);
        };
        assert_eq!(diagnostic.rule, RuleId::DuplicateKey);
        let second = diagnostic.primary.as_ref().unwrap().span;
        (diagnostic.related[0].span.start, second.start)
    };
    assert_eq!(first("a = 1\na = 2"), (0, 6));
    assert_eq!(first("[a]\nb=1\n[a]\nc=1"), (1, 9));
    assert_eq!(first("[b]\na = 1\n[c]\na = 1\na = 2"), (14, 20));
    assert_eq!(first("a.b = 1\na.b = 2"), (2, 10));
    assert_eq!(first("x = [{a=1}, {a=1, a=2}]"), (13, 18));
    assert_eq!(first("[[d]]\na=1\n[[d]]\na=1\na=2"), (16, 20));
    assert_eq!(first("a.b = 1\n[a]\nc = 1"), (2, 9));
}

#[test]
fn spans_count_in_the_whole_file() {
    let text = "+++\né = 1\n+++\n";
    assert!(!read(text).diagnostics.is_empty());
    let text = "+++\n\"é\" = true\n+++\n";
    let block = Block {
        content: Span::new(4, 15 + 1),
        ..Block::whole(Syntax::Toml, text)
    };
    let parsed = parse(text, &block, SourceId::PAGE);
    let place = parsed.document.as_ref().unwrap().locate("/é").unwrap();
    assert_eq!(place.entry().slice(text), "\"é\" = true");
}

fn any_toml() -> impl Strategy<Value = toml::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(toml::Value::from),
        any::<i64>().prop_map(toml::Value::from),
        any::<f64>()
            .prop_filter("a number", |number| !number.is_nan())
            .prop_map(toml::Value::from),
        any::<String>().prop_map(toml::Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(toml::Value::Array),
            proptest::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|members| toml::Value::Table(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_the_crate_writes(
        members in proptest::collection::btree_map(any::<String>(), any_toml(), 0..5),
        pretty in any::<bool>(),
    ) {
        let table: toml::Table = members.into_iter().collect();
        let text = if pretty { toml::to_string_pretty(&table) } else { toml::to_string(&table) };
        let text = text.unwrap();
        let parsed = read(&text);
        prop_assert!(parsed.diagnostics.is_empty(), "{} {:?}", text, parsed.diagnostics);
        let document = parsed.document.unwrap();
        prop_assert_eq!(to_toml(&document, document.root()), toml::Value::Table(table));
        check_spans(&text, &document, document.root());
    }

    #[test]
    fn refuses_what_the_crate_refuses(text in "[\\[\\]{}=,.\"'a-c0-2tfruels #:\n-]{0,30}") {
        let theirs = text.parse::<toml::Table>();
        let ours = read(&text);
        prop_assert_eq!(ours.diagnostics.is_empty(), theirs.is_ok(), "{:?}", ours.diagnostics);
    }

    #[test]
    fn nothing_panics(text in any::<String>()) {
        for diagnostic in read(&text).diagnostics {
            let span = diagnostic.primary.unwrap().span;
            prop_assert!(text.get(span.range()).is_some());
        }
    }

    #[test]
    fn nothing_like_toml_panics(text in "([a-cé]{1,2}|\"é|'|\\[{1,2}|\\]{1,2}|=|\\{|\\}|,|\\.| |\n|#|\\\\u|1|-|:){0,40}") {
        for diagnostic in read(&text).diagnostics {
            let span = diagnostic.primary.unwrap().span;
            prop_assert!(text.get(span.range()).is_some(), "{:?}", diagnostic.message);
        }
    }
}
