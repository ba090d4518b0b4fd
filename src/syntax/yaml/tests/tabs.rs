//! Tabs between tokens, as each of the real parsers took them.

use super::*;

/// The dialects that refuse a page, as letters: Jekyll (which reads as Psych, yaml.v2 and MkDocs do),
/// goccy, js-yaml 4.
fn refused_by(content: &str) -> String {
    let text = format!("---\n{content}---\n");
    let dialects = [
        ('j', Dialect::Jekyll),
        ('g', Dialect::HugoGoccy),
        ('4', Dialect::JsYaml4),
    ];
    for dialect in [Dialect::Psych, Dialect::HugoYamlV2, Dialect::PyYaml] {
        let jekyll = page(&text, Dialect::Jekyll).document.is_none();
        assert_eq!(page(&text, dialect).document.is_none(), jekyll, "{text:?}");
    }
    let refused = dialects.iter();
    let refused = refused.filter(|(_, dialect)| page(&text, *dialect).document.is_none());
    refused.map(|(letter, _)| *letter).collect()
}

#[test]
fn a_tab_is_refused_by_the_parsers_that_it_stops() {
    for (content, expected) in [
        ("k: v\n\t\nb: w\n", "jg"),
        ("k: v\n \t\nb: w\n", ""),
        ("k: v\n\t# c\nb: w\n", "jg"),
        ("k: v\n  \t# c\nb: w\n", ""),
        ("k: v\n# c\n \t\nb: w\n", "j"),
        ("\t\nk: v\n", "j"),
        ("\tk: v\n", "jg4"),
        ("k:\n \ta: b\n", "j4"),
        ("k:\n  a: b\n  \t\n  c: d\n", "jg"),
        ("k:\n  a: b\n   \t\n  c: d\n", ""),
        ("k: \"a\"\n\t\nb: c\n", "jg"),
        ("k: \"a\n\tb\"\n", "g"),
        ("k: |\n  a\n\t\nb: c\n", "jg"),
        ("k: |\n  a\n  \tb\nc: d\n", ""),
        ("k: [a,\n\t\nb]\n", ""),
        ("k: [\n\ta,\n\tb\n]\nl: {\n\t a: b,\n\t\tc: d\n}\n", ""),
        ("k: [\n\ta,\n", "jg4"),
        ("k: [\n  b\n\t, c\n]\n", "j"),
        ("k: v\t\nb: w\n", ""),
        ("k:\tv\n", ""),
        ("k: v\t# c\n", ""),
        ("k: v # a\tb\n", ""),
        ("k: 'a\tb'\n", ""),
        ("k:\n-\ta\n", "j"),
    ] {
        assert_eq!(refused_by(content), expected, "{content:?}");
    }
}

#[test]
fn a_line_with_only_a_tab_is_fixed() {
    let text = "---\nk: v\n \t \n\t\nb: w\n---\n";
    let parsed = page(text, Dialect::Jekyll);
    let diagnostic = &parsed.diagnostics[0];
    assert_eq!(
        diagnostic.message,
        "Jekyll takes no line that holds nothing but a tab"
    );
    let edit = &diagnostic.fix.as_ref().unwrap().edits[0];
    let mut fixed = text.to_owned();
    fixed.replace_range(edit.span.range(), &edit.content);
    assert_eq!(fixed, "---\nk: v\n \t \n\nb: w\n---\n");
}

#[test]
fn unquoted_texts_in_brackets_end_before_a_line_with_a_tab() {
    for content in [
        "a: [\n\tb\n\t]\n",
        "a: [\n\tb,\n\tc\n\t]\n",
        "a: {\n  b: 1\n\t}\n",
        "a: [\n\n\tb: {\n\t\tc: d\n\t}\n]\n",
    ] {
        assert_eq!(refused_by(content), "j", "{content:?}");
    }
}
