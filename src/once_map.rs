//! A map that only grows and is read without a lock, for what the pages of a run share and all of
//! them look up. A lock that is only ever read still makes threads wait for each other, since each
//! counts itself in and out.
//!
//! Knows nothing of what stands in it.

use std::borrow::Borrow;
use std::hash::{BuildHasher as _, Hash};
use std::sync::OnceLock;

use foldhash::fast::RandomState;

/// How many chains there are: a few entries each is what is hoped for.
const CHAINS: usize = 64;

/// Values under their keys. None is ever taken out.
#[derive(Debug)]
pub struct OnceMap<K, V> {
    chains: [Link<K, V>; CHAINS],
    hashes: RandomState,
}

type Link<K, V> = OnceLock<Box<Entry<K, V>>>;

#[derive(Debug)]
struct Entry<K, V> {
    key: K,
    value: V,
    next: Link<K, V>,
}

impl<K, V> Default for OnceMap<K, V> {
    fn default() -> Self {
        Self {
            chains: [const { OnceLock::new() }; CHAINS],
            hashes: RandomState::default(),
        }
    }
}

impl<K: Hash + Eq, V> OnceMap<K, V> {
    /// The value under a key.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let mut link = self.chain(key);
        while let Some(entry) = link.get() {
            if entry.key.borrow() == key {
                return Some(&entry.value);
            }
            link = &entry.next;
        }
        None
    }

    /// Puts a value under a key, unless there is one.
    pub fn insert(&self, key: K, value: V) {
        let mut link = self.chain(&key);
        let mut new = Box::new(Entry {
            key,
            value,
            next: OnceLock::new(),
        });
        loop {
            while let Some(entry) = link.get() {
                if entry.key == new.key {
                    return;
                }
                link = &entry.next;
            }
            // Another thread may have been quicker.
            match link.set(new) {
                Ok(()) => return,
                Err(back) => new = back,
            }
        }
    }

    fn chain<Q: Hash + ?Sized>(&self, key: &Q) -> &Link<K, V> {
        let hash = self.hashes.hash_one(key);
        // The upper bits are the better ones.
        &self.chains[(hash >> 58) as usize % CHAINS]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_and_stays() {
        let map = OnceMap::default();
        assert_eq!(map.get("a"), None);
        for number in 0..1_000 {
            map.insert(number.to_string(), number);
        }
        map.insert("7".to_owned(), 0);
        for number in 0..1_000 {
            assert_eq!(map.get(number.to_string().as_str()), Some(&number));
        }
        assert_eq!(map.get("1000"), None);
    }

    #[test]
    fn threads_that_put_in_at_once_lose_nothing() {
        let map = OnceMap::default();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let map = &map;
                scope.spawn(move || {
                    for number in 0..1_000 {
                        map.insert(number, thread);
                        assert!(map.get(&number).is_some());
                    }
                });
            }
        });
        let threads = (0..1_000).map(|number| map.get(&number).copied());
        assert!(threads.flatten().count() == 1_000);
    }
}
