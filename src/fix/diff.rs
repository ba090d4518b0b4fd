//! What fixes would change, as a unified diff.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};

use crate::text::invisible;

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
    writeln!(out, "--- {}", name("a/", path))?;
    writeln!(out, "+++ {}", name("b/", path))?;
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

/// The path on one line, after the side of the comparison; quoted as git does where it has to be.
fn name(side: &str, path: &Path) -> String {
    // On Windows a backslash separates folders.
    let is_quoted = |c: char| c == '"' || (c == '\\' && cfg!(not(windows)));
    let is_plain = |c: char| !is_quoted(c) && !is_hidden(c);
    if let Some(text) = path.to_str().filter(|text| text.chars().all(is_plain)) {
        return format!("{side}{text}");
    }
    let mut quoted = format!("\"{side}");
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                c if is_hidden(c) => push_octal(&mut quoted, c.encode_utf8(&mut [0; 4]).as_bytes()),
                c => quoted.push(c),
            }
        }
        push_octal(&mut quoted, chunk.invalid());
    }
    quoted.push('"');
    quoted
}

/// Control characters and invisible ones, but for the joiners of emoji and letters.
fn is_hidden(c: char) -> bool {
    let is_joiner = matches!(c, '\u{200c}' | '\u{200d}');
    c.is_control() || (invisible(c).is_some() && !is_joiner)
}

fn push_octal(quoted: &mut String, bytes: &[u8]) {
    for byte in bytes {
        quoted.push_str(&format!("\\{byte:03o}"));
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn names_are_quoted_as_git_quotes_them() {
        let name = |bytes: &[u8]| name("a/", Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(name("été à.md".as_bytes()), "a/été à.md");
        assert_eq!(name(b"a\n\x1b\"b\xff\\c"), r#""a/a\012\033\"b\377\\c""#);
    }
}
