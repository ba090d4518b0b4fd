//! Tests of what is said of mistakes in a config.

use super::*;

#[test]
fn all_mistakes_are_reported_at_once_and_in_order() {
    let text = r#"exlude = ["a"]
max-front-matter = 0
exclude = "drafts"

[rules]
mising-file = "error"
unknown-key = "fatal"
invalid-config = "off"
wrong-type = false

[[collections]]
name = "x"
files = ["a/[b", 3]
shema = "x.json"

[[ignore]]
rule = "missing-file"
pointer = "files.0.file"
"#;
    let found = mistakes(text);
    insta::assert_snapshot!(found.join("\n"), @r#"
    1:1 'exlude' unknown key `exlude` (did you mean `exclude`?)
    2:20 '0' `max-front-matter` is 0 (write a number of bytes from 1 to 1073741824)
    3:11 '"drafts"' `exclude` must be a list of patterns; this is a text (write `exclude = ["drafts"]`)
    6:1 'mising-file' unknown rule `mising-file` (did you mean `missing-file`?)
    7:15 '"fatal"' `unknown-key` cannot be `fatal` (write `error`, `warning` or `off`)
    8:1 'invalid-config' `invalid-config` is always an error (such a finding means that frontlint could not do what it was asked; remove this line)
    9:14 'false' `wrong-type` must be `error`, `warning` or `off`; this is a boolean (write `"off"`)
    13:10 '"a/[b"' the pattern `a/[b` has a `[` without its `]` (write `[[]` where the name itself has a `[`)
    13:18 '3' `files` must hold patterns in quotes; this is a whole number (-)
    14:1 'shema' unknown key `shema` in `[[collections]]` (did you mean `schema`?)
    16:1 '[[ignore]]' `[[ignore]]` has no `path` (add a line `path = …`)
    18:11 '"files.0.file"' the pointer `files.0.file` does not begin with `/` (write `/files/0/file`)
    "#);
}

#[test]
fn keys_in_the_wrong_place_and_unknown_ones() {
    let text = r#"
language = "x"
schema = "a.json"
[uploads]
exclude = ["a"]
media = "x"
"/abs" = "/srv/x"
"/ok/" = 1
[collection]
[ignore]
path = "a"
"#;
    insta::assert_snapshot!(mistakes(text).join("\n"), @r#"
    2:1 'language' unknown key `language` (the keys of the top level are `generator`, `dialect`, `exclude`, `extend-exclude`, `baseline`, `max-front-matter`, `uploads`, `collections`, `rules` and `ignore`)
    3:1 'schema' unknown key `schema` (`schema` belongs to `[[collections]]`)
    5:1 'exclude' `exclude` stands in `[uploads]`, where keys are URL prefixes (move the line above the first line in brackets)
    6:1 'media' the URL prefix `media` does not begin with `/` (write `"/media/" = …`)
    7:10 '"/srv/x"' the upload folder `/srv/x` is an absolute path (write it relative to the folder of the config file)
    8:10 '1' `"/ok/"` must be a text in quotes; this is a whole number (write `"/ok/" = "1"`)
    9:2 'collection' unknown key `collection` (did you mean `collections`?)
    10:1 '[ignore]' `ignore` must be a list of entries; this is a table (begin each entry with a line `[[ignore]]`)
    "#);
}

#[test]
fn wrong_values_of_every_kind() {
    let text = r#"
generator = "jekyl"
dialect = "ruby"
max-front-matter = "1 MiB"
exclude = ["!a", "b", 2020-01-01]
uploads = "x"
rules = ["a"]
collections = [3]
[[ignore]]
path = ["a.md"]
rule = "invalid-schema"
[[ignore]]
path = 3
rule = "nothing-at-all-like-it"
"#;
    let rules: Vec<_> = RuleId::ALL.iter().map(|rule| format!("`{rule}`")).collect();
    let (last, others) = rules.split_last().unwrap();
    let every_rule = format!("{} and {last}", others.join(", "));
    let mistakes = mistakes(text).join("\n").replace(&every_rule, "EVERY RULE");
    insta::assert_snapshot!(mistakes, @r#"
    2:13 '"jekyl"' `generator` cannot be `jekyl` (did you mean `jekyll`?)
    3:11 '"ruby"' `dialect` cannot be `ruby` (write `jekyll`, `psych`, `hugo-goccy`, `hugo-yaml-v2`, `js-yaml-3`, `js-yaml-4`, `js-yaml-5`, `pyyaml` or `core`)
    4:20 '"1 MiB"' `max-front-matter` must be a number of bytes; this is a text (write a number of bytes: `max-front-matter = 1048576`)
    5:12 '"!a"' the pattern `!a` begins with `!`, which has no meaning here (write a pattern that does not match `a` in the first place; `[!]…]` matches a name that begins with `!`)
    5:23 '2020-01-01' `exclude` must hold patterns in quotes; this is a date (-)
    6:11 '"x"' `uploads` must be a table; this is a text (write `[uploads]` on a line of its own and the settings below it)
    7:9 '["a"]' `rules` must be a table; this is a list (write `[rules]` on a line of its own and the settings below it)
    8:16 '3' `collections` must be a list of entries; this is a whole number (begin each entry with a line `[[collections]]`)
    10:8 '["a.md"]' `path` must be a text in quotes; this is a list (write `path = "a.md"`)
    11:8 '"invalid-schema"' `invalid-schema` cannot be ignored (such a finding means that frontlint could not do what it was asked)
    13:8 '3' `path` must be a text in quotes; this is a whole number (write `path = "3"`)
    14:8 '"nothing-at-all-like-it"' unknown rule `nothing-at-all-like-it` (the rules are EVERY RULE)
    "#);
}

#[test]
fn names_of_collections_are_unique() {
    let text = "[[collections]]\nname = 'a'\nfiles = ['a']\n\
                [[collections]]\nname = 'a'\nfiles = []\n[[collections]]\nname = ' '\n";
    insta::assert_snapshot!(mistakes(text).join("\n"), @r#"
    5:8 ''a'' two collections are named `a` (-)
    6:9 '[]' `files` names no file (-)
    7:1 '[[collections]]' `[[collections]]` has no `files` (add a line `files = …`)
    8:8 '' '' `name` is empty (-)
    "#);
}

#[test]
fn broken_toml_is_one_mistake_in_our_words() {
    let all: Vec<_> = [
        "generator = jekyll",
        "generator: jekyll\nexclude: [a]\n",
        "exclude = [\"a\"\n",
        "exclude = []\nexclude = []\n",
        "[rules]\nunknown-key: off\n",
        "[rules\n",
        "[rules]\n[rules]\n",
    ]
    .into_iter()
    .flat_map(mistakes)
    .collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    1:13 'jekyll' `jekyll` is a text without quotes (write `"jekyll"`)
    1:10 ':' `generator` is followed by `:`; TOML separates a key from its value by `=` (write `generator = "jekyll"`)
    1:15 '' this is not TOML: unclosed array, expected `]` (write `]` here)
    2:1 'exclude' `exclude` is set twice (keep one of them; TOML allows a key and a `[table]` only once)
    2:12 ':' `unknown-key` is followed by `:`; TOML separates a key from its value by `=` (write `unknown-key = "off"`)
    1:7 '' this is not TOML: unclosed table, expected `]` (write `]` here)
    2:2 'rules' `rules` is set twice (keep one of them; TOML allows a key and a `[table]` only once)
    "#);
}

#[test]
fn latin_1_is_reported() {
    let site = Site::new(&[]);
    let path = site.folder.path().join("frontlint.toml");
    fs::write(&path, b"# caf\xe9\n").unwrap();
    let found = load::file(
        &path,
        site.folder.path(),
        &[],
        &site.sources,
        Boundary::none(),
    )
    .unwrap_err();
    assert_eq!(
        show(&found[0], &site.sources),
        "1:6 '' the byte 0xE9 here is not UTF-8; save the file as UTF-8 (-)"
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "[", "]", "[[", "]]", "{", "}", "=", ",", "\n", " ", "'", "\"", "\\", "1", "-",
                "é", "\u{feff}", "exclude", "files", "collections", "ignore", "rules", "uploads",
                "'/a/'", "'{'", "'**'", "max-front-matter", "true", "#", ":", ".", "path",
            ]),
            0..24,
        ),
    ) {
        let text = parts.concat();
        let sources = SourceMap::default();
        let mut config = Config::new(Path::new("/site"), Path::new("/site"), generator_names());
        if let Err(mistakes) = config.with_overrides(std::slice::from_ref(&text), &sources) {
            for mistake in mistakes {
                show(&mistake, &sources);
            }
        }
    }
}
