//! Reads `git diff --raw -z`, with or without the patch behind it.

use super::Lines;

/// What git says of one file.
struct Record {
    path: Vec<u8>,
    /// How many parts of the patch are about it.
    parts: usize,
    lines: Lines,
}

/// Each changed file with its lines, by its path as git has it.
pub(super) fn read(output: &[u8], patch: bool) -> Vec<(Vec<u8>, Lines)> {
    let mut rest = output;
    let mut records: Vec<Record> = Vec::new();
    while let Some(record) = record(&mut rest) {
        records.push(record);
    }
    if patch {
        let text = rest.strip_prefix(b"\0").unwrap_or(rest);
        let parts = parts(text);
        let expected: usize = records.iter().map(|record| record.parts).sum();
        // Where the two do not go together, no line is called unchanged.
        if parts.len() == expected {
            let mut parts = parts.into_iter();
            for record in &mut records {
                let own: Vec<_> = parts.by_ref().take(record.parts).collect();
                if let [lines] = own.as_slice() {
                    record.lines = lines.clone();
                }
            }
        }
    }
    records
        .into_iter()
        .map(|record| (record.path, record.lines))
        .collect()
}

/// `:100644 100644 OLD NEW M`, NUL, the path, NUL; two paths for a rename, the new one last.
fn record(rest: &mut &[u8]) -> Option<Record> {
    let mut text = *rest;
    let header = field(&mut text).filter(|header| header.starts_with(b":"))?;
    let status = header.rsplit(|&byte| byte == b' ').next()?.first().copied();
    let mut path = field(&mut text)?;
    if matches!(status, Some(b'R' | b'C')) {
        path = field(&mut text)?;
    }
    *rest = text;
    let parts = match status {
        // A file that became a link is deleted and made anew.
        Some(b'T') => 2,
        Some(b'U') => 0,
        _ => 1,
    };
    Some(Record {
        path: path.to_vec(),
        parts,
        lines: Lines::All,
    })
}

fn field<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let at = memchr::memchr(0, rest)?;
    let (field, after) = rest.split_at(at);
    *rest = after.get(1..).unwrap_or_default();
    Some(field)
}

/// The lines that each part of a patch without context is about.
fn parts(patch: &[u8]) -> Vec<Lines> {
    let mut parts = Vec::new();
    for line in patch.split(|&byte| byte == b'\n') {
        // Lines of a file begin with `+`, `-` or `\`, and a path on several lines is quoted.
        if line.starts_with(b"diff --git ") {
            parts.push(Lines::Some(Vec::new()));
        } else if line.starts_with(b"Binary files ") {
            if let Some(last) = parts.last_mut() {
                *last = Lines::All;
            }
        } else if let Some(hunk) = line.strip_prefix(b"@@ -")
            && let Some(Lines::Some(ranges)) = parts.last_mut()
        {
            ranges.extend(range(hunk));
        }
    }
    parts
}

/// The lines of `4 +4,0 @@`.
fn range(hunk: &[u8]) -> Option<std::ops::RangeInclusive<u32>> {
    let text = std::str::from_utf8(hunk.get(..hunk.len().min(64))?);
    let text = text.unwrap_or_else(|error| {
        std::str::from_utf8(hunk.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or("")
    });
    let new = text.split_once(" +")?.1.split_once(" @@")?.0;
    let (start, count) = new.split_once(',').unwrap_or((new, "1"));
    let (start, count): (u32, u32) = (start.parse().ok()?, count.parse().ok()?);
    Some(match count {
        0 => start..=start.saturating_add(1),
        _ => start..=start.saturating_add(count - 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_the_patch_behind_them_go_together() {
        let output = b":100644 100755 9405325 0000000 M\0a.md\0:100644 100644 bdc955b 0 M\0bin\0\
            :100644 100644 7a04ab3 ba21309 R083\0o ld.md\0n\"\n w.md\0\0\
            diff --git a/a.md b/a.md\nold mode 100644\n--- a/a.md\n+++ b/a.md\n\
            @@ -2 +2,2 @@ a\n-b\n+B\n+diff --git a/x b/x\n@@ -4 +4,0 @@ c\n-d\n\
            diff --git a/bin b/bin\nBinary files a/bin and b/bin differ\n\
            diff --git a/o ld.md \"b/n\\\"\\n w.md\"\nsimilarity index 83%\n@@ -3 +3 @@ x2\n-x\n+X\n";
        let expected = [
            (b"a.md".to_vec(), Lines::Some(vec![2..=3, 4..=5])),
            (b"bin".to_vec(), Lines::All),
            (b"n\"\n w.md".to_vec(), Lines::Some(vec![3..=3])),
        ];
        assert_eq!(read(output, true), expected);
        let names: Vec<_> = read(output, false).into_iter().map(|it| it.1).collect();
        assert_eq!(names, [Lines::All, Lines::All, Lines::All]);
    }

    #[test]
    fn nothing_and_nonsense_are_no_changes() {
        assert!(read(b"", true).is_empty());
        assert!(read(b":x", true).is_empty());
        assert!(read(b"\0\0", true).is_empty());
    }
}
