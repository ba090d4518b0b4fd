//! Eleventy's addresses: `permalink` where it is plain text
//! (<https://www.11ty.dev/docs/permalinks/>). Without one, code may say where a page goes.

use crate::site::address::{Address, Addresses};
use crate::syntax::Document;

/// What template languages replace.
const TEMPLATES: &[&str] = &["{{", "{%", "<%", "${", "#{", "{#"];

pub(super) fn addresses(page: &Document<'_>) -> Addresses {
    let get = |key| page.get(page.root(), key);
    // They write several pages of one file, or compute where it goes.
    let own = match get("permalink") {
        Some(member) if get("pagination").is_none() && get("eleventyComputed").is_none() => {
            page.string(member.value).and_then(of_permalink)
        }
        _ => None,
    };
    Addresses {
        own,
        ..Addresses::default()
    }
}

fn of_permalink(permalink: &str) -> Option<Address> {
    let is_plain = permalink.trim() == permalink
        && !permalink.contains(['\\', ':', '?'])
        && !TEMPLATES.iter().any(|sign| permalink.contains(sign));
    let path = permalink.strip_prefix('/').unwrap_or(permalink);
    let mut segments = path.trim_end_matches('/').split('/');
    if !is_plain || path.is_empty() || segments.any(|segment| matches!(segment, "" | "." | "..")) {
        return None;
    }
    let path = ["/", path].concat();
    Some(match path.ends_with('/') {
        true => Address::of_folder(path),
        false => Address::of_file(path),
    })
}
