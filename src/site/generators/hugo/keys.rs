//! Where the keys of a page are, while more are laid under it.

use foldhash::HashMap;

use crate::dialect::hugo_key;
use crate::syntax::Member;

/// Beyond so many members their keys are kept, so that a page costs in proportion to what it gets.
const MOST_COMPARED: usize = 64;

/// Where the keys of the members of a page are, as Hugo compares them; empty where there are few.
#[derive(Default)]
pub(super) struct Keys {
    places: HashMap<Box<str>, usize>,
    /// How many members have been read into it. More are only ever added at the end.
    members: usize,
}

impl Keys {
    /// The first member with a key, which is written as Hugo compares it.
    pub(super) fn position(&mut self, members: &[Member<'_>], key: &str) -> Option<usize> {
        if members.len() > MOST_COMPARED {
            for (at, member) in members.iter().enumerate().skip(self.members) {
                let key = hugo_key(&member.key.text).into();
                self.places.entry(key).or_insert(at);
            }
            self.members = members.len();
            return self.places.get(key).copied();
        }
        members.iter().position(|member| {
            let text = &*member.key.text;
            match text.is_ascii() {
                true => text.eq_ignore_ascii_case(key),
                false => *hugo_key(text) == *key,
            }
        })
    }

    pub(super) fn has(&mut self, members: &[Member<'_>], key: &str) -> bool {
        self.position(members, key).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use crate::syntax::{Block, Syntax, parse};
    use crate::text::SourceId;

    #[test]
    fn many_keys_are_found_as_few_are() {
        for count in [3, MOST_COMPARED, MOST_COMPARED + 3] {
            let members = (0..count).map(|number| format!("\"Key{number}\": 1"));
            let text = format!("{{{}}}", members.collect::<Vec<_>>().join(", "));
            let block = Block::whole(Syntax::Json, &text);
            let document = parse(&text, &block, Dialect::HugoGoccy, SourceId::PAGE).document;
            let document = document.unwrap();
            let all = document.members(document.root());
            let mut keys = Keys::default();
            assert_eq!(keys.position(&all[..2], "key0"), Some(0));
            let last = count - 1;
            let key = format!("key{last}");
            let place = all
                .iter()
                .position(|member| hugo_key(&member.key.text) == key);
            assert_eq!(keys.position(all, &key), place, "{count}");
            assert!(!keys.has(all, "key"), "{count}");
        }
    }
}
