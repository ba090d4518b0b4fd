//! Where a page is served, and from which other addresses readers are sent to it.

use jiff::civil::DateTime;

use super::{Model, PageKind, PagePlace, Site, jekyll};
use crate::syntax::Document;

/// The addresses of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Where the page itself is served.
    pub own: Option<Address>,
    /// Addresses that lead to it, with the pointer to each in the front matter.
    pub redirects: Vec<(String, Address)>,
}

/// An address within the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As readers see it: `/press/opening/`.
    pub url: String,
    /// The file that the generator writes for it, relative to the built site. Two addresses with
    /// one file are one.
    pub file: String,
}

impl Site {
    /// The addresses that the generator gives a page; none for a file that it does not publish.
    /// `page` is the effective front matter.
    #[must_use]
    pub fn addresses(&self, page: &Document<'_>, place: &PagePlace) -> Addresses {
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
            _ => Addresses::default(),
        }
    }

    /// The day that the name of a post's file begins with: year, month and day.
    #[must_use]
    pub fn day_of_name(&self, place: &PagePlace) -> Option<(i16, i8, i8)> {
        (place.kind == PageKind::Post).then(|| day_of_name(place))?
    }
}

fn day_of_name(place: &PagePlace) -> Option<(i16, i8, i8)> {
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    let ((year, month, day), _) = jekyll::file_date(name)?;
    // Of a year of two digits Ruby makes one of this century or the last.
    (year.len() == 4).then_some(())?;
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}
