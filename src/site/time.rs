//! When a page is dated, on the clocks of its site.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{Generator, Model, PageKind, PagePlace, Site, TimeZone};
use crate::dialect::{Style, Timestamp, Value, Zone, hugo_date_of, hugo_key};
use crate::syntax::{Document, Member, NodeId, Scalar, Syntax};

/// The `date` of a page.
#[derive(Clone, Debug)]
pub struct PageDate {
    /// The value.
    pub node: NodeId,
    /// Its parts as written.
    pub timestamp: Timestamp,
    /// Seconds since 1970-01-01T00:00:00Z. Where the site names no time zone and the date none
    /// either, the clocks are taken to show UTC.
    pub instant: i64,
    /// What the clocks of the site show then; where the site names no time zone, those of the date's
    /// own offset, or UTC where the generator shows that.
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
    /// Seconds since 1970-01-01T00:00:00Z, as in [`PageDate::instant`].
    pub instant: i64,
}

/// The fields in small letters of which Hugo takes the first that holds a date
/// (<https://gohugo.io/configuration/front-matter/#dates>).
const HUGO_PUBLICATION: &[&str] = &[
    "publishdate",
    "pubdate",
    "published",
    "date",
    "lastmod",
    "modified",
];

/// The fields in small letters that Hugo reads as dates, each with the one that it stands in for,
/// where the configuration names no others.
const HUGO_DATES: &[(&str, Option<&str>)] = &[
    ("date", None),
    ("expirydate", None),
    ("lastmod", None),
    ("modified", Some("lastmod")),
    ("pubdate", Some("publishdate")),
    ("publishdate", None),
    ("published", Some("publishdate")),
    ("unpublishdate", Some("expirydate")),
];

impl Site {
    /// Whether the generator itself reads a field at the root of a page as a date, whatever type
    /// its parser gives the value.
    #[must_use]
    pub fn reads_date(&self, page: &Document<'_>, field: &str) -> bool {
        let Model::Folders(site) = &self.model else {
            return false;
        };
        let name = hugo_key(field);
        let mut fields = HUGO_DATES.iter();
        let is_read = fields
            .find(|(known, _)| **known == *name)
            .is_some_and(|(_, main)| main.is_none_or(|main| self.field(page, main).is_none()));
        is_read
            && site.generator == Generator::Hugo
            && site.settings.value(&["frontmatter"]).is_none()
    }

    /// The time zone that the site's configuration names.
    #[must_use]
    pub fn timezone(&self) -> Option<&TimeZone> {
        match &self.model {
            Model::Jekyll(jekyll) => jekyll.timezone(),
            Model::Folders(site) => site.timezone.as_ref(),
            Model::None => None,
        }
    }

    /// Whether the generator leaves a page out as long as its date lies in the future.
    #[must_use]
    pub fn hides_future(&self, place: &PagePlace<'_>) -> bool {
        match &self.model {
            Model::Jekyll(jekyll) => {
                let dated = matches!(place.kind, PageKind::Post | PageKind::Collection(_));
                dated && !jekyll.publishes_future() && jekyll.writes(place)
            }
            Model::Folders(site) => {
                // What else may date a page there is not told from its front matter.
                let is_usual = site.settings.value(&["frontmatter"]).is_none();
                let is_page = matches!(place.kind, PageKind::Page | PageKind::Collection(_));
                let is_hugo = site.generator == Generator::Hugo;
                is_hugo && is_page && is_usual && !site.settings.is_true(&["buildFuture"])
            }
            Model::None => false,
        }
    }

    /// A field of the generator's own, whose name is in small letters.
    pub(super) fn field<'p, 's>(
        &self,
        page: &'p Document<'s>,
        name: &str,
    ) -> Option<&'p Member<'s>> {
        match self.generator() {
            Generator::Hugo => {
                let mut members = page.members(page.root()).iter();
                members.find(|member| *hugo_key(&member.key.text) == *name)
            }
            _ => page.get(page.root(), name),
        }
    }

    /// The `date` of a page; `None` where it has none that the generator can read.
    #[must_use]
    pub fn date(&self, page: &Document<'_>) -> Option<PageDate> {
        let (node, timestamp, is_text) = self.written_date(page)?;
        let instant = self.instant(&timestamp, is_text)?;
        Some(PageDate {
            node,
            timestamp,
            instant,
            clock: self.clock(&timestamp, instant)?,
        })
    }

    /// The value of `date`, what the generator reads there, and whether it reads a text.
    fn written_date(&self, page: &Document<'_>) -> Option<(NodeId, Timestamp, bool)> {
        let node = self.field(page, "date")?.value;
        let scalar = page.scalar(node)?;
        match &scalar.value {
            Value::Timestamp(timestamp) if self.generator() != Generator::Hugo => {
                Some((node, *timestamp, false))
            }
            _ if self.generator() == Generator::Hugo => {
                Some((node, self.date_of_hugo(page, scalar)?, true))
            }
            // Jekyll reads the date of a document again, as a text.
            Value::String => match self.dialect.resolve(scalar.text.trim(), Style::Plain, None) {
                Value::Timestamp(timestamp) => Some((node, timestamp, true)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What Hugo makes of a value in a field that it reads as a date; `None` where it is none, at
    /// which Hugo stops. A number in JSON is one with a fraction to it, and so none.
    #[must_use]
    pub fn date_of_hugo(&self, page: &Document<'_>, scalar: &Scalar<'_>) -> Option<Timestamp> {
        let is_text = matches!(scalar.value, Value::String | Value::Timestamp(_));
        let may_be_date = is_text || page.block.syntax != Syntax::Json;
        may_be_date.then(|| hugo_date_of(&scalar.value, &scalar.text, self.dialect))?
    }

    /// The date at which a page is published, where that is later than `now`, in seconds since
    /// 1970-01-01T00:00:00Z. A page of Hugo may have several fields for it.
    #[must_use]
    pub fn publication_after<'p>(
        &self,
        now: i64,
        page: &'p Document<'_>,
    ) -> Option<Publication<'p>> {
        if self.generator() == Generator::Hugo {
            let publication = self.publication_of_hugo(page);
            return publication.filter(|publication| publication.instant > now);
        }
        let (node, timestamp, is_text) = self.written_date(page)?;
        if is_surely_before(&timestamp, now) {
            return None;
        }
        let instant = self.instant(&timestamp, is_text)?;
        let clock = self.clock(&timestamp, instant)?;
        (instant > now).then(|| Publication {
            node,
            key: "date",
            day: (clock.year().into(), clock.month(), clock.day()),
            instant,
        })
    }

    fn publication_of_hugo<'p>(&self, page: &'p Document<'_>) -> Option<Publication<'p>> {
        let has_date = self.field(page, "date").is_some();
        HUGO_PUBLICATION.iter().find_map(|&field| {
            // They stand in for a date that is absent, not for one that cannot be read.
            let stands_in = matches!(field, "lastmod" | "modified");
            if stands_in && has_date {
                return None;
            }
            let member = self.field(page, field)?;
            let scalar = page.scalar(member.value)?;
            let timestamp = self.date_of_hugo(page, scalar)?;
            Some(Publication {
                node: member.value,
                key: &member.key.text,
                day: (timestamp.year, timestamp.month, timestamp.day),
                instant: self.instant(&timestamp, true)?,
            })
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z. A date alone, and a text without an offset, are what the
    /// clocks of the site show; a timestamp without an offset is in UTC.
    fn instant(&self, timestamp: &Timestamp, is_text: bool) -> Option<i64> {
        let instant = timestamp.instant()?;
        let is_local = timestamp.zone == Zone::None && (is_text || timestamp.is_date_only());
        match self.timezone() {
            Some(zone) if is_local => {
                let offset = match self.generator() {
                    Generator::Hugo => zone.offset_of_clock_in_go(instant)?,
                    _ => zone.offset_of_clock(instant)?,
                };
                instant.checked_sub(offset.into())
            }
            _ => Some(instant),
        }
    }

    /// What the clocks of the site show at the instant of a timestamp.
    fn clock(&self, timestamp: &Timestamp, instant: i64) -> Option<DateTime> {
        let offset = match (self.timezone(), timestamp.zone) {
            (Some(zone), _) => zone.offset_at(instant)?,
            // Its blog shows all days in UTC.
            (None, _) if self.generator() == Generator::Docusaurus => 0,
            (None, Zone::Offset(seconds)) => seconds,
            (None, Zone::None) => 0,
        };
        let instant = jiff::Timestamp::from_second(instant).ok()?;
        Some(Offset::from_seconds(offset).ok()?.to_datetime(instant))
    }
}

/// Whether a timestamp surely lies before an instant, told from its year; most pages were published
/// in one that is over.
fn is_surely_before(timestamp: &Timestamp, instant: i64) -> bool {
    const DAY: i64 = 86_400;
    let years = i64::from(timestamp.year) - 1969;
    let days = match timestamp.zone {
        // One more for the time zone of the site, and one for a time of day beyond midnight.
        Zone::None => 2,
        Zone::Offset(seconds) => 1 + i64::from(seconds.unsigned_abs()) / DAY + 1,
    };
    years > 0 && (years * 366 + days) * DAY <= instant
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_surely_before_is_before(
            year in -10_i32..=3000,
            month in 1_i8..=12,
            day in 1_i8..=31,
            second in proptest::option::of(0_i64..=86_400),
            offset in proptest::option::of(-400_000_i32..=400_000),
            instant in -100_000_000_000_i64..=100_000_000_000,
        ) {
            let timestamp = Timestamp {
                year,
                month,
                day,
                nanosecond_of_day: second.map(|second| second * 1_000_000_000),
                zone: offset.map_or(Zone::None, Zone::Offset),
            };
            let last = timestamp.instant().unwrap() + 86_400;
            let known = is_surely_before(&timestamp, instant);
            assert!(!known || last <= instant || (offset.is_some() && last - 86_400 <= instant));
        }
    }
}
