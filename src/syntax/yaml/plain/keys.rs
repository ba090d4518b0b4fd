//! Which key comes next: the pages of a site have much the same keys in much the same order, and to
//! see that the expected one is there is quicker than to read it.

use crate::dialect::Dialect;

/// More keys than this are not kept; the places of all are bits of a number.
const MOST: usize = 64;

/// Longer keys are not kept.
const LONGEST: usize = 64;

/// Unquoted keys that are text to the dialect, and which came after which the last time. Beside the
/// front matter at hand, they speak of others that the thread has read.
#[derive(Default)]
pub(super) struct Keys {
    dialect: Dialect,
    /// The first stands for the beginning.
    known: Vec<Known>,
    /// The place of the last key read.
    last: usize,
}

struct Known {
    text: Box<str>,
    /// The place of the one that came next.
    next: usize,
}

impl Keys {
    /// Goes to the beginning of other front matter.
    pub(super) fn begin(&mut self, dialect: Dialect) {
        if self.known.is_empty() || self.dialect != dialect {
            self.dialect = dialect;
            self.known.clear();
            self.known.push(Known {
                text: Box::default(),
                next: 0,
            });
        }
        self.last = 0;
    }

    /// The place and the length of the expected key, if it stands at the beginning of these bytes,
    /// and a colon and a blank or a line break behind it.
    pub(super) fn expected(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        let place = self.known.get(self.last)?.next;
        let text = self.known.get(place)?.text.as_bytes();
        let (key, rest) = bytes.split_at_checked(text.len())?;
        let found = place > 0 && matches!(rest, [b':', b' ' | b'\n' | b'\r', ..]) && key == text;
        found.then_some((place, text.len()))
    }

    /// Takes down that the expected key stands there.
    pub(super) fn go_on(&mut self, place: usize) {
        self.last = place;
    }

    /// Takes down a key that was not expected, and gives its place; 0 where it is not kept.
    pub(super) fn learn(&mut self, text: &str) -> usize {
        let known = self.known.iter().position(|known| *known.text == *text);
        let place = match known {
            Some(place) => place,
            None if self.known.len() < MOST && text.len() <= LONGEST => {
                self.known.push(Known {
                    text: text.into(),
                    next: 0,
                });
                self.known.len() - 1
            }
            None => 0,
        };
        if let Some(last) = self.known.get_mut(self.last) {
            last.next = place;
        }
        self.last = place;
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a key, if it is expected.
    fn reads(keys: &mut Keys, text: &str) -> bool {
        let found = keys.expected(text.as_bytes());
        if let Some((place, length)) = found {
            assert_eq!(text.find(':'), Some(length));
            keys.go_on(place);
        }
        found.is_some()
    }

    #[test]
    fn the_order_of_the_last_time_is_expected() {
        let mut keys = Keys::default();
        keys.begin(Dialect::Core);
        assert!(!reads(&mut keys, "title: a\n"));
        assert!(!reads(&mut keys, ": a\n"));
        for key in ["title", "date", "tags"] {
            keys.learn(key);
        }
        keys.begin(Dialect::Core);
        for other in [
            "title : a\n",
            "title:a\n",
            "titles: a\n",
            "date: a\n",
            "title",
        ] {
            assert!(!reads(&mut keys, other), "{other}");
        }
        assert!(reads(&mut keys, "title: a\n"));
        assert!(!reads(&mut keys, "tags: a\n"));
        keys.learn("tags");
        keys.begin(Dialect::Core);
        assert!(reads(&mut keys, "title:\r\n"));
        assert!(reads(&mut keys, "tags:\n"));
        keys.begin(Dialect::Psych);
        assert!(!reads(&mut keys, "title: a\n"));
    }

    #[test]
    fn too_many_keys_are_not_kept() {
        let mut keys = Keys::default();
        keys.begin(Dialect::Core);
        for number in 0..1_000 {
            keys.learn(&format!("key {number}"));
        }
        keys.learn(&"long".repeat(LONGEST));
        assert_eq!(keys.known.len(), MOST);
    }
}
