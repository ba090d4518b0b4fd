//! URL templates: `/:categories/:year/:title/`.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::slug::{Mode, escape, slugify};

/// A URL template of documents, taken apart.
#[derive(Debug)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

#[derive(Clone, Copy, Debug)]
enum Placeholder {
    Collection,
    Path,
    OutputExtension,
    Name,
    Title,
    Slug,
    Categories,
    SlugifiedCategories,
    /// A part of the date, as `strftime` has it.
    Date(&'static str),
}

/// What the placeholders of a document stand for.
pub(super) struct Document<'a> {
    pub collection: &'a str,
    /// Without the collection's folder and the extension.
    pub path: &'a str,
    /// The file's name without the extension, date included.
    pub basename: &'a str,
    /// Few templates need it, or what follows.
    pub slug: &'a dyn Fn() -> &'a str,
    pub categories: &'a dyn Fn() -> Vec<String>,
    pub output_extension: &'a str,
    /// On the clocks of the site.
    pub date: &'a dyn Fn() -> Option<DateTime>,
}

impl Template {
    /// Takes a template apart; `None` where it has a placeholder that Jekyll does not know, and
    /// fails on.
    pub(super) fn new(written: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut rest = written;
        while let Some(at) = rest.find(':') {
            text.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let length = after
                .find(|c: char| !c.is_ascii_lowercase() && c != '_')
                .unwrap_or(after.len());
            let (name, tail) = after.split_at(length);
            if name.is_empty() {
                text.push(':');
            } else {
                let (placeholder, underscore) = match Placeholder::named(name) {
                    Some(placeholder) => (placeholder, ""),
                    None => (Placeholder::named(name.strip_suffix('_')?)?, "_"),
                };
                parts.push(Part::Text(std::mem::take(&mut text)));
                parts.push(Part::Placeholder(placeholder));
                text.push_str(underscore);
            }
            rest = tail;
        }
        text.push_str(rest);
        parts.push(Part::Text(text));
        Some(Self { parts })
    }

    /// Fills it in for a document; `None` where it needs a date that only the build has.
    pub(super) fn fill(&self, document: &Document<'_>) -> Option<String> {
        let mut url = String::with_capacity(document.path.len() + 64);
        for part in &self.parts {
            match part {
                Part::Text(text) => url.push_str(text),
                Part::Placeholder(placeholder) => {
                    let value = document.value(*placeholder)?;
                    // Jekyll doubles the slash before a path, and makes one of the two later.
                    let is_doubled = ends_with_slash(&url) && value.starts_with('/');
                    url.push_str(&escape(if is_doubled { &value[1..] } else { &value }));
                }
            }
        }
        Some(url)
    }
}

/// Whether a URL ends with a slash that stays whatever follows: one after a point may not.
fn ends_with_slash(url: &str) -> bool {
    match url.as_bytes() {
        [b'/'] => true,
        [.., before, b'/'] => *before != b'.',
        _ => false,
    }
}

impl Placeholder {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "collection" => Self::Collection,
            "path" => Self::Path,
            "output_ext" => Self::OutputExtension,
            "name" => Self::Name,
            "title" => Self::Title,
            "slug" => Self::Slug,
            "categories" => Self::Categories,
            "slugified_categories" => Self::SlugifiedCategories,
            _ => Self::Date(date_format(name)?),
        })
    }
}

impl Document<'_> {
    /// What a placeholder stands for; `None` where only the build knows it.
    fn value(&self, placeholder: Placeholder) -> Option<Cow<'_, str>> {
        let categories =
            |form: &dyn Fn(&String) -> String| unique((self.categories)().iter().map(form));
        Some(Cow::Owned(match placeholder {
            Placeholder::Collection => return Some(Cow::Borrowed(self.collection)),
            Placeholder::Path => return Some(Cow::Borrowed(self.path)),
            Placeholder::OutputExtension => return Some(Cow::Borrowed(self.output_extension)),
            Placeholder::Name => slugify(self.basename, Mode::Default),
            Placeholder::Title => slugify((self.slug)(), Mode::Pretty),
            Placeholder::Slug => slugify((self.slug)(), Mode::Default),
            Placeholder::Categories => categories(&|category| category.to_lowercase()),
            Placeholder::SlugifiedCategories => {
                categories(&|category| slugify(category, Mode::Default))
            }
            Placeholder::Date(format) => (self.date)()?.strftime(format).to_string(),
        }))
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
    let mut different: Vec<String> = Vec::new();
    for part in parts {
        if !different.contains(&part) {
            different.push(part);
        }
    }
    different.join("/")
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
