//! Where a page is served, and from which other addresses readers are sent to it.
//!
//! Gives an address only where it is certain: a page whose address cannot be told has none.

use std::borrow::Cow;
use std::path::Path;

use jiff::civil::DateTime;

use super::folders::Folders;
use super::generators::{docusaurus, eleventy, hugo, jekyll, zola};
use super::settings::{Opening, Settings};
use super::{Generator, Model, PageKind, PagePlace, Site, string_pool};
use crate::dialect::Value;
use crate::syntax::{Document, Kind, Member, NodeId, pointer};
use crate::text::SourceId;

/// The addresses of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Where the page itself is served.
    pub own: Option<Address>,
    /// Addresses that lead to it, with the pointer to each in the front matter.
    pub redirects: Vec<(String, Address)>,
}

impl Addresses {
    /// Gives the memory back for those of the next page of this thread.
    pub fn recycle(self) {
        if let Some(own) = self.own {
            string_pool::keep(own.file);
        }
    }
}

/// An address within the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The file that the generator writes for it, relative to the built site; of Docusaurus, which
    /// mounts folders where code says, the folder and the address below it. Two addresses with one
    /// file are one.
    pub file: String,
    url: Url,
}

/// An address as readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Url {
    /// So many bytes of the file's name.
    Beginning(usize),
    Other(String),
}

impl Address {
    /// As readers see it: `/press/opening/`.
    #[must_use]
    pub fn url(&self) -> &str {
        match &self.url {
            Url::Beginning(length) => self.file.get(..*length).unwrap_or(&self.file),
            Url::Other(url) => url,
        }
    }

    /// The address `url` where the file is not named like it.
    pub(super) fn other(url: &str, file: String) -> Self {
        Self {
            file,
            url: Url::Other(url.to_owned()),
        }
    }

    /// The address of a folder, which ends with a slash.
    pub(super) fn of_folder(url: String) -> Self {
        let length = url.len();
        let file = url + "index.html";
        Self {
            file,
            url: Url::Beginning(length),
        }
    }

    /// The address of a file.
    pub(super) fn of_file(file: String) -> Self {
        let folder = file.strip_suffix("index.html");
        let url = folder
            .filter(|folder| folder.ends_with('/'))
            .unwrap_or(&file);
        Self {
            url: Url::Beginning(url.len()),
            file,
        }
    }

    /// An address that is the name of its file, but for its escapes and an ending that is not seen.
    pub(super) fn escaped<'e>(url: String, ending: impl FnOnce(&str) -> &'e str) -> Self {
        if memchr::memchr(b'%', url.as_bytes()).is_none() {
            return Self::unescaped(url, ending);
        }
        let mut file = super::uploads::unescaped(&url);
        file.push_str(ending(&file));
        let url = Url::Other(url);
        Self { file, url }
    }

    /// The same for one without escapes.
    pub(super) fn unescaped<'e>(url: String, ending: impl FnOnce(&str) -> &'e str) -> Self {
        let (length, mut file) = (url.len(), url);
        file.push_str(ending(&file));
        let url = Url::Beginning(length);
        Self { file, url }
    }
}

/// What a site's configuration says about addresses, for the generators whose pages are told by
/// their folder.
#[derive(Debug)]
pub(super) enum Addressing {
    Hugo(hugo::address::Style),
    Zola(zola::address::Style),
    Eleventy,
    Docusaurus(docusaurus::address::Style),
    /// No address is certain.
    Unknown,
}

impl Addressing {
    pub(super) fn of(
        generator: Generator,
        opening: &Opening<'_>,
        folders: &Folders,
        settings: &Settings,
    ) -> Self {
        match generator {
            Generator::Hugo => Self::Hugo(hugo::address::Style::new(opening, folders, settings)),
            Generator::Zola => Self::Zola(zola::address::Style::new(settings)),
            Generator::Eleventy => Self::Eleventy,
            Generator::Docusaurus => Self::Docusaurus(docusaurus::address::Style::new(opening)),
            _ => Self::Unknown,
        }
    }

    fn addresses(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Addresses {
        if !place.is_rendered() {
            return Addresses::default();
        }
        match self {
            Self::Hugo(style) => style.addresses(page, &place.path),
            Self::Zola(style) => style.addresses(page, &place.path),
            Self::Eleventy => eleventy::address::addresses(page),
            Self::Docusaurus(style) => style.addresses(page, &place.path),
            Self::Unknown => Addresses::default(),
        }
    }
}

impl Site {
    /// The addresses that the generator gives a page; none for a file that it does not publish.
    /// `page` is the effective front matter.
    #[must_use]
    pub fn addresses(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Addresses {
        match &self.model {
            Model::Jekyll(jekyll) if jekyll.writes(place) => {
                let exists = |path: &str, folder| self.uploads.exists(path, folder);
                let of_defaults = || jekyll.default_value(place, "categories", &exists);
                let of_name = || {
                    let (year, month, day) = day_of_name(place)?;
                    DateTime::new(year, month, day, 0, 0, 0, 0).ok()
                };
                let date = || self.date(page).map(|date| date.clock).or_else(of_name);
                jekyll.addresses(page, place, &of_defaults, &date)
            }
            Model::Folders(site) => site.addressing.addresses(page, place),
            Model::Jekyll(_) | Model::None => Addresses::default(),
        }
    }

    /// Pointers to the keys that give a page its address, in small letters, the strongest first.
    fn address_keys(&self) -> &'static [&'static str] {
        match self.generator() {
            Generator::Hugo => &["/url", "/slug"],
            Generator::Zola => &["/path", "/slug"],
            Generator::Docusaurus => &["/slug"],
            _ => &["/permalink", "/slug"],
        }
    }

    /// The key to give a page an address with: `permalink` of Jekyll.
    #[must_use]
    pub fn address_key(&self) -> &'static str {
        let strongest = self.address_keys().first();
        strongest.map_or("", |pointer| pointer.trim_start_matches('/'))
    }

    /// What a page itself gives its address with: the value and the pointer to it.
    #[must_use]
    pub fn written_address(&self, page: &Document<'_>) -> Option<(NodeId, Cow<'static, str>)> {
        let has = |member: &&Member<'_>| {
            let is_own = page.node(member.value).source == SourceId::PAGE;
            let scalar = page.scalar(member.value).filter(|_| is_own);
            scalar.is_some_and(|it| it.value != Value::Null && !it.text.is_empty())
        };
        self.address_keys().iter().find_map(|&usual| {
            let key = usual.trim_start_matches('/');
            let member = self.field(page, key).filter(has)?;
            if member.key.text == key {
                return Some((member.value, Cow::Borrowed(usual)));
            }
            let mut pointer = String::new();
            pointer::push(&mut pointer, &member.key.text);
            Some((member.value, Cow::Owned(pointer)))
        })
    }

    /// Whether nothing but its own front matter and the configuration says where a page goes, as
    /// far as files tell: no `cascade` of Hugo, no data file of Eleventy, no bundle whose part the
    /// page is. Reads files: for a page that is about to be reported.
    #[must_use]
    pub fn has_certain_address(&self, path: &Path, place: &PagePlace<'_>) -> bool {
        let Model::Folders(site) = &self.model else {
            return true;
        };
        let (keys, bundles): (&[&str], &[&str]) = match site.addressing {
            Addressing::Hugo(_) => (hugo::address::MOVERS, hugo::address::BUNDLES),
            Addressing::Zola(_) => (&[], zola::address::BUNDLES),
            Addressing::Eleventy => (eleventy::address::MOVERS, &[]),
            Addressing::Docusaurus(_) => (docusaurus::address::MOVERS, &[]),
            Addressing::Unknown => (&[], &[]),
        };
        let (folder, name) = place.path.rsplit_once('/').unwrap_or(("", &place.path));
        // The page of a bundle itself may lie within another.
        let folder = match bundles.contains(&name) {
            true => folder.rsplit_once('/').map_or("", |(above, _)| above),
            false => folder,
        };
        let content = site.folders.content.first().map_or("", String::as_str);
        let is_part = std::iter::successors(Some(folder), |folder| {
            folder.rsplit_once('/').map(|(above, _)| above)
        })
        .filter(|folder| !folder.is_empty())
        .flat_map(|folder| bundles.iter().map(move |name| (folder, name)))
        .any(|(folder, name)| {
            let bundle = format!("{content}/{folder}/{name}");
            self.uploads.exists(bundle.trim_start_matches('/'), false)
        });
        let mut keys = keys.iter();
        !is_part && keys.all(|key| self.may_come_from_elsewhere(path, key).is_none())
    }

    /// The day that the name of a post's file begins with, where the generator dates the post by it
    /// unless the post has a `date`: year, month and day.
    #[must_use]
    pub fn day_of_name(&self, place: &PagePlace<'_>) -> Option<(i16, i8, i8)> {
        let is_dated = match self.generator() {
            Generator::Docusaurus => place.collection() == Some("blog"),
            Generator::Eleventy => place.kind == PageKind::Page,
            _ => place.kind == PageKind::Post,
        };
        is_dated.then(|| day_of_name(place))?
    }
}

/// The texts of a list, each with the pointer to it; a text alone is told by itself.
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

/// A scalar as the text that every generator makes of it: a text, or a plain whole number.
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

fn day_of_name(place: &PagePlace<'_>) -> Option<(i16, i8, i8)> {
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    let ((year, month, day), _) = jekyll::file_date(name)?;
    // Of a year of two digits Ruby makes one of this century or the last.
    (year.len() == 4).then_some(())?;
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}
