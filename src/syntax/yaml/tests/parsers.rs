//! Ways of single parsers that the records do not hold.

use super::*;

fn message(text: &str, dialect: Dialect) -> Option<String> {
    let parsed = page(text, dialect);
    parsed
        .diagnostics
        .into_iter()
        .next()
        .map(|finding| finding.message)
}

fn text_of(text: &str, path: &str, dialect: Dialect) -> String {
    let parsed = page(text, dialect);
    assert_eq!(parsed.diagnostics, [], "{text:?}");
    let document = parsed.document.expect("a document");
    let node = document.find(path).expect(path);
    document.scalar(node).expect(path).text.clone().into_owned()
}

#[test]
fn js_yaml_3_stumbles_over_the_first_key_of_any_block() {
    let refused = |text: &str| message(&format!("---\n{text}---\n"), Dialect::JsYaml3).is_some();
    for text in [
        "!!str a: v\n",
        "&a a: v\n",
        "b:\n  &a x: v\n",
        "b:\n- !!str x: v\n",
    ] {
        assert!(refused(text), "{text:?}");
    }
    for text in [
        "b: w\n&a x: v\n",
        "b: {!!str x: v}\n",
        "b: &a\n  x: v\n",
        "b: &a v\n",
    ] {
        assert!(!refused(text), "{text:?}");
    }
    assert_eq!(message("---\n&a x: v\n---\n", Dialect::JsYaml4), None);
}

#[test]
fn hugo_merges_once_and_lets_the_last_of_a_list_win() {
    let page = "---\na: &a {k: 1}\nb: &b {k: 2}\nz:\n  <<: [*a, *b]\n---\n";
    assert_eq!(text_of(page, "/z/k", Dialect::HugoGoccy), "2");
    assert_eq!(text_of(page, "/z/k", Dialect::HugoYamlV2), "1");
    assert_eq!(
        message(
            "---\na: &a {k: 1}\nz:\n  <<: *a\n  <<: *a\n---\n",
            Dialect::HugoGoccy
        )
        .as_deref(),
        Some("Hugo takes `<<` only once in a mapping")
    );
    assert_eq!(
        message(
            "---\na: &a {k: 1}\n<<: [*a, {k: 2}]\n---\n",
            Dialect::HugoGoccy
        )
        .as_deref(),
        Some("Hugo refuses to merge two mappings that have the same key, `k`")
    );
}

#[test]
fn a_byte_order_mark_after_the_fence_belongs_to_the_first_key_of_some() {
    let key = |dialect| {
        let parsed = page("---\n\u{feff}title: a\n---\n", dialect);
        let document = parsed.document.expect("a document");
        document.members(document.root())[0]
            .key
            .text
            .clone()
            .into_owned()
    };
    assert_eq!(key(Dialect::HugoGoccy), "\u{feff}title");
    assert_eq!(key(Dialect::JsYaml3), "\u{feff}title");
    assert_eq!(key(Dialect::Jekyll), "title");
    assert_eq!(key(Dialect::PyYaml), "title");
}

#[test]
fn an_alias_without_its_anchor_is_null_to_jekyll_and_reported() {
    let parsed = page("---\nk: *a\nb: c\n---\n", Dialect::Jekyll);
    assert_eq!(parsed.diagnostics.len(), 1);
    let document = parsed.document.expect("a document");
    let node = document.find("/k").expect("k");
    assert!(document.is_null(node));
    assert!(
        page("---\nk: *a\n---\n", Dialect::HugoGoccy)
            .document
            .is_none()
    );
}
