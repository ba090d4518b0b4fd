//! `docs/dialects.md`, made of the records of the real parsers.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use frontlint::testing::dialect::Dialect;
use serde_json::Value as Json;

/// What the table shows, of the 1201 texts of the records.
const ROWS: &[&str] = &[
    "no",
    "yes",
    "on",
    "y",
    "True",
    "~",
    "010",
    "08",
    "0171211250",
    "0612345678",
    "+33171211250",
    "0x1F",
    "0b101",
    "1_000",
    "1,5",
    "1.0",
    "1.10",
    "1e3",
    "12:30",
    "9:30",
    "16:9",
    "2020-05-04",
    "2020-5-4",
    "2020-05-04 21:58:00",
    "2020-05-04 21:58:00 +02:00",
    "2020-05-04 21:58:00 +0200",
    "2023-02-30",
    "2020-13-45",
    ":sym",
    "!!str 010",
    "!foo bar",
    "{{ site.title }}",
];

const HEAD: &str = "# What the parsers read

A value without quotes is whatever the parser of the site's generator makes of it. The table is made \
of records of the real parsers. `=` is the text unchanged; times are in UTC.

Find the column of your site's generator: Astro, Docusaurus and Eleventy read with js-yaml 4 \
(Docusaurus before 3.10.2, Eleventy before 3 and Astro before 5 with js-yaml 3), VitePress with js-yaml 3, MkDocs \
with PyYAML, Zola nearly as YAML 1.2. Columns differ where a word or a number looks like something \
else: `no`, a leading zero, a colon between digits, a date.

Hugo leaves dates as text here and reads them afterwards in its date fields. To js-yaml 3 and 4 a \
date is midnight in UTC, and a day that no month has counts on into the next. PyYAML stops at such \
a day, and MkDocs then drops all metadata of the page.

SafeYAML, with which Jekyll reads, and the two libraries of Hugo are recorded once: no registry of \
packages has them. `scripts/record-oracles` asks all others anew, among them Hugo itself, which \
reads every text as its library does.

frontlint takes the parser from the site's generator; `dialect = \"…\"` in `frontlint.toml` says it \
outright:

";

#[test]
fn the_table_of_dialects_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("docs/dialects.md");
    let expected = page(root);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == expected,
        "run scripts/update to write docs/dialects.md"
    );
}

fn page(root: &Path) -> String {
    let records: Vec<Json> = Dialect::ALL.iter().map(|it| record(root, *it)).collect();
    let mut text = HEAD.to_owned();
    for (dialect, record) in Dialect::ALL.iter().zip(&records) {
        let reader = dialect.reader();
        let version = record["version"].as_str().unwrap();
        let _ = writeln!(text, "- `{dialect}`: {reader}. Recorded: {version}.");
    }
    text.push_str("\n| written |");
    for dialect in Dialect::ALL {
        let _ = write!(text, " {} |", dialect.reader());
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(Dialect::ALL.len()));
    text.push('\n');
    for written in ROWS {
        let _ = write!(text, "| `{written}` |");
        for record in &records {
            let rows = record["values"].as_array().unwrap();
            let row = rows.iter().find(|row| row["text"] == *written);
            let _ = write!(text, " {} |", shown(row.unwrap()));
        }
        text.push('\n');
    }
    text
}

fn record(root: &Path, dialect: Dialect) -> Json {
    let name = match dialect {
        Dialect::Core => "yaml-core",
        other => other.as_str(),
    };
    let path = root.join(format!("fixtures/oracles/{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn shown(row: &Json) -> String {
    let value = match &row["value"] {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    match row["kind"].as_str().unwrap() {
        "string" if row["value"] == row["text"] => "=".to_owned(),
        "string" => format!("text `{value}`"),
        "bool" | "null" | "int" | "float" => value,
        "date" => format!("date {value}"),
        "timestamp" => format!("time {value}"),
        "seq" => "list".to_owned(),
        "map" => "mapping".to_owned(),
        other => other.to_owned(),
    }
}
