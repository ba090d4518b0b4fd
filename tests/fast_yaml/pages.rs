//! Front matter to compare on: fixtures, records, suites, the corpus.

use std::path::{Path, PathBuf};

/// Every text that is, or holds, YAML front matter.
pub fn everywhere() -> Vec<String> {
    let mut found = Vec::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["fixtures", "schemas", "docs", "editors"] {
        contents(&here.join(folder), &mut found);
    }
    if let Some(suites) = std::env::var_os("FRONTLINT_SUITES").map(PathBuf::from) {
        contents(&suites.join("../corpus"), &mut found);
        found.extend(suite(&suites.join("yaml-test-suite.json")));
    }
    found.extend(SHAPES.iter().map(|&shape| shape.to_owned()));
    found
}

/// The pages of a site as people write it.
pub fn press_room() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites/press-room");
    let mut found = Vec::new();
    contents(&folder, &mut found);
    assert!(found.len() > 3, "{found:#?}");
    found
}

/// The scalars of which a record says what a parser makes of them.
pub fn recorded() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/oracles/psych.json");
    let json = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rows = ["values", "keys"].map(|part| json[part].as_array().unwrap().clone());
    let texts = rows
        .iter()
        .flatten()
        .map(|row| row["text"].as_str().unwrap());
    texts.map(str::to_owned).collect()
}

fn contents(folder: &Path, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            contents(&path, found);
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("yml" | "yaml") => found.push(text),
            Some("md" | "markdown" | "html" | "txt") => found.extend(front_matter(&text)),
            _ => {}
        }
    }
}

/// The text between the first two lines of three hyphens.
fn front_matter(text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("---\n")
        .or(text.strip_prefix("---\r\n"))?;
    let end = rest.find("\n---")? + 1;
    Some(rest[..end].to_owned())
}

fn suite(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let texts = cases.iter().map(|case| case["yaml"].as_str().unwrap());
    texts
        .flat_map(|yaml| {
            let below = yaml.lines().map(|line| format!("  {line}\n"));
            [
                yaml.to_owned(),
                format!("key:\n{}", below.collect::<String>()),
            ]
        })
        .collect()
}

/// Shapes that pages have and fixtures need not.
const SHAPES: &[&str] = &[
    "title: 'Accélérateur d’initiatives citoyennes : coup d’envoi de la saison 2 et de\n  premiers lauréats annoncés'\n\
     date: 2023-05-17 10:18:00 +02:00\ncategories:\n- Communiqué de presse\ntags:\n- Etalab\n\
     chapeau-text: Promouvoir et renforcer les coopérations entre l’État et les initiatives\n  \
     citoyennes, en soutenant des projets.\n\n  Sous l’égide du ministère\nune-ou-diaporama:\n\
     - image: \"/uploads/a.jpg\"\n  legende: \n  alternative-textuelle: Une réunion\nfiles:\n\
     - file: \"/uploads/b.pdf\"\n  nom: Télécharger\n",
    "a:\n  b:\n    - c: 1\n      d: [1, 'two', \"three\", {e: f}]\n    - - x\n      - y\n    -\n      z: |\n        text\n\n          more\n\n    - >+\n      kept\n\n  # comment\n  g: >-\n    folded\n    text\n\n     more\n    end # no comment\n",
    "k: \"one\\ttwo \\\n   three\n\n   four\\u00e9\\x41 \\\n\n  five\"\n'q''k' : 'a\n\n  b '\n\"d k\": x\n",
    "# first\n\na: # why\n  # inner\n  - one # two\n# outer\n  - three\nb:\n\n# last\n",
    "a: plain\n\n\n  goes on # ends\nb:\n  on its own\n  line\nc:\n  \"quoted\"\nd:\n  - 'x\n    y'\n",
    "a: |\n one\n  two\n\n\nb: |-\n      deep\n\n      er\nc: >\n  x\n\n\n  y\n   z\n  w\nd: |+\n  k\n  \n\ne: 1\n",
    "list:\n- a\n-\n- b:\n  - c\n  d:\n  - e\n- - f\n  -\n  - g: h\n",
    "date: 2020-05-04\ntime: 12:30\nyes: no\n1: 0x1F\n~: .inf\n-1: 1e3\nurl: http://x.y/#z\n",
];
