//! When a page is dated, on the clocks of its site.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::date_field::{self, DateField, DateInput, FieldDate, NameDate, ReadDate};
use super::{PagePlace, Site, TimeZone};
use crate::dialect::{Precision, Timestamp, Zone};
use crate::syntax::{Document, Member, NodeId, Scalar, Syntax};
use crate::text::calendar::Day;

/// The `date` of a page.
#[derive(Clone, Debug)]
pub struct PageDate {
    /// The value.
    pub node: NodeId,
    /// Its parts as written.
    pub timestamp: Timestamp,
    /// What the clocks of the site show then; where the site names no time zone, those of the date's
    /// own offset, or UTC where the generator shows that. Where neither the site nor the date names
    /// a zone, the clocks are taken to show UTC.
    pub clock: DateTime,
    /// What clocks in UTC show then, where those of the computer that builds the site count.
    clock_in_utc: Option<DateTime>,
}

impl PageDate {
    /// The day on the clocks of the site.
    #[must_use]
    pub fn day(&self) -> Day {
        Day::new(self.clock.year(), self.clock.month(), self.clock.day())
    }

    /// The day on the clocks of the site, and the other one that it may be where the computer that
    /// builds the site decides.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        let other = self
            .clock_in_utc
            .map(|clock| Day::new(clock.year(), clock.month(), clock.day()));
        std::iter::once(self.day()).chain(other)
    }
}

/// The day that a page is published.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'p> {
    /// The value and its key; `None` where the name of the file has the date.
    pub value: Option<(NodeId, &'p str)>,
    /// Year, month and day.
    pub day: (i32, i8, i8),
}

impl Site {
    /// The time zone that the site's configuration names.
    #[must_use]
    pub fn timezone(&self) -> Option<&TimeZone> {
        self.model.timezone()
    }

    /// Whether a time moves with the time zone of the computer that builds the site, where the
    /// configuration names none.
    #[must_use]
    pub fn shows_time_of_builder(&self) -> bool {
        self.model.shows_time_of_builder()
    }

    /// What names the site's time zone, as the object of "set"; empty where there is no such thing.
    #[must_use]
    pub fn timezone_setting(&self) -> &'static str {
        self.profile.set_timezone
    }

    /// What publishes pages before their date, as the object of "set".
    #[must_use]
    pub fn publish_early_setting(&self) -> &'static str {
        self.profile.publish_early
    }

    /// The dates in the fields of a page that the generator itself reads as dates, in the order of
    /// the page. `page` is the effective front matter.
    #[must_use]
    pub fn field_dates<'p>(
        &self,
        page: &'p Document<'_>,
        place: &PagePlace<'_>,
    ) -> Vec<FieldDate<'p>> {
        let mut dates = Vec::new();
        if !self.profile.date_fields.is_empty() {
            for member in page.members(page.root()) {
                if let Some(field) = self.date_field(page, place, &member.key.text) {
                    date_field::collect(page, self.dialect, field, member, &mut dates);
                }
            }
        }
        dates
    }

    /// The date fields that a page lacks and without which the generator stops.
    pub fn missing_dates(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
    ) -> impl Iterator<Item = &'static str> {
        let fields = self.profile.date_fields.iter();
        fields.map(|field| field.key).filter(|key| {
            self.model.requires_date_field(key, place) && self.model.field(page, key).is_none()
        })
    }

    fn date_field(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        key: &str,
    ) -> Option<&'static DateField> {
        let mut fields = self.profile.date_fields.iter();
        let field = fields.find(|field| {
            // Most keys differ in length; only beyond ASCII do letters change theirs.
            let may_be = field.key.len() == key.len() || !key.is_ascii();
            may_be && self.model.same_key(field.key, key)
        })?;
        let has = |key| self.model.field(page, key).is_some();
        let is_read =
            !field.replaces.is_some_and(has) && self.model.reads_date_field(field.key, place);
        is_read.then_some(field)
    }

    /// Whether a page has a `date` of its own, which takes precedence over the one in its name.
    #[must_use]
    pub fn has_date(&self, page: &Document<'_>) -> bool {
        self.model.field(page, "date").is_some()
    }

    /// The date in the path of a page's file, where the generator dates the page by it unless it
    /// has one of its own.
    #[must_use]
    pub fn date_in_name<'n>(&self, place: &'n PagePlace<'_>) -> Option<NameDate<'n>> {
        self.model.date_in_name(place)
    }

    /// By how many days the date of a page and the one in its name may differ without harm.
    #[must_use]
    pub fn tolerated_days(&self, page: &Document<'_>, date: &Timestamp) -> i64 {
        self.model.tolerated_days(page, date)
    }

    /// What the generator reads as a date in a scalar, which may be the value of a key at the root: as
    /// in its fields of dates, or wherever a schema asks for one.
    #[must_use]
    pub fn date_precision(
        &self,
        scalar: &Scalar<'_>,
        syntax: Syntax,
        key: Option<&str>,
        place: &PagePlace<'_>,
    ) -> Option<Precision> {
        let mut fields = self.profile.date_fields.iter();
        let is_read = |field: &&DateField| {
            let is_same = key.is_some_and(|key| self.model.same_key(field.key, key));
            is_same && self.model.reads_date_field(field.key, place)
        };
        let input = DateInput {
            scalar: Some(scalar),
            syntax,
            dialect: self.dialect,
        };
        let read = fields.find(is_read).map(|field| (field.read)(&input));
        match read.and_then(|reading| reading.date()) {
            // A day that is counted on beyond the end of its month is none.
            Some(date) if !date.is_counted_on(&scalar.text) => Some(date.timestamp.precision()),
            _ => self.model.date_precision(scalar),
        }
    }

    /// Whether the generator refuses a date where its schema wants text.
    #[must_use]
    pub fn refuses_dates_as_text(&self) -> bool {
        self.model.refuses_dates_as_text()
    }

    /// Whether the generator leaves a page out as long as its date is in the future.
    #[must_use]
    pub fn withholds_future(&self, place: &PagePlace<'_>) -> bool {
        self.model.withholds_future(place)
    }

    /// The `date` of a page; `None` where it has none that the generator can read.
    #[must_use]
    pub fn date(&self, page: &Document<'_>, place: &PagePlace<'_>) -> Option<PageDate> {
        let member = self.model.field(page, "date")?;
        let (node, date) = self.date_of(page, place, member)?;
        let instant = self.instant(&date)?;
        let is_of_builder = self.model.timezone().is_none()
            && self.model.shows_time_of_builder()
            && matches!(date.timestamp.zone, Zone::Offset(_));
        let in_utc = || {
            let instant = jiff::Timestamp::from_second(instant).ok()?;
            Some(Offset::UTC.to_datetime(instant))
        };
        Some(PageDate {
            node,
            timestamp: date.timestamp,
            clock: self.clock(&date.timestamp, instant)?,
            clock_in_utc: is_of_builder.then(in_utc).flatten(),
        })
    }

    /// The date at which a page is published, where that is later than `now`, in seconds since
    /// 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn publication_after<'p>(
        &self,
        now: i64,
        page: &'p Document<'_>,
        place: &PagePlace<'_>,
    ) -> Option<Publication<'p>> {
        let has_date = self.model.field(page, "date").is_some();
        let fields = self.profile.publication_fields.iter();
        let fields = fields.filter(|field| !(field.only_without_date && has_date));
        let members = fields.filter_map(|field| self.model.field(page, field.key));
        let mut dates = members.filter_map(|member| {
            let (node, date) = self.date_of(page, place, member)?;
            Some((Some((node, &*member.key.text)), date))
        });
        let in_name = || {
            let date = self.date_in_name(place).filter(|_| !has_date)?;
            Some((None, date.reading.date()?))
        };
        let (value, date) = dates.next().or_else(in_name)?;
        let instant = self.instant(&date).filter(|&instant| instant > now)?;
        let written = date.timestamp;
        let day = match self.model.publishes_on_written_day() {
            true => (written.year, written.month, written.day),
            false => {
                let clock = self.clock(&written, instant)?;
                (clock.year().into(), clock.month(), clock.day())
            }
        };
        Some(Publication { value, day })
    }

    /// The first date of a member of a page, and its node.
    fn date_of(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        member: &Member<'_>,
    ) -> Option<(NodeId, ReadDate)> {
        let key = &*member.key.text;
        if let Some(field) = self.date_field(page, place, key) {
            let mut dates = Vec::new();
            date_field::collect(page, self.dialect, field, member, &mut dates);
            let first = dates.first()?;
            return Some((first.node, first.reading.date()?));
        }
        // A field that the generator does not read on this page says nothing.
        let mut fields = self.profile.date_fields.iter();
        if fields.any(|field| self.model.same_key(field.key, key)) {
            return None;
        }
        let date = date_field::parsed_date(page.scalar(member.value)?, self.dialect)?;
        Some((member.value, date))
    }

    /// Seconds since 1970-01-01T00:00:00Z. A date alone, and a text without an offset, are what the
    /// clocks of the site show; a timestamp without an offset is in UTC.
    fn instant(&self, date: &ReadDate) -> Option<i64> {
        let timestamp = &date.timestamp;
        let instant = timestamp.instant()?;
        let is_local = timestamp.zone == Zone::None && (date.is_text || timestamp.is_date_only());
        match self.model.timezone() {
            Some(zone) if is_local => {
                let offset = self.model.offset_of_clock(zone, instant)?;
                instant.checked_sub(offset.into())
            }
            _ => Some(instant),
        }
    }

    /// What the clocks of the site show at the instant of a timestamp.
    fn clock(&self, timestamp: &Timestamp, instant: i64) -> Option<DateTime> {
        let offset = match self.model.timezone() {
            Some(zone) => zone.offset_at(instant)?,
            None => self.model.shown_offset(timestamp.zone),
        };
        let instant = jiff::Timestamp::from_second(instant).ok()?;
        Some(Offset::from_seconds(offset).ok()?.to_datetime(instant))
    }
}
