//! One site as its generator sees it.

use std::fmt;

use super::address::{AddressFacts, Addresses};
use super::external_keys::KeySearch;
use super::folders::Folders;
use super::merge::Effects;
use super::place::{Exists, PageKind, PagePlace};
use super::shared_pages::SharedPages;
use super::timezone::TimeZone;
use crate::dialect::{Dialect, Style, Timestamp, Value, Zone};
use crate::syntax::{Document, FenceRules, Member, Scalar};

/// One site as its generator sees it. Paths are relative to the site's root, with `/`.
pub trait SiteModel: fmt::Debug + Send + Sync {
    /// Which folders hold pages and which are served.
    fn folders(&self) -> &Folders;

    /// What the generator takes a file for.
    fn place<'p>(&self, path: &'p str) -> PagePlace<'p> {
        self.folders().place(path)
    }

    /// Whether the configuration lets the generator read files with one of its
    /// [`other_page_types`](super::generator::Profile::other_page_types).
    fn reads_type(&self, _extension: &str) -> bool {
        true
    }

    /// Why the generator makes no page of a file; a clause.
    fn why_unrendered(&self, path: &str, generator: &str) -> String {
        self.folders().why_unrendered(path, generator)
    }

    /// The parser that reads the YAML of its pages, where the version that the site pins has another
    /// than the profile.
    fn dialect(&self) -> Option<Dialect> {
        None
    }

    /// The fences of a page at this place, where they are not those of the profile.
    fn fences_at(&self, _place: &PagePlace<'_>) -> Option<&'static FenceRules> {
        None
    }

    /// The bundled schema for pages of this kind.
    #[allow(dead_code, reason = "no bundled schema belongs to a generator yet")]
    fn bundled_schema(&self, _place: &PagePlace<'_>) -> Option<&'static str> {
        None
    }

    /// Whether the generator publishes a file of a folder that [`Folders::served`] says it filters.
    fn publishes(&self, _folder: &str, _path: &str) -> bool {
        true
    }

    /// What the pages of a folder get of the pages above them. Reads files: it is made once for a
    /// folder.
    fn folder_defaults(
        &self,
        _folder: &str,
        _reader: &SharedPages<'_>,
    ) -> Option<Box<dyn FolderDefaults>> {
        None
    }

    /// Lays the defaults of the configuration under a page, on which those of its folder have been
    /// laid.
    fn lay_defaults<'s>(
        &'s self,
        _page: &mut Document<'s>,
        _place: &PagePlace<'_>,
        _exists: Exists<'_>,
    ) -> Effects {
        Effects::default()
    }

    /// From where else the page may have a key, as a sentence without its full stop. Reads files.
    fn external_source_of(&self, _key: &str, _search: &KeySearch<'_>) -> Option<String> {
        None
    }

    /// Whether a page is not published yet.
    fn is_draft(&self, page: &Document<'_>, _place: &PagePlace<'_>) -> bool {
        has_bool(page, self.field(page, "draft"), true)
    }

    /// Whether the generator takes two keys for the same.
    fn same_key(&self, one: &str, other: &str) -> bool {
        one == other
    }

    /// A key at the root of a page that the generator itself reads; `name` is in small letters.
    fn field<'p, 's>(&self, page: &'p Document<'s>, name: &str) -> Option<&'p Member<'s>> {
        page.get(page.root(), name)
    }

    /// The addresses of a page that is rendered.
    fn addresses(
        &self,
        _page: &Document<'_>,
        _place: &PagePlace<'_>,
        _facts: &AddressFacts<'_>,
    ) -> Addresses {
        Addresses::default()
    }

    /// The time zone that the configuration names.
    fn timezone(&self) -> Option<&TimeZone> {
        None
    }

    /// Seconds east of UTC when the clocks of the site's zone show a time.
    fn offset_of_clock(&self, zone: &TimeZone, clock: i64) -> Option<i32> {
        zone.offset_of_clock(clock)
    }

    /// The offset at which the site shows a date where it names no time zone.
    fn shown_offset(&self, written: Zone) -> i32 {
        match written {
            Zone::Offset(seconds) => seconds,
            Zone::None => 0,
        }
    }

    /// What the generator reads in a field of dates.
    fn read_date(
        &self,
        _page: &Document<'_>,
        scalar: &Scalar<'_>,
        dialect: Dialect,
    ) -> Option<ReadDate> {
        let resolved = match scalar.value {
            Value::Timestamp(timestamp) => return Some(ReadDate::new(timestamp, false)),
            Value::String => dialect.resolve(scalar.text.trim(), Style::Plain, None),
            _ => return None,
        };
        match resolved {
            Value::Timestamp(timestamp) => Some(ReadDate::new(timestamp, true)),
            _ => None,
        }
    }

    /// Whether the configuration leaves [`Profile::date_fields`](super::generator::Profile) as
    /// they are.
    fn has_usual_date_fields(&self) -> bool {
        true
    }

    /// The date in a text that the generator understands in its fields of dates.
    fn date_in_text(&self, _text: &str) -> Option<Timestamp> {
        None
    }

    /// Whether the generator reads the `date` of this page a second time as text, counts days
    /// beyond the end of a month on into the next and stops at everything else.
    fn rereads_date(&self, _place: &PagePlace<'_>) -> bool {
        false
    }

    /// Whether the generator leaves a page out until its date.
    fn withholds_future(&self, _place: &PagePlace<'_>) -> bool {
        false
    }

    /// Whether the day on which a page is published is the written one, whatever the clocks show.
    fn publishes_on_written_day(&self) -> bool {
        false
    }

    /// Whether the day in the name of a page's file dates the page.
    fn is_dated_by_name(&self, place: &PagePlace<'_>) -> bool {
        place.kind == PageKind::Post
    }
}

/// What the pages of one folder get of the pages above them.
pub trait FolderDefaults: fmt::Debug + Send + Sync {
    /// Lays it under a page.
    fn lay_under<'s>(&'s self, page: &mut Document<'s>, place: &PagePlace<'_>);
}

/// What a generator reads in a field of dates.
#[derive(Clone, Copy, Debug)]
pub struct ReadDate {
    pub timestamp: Timestamp,
    /// Whether it reads a text, which without an offset is what the clocks of the site show.
    pub is_text: bool,
}

impl ReadDate {
    pub(super) fn new(timestamp: Timestamp, is_text: bool) -> Self {
        Self { timestamp, is_text }
    }
}

/// Whether a key has this truth value.
pub(super) fn has_bool(page: &Document<'_>, member: Option<&Member<'_>>, wanted: bool) -> bool {
    let scalar = member.and_then(|member| page.scalar(member.value));
    scalar.is_some_and(|scalar| scalar.value == Value::Bool(wanted))
}
