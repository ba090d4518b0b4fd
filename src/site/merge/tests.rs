//! Holds the short way of laying defaults under a page against the long one.

use proptest::prelude::*;

use super::*;
use crate::dialect::Dialect;
use crate::syntax::{Block, Extraction, FenceRules, extract, parse};

fn block(text: &str) -> Block {
    match extract(text.as_bytes(), true, &FenceRules::STRICT) {
        Extraction::Found(block) => block,
        other => panic!("{text}: {other:?}"),
    }
}

fn document(text: &str, source: SourceId) -> Document<'_> {
    let parsed = parse(text, &block(text), Dialect::Jekyll, source);
    parsed.document.unwrap()
}

/// All that is to be read of a value, places too.
fn told(document: &Document<'_>, id: NodeId, into: &mut String) {
    let node = document.node(id);
    into.push_str(&format!("{:?} {:?}", node.span, node.source));
    match &node.kind {
        Kind::Scalar(scalar) => into.push_str(&format!(" {scalar:?}\n")),
        Kind::Sequence(_) => {
            into.push_str(" [\n");
            for &item in document.items(id) {
                told(document, item, into);
            }
            into.push_str("]\n");
        }
        Kind::Mapping(_) => {
            into.push_str(" {\n");
            for member in document.members(id) {
                into.push_str(&format!("{:?}: ", member.key));
                told(document, member.value, into);
            }
            into.push_str("}\n");
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["", "~", "x", "1", "[]", "{}", "[1, {a: b}]"]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 3, |below| {
        prop::collection::btree_map("[a-c]", below, 0..3).prop_map(|members| {
            let members = members.into_iter();
            let members: Vec<_> = members
                .map(|(key, value)| format!("{key}: {value}"))
                .collect();
            format!("{{{}}}", members.join(", "))
        })
    })
}

fn page() -> impl Strategy<Value = String> {
    prop::collection::btree_map("[a-d]", value(), 0..4).prop_map(|members| {
        let members = members.into_iter();
        let lines: String = members
            .map(|(key, value)| format!("{key}: {value}\n"))
            .collect();
        format!("---\n{lines}---\n")
    })
}

proptest! {
    #[test]
    fn the_short_way_is_as_the_long_one(own in page(), low in page(), high in page()) {
        let source = SourceId::PAGE;
        let (low, high) = (low.replace("---\n", ""), high.replace("---\n", ""));
        let indented = |text: &str| text.replace('\n', "\n  ");
        let config = format!("---\nlow:\n  {}\nhigh:\n  {}\n---\n", indented(&low), indented(&high));
        let config = document(&config, source);
        let mut defaults = Merged::default();
        for (key, wins) in [("low", true), ("high", true)] {
            if let Some(values) = config.get(config.root(), key) {
                defaults.add(&config, values.value, wins);
            }
        }
        let mut short = document(&own, source);
        if !matches!(short.node(short.root()).kind, Kind::Mapping(_)) {
            return Ok(());
        }
        let mut long = short.clone();
        let (mut effects, mut expected) = (Effects::default(), Effects::default());
        let in_place = lay_in_place(&mut short, &config, &defaults, &mut effects);
        prop_assume!(in_place);
        let root = long.root();
        let root = lay(&mut long, root, &config, &defaults, &mut String::new(), &mut expected);
        let (mut of_short, mut of_long) = (String::new(), String::new());
        told(&short, short.root(), &mut of_short);
        told(&long, root, &mut of_long);
        prop_assert_eq!(of_short, of_long);
        prop_assert_eq!(effects, expected);
    }
    #[test]
    fn what_leaves_nothing_to_the_defaults_stays_as_it_is(own in value(), default in value()) {
        let config = format!("---\nvalue: {default}\n---\n");
        let config = document(&config, SourceId::PAGE);
        let text = format!("---\nvalue: {own}\n---\n");
        let mut page = document(&text, SourceId::PAGE);
        let value_of = |document: &Document<'_>| document.get(document.root(), "value").unwrap().value;
        let mut defaults = Merged::default();
        defaults.add(&config, value_of(&config), true);
        let value = value_of(&page);
        let is_mapping = matches!(page.node(value).kind, Kind::Mapping(_));
        if !is_mapping || !gives_all(&page, value, &defaults) {
            return Ok(());
        }
        let mut before = String::new();
        told(&page, value, &mut before);
        let (mut at, mut effects) = ("/value".to_owned(), Effects::default());
        let laid = lay(&mut page, value, &config, &defaults, &mut at, &mut effects);
        let mut after = String::new();
        told(&page, laid, &mut after);
        prop_assert_eq!(before, after);
        prop_assert_eq!(effects, Effects::default());
    }
}
