//! Where a page is served, and from which other addresses readers are sent to it.
//!
//! Gives an address only where it is certain.

use std::borrow::Cow;
use std::path::Path;

use jiff::civil::DateTime;

use super::place::{Exists, PagePlace};
use super::{BundleAddress, Site, uploads};
use crate::dialect::Value;
use crate::syntax::{Document, Kind, Member, NodeId, pointer};
use crate::text::SourceId;
use crate::text::calendar::Day;

/// The addresses of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Where the page itself is served.
    pub own: Option<Address>,
    /// Addresses that lead to it, with the pointer to each in the front matter.
    pub redirects: Vec<(String, Address)>,
}

/// What an address may depend on outside of the page.
pub struct AddressFacts<'a> {
    pub exists: Exists<'a>,
    /// The date of the page on the clocks of the site.
    pub date: &'a dyn Fn() -> Option<DateTime>,
}

/// An address within the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The file that the generator writes for it, relative to the built site; where code says at
    /// which URL a folder is mounted, the folder and the address below it. Two addresses with one
    /// file are one.
    pub file: String,
    /// As readers see it: `/press/opening/`.
    pub url: String,
}

impl Address {
    /// The address of a folder, which ends with a slash.
    pub(super) fn of_folder(url: String) -> Self {
        let file = format!("{url}index.html");
        Self { file, url }
    }

    /// The address of a file.
    pub(super) fn of_file(file: String) -> Self {
        let folder = file.strip_suffix("index.html");
        let folder = folder.filter(|folder| folder.ends_with('/'));
        let url = folder.unwrap_or(&file).to_owned();
        Self { file, url }
    }

    /// An address that is the name of its file, but for its escapes and an ending that readers do
    /// not see.
    pub(super) fn escaped<'e>(url: String, ending: impl FnOnce(&str) -> &'e str) -> Self {
        let mut file = uploads::unescaped(&url);
        file.push_str(ending(&file));
        Self { file, url }
    }
}

impl Site {
    /// The addresses that the generator gives a page; none for a file that it does not publish.
    /// `page` is the effective front matter.
    #[must_use]
    pub fn addresses(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Addresses {
        if !place.is_rendered() {
            return Addresses::default();
        }
        let facts = AddressFacts {
            exists: &|path, folder| self.uploads.exists(path, folder),
            date: &|| self.date(page, place).map(|date| date.clock),
        };
        self.model.addresses(page, place, &facts)
    }

    /// The key to give a page an address with, such as `permalink`.
    #[must_use]
    pub fn address_key(&self) -> &'static str {
        self.profile
            .address_keys
            .first()
            .copied()
            .unwrap_or_default()
    }

    /// What a page itself gives its address with: the value and the pointer to it.
    #[must_use]
    pub fn written_address(&self, page: &Document<'_>) -> Option<(NodeId, String)> {
        let is_written = |member: &&Member<'_>| {
            let is_own = page.node(member.value).source == SourceId::PAGE;
            let scalar = page.scalar(member.value).filter(|_| is_own);
            scalar.is_some_and(|scalar| scalar.value != Value::Null && !scalar.text.is_empty())
        };
        self.profile.address_keys.iter().find_map(|key| {
            let member = self.model.field(page, key).filter(is_written)?;
            let mut pointer = String::new();
            pointer::push(&mut pointer, &member.key.text);
            Some((member.value, pointer))
        })
    }

    /// Where the generator publishes the files beside a page. `page` is the effective front matter.
    #[must_use]
    pub fn bundle_address(&self, page: &Document<'_>, place: &PagePlace<'_>) -> BundleAddress {
        let name = place.path.rsplit('/').next().unwrap_or(&place.path);
        if !place.is_rendered() || !self.takes_files(name) {
            return BundleAddress::None;
        }
        let own = self.addresses(page, place).own;
        // Where a page is a file, versions differ in what is published beside it.
        match own.filter(|own| own.url.ends_with('/')) {
            Some(own) => BundleAddress::At(own.url),
            None => BundleAddress::Unknown,
        }
    }

    /// Whether the page in a file of this name takes the files beside it to its address.
    pub(super) fn takes_files(&self, name: &str) -> bool {
        let names = self.profile.takes_files;
        names.contains(&&*without_language(name))
    }

    /// Whether nothing but its own front matter and the configuration says where a page goes, as
    /// far as files show: no data for its folder, no bundle that the page is part of. Reads files:
    /// for a page that is about to be reported.
    #[must_use]
    pub fn has_certain_address(&self, path: &Path, place: &PagePlace<'_>) -> bool {
        // The page of a bundle itself may be in another.
        let folder = self.folder_of(place);
        let relative = self.relative(path);
        let content = relative
            .as_deref()
            .and_then(|path| path.strip_suffix(&*place.path));
        let content = content.unwrap_or_default();
        let is_part = std::iter::successors(Some(folder), |folder| {
            folder.rsplit_once('/').map(|(above, _)| above)
        })
        .filter(|folder| !folder.is_empty())
        .flat_map(|folder| self.profile.bundles.iter().map(move |name| (folder, name)))
        .any(|(folder, name)| {
            self.uploads
                .exists(&format!("{content}{folder}/{name}"), false)
        });
        let mut movers = self.profile.address_movers.iter();
        !is_part && movers.all(|key| self.external_source_of(path, key).is_none())
    }

    /// The folder of a page; for the page of a bundle or section that of the bundle or section.
    #[must_use]
    pub fn folder_of<'p>(&self, place: &'p PagePlace<'_>) -> &'p str {
        let above = |path: &'p str| path.rsplit_once('/').unwrap_or(("", path));
        let (folder, name) = above(&place.path);
        match self.takes_files(name) {
            true => above(folder).0,
            false => folder,
        }
    }

    /// The day that a page is dated: by its front matter, else by the name of its file.
    #[must_use]
    pub fn day_of(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Option<Day> {
        let written = self.date(page, place).map(|date| date.day());
        let named = || {
            let date = self.date_in_name(place)?.reading.date()?.timestamp;
            Some(Day::new(date.year, date.month, date.day))
        };
        written.or_else(named)
    }
}

/// The name of a file without a language, which stands before its extension.
fn without_language(name: &str) -> Cow<'_, str> {
    let parts = name.split_once('.').and_then(|(stem, rest)| {
        let (_, extension) = rest.rsplit_once('.')?;
        Some(format!("{stem}.{extension}"))
    });
    parts.map_or(Cow::Borrowed(name), Cow::Owned)
}

/// The texts of a list, each with the pointer to it; a single text has that of the key.
pub(super) fn each_text<'p>(
    page: &'p Document<'_>,
    member: &'p Member<'_>,
    add: &mut dyn FnMut(&dyn Fn() -> String, &'p str),
) {
    let of_key = || {
        let mut pointer = String::new();
        pointer::push(&mut pointer, &member.key.text);
        pointer
    };
    if let Kind::Sequence(_) = page.node(member.value).kind {
        for (index, &item) in page.items(member.value).iter().enumerate() {
            let of_item = || {
                let mut pointer = of_key();
                pointer::push_index(&mut pointer, index);
                pointer
            };
            if let Some(text) = page.string(item) {
                add(&of_item, text);
            }
        }
    } else if let Some(text) = page.string(member.value) {
        add(&of_key, text);
    }
}

/// A scalar as the text that every generator reads: a text, or a plain whole number.
pub(super) fn plain_text<'p>(page: &'p Document<'_>, id: NodeId) -> Option<&'p str> {
    let scalar = page.scalar(id)?;
    let is_number = || {
        let digits = scalar.text.bytes().all(|byte| byte.is_ascii_digit());
        digits && !scalar.text.starts_with('0') && !scalar.text.is_empty()
    };
    let is_plain = match scalar.value {
        Value::String => true,
        Value::Integer(_) => is_number(),
        _ => false,
    };
    is_plain.then_some(&*scalar.text)
}
