//! What fixes would change, as a unified diff.

use std::io::{self, Write};
use std::path::Path;

use similar::TextDiff;

/// Writes the difference between two states of a file as `git apply` and `patch -p1` read it;
/// nothing where there is none.
///
/// # Errors
/// Only those of the writer.
pub fn unified_diff(
    out: &mut dyn Write,
    path: &Path,
    before: &[u8],
    after: &[u8],
) -> io::Result<()> {
    if before == after {
        return Ok(());
    }
    let name = name(path);
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_writer(out)
}

/// The path on one line.
fn name(path: &Path) -> String {
    let text = path.to_string_lossy();
    if !text.contains(|c: char| c.is_control() || c == '"') {
        return text.into_owned();
    }
    let mut quoted = String::new();
    for c in text.chars() {
        if c.is_control() || c == '"' {
            quoted.extend(c.escape_default());
        } else {
            quoted.push(c);
        }
    }
    quoted
}
