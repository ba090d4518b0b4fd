//! What fixes would change, as a unified diff.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};

/// How many unchanged lines are shown before and after those that change.
const CONTEXT: u32 = 3;

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
    write!(out, "--- a/{name}\n+++ b/{name}\n")?;
    let lines = InternedInput::new(before, after);
    // Gives up the search for the shortest difference where it would take too long.
    let diff = Diff::compute(Algorithm::Myers, &lines);
    let changes: Vec<Hunk> = diff.hunks().collect();
    let joined = |one: &Hunk, next: &Hunk| next.before.start - one.before.end <= 2 * CONTEXT;
    for group in changes.chunk_by(joined) {
        write_group(out, &lines, group)?;
    }
    Ok(())
}

/// Writes changes that share their context.
fn write_group(
    out: &mut dyn Write,
    lines: &InternedInput<&[u8]>,
    changes: &[Hunk],
) -> io::Result<()> {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return Ok(());
    };
    let most = u32::try_from(lines.before.len()).unwrap_or(u32::MAX);
    let above = CONTEXT.min(first.before.start);
    let below = CONTEXT.min(most - last.before.end);
    let old = first.before.start - above..last.before.end + below;
    let new = first.after.start - above..last.after.end + below;
    writeln!(out, "@@ -{} +{} @@", shown(&old), shown(&new))?;
    let mut write = |sign: &str, tokens: &[imara_diff::Token], range: Range<u32>| {
        let range = range.start as usize..range.end as usize;
        let mut tokens = tokens.get(range).unwrap_or_default().iter();
        tokens.try_for_each(|&token| write_line(out, sign, lines.interner[token]))
    };
    let mut at = old.start;
    for change in changes {
        write(" ", &lines.before, at..change.before.start)?;
        write("-", &lines.before, change.before.clone())?;
        write("+", &lines.after, change.after.clone())?;
        at = change.before.end;
    }
    write(" ", &lines.before, at..old.end)
}

fn write_line(out: &mut dyn Write, sign: &str, line: &[u8]) -> io::Result<()> {
    out.write_all(sign.as_bytes())?;
    out.write_all(line)?;
    if line.ends_with(b"\n") {
        return Ok(());
    }
    out.write_all(b"\n\\ No newline at end of file\n")
}

/// The first line, counted from 1, and how many there are; none begin at the line before.
fn shown(lines: &Range<u32>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
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
