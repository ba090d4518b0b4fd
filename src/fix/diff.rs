//! What fixes would change, as a unified diff.

use std::io::{self, Write};
use std::path::Path;

use similar::TextDiff;

use crate::text::invisible;

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
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&name("a/", path), &name("b/", path))
        .to_writer(out)
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

#[cfg(all(test, unix))]
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
