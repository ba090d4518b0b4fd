//! Reads `git diff --raw -z`, with or without the patch behind it.

use std::ops::RangeInclusive;

use super::Lines;

/// Lines of a file that took the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The line before them; 0 at the beginning of the file.
    after: u32,
    /// How many there are; 0 where others were only deleted.
    added: u32,
    /// Whether others were deleted.
    deletes: bool,
    /// Whether a fence was among them.
    pub(super) deletes_fence: bool,
}

impl Hunk {
    /// Whether one of these lines was added, or lines beside them were only deleted.
    pub(super) fn touches(&self, lines: &RangeInclusive<u32>) -> bool {
        let hunk = match self.added {
            0 => self.after..=self.after.saturating_add(1),
            _ => self.after.saturating_add(1)..=self.last(),
        };
        overlap(&hunk, lines)
    }

    /// Whether one of these lines was added, or one was deleted between them or before the first.
    pub(super) fn touches_within(&self, lines: &RangeInclusive<u32>) -> bool {
        // A gap has the number of the line before it.
        let gaps = lines.start().saturating_sub(1)..=lines.end().saturating_sub(1);
        let deletes = self.deletes && overlap(&(self.after..=self.last()), &gaps);
        deletes || (self.added > 0 && self.touches(lines))
    }

    fn last(&self) -> u32 {
        self.after.saturating_add(self.added)
    }
}

fn overlap(a: &RangeInclusive<u32>, b: &RangeInclusive<u32>) -> bool {
    a.start() <= b.end() && b.start() <= a.end()
}

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
        } else if let Some(header) = line.strip_prefix(b"@@ -")
            && let Some(last) = parts.last_mut()
        {
            match (hunk(header), &mut *last) {
                (Some(hunk), Lines::Some(hunks)) => hunks.push(hunk),
                _ => *last = Lines::All,
            }
        } else if is_deleted_fence(line)
            && let Some(Lines::Some(hunks)) = parts.last_mut()
            && let Some(last) = hunks.last_mut()
        {
            last.deletes_fence = true;
        }
    }
    parts
}

fn is_deleted_fence(line: &[u8]) -> bool {
    matches!(line.trim_ascii_end(), b"----" | b"-+++" | b"-...")
}

/// The hunk of `4 +4,0 @@`.
fn hunk(header: &[u8]) -> Option<Hunk> {
    let end = memchr::memmem::find(header, b" @@")?;
    let (old, new) = std::str::from_utf8(header.get(..end)?)
        .ok()?
        .split_once(" +")?;
    let (_, deleted) = start_and_count(old)?;
    let (start, added) = start_and_count(new)?;
    Some(Hunk {
        after: if added == 0 {
            start
        } else {
            start.saturating_sub(1)
        },
        added,
        deletes: deleted > 0,
        deletes_fence: false,
    })
}

/// `4,2`, or `4` for `4,1`.
fn start_and_count(text: &str) -> Option<(u32, u32)> {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_the_patch_behind_them_go_together() {
        let output = b":100644 100755 9405325 0000000 M\0a.md\0:100644 100644 bdc955b 0 M\0bin\0\
            :100644 100644 7a04ab3 ba21309 R083\0o ld.md\0n\"\n w.md\0\0\
            diff --git a/a.md b/a.md\nold mode 100644\n--- a/a.md\n+++ b/a.md\n\
            @@ -2 +2,2 @@ a\n-b\n+B\n+diff --git a/x b/x\n@@ -4,2 +4,0 @@ c\n-d\n----\r\n\
            diff --git a/bin b/bin\nBinary files a/bin and b/bin differ\n\
            diff --git a/o ld.md \"b/n\\\"\\n w.md\"\nsimilarity index 83%\n@@ -3 +3 @@ x2\n-x\n+X\n";
        let hunk = |after, added| Hunk {
            after,
            added,
            deletes: true,
            deletes_fence: after == 4,
        };
        let expected = [
            (b"a.md".to_vec(), Lines::Some(vec![hunk(1, 2), hunk(4, 0)])),
            (b"bin".to_vec(), Lines::All),
            (b"n\"\n w.md".to_vec(), Lines::Some(vec![hunk(2, 1)])),
        ];
        assert_eq!(read(output, true), expected);
        let names: Vec<_> = read(output, false).into_iter().map(|it| it.1).collect();
        assert_eq!(names, [Lines::All, Lines::All, Lines::All]);
    }

    #[test]
    fn deletions_count_on_both_sides_or_within() {
        // Lines 2 to 4 are looked at.
        let both = |header: &[u8]| {
            let hunk = hunk(header).unwrap();
            (hunk.touches(&(2..=4)), hunk.touches_within(&(2..=4)))
        };
        for (header, touches, within) in [
            (&b"1 +0,0 @@"[..], false, false),
            (b"2 +1,0 @@", true, true),
            (b"4 +3,0 @@ title: \xff @@", true, true),
            (b"5,9 +4,0 @@", true, false),
            (b"6 +5,0 @@", false, false),
            // A line that was added beside them is none of them.
            (b"1,0 +1 @@", false, false),
            (b"1,0 +2 @@", true, true),
            (b"4,0 +5 @@", false, false),
            // Lines that were replaced: some deleted lines may have been within.
            (b"1,9 +1 @@", false, true),
            (b"5,9 +5 @@", false, false),
        ] {
            assert_eq!(both(header), (touches, within), "{}", header.escape_ascii());
        }
        assert_eq!(hunk(b"1 +99999999999 @@"), None);
        assert_eq!(hunk(b"1 +1"), None);
    }

    #[test]
    fn nothing_and_nonsense_are_no_changes() {
        assert!(read(b"", true).is_empty());
        assert!(read(b":x", true).is_empty());
        assert!(read(b"\0\0", true).is_empty());
    }
}
