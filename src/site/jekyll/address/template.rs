//! URL templates: `/:categories/:year/:title/`.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::slug::{Mode, escape, slugify};

/// What the placeholders of a document stand for.
pub(super) struct Document<'a> {
    pub collection: &'a str,
    /// Without the collection's folder and the extension.
    pub path: &'a str,
    /// The file's name without the extension, date included.
    pub basename: &'a str,
    pub slug: &'a str,
    /// Few templates ask for them.
    pub categories: &'a dyn Fn() -> Vec<String>,
    pub output_extension: &'a str,
    /// On the clocks of the site.
    pub date: &'a dyn Fn() -> Option<DateTime>,
}

/// Fills a template in for a document; `None` where Jekyll fails on it, or where it asks for a
/// date that only the build has.
pub(super) fn of_document(template: &str, document: &Document<'_>) -> Option<String> {
    let mut url = String::with_capacity(template.len() + document.path.len());
    let mut rest = template;
    while let Some(at) = rest.find(':') {
        url.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let length = after
            .find(|c: char| !c.is_ascii_lowercase() && c != '_')
            .unwrap_or(after.len());
        let (name, tail) = after.split_at(length);
        if name.is_empty() {
            url.push(':');
        } else {
            let (value, underscore) = match (document.value(name), name.strip_suffix('_')) {
                (None, Some(shorter)) => (document.value(shorter), "_"),
                (value, _) => (value, ""),
            };
            url.push_str(&escape(&value??));
            url.push_str(underscore);
        }
        rest = tail;
    }
    url.push_str(rest);
    Some(url)
}

impl Document<'_> {
    /// The value of a placeholder: `None` for one that Jekyll does not know, `Some(None)` where it
    /// cannot be told here.
    fn value(&self, name: &str) -> Option<Option<Cow<'_, str>>> {
        let categories = |form: &dyn Fn(&String) -> String| {
            let categories = (self.categories)();
            unique(categories.iter().map(form))
        };
        Some(Some(Cow::Owned(match name {
            "collection" => return Some(Some(Cow::Borrowed(self.collection))),
            "path" => return Some(Some(Cow::Borrowed(self.path))),
            "output_ext" => return Some(Some(Cow::Borrowed(self.output_extension))),
            "name" => slugify(self.basename, Mode::Default),
            "title" => slugify(self.slug, Mode::Pretty),
            "slug" => slugify(self.slug, Mode::Default),
            "categories" => categories(&|it| it.to_lowercase()),
            "slugified_categories" => categories(&|it| slugify(it, Mode::Default)),
            _ => {
                let format = date_format(name)?;
                let date = (self.date)();
                return Some(date.map(|date| Cow::Owned(date.strftime(format).to_string())));
            }
        })))
    }
}

fn date_format(name: &str) -> Option<&'static str> {
    Some(match name {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_day" => "%-d",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "short_year" => "%y",
        "w_year" => "%G",
        "week" => "%V",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "y_day" => "%j",
        _ => return None,
    })
}

fn unique(parts: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for part in parts {
        if !seen.contains(&part) {
            seen.push(part);
        }
    }
    seen.join("/")
}

/// Fills a template in for a page, one placeholder after the other.
pub(super) fn of_page(template: &str, folder: &str, basename: &str, extension: &str) -> String {
    let mut url = template.to_owned();
    for (name, value) in [
        (":path", folder),
        (":basename", basename),
        (":output_ext", extension),
    ] {
        if !url.contains(':') {
            break;
        }
        url = url.replace(name, &escape(value));
    }
    url
}
