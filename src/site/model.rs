//! One site as its generator sees it.

use std::fmt;

use super::address::{AddressFacts, Addresses};
use super::date_field::NameDate;
use super::external_keys::KeySearch;
use super::folders::Folders;
use super::merge::Effects;
use super::place::{Exists, PagePlace};
use super::shared_pages::SharedPages;
use super::timezone::TimeZone;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Precision, Timestamp, Value, Zone};
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

    /// The bundled schema for pages of this kind, which are rendered.
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

    /// What the generator stops at in a page that it renders, beyond syntax and dates.
    fn refusals(&self, _page: &Document<'_>, _place: &PagePlace<'_>) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// Whether a page is not published yet.
    fn is_draft(&self, page: &Document<'_>, _place: &PagePlace<'_>) -> bool {
        has_bool(page, self.field(page, "draft"), true)
    }

    /// What the generator does with a page that has a text other than `true` at this switch, where
    /// it takes such a text for false; as a predicate.
    fn text_as_false(&self, _key: &str) -> Option<&'static str> {
        None
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

    /// Whether a time is shown on the clocks of the computer that builds the site, where the
    /// configuration names no time zone.
    fn shows_time_of_builder(&self) -> bool {
        false
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

    /// Whether the generator reads this one of [`Profile::date_fields`](super::generator::Profile)
    /// on a page at this place.
    fn reads_date_field(&self, _key: &str, _place: &PagePlace<'_>) -> bool {
        true
    }

    /// Whether the generator stops at a page that has nothing at this one of its date fields.
    fn requires_date_field(&self, _key: &str, _place: &PagePlace<'_>) -> bool {
        false
    }

    /// What the generator reads as a date in a scalar outside of its fields of dates, where a schema
    /// asks for one.
    fn date_precision(&self, _scalar: &Scalar<'_>) -> Option<Precision> {
        None
    }

    /// Whether the generator refuses a date where its schema wants text.
    fn refuses_dates_as_text(&self) -> bool {
        false
    }

    /// The date in the path of a page's file, where the generator dates the page by it unless it
    /// has one of its own.
    fn date_in_name<'n>(&self, _place: &'n PagePlace<'_>) -> Option<NameDate<'n>> {
        None
    }

    /// By how many days the date of a page and the one in its name may differ without harm.
    fn tolerated_days(&self, _page: &Document<'_>, _date: &Timestamp) -> i64 {
        0
    }

    /// Whether the generator leaves a page out until its date.
    fn withholds_future(&self, _place: &PagePlace<'_>) -> bool {
        false
    }

    /// Whether the day on which a page is published is the written one, whatever the clocks show.
    fn publishes_on_written_day(&self) -> bool {
        false
    }
}

/// What the pages of one folder get of the pages above them.
pub trait FolderDefaults: fmt::Debug + Send + Sync {
    /// Lays it under a page.
    fn lay_under<'s>(&'s self, page: &mut Document<'s>, place: &PagePlace<'_>);
}

/// Whether a key has this truth value.
pub(super) fn has_bool(page: &Document<'_>, member: Option<&Member<'_>>, wanted: bool) -> bool {
    let scalar = member.and_then(|member| page.scalar(member.value));
    scalar.is_some_and(|scalar| scalar.value == Value::Bool(wanted))
}
