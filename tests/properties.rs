//! What holds for any front matter.

mod generated;
mod invariants;
mod noise;
mod sites;

use std::fs;
use std::path::Path;

use frontlint::testing::dialect::Dialect;
use frontlint::testing::syntax::{
    Block, Document, Extraction, Kind, NodeId, extract, parse, pointer,
};
use frontlint::testing::text::{ColumnUnit, SourceFile, SourceId, Span};
use generated::{Key, Tree};
use invariants::FENCES;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::sampling::cases;
use crate::support::Site;

const DIALECTS: [Dialect; 3] = [Dialect::Core, Dialect::Jekyll, Dialect::Psych];

fn block_of(text: &str) -> Block {
    match extract(text.as_bytes(), true, &FENCES) {
        Extraction::Found(block) => block,
        other => panic!("{other:?}\n{text}"),
    }
}

fn read<'t>(text: &'t str, dialect: Dialect) -> Document<'t> {
    let parsed = parse(text, &block_of(text), dialect, SourceId::PAGE);
    assert!(
        parsed.diagnostics.is_empty(),
        "{:#?}\n{text}",
        parsed.diagnostics
    );
    parsed.document.unwrap()
}

/// The tree that was read is the one that was written.
fn same(document: &Document<'_>, id: NodeId, tree: &Tree) {
    match (&document.node(id).kind, tree) {
        (Kind::Scalar(scalar), Tree::Scalar(written)) => {
            assert_eq!(scalar.text, written.text(), "{written:?}");
        }
        (Kind::Sequence(_), Tree::List { items, .. }) => {
            assert_eq!(document.items(id).len(), items.len());
            for (&id, item) in document.items(id).iter().zip(items) {
                same(document, id, item);
            }
        }
        (Kind::Mapping(_), Tree::Keys { members, .. }) => same_members(document, id, members),
        (kind, tree) => panic!("{kind:?} is not {tree:?}"),
    }
}

fn same_members(document: &Document<'_>, id: NodeId, members: &[(Key, Tree)]) {
    assert_eq!(document.members(id).len(), members.len());
    for (index, (member, (key, value))) in document.members(id).iter().zip(members).enumerate() {
        assert_eq!(member.key.text, key.text(index));
        same(document, member.value, value);
    }
}

/// Two values read the same, wherever they stand.
fn alike(a: &Document<'_>, id: NodeId, b: &Document<'_>, other: NodeId) {
    match (&a.node(id).kind, &b.node(other).kind) {
        (Kind::Scalar(one), Kind::Scalar(two)) => {
            assert_eq!(
                (&one.text, &one.value, one.style),
                (&two.text, &two.value, two.style)
            );
        }
        (Kind::Sequence(_), Kind::Sequence(_)) => {
            assert_eq!(a.items(id).len(), b.items(other).len());
            for (&one, &two) in a.items(id).iter().zip(b.items(other)) {
                alike(a, one, b, two);
            }
        }
        (Kind::Mapping(_), Kind::Mapping(_)) => {
            assert_eq!(a.members(id).len(), b.members(other).len());
            for (one, two) in a.members(id).iter().zip(b.members(other)) {
                assert_eq!(one.key.text, two.key.text);
                alike(a, one.value, b, two.value);
            }
        }
        (one, two) => panic!("{one:?} is not {two:?}"),
    }
}

/// Reads the bytes of every value again, by themselves.
fn spans_give_their_values(text: &str, document: &Document<'_>, id: NodeId, dialect: Dialect) {
    let node = document.node(id);
    let slice = node.span.slice(text);
    let start = node.span.start as usize;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let column = text[line..start].chars().count();
    let in_brackets = slice.starts_with(['[', '{']);
    let alone = match node.kind {
        Kind::Sequence(_) | Kind::Mapping(_) if !in_brackets => {
            format!("---\nvalue:\n{}{slice}\n---\n", " ".repeat(column))
        }
        _ => format!("---\nvalue: {slice}\n---\n"),
    };
    if id != document.root() {
        let again = read(&alone, dialect);
        let value = again.get(again.root(), "value").unwrap().value;
        alike(document, id, &again, value);
    }
    for &item in document.items(id) {
        assert!(node.span.contains(document.node(item).span));
        spans_give_their_values(text, document, item, dialect);
    }
    for member in document.members(id) {
        let key = member.key.span.slice(text);
        let alone = format!("---\n{key}: x\n---\n");
        let again = read(&alone, dialect);
        assert_eq!(again.members(again.root())[0].key.text, member.key.text);
        spans_give_their_values(text, document, member.value, dialect);
    }
}

/// Every node by its pointer.
fn pointers(document: &Document<'_>, id: NodeId, at: &str, found: &mut Vec<(String, NodeId)>) {
    found.push((at.to_owned(), id));
    for (index, &item) in document.items(id).iter().enumerate() {
        let mut at = at.to_owned();
        pointer::push_index(&mut at, index);
        pointers(document, item, &at, found);
    }
    for member in document.members(id) {
        let mut at = at.to_owned();
        pointer::push(&mut at, &member.key.text);
        pointers(document, member.value, &at, found);
    }
}

fn within(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
}

/// So much made-up front matter, always the same.
pub fn written_front_matter(count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let strategy = generated::members();
    let trees = (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current());
    trees.map(|members| generated::write(&members)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(60, 300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_bytes_of_a_value_give_the_value(
        members in generated::members(),
        crlf in any::<bool>(),
        mark in any::<bool>(),
    ) {
        let mut text = format!("---\n{}---\n\nThe text, with é.\n", generated::write(&members));
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if mark {
            text.insert(0, '\u{feff}');
        }
        for dialect in DIALECTS {
            let document = read(&text, dialect);
            same_members(&document, document.root(), &members);
            spans_give_their_values(&text, &document, document.root(), dialect);
        }
    }

    #[test]
    fn places_lie_in_the_file(members in generated::members(), stray in "[/a-z0-9~é-]{0,12}") {
        let text = format!("---\n{}---\n", generated::write(&members));
        let document = read(&text, Dialect::Jekyll);
        let mut all = Vec::new();
        pointers(&document, document.root(), "", &mut all);
        for (at, id) in all {
            prop_assert_eq!(document.find(&at), Some(id));
            let place = document.locate(&at).unwrap();
            prop_assert_eq!(place.value, document.node(id).span);
            within(&text, place.entry());
            place.key.into_iter().for_each(|key| within(&text, key));
            // One step further there is nothing, and that is no place.
            let beyond = format!("{at}/{stray}-");
            prop_assert!(document.locate(&beyond).is_none());
        }
        if let Some(place) = document.locate(&stray) {
            within(&text, place.entry());
        }
    }

    #[test]
    fn columns_are_right_in_each_unit(text in "(\u{feff})?([a-z\té’😀👩‍🚀漢 ]|\n|\r\n|\r){0,40}") {
        let file = SourceFile::new("a.md", text.as_str());
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let begin = text[start..offset].trim_start_matches('\u{feff}');
            for (unit, columns) in [
                (ColumnUnit::Scalar, begin.chars().count()),
                (ColumnUnit::Byte, begin.len()),
                (ColumnUnit::Utf16, begin.encode_utf16().count()),
            ] {
                let found = file.position(u32::try_from(offset).unwrap(), unit);
                prop_assert_eq!((found.line as usize, found.column as usize), (line, columns + 1));
            }
        }
    }
}

/// What fuzzing has brought to light, by the name of the target.
#[test]
fn what_was_found_once_stays_mended() {
    type Invariant = fn(&[u8]);
    let targets: [(&str, Invariant); 7] = [
        ("check", invariants::check),
        ("extraction", invariants::extraction),
        ("json", invariants::json),
        ("fast", invariants::fast),
        ("site", |data| invariants::site(data, &mut sites::program)),
        ("toml", invariants::toml),
        ("yaml", invariants::yaml),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/fuzz");
    for target in fs::read_dir(folder).unwrap() {
        let target = target.unwrap().path();
        let (_, invariant) = targets
            .iter()
            .find(|(name, _)| target.ends_with(name))
            .unwrap_or_else(|| panic!("{target:?} is the name of no target"));
        for trial in fs::read_dir(target).unwrap() {
            invariant(&fs::read(trial.unwrap().path()).unwrap());
        }
    }
}

/// The bytes of one trial of an invariant.
fn trial() -> impl Strategy<Value = Vec<u8>> {
    let stray = prop_oneof![4 => Just(Vec::new()), 1 => vec(any::<u8>(), 1..8)];
    (
        any::<u8>(),
        noise::page(),
        stray,
        any::<prop::sample::Index>(),
    )
        .prop_map(|(choice, page, stray, place)| {
            let mut bytes = page.into_bytes();
            let place = place.index(bytes.len() + 1);
            bytes.splice(place..place, stray);
            bytes.insert(0, choice);
            bytes
        })
}

/// The same for what stands between fences.
fn content() -> impl Strategy<Value = Vec<u8>> {
    (any::<u8>(), noise::body()).prop_map(|(choice, body)| {
        let mut bytes = vec![choice];
        bytes.extend(body.bytes());
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(100, 600), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_extracted_from(data in trial()) {
        invariants::extraction(&data);
    }

    #[test]
    fn any_text_is_read_as_yaml(data in content()) {
        invariants::yaml(&data);
    }

    #[test]
    fn any_text_is_read_the_same_both_ways(data in content()) {
        invariants::fast(&data);
    }

    #[test]
    fn any_text_is_read_as_toml(data in content()) {
        invariants::toml(&data);
    }

    #[test]
    fn any_text_is_read_as_json(data in content()) {
        invariants::json(&data);
    }

    #[test]
    fn any_page_is_checked_and_mended(data in trial()) {
        invariants::check(&data);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(4, 12), max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_do_not_depend_on_threads_or_order(
        bodies in vec(noise::body(), 30),
        order in Just((0..30).collect::<Vec<usize>>()).prop_shuffle(),
        jobs in 1..9_u32,
    ) {
        let site = bodies.iter().enumerate().fold(Site::press_room(), |site, (index, body)| {
            let page = format!("---\ntitle: x\n{body}\nimage: /uploads/{index}.pdf\n---\n");
            site.with(&format!("_communiques/{index}.md"), page)
        });
        let names: Vec<_> = order.iter().map(|index| format!("_communiques/{index}.md")).collect();
        let mut sorted = names.clone();
        sorted.sort();
        for format in ["json", "pretty"] {
            let run = |jobs: &str, names: &[String]| {
                let mut arguments = vec!["check", "--output-format", format, "--jobs", jobs];
                arguments.extend(names.iter().map(String::as_str));
                let run = site.run(&arguments);
                (run.status, run.stdout)
            };
            let expected = run("1", &sorted);
            prop_assert_eq!(&run(&jobs.to_string(), &names), &expected);
            prop_assert_eq!(&run("8", &["_communiques".to_owned()]), &expected);
        }
    }
}
