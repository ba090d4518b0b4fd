//! When a page is dated, on the clocks of its site.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::model::ReadDate;
use super::{PagePlace, Site, TimeZone};
use crate::dialect::{Timestamp, Zone};
use crate::syntax::{Document, Member, NodeId, Scalar};

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
}

/// The day that a page is published.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'p> {
    /// The value.
    pub node: NodeId,
    /// Its key.
    pub key: &'p str,
    /// Year, month and day.
    pub day: (i32, i8, i8),
}

impl Site {
    /// The time zone that the site's configuration names.
    #[must_use]
    pub fn timezone(&self) -> Option<&TimeZone> {
        self.model.timezone()
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

    /// Whether the generator itself reads some keys as dates, whatever type its parser gives their
    /// values.
    #[must_use]
    pub fn has_date_fields(&self) -> bool {
        !self.profile.date_fields.is_empty()
    }

    /// Whether the generator itself reads a key at the root of a page as a date.
    #[must_use]
    pub fn is_date_field(&self, page: &Document<'_>, key: &str) -> bool {
        let mut fields = self.profile.date_fields.iter();
        let field = fields.find(|field| self.model.same_key(field.key, key));
        let is_read = field.is_some_and(|field| {
            let replaced = field.replaces;
            replaced.is_none_or(|replaced| self.model.field(page, replaced).is_none())
        });
        is_read && self.model.has_usual_date_fields()
    }

    /// What the generator reads in a field of dates.
    #[must_use]
    pub fn read_date(&self, page: &Document<'_>, scalar: &Scalar<'_>) -> Option<Timestamp> {
        let date = self.model.read_date(page, scalar, self.dialect)?;
        Some(date.timestamp)
    }

    /// The date in a text that the generator understands in its fields of dates.
    #[must_use]
    pub fn date_in_text(&self, text: &str) -> Option<Timestamp> {
        self.model.date_in_text(text)
    }

    /// Whether the generator reads the `date` of this page a second time as text, counts days
    /// beyond the end of a month on into the next and stops at everything else.
    #[must_use]
    pub fn rereads_date(&self, place: &PagePlace<'_>) -> bool {
        self.model.rereads_date(place)
    }

    /// Whether the generator leaves a page out as long as its date is in the future.
    #[must_use]
    pub fn withholds_future(&self, place: &PagePlace<'_>) -> bool {
        self.model.withholds_future(place)
    }

    /// The `date` of a page; `None` where it has none that the generator can read.
    #[must_use]
    pub fn date(&self, page: &Document<'_>) -> Option<PageDate> {
        let member = self.model.field(page, "date")?;
        let date = self.date_of(page, member)?;
        let instant = self.instant(&date)?;
        Some(PageDate {
            node: member.value,
            timestamp: date.timestamp,
            clock: self.clock(&date.timestamp, instant)?,
        })
    }

    /// The date at which a page is published, where that is later than `now`, in seconds since
    /// 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn publication_after<'p>(
        &self,
        now: i64,
        page: &'p Document<'_>,
    ) -> Option<Publication<'p>> {
        let has_date = self.model.field(page, "date").is_some();
        let fields = self.profile.publication_fields.iter();
        let fields = fields.filter(|field| !(field.only_without_date && has_date));
        let members = fields.filter_map(|field| self.model.field(page, field.key));
        let mut dates = members.filter_map(|member| {
            let date = self.date_of(page, member)?;
            Some((member, date, self.instant(&date)?))
        });
        let (member, date, instant) = dates.next().filter(|&(_, _, instant)| instant > now)?;
        let written = date.timestamp;
        let day = match self.model.publishes_on_written_day() {
            true => (written.year, written.month, written.day),
            false => {
                let clock = self.clock(&written, instant)?;
                (clock.year().into(), clock.month(), clock.day())
            }
        };
        Some(Publication {
            node: member.value,
            key: &member.key.text,
            day,
        })
    }

    fn date_of(&self, page: &Document<'_>, member: &Member<'_>) -> Option<ReadDate> {
        let scalar = page.scalar(member.value)?;
        self.model.read_date(page, scalar, self.dialect)
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
