//! The table of the bundled schemas: every file of `schemas/`, but for those of frontlint's own files.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

/// The schemas of what frontlint itself reads and writes.
const OWN: &[&str] = &["frontlint", "output"];

/// The table as code, in the order of the names.
pub fn table(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut schemas = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().and_then(|name| name.to_str());
        let Some(name) = file.and_then(|file| file.strip_suffix(".schema.json")) else {
            continue;
        };
        if !OWN.contains(&name) {
            let title = title(&std::fs::read_to_string(&path)?)?;
            schemas.push((name.to_owned(), title, path));
        }
    }
    schemas.sort();
    let mut code = "&[".to_owned();
    for (name, title, path) in schemas {
        write!(
            code,
            "Bundled {{ name: {name:?}, title: {title:?}, text: include_str!({path:?}) }},"
        )?;
    }
    Ok(code + "]")
}

/// The first `title` of a schema, which is its own.
fn title(schema: &str) -> Result<String, Box<dyn Error>> {
    let value = schema.split("\"title\": \"").nth(1);
    let title = value.and_then(|rest| rest.split('"').next());
    Ok(title.ok_or("a bundled schema needs a title")?.to_owned())
}
