//! Zola's addresses: `path`, else the folders and `slug` or the name of the file, and `aliases`
//! (<https://www.getzola.org/documentation/content/page/>).
//!
//! Gives no address where Zola would turn a name into a slug.

use crate::dialect::Value;
use crate::site::address::{Address, Addresses, each_text};
use crate::site::place::PagePlace;
use crate::site::settings::ReadSettings as _;
use crate::site::settings::Settings;
use crate::syntax::Document;

/// What the configuration says about addresses.
#[derive(Debug)]
pub(super) struct AddressRules {
    is_read: bool,
    /// The date that a file's name begins with stays in the address.
    keeps_dates: bool,
}

impl AddressRules {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            is_read: settings.document.is_some(),
            keeps_dates: settings.is(&["slugify", "paths_keep_dates"], true),
        }
    }

    /// The addresses of a page. Those of a language but the first begin with its name, unless they
    /// are written out.
    pub(super) fn addresses(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Addresses {
        let path = &*place.path;
        let language = place.language.as_deref().unwrap_or_default();
        let mut addresses = Addresses::default();
        let get = |key| page.get(page.root(), key);
        let is_kept_back = get("render").is_some_and(|member| {
            let scalar = page.scalar(member.value);
            scalar.is_none_or(|scalar| scalar.value != Value::Bool(true))
        });
        // A further point stands before a language.
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.strip_suffix(".md").map(|stem| {
            let bare = stem.strip_suffix(language);
            let bare = bare.filter(|_| !language.is_empty());
            bare.and_then(|bare| bare.strip_suffix('.')).unwrap_or(stem)
        });
        let stem = stem.filter(|stem| !stem.contains('.'));
        let Some(stem) = stem.filter(|_| self.is_read && !is_kept_back) else {
            return addresses;
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        addresses.own = match (stem, get("path")) {
            ("_index", _) => of_segments(language, folder, ""),
            (_, Some(member)) => page.string(member.value).and_then(of_path),
            (_, None) => {
                let (folder, name) = match stem {
                    "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
                    _ => (folder, stem),
                };
                let name = match get("slug") {
                    Some(member) => page.string(member.value),
                    None if self.keeps_dates => Some(name),
                    None => Some(undated(name)),
                };
                name.filter(|name| !name.is_empty())
                    .and_then(|name| of_segments(language, folder, name))
            }
        };
        if let Some(member) = get("aliases") {
            each_text(page, member, &mut |pointer, alias| {
                if let Some(address) = of_alias(alias) {
                    addresses.redirects.push((pointer(), address));
                }
            });
        }
        addresses
    }
}

/// A page by its folders and its name, all of which are slugs already.
fn of_segments(language: &str, folder: &str, name: &str) -> Option<Address> {
    let mut url = String::with_capacity(folder.len() + name.len() + 12);
    url.push('/');
    if !language.is_empty() {
        url.push_str(language);
        url.push('/');
    }
    for segment in folder.split('/').chain([name]) {
        if !segment.is_empty() {
            is_slug(segment).then_some(())?;
            url.push_str(segment);
            url.push('/');
        }
    }
    Some(Address::of_folder(url))
}

/// `path`, which is taken as it is.
fn of_path(path: &str) -> Option<Address> {
    let segments = path.trim().split('/').filter(|segment| !segment.is_empty());
    let mut url = String::with_capacity(path.len() + 2);
    url.push('/');
    for segment in segments {
        (!segment.contains('.')).then_some(())?;
        url.push_str(segment);
        url.push('/');
    }
    (url.len() > 1).then(|| Address::of_folder(url))
}

/// One of `aliases`, which all begin at the root.
fn of_alias(alias: &str) -> Option<Address> {
    match alias.strip_suffix(".html") {
        None => of_path(alias).filter(|_| alias.trim() == alias),
        Some(stem) if alias.trim() == alias && !stem.is_empty() && !stem.ends_with('/') => {
            let folder = of_path(stem)?;
            let folder = folder.url.strip_suffix('/')?;
            Some(Address::of_file(format!("{folder}.html")))
        }
        Some(_) => None,
    }
}

/// Whether every way of making slugs leaves a name as it is.
fn is_slug(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    bytes.iter().all(is_plain)
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}

/// The name of a file without the date that it begins with.
fn undated(name: &str) -> &str {
    let Some((date, rest)) = name.split_at_checked(11) else {
        return name;
    };
    let is_date = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        10 => matches!(byte, b'-' | b'_'),
        _ => byte.is_ascii_digit(),
    });
    let within = |from: usize, most: &str| {
        let part = date.get(from..from + 2);
        part.is_some_and(|part| ("01"..=most).contains(&part))
    };
    if is_date && within(5, "12") && within(8, "31") && !rest.is_empty() {
        rest
    } else {
        name
    }
}
