//! Names of files in one piece of memory, which another thread than that which listed them reads and
//! gives back: a piece for each name would make the threads wait for each other's memory.

use std::ffi::{OsStr, OsString};

/// How much room is made at first: names, and bytes of them.
const ROOM: (usize, usize) = (16, 1024);

/// Names of files, in no certain order.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Those that are UTF-8, one after the other, and where each ends.
    text: String,
    ends: Vec<usize>,
    others: Vec<OsString>,
}

impl Names {
    pub(super) fn push(&mut self, name: OsString) {
        match name.to_str() {
            Some(name) => {
                if self.ends.capacity() == 0 {
                    self.ends.reserve(ROOM.0);
                    self.text.reserve(ROOM.1);
                }
                self.text.push_str(name);
                self.ends.push(self.text.len());
            }
            None => self.others.push(name),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len() + self.others.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &OsStr> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let texts = starts.zip(&self.ends);
        let texts = texts.filter_map(|(start, &end)| self.text.get(start..end).map(OsStr::new));
        texts.chain(self.others.iter().map(OsString::as_os_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_comes_back() {
        let mut names = Names::default();
        assert_eq!(names.len(), 0);
        let given = ["a.md", "été.md", "", "long".repeat(1_000).as_str()].map(OsString::from);
        for name in &given {
            names.push(name.clone());
        }
        assert_eq!(names.len(), given.len());
        assert!(names.iter().eq(given.iter().map(OsString::as_os_str)));
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf_8_come_back() {
        use std::os::unix::ffi::OsStringExt as _;
        let odd = OsString::from_vec(b"caf\xe9.md".to_vec());
        let mut names = Names::default();
        names.push(odd.clone());
        names.push("a.md".into());
        let found: Vec<_> = names.iter().collect();
        assert_eq!(found, [OsStr::new("a.md"), odd.as_os_str()]);
    }
}
