//! `frontlint explain --file PATH`: what the generator reads of one page.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::args::ExplainFormat;
use super::notes::Notes;
use super::{FAILURE, Host};
use crate::check::{Checker, Explained, Row, SchemaChoice, SchemaSource};
use crate::config::Finder;
use crate::diagnostic::{Diagnostic, Problem};
use crate::dialect::Value;
use crate::report;
use crate::report::visible::{self, Notation};
use crate::site::{BundledFor, generator_names};
use crate::text::{ColumnUnit, SourceMap, Sources, one_line, path_line, path_text, shorten};

/// Longer values are cut in the table.
const LONGEST: usize = 60;

/// Prints the effective front matter of a page.
pub(super) fn run(path: &Path, format: ExplainFormat, host: &Host) -> u8 {
    let sources = Arc::new(SourceMap::default());
    let notes = Notes::new(host, false);
    let fail = |findings: &[Diagnostic]| {
        for finding in findings {
            let message = format!("{}: {}", path_line(path), finding.message);
            notes.print_problem(&Problem::new(message).maybe_help(finding.help.clone()));
        }
        FAILURE
    };
    let folder = host.working_directory.clone();
    let finder = match Finder::new(folder, generator_names(), &[], false, Arc::clone(&sources)) {
        Ok(finder) => finder,
        Err(findings) => return fail(&findings),
    };
    let checker = Checker::new(SchemaChoice::Governing, &finder, &sources);
    let explained = match checker.explain(path) {
        Ok(explained) => explained,
        Err(findings) => return fail(&findings),
    };
    let printed = match format {
        ExplainFormat::Text => host.terminal.print(&table(&explained, &sources)),
        ExplainFormat::Json => {
            let text = format!("{:#}\n", json(&explained, &sources));
            host.terminal.print_as(&text, Notation::Json)
        }
    };
    if explained.problems.is_empty() {
        printed
    } else {
        fail(&explained.problems)
    }
}

/// Where a value stands: the path, and the line and column.
fn origin(row: &Row, explained: &Explained, sources: &SourceMap) -> (String, u32, u32) {
    let file = Sources::new(&explained.source, sources).get(row.source);
    let start = file.position(row.span.start, ColumnUnit::Scalar);
    (report::shown_path(file.path()), start.line, start.column)
}

fn shown(row: &Row) -> String {
    let text = match &row.value {
        Value::Null if row.kind != "null" => row.text.clone(),
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::BigInteger(digits) => digits.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Timestamp(timestamp) => timestamp.to_string(),
        Value::String | Value::Binary(_) | Value::Error(_) => row.text.clone(),
    };
    one_line(&shorten(&text, LONGEST)).into_owned()
}

fn table(explained: &Explained, sources: &SourceMap) -> String {
    let mut text = heading(explained);
    if explained.rows.is_empty() {
        text.push_str(match explained.problems.is_empty() {
            true => "\nno front matter\n",
            false => "\nfront matter that cannot be read\n",
        });
        return text;
    }
    if !explained.is_seen {
        let generator = explained.generator.unwrap_or("the generator");
        text.push_str(&format!(
            "\n{generator} does not see this front matter; in order it would read:\n"
        ));
    }
    text.push('\n');
    text.push_str(&values(explained, sources));
    text
}

/// What the page is, who reads it, and its schema.
fn heading(explained: &Explained) -> String {
    let path = visible::line(&path_text(explained.source.path()), true);
    let draft = if explained.is_draft {
        ", not published yet"
    } else {
        ""
    };
    let mut text = match explained.generator {
        Some(generator) => {
            let kind = visible::line(&explained.kind, true);
            format!("{path}: {kind} to {generator}{draft}")
        }
        None => format!("{path}: a page of no known generator{draft}"),
    };
    if let Some(url) = &explained.url {
        text.push_str(&format!(", served at {}", visible::line(url, true)));
    }
    text.push_str(&format!("\nread as: {}\n", explained.reader));
    text.push_str(&match &explained.schema {
        Some((name, why)) => format!(
            "schema: {}, {}\n",
            visible::line(name, true),
            visible::line(&because(why), true)
        ),
        None => format!("schema: none; {}\n", why_none(explained)),
    });
    if let Some(named) = &explained.unused_schema {
        let named = visible::line(named, true);
        text.push_str(&format!(
            "`$schema` in the page, `{named}`, is not used: a page's own counts only where no \
             collection has a schema for it\n"
        ));
    }
    text
}

/// The values of the effective front matter, one a line.
fn values(explained: &Explained, sources: &SourceMap) -> String {
    let mut lines = vec![["KEY", "VALUE", "TYPE", "FROM"].map(str::to_owned)];
    for row in &explained.rows {
        let (file, line, column) = origin(row, explained, sources);
        let from = if row.source == crate::text::SourceId::PAGE {
            format!("the page, {line}:{column}")
        } else {
            format!("the default at {file}:{line}:{column}")
        };
        let cells = [row.path.clone(), shown(row), row.kind.to_owned(), from];
        lines.push(cells.map(|cell| visible::line(&cell, true)));
    }
    let mut text = columns(&lines);
    if explained.left_out > 0 {
        text.push_str(&format!(
            "{} more values are left out\n",
            explained.left_out
        ));
    }
    text
}

/// Lines of cells under each other; a wide character counts as one.
fn columns(lines: &[[String; 4]]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    let mut text = String::new();
    for [key, value, kind, from] in lines {
        for (cell, width) in [key, value, kind].into_iter().zip(widths) {
            let padding = width.saturating_sub(cell.chars().count()) + 2;
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', padding));
        }
        text.push_str(from);
        text.push('\n');
    }
    text
}

fn because(why: &SchemaSource) -> String {
    match why {
        SchemaSource::CommandLine => "named by --schema".to_owned(),
        SchemaSource::Page => "named by `$schema` in the page".to_owned(),
        SchemaSource::Bundled(BundledFor::FileName) => "because of the name of its file".to_owned(),
        SchemaSource::Bundled(BundledFor::Generator {
            generator,
            config: None,
        }) => {
            format!("because it is a page of {generator}")
        }
        SchemaSource::Bundled(BundledFor::Generator {
            generator,
            config: Some(config),
        }) => {
            format!("because it is a page of {generator} ({config})")
        }
        SchemaSource::Collection(name) => {
            format!("because the page is in the collection `{name}` of frontlint.toml")
        }
    }
}

/// Why no schema was applied to the page.
fn why_none(explained: &Explained) -> String {
    let Some((name, has_schema)) = &explained.collection else {
        return "no collection of frontlint.toml has this page, and it names none".to_owned();
    };
    let name = visible::line(name, true);
    if !has_schema {
        format!("the collection `{name}` of frontlint.toml has none, and the page names none")
    } else if explained.problems.is_empty() {
        format!(
            "the page has no front matter that the one of the collection `{name}` of \
             frontlint.toml could apply to"
        )
    } else {
        format!("the one of the collection `{name}` of frontlint.toml cannot be used")
    }
}

fn json(explained: &Explained, sources: &SourceMap) -> Json {
    let schema = explained.schema.as_ref().map(|(name, why)| {
        let (from, collection) = match why {
            SchemaSource::CommandLine => ("command-line", None),
            SchemaSource::Page => ("page", None),
            SchemaSource::Bundled(BundledFor::FileName) => ("file-name", None),
            SchemaSource::Bundled(BundledFor::Generator { .. }) => ("generator", None),
            SchemaSource::Collection(name) => ("collection", Some(&**name)),
        };
        json!({"name": name, "from": from, "collection": collection})
    });
    let rows = explained.rows.iter().map(|row| {
        let (path, line, column) = origin(row, explained, sources);
        json!({
            "pointer": row.pointer,
            "key": row.path,
            "value": typed(row),
            "type": row.kind,
            "text": row.text,
            "default": row.source != crate::text::SourceId::PAGE,
            "path": path,
            "start": {"line": line, "column": column},
        })
    });
    json!({
        "path": report::shown_path(explained.source.path()),
        "generator": explained.generator,
        "reader": explained.reader,
        "kind": explained.kind,
        "draft": explained.is_draft,
        "url": explained.url,
        "schema": schema,
        "seen": explained.is_seen,
        "values": rows.collect::<Vec<_>>(),
        "left_out": explained.left_out,
    })
}

/// The value as JSON has it; what JSON has no type for is text.
fn typed(row: &Row) -> Json {
    match &row.value {
        Value::Null => match row.kind {
            "empty list" => json!([]),
            "empty mapping" => json!({}),
            _ => Json::Null,
        },
        Value::Bool(value) => json!(value),
        Value::Integer(number) => json!(number),
        Value::Float(number) if number.is_finite() => json!(number),
        Value::Timestamp(timestamp) => json!(timestamp.to_string()),
        _ => json!(row.text),
    }
}
