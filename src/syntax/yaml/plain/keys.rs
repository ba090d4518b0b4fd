//! Which key comes next: the pages of a site have much the same keys in much the same order, and to
//! see that the expected one is there is quicker than to read it.

use crate::dialect::Dialect;

/// More keys than this are not kept.
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

    /// The length of the expected key, if it stands at the beginning of these bytes, and a colon and
    /// a blank or a line break behind it.
    pub(super) fn expected(&mut self, bytes: &[u8]) -> Option<usize> {
        let place = self.known.get(self.last)?.next;
        let text = self.known.get(place)?.text.as_bytes();
        let (key, rest) = bytes.split_at_checked(text.len())?;
        let found = place > 0 && matches!(rest, [b':', b' ' | b'\n' | b'\r', ..]) && key == text;
        found.then(|| {
            self.last = place;
            text.len()
        })
    }

    /// Takes down a key that was not expected.
    pub(super) fn learn(&mut self, text: &str) {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_last_time_is_expected() {
        let mut keys = Keys::default();
        keys.begin(Dialect::Core);
        assert_eq!(keys.expected(b"title: a\n"), None);
        assert_eq!(keys.expected(b": a\n"), None);
        for key in ["title", "date", "tags"] {
            keys.learn(key);
        }
        keys.begin(Dialect::Core);
        assert_eq!(keys.expected(b"title : a\n"), None);
        assert_eq!(keys.expected(b"title:a\n"), None);
        assert_eq!(keys.expected(b"titles: a\n"), None);
        assert_eq!(keys.expected(b"title: a\n"), Some(5));
        assert_eq!(keys.expected(b"tags: a\n"), None);
        keys.learn("tags");
        keys.begin(Dialect::Core);
        assert_eq!(keys.expected(b"title:\r\n"), Some(5));
        assert_eq!(keys.expected(b"tags:\n"), Some(4));
        keys.begin(Dialect::Psych);
        assert_eq!(keys.expected(b"title: a\n"), None);
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
