//! `frontlint schema [NAME]`: the bundled schemas, or one of them whole.

use super::FAILURE;
use super::terminal::Terminal;
use crate::report::visible::{self, Notation};
use crate::schema::bundled;

/// Prints the schema of this name, with or without `bundled:` before it, or the list of all.
pub(super) fn run(name: Option<&str>, terminal: &Terminal) -> u8 {
    let Some(name) = name else {
        return terminal.print(&list());
    };
    let short = name.strip_prefix("bundled:").unwrap_or(name);
    match bundled().iter().find(|schema| schema.name == short) {
        Some(schema) => terminal.print_as(schema.text, Notation::Json),
        None => {
            terminal.note(&format!(
                "error: there is no bundled schema `{}`\n  help: `frontlint schema` lists them\n",
                visible::line(name, true)
            ));
            FAILURE
        }
    }
}

fn list() -> String {
    let mut text = String::new();
    for schema in bundled() {
        text.push_str(&format!("bundled:{:<16} {}\n", schema.name, schema.title));
    }
    text.push_str("\n`frontlint schema NAME` prints one of them.\n");
    text
}
