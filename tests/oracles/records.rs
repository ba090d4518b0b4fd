//! The records of the real parsers, from the repository or made anew.

use std::path::PathBuf;

use frontlint::testing::dialect::Dialect;
use serde_json::Value as Json;

/// What a parser made of the texts of `fixtures/oracles/table.json`.
pub struct Record {
    pub name: &'static str,
    json: Json,
}

/// The records of each dialect: of the parser as a library, and of programs that are built on it.
pub const RECORDS: &[(Dialect, &[&str])] = &[
    (Dialect::Jekyll, &["jekyll"]),
    (Dialect::Psych, &["psych"]),
    (
        Dialect::HugoYamlV2,
        &["hugo-yaml-v2", "hugo-0.111", "hugo-0.151"],
    ),
    (
        Dialect::HugoGoccy,
        &["hugo-goccy", "hugo-0.155", "hugo-0.168"],
    ),
    (Dialect::JsYaml3, &["js-yaml-3"]),
    (Dialect::JsYaml4, &["js-yaml-4"]),
    (Dialect::JsYaml5, &["js-yaml-5"]),
    (Dialect::PyYaml, &["pyyaml"]),
    (Dialect::Core, &["yaml-core"]),
];

/// The records that can be made of no text that was added since, for want of the parser.
const KEPT: &[&str] = &["jekyll", "hugo-yaml-v2", "hugo-goccy"];

impl Record {
    /// The record of this name: from the folder of records made anew, which the variable
    /// `FRONTLINT_ORACLES` names, or where it is not there from the repository.
    pub fn read(name: &'static str) -> Self {
        let file = format!("{name}.json");
        let anew = std::env::var_os("FRONTLINT_ORACLES")
            .map(|folder| PathBuf::from(folder).join(&file))
            .filter(|path| path.is_file());
        let path = anew.unwrap_or_else(|| fixture(&file));
        let json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        Self { name, json }
    }

    /// The rows of a part: `values`, `keys`, `fences` or `dates`.
    pub fn rows(&self, part: &str) -> &[Json] {
        self.json[part].as_array().unwrap()
    }

    /// Whether the texts were read as the front matter of a page, rather than alone.
    pub fn is_of_pages(&self) -> bool {
        self.name.starts_with("hugo-") || self.name == "js-yaml-3"
    }

    /// Whether Hugo itself was asked, which writes the names of keys small.
    pub fn is_of_hugo(&self) -> bool {
        self.name.starts_with("hugo-0.")
    }
}

pub fn fixture(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/oracles")
        .join(file)
}

/// Every record holds every text, in the order of the table; those that are kept hold the first.
#[test]
fn records_are_of_the_table() {
    let table: Json =
        serde_json::from_slice(&std::fs::read(fixture("table.json")).unwrap()).unwrap();
    let fences = ["gray-matter", "gray-matter-11ty", "mkdocs"];
    let scalars = RECORDS.iter().flat_map(|(_, names)| names.iter().copied());
    for name in scalars.chain(fences) {
        let record = Record::read(name);
        let kept = KEPT.contains(&name);
        for part in ["values", "keys", "fences", "dates"] {
            let Some(rows) = record.json[part].as_array() else {
                continue;
            };
            let texts = table[part].as_array().unwrap();
            assert!(
                rows.iter()
                    .zip(texts)
                    .all(|(row, text)| row["text"] == *text),
                "{name}: {part} are not those of the table"
            );
            assert_eq!(rows.len() == texts.len(), !kept, "{name}: {part}");
        }
        if kept {
            let counts = (record.rows("values").len(), record.rows("keys").len());
            assert_eq!(counts, (1201, 104), "{name}");
        }
    }
}
