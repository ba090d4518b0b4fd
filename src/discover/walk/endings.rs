//! Which names the patterns of an ignore file may match, told from the last byte of a name.
//!
//! Every file of a site is asked of all ignore files above it, which speak of hardly any. Must never
//! rule out what the `ignore` library would match.

/// The last bytes of the names that some pattern may match.
#[derive(Debug)]
pub(super) struct Endings {
    /// `None` where a pattern may match any name.
    known: Option<Box<[bool; 256]>>,
}

impl Endings {
    /// Those of an ignore file's lines.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut known = Box::new([false; 256]);
        for line in lines.filter(|line| !line.starts_with('#')) {
            let line = line.trim_end();
            if line.is_empty() {
                continue;
            }
            let Some(last) = last_byte(line) else {
                return Self { known: None };
            };
            if let Some(flag) = known.get_mut(usize::from(last)) {
                *flag = true;
            }
        }
        Self { known: Some(known) }
    }

    /// Whether a pattern may match a name.
    pub(super) fn may_be_of(&self, name: &[u8]) -> bool {
        match (&self.known, name.last()) {
            (Some(known), Some(&last)) => known[usize::from(last)],
            _ => true,
        }
    }
}

/// The byte that a name must end with for the pattern to match; `None` where it may be any.
fn last_byte(pattern: &str) -> Option<u8> {
    // What is escaped, and what stands for one of several.
    if pattern.contains(['\\', '[', ']', '{', '}']) {
        return None;
    }
    let pattern = pattern.strip_prefix('!').unwrap_or(pattern);
    let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let last = pattern.bytes().next_back()?;
    (!matches!(last, b'*' | b'?' | b'/')).then_some(last)
}

#[cfg(test)]
mod tests {
    use ignore::gitignore::GitignoreBuilder;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_name_is_ruled_out_that_the_library_matches(
            lines in prop::collection::vec(r"#?\\?!?/?([ab.*?/#! \\{}\[\],]|\*\*/|/\*\*){0,5}/? ?", 1..4),
            path in "(a/|b/|a#/|\\./)?[ab.!#* ]{1,3}",
            is_folder: bool,
        ) {
            let mut builder = GitignoreBuilder::new("");
            for line in &lines {
                let _ = builder.add_line(None, line);
            }
            let Ok(library) = builder.build() else {
                return Ok(());
            };
            let endings = Endings::of(lines.iter().map(String::as_str));
            let matched = !library.matched(&path, is_folder).is_none();
            prop_assert!(!matched || endings.may_be_of(path.as_bytes()), "{lines:?} {path:?}");
        }
    }

    #[test]
    fn most_names_are_ruled_out() {
        let lines =
            "# built *\n/target\nfuzz/corpus\n*.snap.new\n__pycache__/\n\n.*.pending-snap \n";
        let endings = Endings::of(lines.lines());
        for (name, expected) in [
            ("a.md", false),
            ("a.markdown", false),
            ("target", true),
            ("__pycache__", true),
            ("a.snap.new", true),
            (".a.pending-snap", true),
        ] {
            assert_eq!(endings.may_be_of(name.as_bytes()), expected, "{name}");
        }
        for any in [
            "*", "a*", "a/**", "[ab]", "\\*a", "!", "/", "{a,b}", "a?", "a//",
        ] {
            assert!(Endings::of([any].into_iter()).may_be_of(b"x.md"), "{any}");
        }
    }
}
