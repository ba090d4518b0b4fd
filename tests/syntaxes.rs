//! The same content in YAML, TOML and JSON front matter: the same findings at the corresponding
//! places.
//!
//! The content is that of the press rooms under `fixtures/sites`. Pages whose fault is the syntax
//! itself stay out, and so do nulls, which TOML does not have.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use frontlint::testing::dialect::{Dialect, Value};
use frontlint::testing::syntax::{
    CloseRule, Document, Extraction, FenceRules, Kind, NodeId, OpenRule, extract, parse,
};
use frontlint::testing::text::SourceId;
use serde_json::{Map, Value as Json, json};

use super::support::Site;

const FENCES: FenceRules = FenceRules {
    generator: "the test",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::Json,
    ],
    closes: &[CloseRule::Dots],
    when_missed: "",
    when_unclosed: "",
    requires_front_matter: false,
};

const SYNTAXES: [&str; 3] = ["yaml", "toml", "json"];

/// The front matter of a page as data, and nothing where its syntax is the fault.
fn content_of(text: &str) -> Option<Map<String, Json>> {
    let Extraction::Found(block) = extract(text.as_bytes(), true, &FENCES) else {
        return None;
    };
    let parsed = parse(text, &block, Dialect::Core, SourceId::PAGE);
    let document = parsed.document.filter(|_| parsed.diagnostics.is_empty())?;
    match data(&document, document.root()) {
        Some(Json::Object(content)) => Some(content),
        _ => None,
    }
}

/// A node without the nulls in it.
fn data(document: &Document<'_>, node: NodeId) -> Option<Json> {
    let scalar = match &document.node(node).kind {
        Kind::Sequence(_) => {
            let items = document.items(node).iter();
            return Some(items.filter_map(|&item| data(document, item)).collect());
        }
        Kind::Mapping(_) => {
            let members = document.members(node).iter().filter_map(|member| {
                Some((
                    member.key.text.clone().into_owned(),
                    data(document, member.value)?,
                ))
            });
            return Some(Json::Object(members.collect()));
        }
        Kind::Scalar(scalar) => scalar,
    };
    Some(match &scalar.value {
        Value::Null => return None,
        Value::Bool(value) => json!(value),
        Value::Integer(value) => json!(value),
        Value::Float(value) => json!(value),
        _ => json!(instant(&scalar.text)),
    })
}

/// A time as all three write it: `2024-03-12 09:30:00 +01:00` is Jekyll's alone.
fn instant(text: &str) -> String {
    let parts: Vec<_> = text.split(' ').collect();
    match parts.as_slice() {
        [date, time, zone] if zone.starts_with(['+', '-']) && zone.contains(':') => {
            format!("{date}T{time}{zone}")
        }
        _ => text.to_owned(),
    }
}

fn yaml(value: &Json, indent: usize, text: &mut String) {
    let blanks = " ".repeat(indent);
    match value {
        Json::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                text.push_str(&format!("{blanks}{}:", plain_or_quoted(key)));
                nested(value, indent + 2, text);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for item in items {
                let mut own = String::new();
                yaml(item, indent + 2, &mut own);
                text.push_str(&format!("{blanks}- {}", own.trim_start_matches(' ')));
            }
        }
        Json::String(string) => {
            text.push_str(&format!("{blanks}{}\n", plain_or_quoted(string)));
        }
        other => text.push_str(&format!("{blanks}{other}\n")),
    }
}

fn nested(value: &Json, indent: usize, text: &mut String) {
    let mut own = String::new();
    yaml(value, indent, &mut own);
    let is_block = matches!(value, Json::Object(it) if !it.is_empty())
        || matches!(value, Json::Array(it) if !it.is_empty());
    if is_block {
        text.push_str(&format!("\n{own}"));
    } else {
        text.push_str(&format!(" {}", own.trim_start()));
    }
}

/// Times that TOML has a type for are written so.
fn dates(value: &mut toml::Value) {
    match value {
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, value)| dates(value)),
        toml::Value::Array(items) => items.iter_mut().for_each(dates),
        toml::Value::String(text) => {
            // One without an offset is a time to TOML, and text to the others.
            if let Ok(datetime) = text.parse::<toml::value::Datetime>()
                && (datetime.offset.is_some() || datetime.time.is_none())
            {
                *value = toml::Value::Datetime(datetime);
            }
        }
        _ => {}
    }
}

/// A text as people write it in YAML.
fn plain_or_quoted(text: &str) -> String {
    let plain = text.starts_with(|first: char| first.is_alphabetic() || first == '/')
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " /.-_’@(".contains(c))
        && !text.ends_with(' ')
        && !matches!(
            text,
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        );
    if plain {
        text.to_owned()
    } else {
        json!(text).to_string()
    }
}

fn page(content: &Map<String, Json>, syntax: &str) -> String {
    let content = Json::Object(content.clone());
    let front_matter = match syntax {
        "yaml" => {
            let mut text = String::new();
            yaml(&content, 0, &mut text);
            format!("---\n{text}---\n")
        }
        "toml" => {
            let mut content = toml::Value::try_from(&content).unwrap();
            dates(&mut content);
            format!("+++\n{}+++\n", toml::to_string_pretty(&content).unwrap())
        }
        _ => format!("{}\n", serde_json::to_string_pretty(&content).unwrap()),
    };
    format!("{front_matter}\nLe texte.\n")
}

/// Every page of the fixtures that all three can write, by a name of its own.
fn contents() -> BTreeMap<String, Map<String, Json>> {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites");
    let mut contents = BTreeMap::new();
    for site in ["press-room", "press-room-broken"] {
        for entry in fs::read_dir(sites.join(site).join("_communiques")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            if let Some(content) = content_of(&text) {
                contents.insert(name, content);
            }
        }
    }
    contents
}

/// A site of Hugo's, which reads all three, with the uploads of the press rooms.
fn site() -> Site {
    let mut site = Site::empty().with("hugo.toml", "title = 'Rivages'\n").with(
        "frontlint.toml",
        "[[collections]]\nname = \"communiques\"\nfiles = [\"content/**/*.md\"]\n\
             schema = \"bundled:press-release\"\nfront-matter = \"required\"\n\
         # Every page stands here three times.\n[rules]\nduplicate-title = \"off\"\nduplicate-permalink = \"off\"\n",
    );
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites");
    for room in ["press-room", "press-room-broken"] {
        let uploads = sites.join(room).join("_uploads");
        let mut folders = vec![uploads.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&uploads).unwrap().to_string_lossy();
                    site = site.with(&format!("static/uploads/{name}"), "");
                }
            }
        }
    }
    site
}

/// What is under a finding, without what the syntax adds to it: a text without its quotes, a
/// place without value or a collection by its kind.
fn under(text: &str, finding: &Json) -> String {
    let offset = |end: &str| usize::try_from(finding["span"][end].as_u64().unwrap()).unwrap();
    let (start, end) = (offset("start"), offset("end"));
    let written = &text[start..end];
    match written.chars().next() {
        None => "nothing".to_owned(),
        Some('"') => match serde_json::from_str::<String>(written) {
            Ok(text) => text,
            // TOML's long texts.
            Err(_) => written
                .trim_matches('"')
                .trim_start_matches('\n')
                .to_owned(),
        },
        Some('\'') => written.trim_matches('\'').replace("''", "'"),
        _ if start == 0 => "the opening fence".to_owned(),
        _ => written.to_owned(),
    }
}

/// Whether a finding is about a list or a mapping, whose form is the syntax's own.
fn is_about_a_collection(content: &Json, finding: &Json) -> bool {
    let at = finding["pointer"].as_str().unwrap_or_default();
    let value = content.pointer(at);
    let key_alone = finding["rule"] == "unknown-key" || finding["rule"] == "missing-key";
    !key_alone && value.is_some_and(|value| value.is_object() || value.is_array())
}

/// A finding without its place in the file.
fn essence(content: &Json, text: &str, finding: &Json) -> String {
    let get = |key: &str| finding[key].as_str().unwrap_or("-");
    let place = if is_about_a_collection(content, finding) {
        "a collection".to_owned()
    } else {
        under(text, finding)
    };
    format!(
        "{} {} {}: {} ⟨{place}⟩",
        get("severity"),
        get("rule"),
        get("pointer"),
        get("message"),
    )
}

#[test]
fn the_same_content_has_the_same_findings_in_every_syntax() {
    let contents = contents();
    assert!(contents.len() > 50, "{}", contents.len());
    let mut site = site();
    let mut texts = BTreeMap::new();
    for (name, content) in &contents {
        for syntax in SYNTAXES {
            let path = format!("content/{syntax}/{name}.md");
            let text = page(content, syntax);
            site = site.with(&path, &text);
            texts.insert(path, text);
        }
    }
    let run = site.run(&["check", "--output-format", "json"]);
    let findings = run.findings();
    let mut differences = String::new();
    let mut compared = 0;
    for (name, content) in &contents {
        let content = Json::Object(content.clone());
        let of = |syntax: &str| {
            let path = format!("content/{syntax}/{name}.md");
            let own = findings.iter().filter(|it| it["path"] == path.as_str());
            let mut own: Vec<_> = own
                .map(|finding| essence(&content, &texts[&path], finding))
                .collect();
            // TOML writes tables after values, so that the order of places differs.
            own.sort();
            own
        };
        let expected = of("yaml");
        compared += expected.len();
        for syntax in ["toml", "json"] {
            let found = of(syntax);
            if found != expected {
                differences += &format!(
                    "{name}:\n  yaml {}\n  {syntax} {}\n",
                    expected.join("\n       "),
                    found.join("\n       ")
                );
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
    assert!(compared > 60, "{compared} findings");
    println!("{} pages, {compared} findings", contents.len());
    for finding in &findings {
        let path = finding["path"].as_str().unwrap();
        let said = format!("{} {}", finding["message"], finding["help"]);
        assert!(
            path.starts_with("content/yaml") || !said.contains("YAML"),
            "{path}: {said}"
        );
    }
}

#[test]
fn fixes_leave_every_syntax_valid_and_take_their_finding_away() {
    let mut site = site();
    let contents = contents();
    let mut texts = BTreeMap::new();
    for (name, content) in &contents {
        // A number where a text belongs, a text where a boolean belongs, a key that is a slip.
        let mut content = content.clone();
        content.insert("subtitle".to_owned(), json!(2024));
        content.insert("published".to_owned(), json!("true"));
        content.insert("layot".to_owned(), json!("communique"));
        for syntax in SYNTAXES {
            let path = format!("content/{syntax}/{name}.md");
            let text = page(&content, syntax);
            site = site.with(&path, &text);
            texts.insert(path, text);
        }
    }
    let before = site.run(&["check", "--output-format", "json"]).findings();
    let mut gone = Vec::new();
    for (path, text) in &mut texts {
        let mut own: Vec<_> = before
            .iter()
            .filter(|it| it["path"] == path.as_str() && it["fix"].is_object())
            .collect();
        own.sort_by_key(|it| std::cmp::Reverse(it["fix"]["edits"][0]["start"].as_u64()));
        for finding in own {
            let edits = finding["fix"]["edits"].as_array().unwrap();
            let [edit] = edits.as_slice() else {
                panic!("{finding}");
            };
            let offset = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
            let content = edit["content"].as_str().unwrap();
            text.replace_range(offset("start")..offset("end"), content);
            gone.push((
                path.clone(),
                finding["rule"].clone(),
                finding["pointer"].clone(),
            ));
        }
        fs::write(site.path(path), text.as_bytes()).unwrap();
    }
    assert!(gone.len() > 3 * 2 * contents.len(), "{} fixes", gone.len());
    let after = site.run(&["check", "--output-format", "json"]).findings();
    for finding in &after {
        let rule = finding["rule"].as_str().unwrap();
        assert!(
            !matches!(rule, "invalid-syntax" | "duplicate-key"),
            "{finding}\n{}",
            texts[finding["path"].as_str().unwrap()]
        );
    }
    for (path, rule, pointer) in gone {
        let still = after.iter().find(|it| {
            it["path"] == path.as_str() && it["rule"] == rule && it["pointer"] == pointer
        });
        assert_eq!(still, None, "{}", texts[&path]);
    }
}

#[test]
fn the_same_fault_of_syntax_is_of_the_same_rule() {
    let cases = [
        (
            "twice",
            "duplicate-key",
            [
                "---\ntitle: a\ntitle: b\n---\n",
                "+++\ntitle = \"a\"\ntitle = \"b\"\n+++\n",
                "{\"title\": \"a\",\n\"title\": \"b\"}\n",
            ],
            "title",
        ),
        (
            "open-list",
            "invalid-syntax",
            [
                "---\ntags: [a\n---\n",
                "+++\ntags = [\"a\"\n+++\n",
                "{\"tags\": [\"a\"}\n",
            ],
            "",
        ),
        (
            "unclosed",
            "unclosed-front-matter",
            [
                "---\ntitle: a\n\nText.\n",
                "+++\ntitle = \"a\"\n\nText.\n",
                "{\"title\": \"a\"\n\nText.\n",
            ],
            "",
        ),
    ];
    let mut site = site();
    for (name, _, texts, _) in &cases {
        for (syntax, text) in SYNTAXES.iter().zip(texts) {
            site = site.with(&format!("content/{syntax}/{name}.md"), text);
        }
    }
    let run = site.run(&["check", "--output-format", "json"]);
    let findings = run.findings();
    for (name, rule, texts, under_it) in cases {
        for (syntax, text) in SYNTAXES.iter().zip(texts) {
            let path = format!("content/{syntax}/{name}.md");
            let own = findings
                .iter()
                .find(|it| it["path"] == path.as_str() && it["rule"].as_str() == Some(rule));
            let Some(finding) = own else {
                panic!("{path}: no {rule} in\n{}", run.stdout);
            };
            if !under_it.is_empty() {
                assert_eq!(under(text, finding), under_it, "{path}");
            }
        }
    }
    let booleans = site
        .with("content/toml/false.md", "+++\ndraft = False\n+++\n")
        .run(&[
            "check",
            "--output-format",
            "concise",
            "content/toml/false.md",
        ]);
    assert!(
        booleans.stdout.contains("TOML booleans are lower case"),
        "{}",
        booleans.stdout
    );
}
