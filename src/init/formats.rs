//! The formats that are looked for in texts.

use crate::check::VisitedPage;
use crate::dialect::Value;
use crate::schema::formats::{Format, Input};
use crate::site::Lookup;
use crate::syntax::Scalar;

use super::tally::{FORMATS, TextTally};

/// Counts a text, or a date; `key` is the key at the root that it is the value of.
pub(super) fn count(
    tally: &mut TextTally,
    scalar: &Scalar<'_>,
    key: Option<&str>,
    page: &VisitedPage<'_>,
) {
    let text = scalar.text.as_ref();
    for (name, fits) in FORMATS.iter().zip(&mut tally.fits) {
        // A format that one text is not of is none of the key's.
        let is_possible = *fits == tally.values && looks_like(name, scalar);
        if is_possible && is_of(name, scalar, key, page) {
            *fits += 1;
        }
    }
    tally.values += 1;
    if matches!(scalar.value, Value::Timestamp(_)) {
        tally.timestamps += 1;
        return;
    }
    if scalar.value == Value::String {
        tally.count_text(text);
        count_path(tally, text, page);
    }
}

/// Whether a text is of the nature of a format: that a word can be read as a telephone number or a
/// URI does not make it one.
fn looks_like(format: &str, scalar: &Scalar<'_>) -> bool {
    let text = scalar.text.as_ref();
    match format {
        "email" => text.contains('@'),
        "uri" => text.contains("://"),
        "phone" => text.starts_with('+'),
        _ => {
            matches!(scalar.value, Value::Timestamp(_))
                || text.contains(|c: char| c.is_ascii_digit())
        }
    }
}

fn is_of(name: &str, scalar: &Scalar<'_>, key: Option<&str>, page: &VisitedPage<'_>) -> bool {
    let Some(format) = Format::named(name) else {
        return false;
    };
    let input = Input {
        text: &scalar.text,
        value: &scalar.value,
        style: scalar.style,
    };
    if format.check(&input).is_ok() {
        return true;
    }
    let syntax = page.document.block.syntax;
    let date = page.site.date_precision(scalar, syntax, key, page.place);
    date.is_some_and(|date| format.accepts_date(date))
}

/// Counts a text that looks like the path of a file by whether there is such a file.
fn count_path(tally: &mut TextTally, text: &str, page: &VisitedPage<'_>) {
    if text.contains("://") {
        tally.urls += 1;
        return;
    }
    let name = text.rsplit('/').next().unwrap_or(text);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let has_extension = (2..=5).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !text.contains('/') || !has_extension || text.contains(char::is_whitespace) {
        return;
    }
    let bundle = || page.site.bundle_address(page.document, page.place);
    match page.site.look_up(page.path, text, &bundle) {
        Lookup::Found => tally.found_paths += 1,
        _ => tally.missing_paths += 1,
    }
}
