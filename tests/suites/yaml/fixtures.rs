//! An independent reader of YAML over the fixtures.

use std::path::Path;

use frontlint::testing::dialect::{Dialect, Value};
use frontlint::testing::syntax::{
    CloseRule, Document, Extraction, FenceRules, Kind, NodeId, extract, parse,
};
use frontlint::testing::text::SourceId;
use serde_yaml::Value as Read;

const RULES: FenceRules = FenceRules {
    generator: "Jekyll",
    closes: &[CloseRule::Dots],
    when_missed: "drops all metadata",
    when_unclosed: "drops all metadata",
    ..FenceRules::STRICT
};

#[test]
fn fixtures_have_the_values_that_serde_yaml_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/syntax");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).expect("fixtures") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        let Extraction::Found(block) = extract(text.as_bytes(), true, &RULES) else {
            panic!("{} has no front matter", path.display());
        };
        let parsed = parse(&text, &block, Dialect::Core, SourceId::PAGE);
        assert_eq!(parsed.diagnostics, [], "{}", path.display());
        let document = parsed.document.expect("a document");
        let expected: Read = serde_yaml::from_str(block.content.slice(&text)).expect("YAML");
        assert_eq!(
            value(&document, document.root()),
            expected,
            "{}",
            path.display()
        );
        read += 1;
    }
    assert!(read >= 3);
}

fn value(document: &Document<'_>, id: NodeId) -> Read {
    match &document.node(id).kind {
        Kind::Scalar(scalar) => match &scalar.value {
            Value::Null => Read::Null,
            Value::Bool(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            Value::Float(value) => (*value).into(),
            _ => scalar.text.as_ref().into(),
        },
        Kind::Sequence(_) => {
            let items = document.items(id).iter();
            Read::Sequence(items.map(|&item| value(document, item)).collect())
        }
        Kind::Mapping(_) => {
            let members = document.members(id).iter();
            let pairs = members.map(|member| {
                (
                    member.key.text.as_ref().into(),
                    value(document, member.value),
                )
            });
            Read::Mapping(pairs.collect())
        }
    }
}
