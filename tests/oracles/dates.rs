//! Dates of Hugo's pages against records of what Hugo dates them, with and without `timeZone`.

use frontlint::testing::dialect::{Dialect, Value, Zone, hugo_date_of};
use frontlint::testing::site::TimeZone;
use serde_json::Value as Json;

use super::exceptions::is_date_exception;
use super::records::Record;
use super::{Outcome, report, tell, utc, with_document};

/// The instant in UTC and the offset in minutes, where Hugo finds a date.
fn read(text: &str, dialect: Dialect) -> Option<(String, Zone, i64)> {
    with_document(&format!("date: {text}\n"), true, dialect, |outcome| {
        let Outcome::Document(document) = outcome else {
            return None;
        };
        let [member] = document.members(document.root()) else {
            return None;
        };
        let scalar = document.scalar(member.value)?;
        let at = hugo_date_of(&scalar.value, &scalar.text, dialect)?;
        let mut clock = at;
        clock.nanosecond_of_day.get_or_insert(0);
        Some((utc(&clock).to_string(), at.zone, at.instant()?))
    })
}

fn disagreement(row: &Json, dialect: Dialect, paris: &TimeZone) -> Option<String> {
    let found = read(row["text"].as_str().unwrap(), dialect);
    let agrees = match (&found, row["kind"].as_str().unwrap()) {
        (None, "error" | "none") => true,
        // Hugo takes its zero time for none.
        (Some((instant, ..)), "none") => instant == "0001-01-01T00:00:00Z",
        (Some((instant, zone, clock)), "timestamp") => {
            let minutes = match zone {
                Zone::None => 0,
                Zone::Offset(seconds) => i64::from(seconds / 60),
            };
            // A time without an offset is what the clocks of `timeZone` show.
            let there = &row["paris"];
            let same_there = match zone {
                Zone::None => is_same_there(there, *clock, paris),
                Zone::Offset(_) => there.is_null(),
            };
            row["value"] == *instant && row["offset"] == minutes && same_there
        }
        _ => false,
    };
    (!agrees).then(|| format!("{row}: got {found:?}"))
}

/// Whether the record has the instant at which the clocks of a zone show these seconds, and the
/// offset then. It leaves out the seconds of an offset.
fn is_same_there(recorded: &Json, clock: i64, zone: &TimeZone) -> bool {
    let there = || {
        let instant = clock - i64::from(zone.offset_of_clock_in_go(clock)?);
        let offset = i64::from(zone.offset_at(instant)?);
        Some((instant + offset % 60, offset / 60))
    };
    let recorded = || {
        let instant: jiff::Timestamp = recorded["value"].as_str()?.parse().ok()?;
        Some((instant.as_second(), recorded["offset"].as_i64()?))
    };
    recorded().is_some() && recorded() == there()
}

fn check(dialect: Dialect, name: &'static str, expected: usize) {
    let record = Record::read(name);
    let paris = TimeZone::named("Europe/Paris").unwrap();
    let mut failures = Vec::new();
    let mut exceptions = 0;
    let rows = record.rows("dates");
    for row in rows {
        match disagreement(row, dialect, &paris) {
            Some(_) if is_date_exception(row["text"].as_str().unwrap(), name) => exceptions += 1,
            other => failures.extend(other),
        }
    }
    tell(name, "dates", rows.len(), failures.len(), exceptions);
    report(name, rows.len(), &failures);
    assert_eq!(exceptions, expected, "{name}: exceptions among the dates");
}

#[test]
fn hugo_dates() {
    check(Dialect::HugoYamlV2, "hugo-0.111", 13);
    check(Dialect::HugoYamlV2, "hugo-0.151", 2);
    check(Dialect::HugoGoccy, "hugo-0.155", 3);
    check(Dialect::HugoGoccy, "hugo-0.168", 3);
    assert_eq!(hugo_date_of(&Value::Null, "", Dialect::HugoGoccy), None);
}
