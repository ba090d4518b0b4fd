//! Input made to break a parser: each a finding, and soon.

use super::*;

fn only(text: &str) -> Diagnostic {
    let text = format!("---\n{text}\n---\n");
    let parsed = page(&text, Dialect::Jekyll);
    assert!(parsed.document.is_none());
    let [diagnostic] = parsed.diagnostics.as_slice() else {
        panic!("{:?}", parsed.diagnostics);
    };
    diagnostic.clone()
}

#[test]
fn nesting_is_bounded() {
    let block: String = (0..300)
        .map(|level| format!("{}k:\n", " ".repeat(level)))
        .collect();
    let aliases: String = (0..200)
        .map(|n| {
            format!(
                "a{}: &a{} [{}]\n",
                n + 1,
                n + 1,
                if n == 0 {
                    "x".to_owned()
                } else {
                    format!("*a{n}")
                }
            )
        })
        .collect();
    for text in [
        format!("a: {}", "[".repeat(100_000)),
        "- ".repeat(100_000),
        "{a: ".repeat(100_000),
        format!("a: {}", "{a: ".repeat(100_000)),
        block,
        aliases,
    ] {
        let message = only(&text).message;
        assert_eq!(
            message,
            "lists and mappings are nested more than 128 levels deep here"
        );
    }
}

#[test]
fn aliases_are_bounded() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let item = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{item}]\n");
    }
    let diagnostic = only(&bomb);
    assert_eq!(
        diagnostic.message,
        "`*a3` and the aliases before it stand for more than 100000 values"
    );
    let mut merges = "a0: &a0 {".to_owned();
    merges.extend((0..1000).map(|key| format!("k{key}: v, ")));
    merges += "}\n";
    merges.extend((1..1000).map(|n| format!("a{n}: &a{n} {{<<: *a{}, x{n}: 1}}\n", n - 1)));
    assert!(
        only(&merges)
            .message
            .ends_with("stand for more than 100000 values")
    );
}

#[test]
fn many_keys_and_comments_are_read_soon() {
    let keys: String = (0..100_000)
        .map(|key| format!("k{}: v\n", key * 7919 % 100_000))
        .collect();
    let comments = "# c\n".repeat(100_000);
    let text = format!("---\n{comments}{keys}{comments}---\n");
    let parsed = page(&text, Dialect::Jekyll);
    let document = parsed.document.expect("a document");
    assert_eq!(document.members(document.root()).len(), 100_000);
    assert_eq!(document.comments.len(), 200_000);
    assert_eq!(parsed.diagnostics, []);
}

#[test]
fn many_duplicates_are_few_findings() {
    let keys = "a: 1\n".repeat(50_000)
        + &(0..1000)
            .map(|key| format!("k{key}: v\nk{key}: w\n"))
            .collect::<String>();
    let text = format!("---\n{keys}---\n");
    let parsed = page(&text, Dialect::Jekyll);
    let document = parsed.document.expect("a document");
    assert_eq!(document.members(document.root()).len(), 1001);
    assert_eq!(parsed.diagnostics.len(), 101);
    let last = &parsed.diagnostics[100];
    assert_eq!(
        last.message,
        "901 more `duplicate-key` findings are left out"
    );
    assert_eq!(last.left_out, 901);
    assert_eq!(
        parsed.diagnostics[0].message,
        "the key `a` is written 50000 times, first on line 2"
    );
    assert_eq!(parsed.diagnostics[0].related.len(), 4);
}

#[test]
fn duplicates_leave_room_for_what_breaks_the_syntax() {
    let keys: String = (0..200)
        .map(|key| format!("k{key}: v\nk{key}: w\n"))
        .collect();
    let text = format!("---\nx: {{{}}}\ny: *z\n---\n", keys.replace('\n', ", "));
    let parsed = page(&text, Dialect::Core);
    assert!(parsed.document.is_none());
    let rules = parsed.diagnostics.iter().map(|finding| finding.rule);
    assert_eq!(
        rules.filter(|rule| *rule == RuleId::InvalidSyntax).count(),
        1
    );
}

#[test]
fn a_long_scalar_is_borrowed() {
    let long = "x".repeat(10_000_000);
    let text = format!("---\na: {long}\n---\n");
    let parsed = page(&text, Dialect::Jekyll);
    let document = parsed.document.expect("a document");
    let member = document.get(document.root(), "a").expect("a member");
    let scalar = document.scalar(member.value).expect("a scalar");
    assert!(matches!(scalar.text, std::borrow::Cow::Borrowed(_)));
}

const ALL: &[OpenRule] = &[
    OpenRule::Toml,
    OpenRule::Json,
    OpenRule::AfterByteOrderMark,
    OpenRule::AfterEmptyLines,
];

proptest! {
    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200), complete: bool, lax: bool) {
        let rules = FenceRules { opens: if lax { ALL } else { &[] }, ..JEKYLL };
        check(&bytes, complete, &rules)?;
        check(&[b"---\n", bytes.as_slice(), b"\n---\n"].concat(), complete, &rules)?;
    }

    #[test]
    fn nothing_panics_near_yaml(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "---", "...", "----", "\n", "\n", "\n", "a: ", "b", ": ", "- ", "[", "]", "{", "}", ", ", "'", "\"", "|", ">-",
                "  ", " ", "\t", "#", " # c", "&x ", "*x", "<<: ", "!t ", "!!str ", "? ", "%", "@", "é", "\u{feff}",
                "\\", "\\x", "\r\n", "—", "{{ ", "}}", "0", "~", "|2\n", "\0", "\u{85}",
            ]),
            0..40,
        ),
        complete: bool,
    ) {
        let text = pieces.concat();
        check(text.as_bytes(), complete, &JEKYLL)?;
        check(format!("---\n{text}\n---\n").as_bytes(), complete, &JEKYLL)?;
        check(format!("---\nt: x\n{text}").as_bytes(), complete, &JEKYLL)?;
    }
}

/// Whatever is found, its spans lie on character boundaries of the text, and no fix is worse than
/// what it fixes.
fn check(bytes: &[u8], complete: bool, rules: &FenceRules) -> Result<(), TestCaseError> {
    let (block, found) = match extract(bytes, complete, rules) {
        Extraction::Found(block) => (Some(block), None),
        Extraction::Broken(diagnostic, block) => (block, Some(diagnostic)),
        Extraction::Incomplete => {
            prop_assert!(!complete);
            return Ok(());
        }
        Extraction::Absent | Extraction::Foreign => return Ok(()),
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Ok(());
    };
    let fits = |span: Span| text.get(span.range()).is_some();
    let all = |diagnostic: &Diagnostic| {
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
        let labels = diagnostic.primary.iter().chain(&diagnostic.related);
        labels
            .map(|label| label.span)
            .chain(edits.map(|edit| edit.span))
            .all(fits)
    };
    prop_assert!(found.iter().all(|diagnostic| all(diagnostic)), "{found:?}");
    let Some(block) = block else { return Ok(()) };
    for span in [block.open, block.content, block.close] {
        prop_assert!(fits(span), "{block:?}");
    }
    if block.syntax != Syntax::Yaml {
        return Ok(());
    }
    for dialect in [Dialect::Core, Dialect::Jekyll, Dialect::Psych] {
        let parsed = parse(text, &block, dialect, SourceId::PAGE);
        for diagnostic in &parsed.diagnostics {
            prop_assert!(all(diagnostic), "{text:?} {diagnostic:?}");
            prop_assert!(diagnostic.primary.is_some());
        }
        prop_assert!(parsed.document.is_some() || !parsed.diagnostics.is_empty());
        let Some(document) = parsed.document else {
            continue;
        };
        let mut open = vec![document.root()];
        while let Some(id) = open.pop() {
            let span = document.node(id).span;
            prop_assert!(fits(span), "{text:?} {span:?}");
            open.extend(document.items(id));
            for member in document.members(id) {
                prop_assert!(fits(member.key.span));
                open.push(member.value);
            }
        }
    }
    Ok(())
}
