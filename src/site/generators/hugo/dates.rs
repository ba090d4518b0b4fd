//! The keys that Hugo reads as dates where the configuration names no others
//! (<https://gohugo.io/configuration/front-matter/#dates>).

use crate::site::generator::{DateField, PublicationField};

pub(super) const FIELDS: &[DateField] = &[
    date("date", None),
    date("expirydate", None),
    date("lastmod", None),
    date("modified", Some("lastmod")),
    date("pubdate", Some("publishdate")),
    date("publishdate", None),
    date("published", Some("publishdate")),
    date("unpublishdate", Some("expirydate")),
];

pub(super) const PUBLICATION: &[PublicationField] = &[
    PublicationField::new("publishdate"),
    PublicationField::new("pubdate"),
    PublicationField::new("published"),
    PublicationField::new("date"),
    in_place_of_date("lastmod"),
    in_place_of_date("modified"),
];

const fn date(key: &'static str, replaces: Option<&'static str>) -> DateField {
    DateField { key, replaces }
}

/// It counts where the date is absent, but not where the date cannot be read.
const fn in_place_of_date(key: &'static str) -> PublicationField {
    PublicationField {
        key,
        only_without_date: true,
    }
}
