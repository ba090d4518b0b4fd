//! The paths that were looked up in vain. One that stands in a default, or was copied from page to
//! page, is asked for by thousands, and looking for the file that was meant takes its time.

use foldhash::HashMap;

use super::Lookup;
use crate::threads::Lock;

/// More paths than this are not kept.
const MOST: usize = 1_000;

/// Paths from the site's root that name no file, as written, and what was said of them.
#[derive(Debug, Default)]
pub(super) struct Missing {
    known: Lock<HashMap<Box<str>, Lookup>>,
}

impl Missing {
    /// What is known of a path, else what `look_up` says of it.
    pub(super) fn known_or(&self, path: &str, look_up: impl FnOnce() -> Lookup) -> Lookup {
        {
            let known = self.known.read();
            if let Some(lookup) = known.get(path) {
                return lookup.clone();
            }
        }
        let lookup = look_up();
        if matches!(lookup, Lookup::Missing { .. }) {
            let mut known = self.known.write();
            if known.len() < MOST {
                known.insert(path.into(), lookup.clone());
            }
        }
        lookup
    }
}
