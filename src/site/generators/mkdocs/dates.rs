//! The dates of blog posts of Material for MkDocs: `PostDate` of
//! <https://github.com/squidfunk/mkdocs-material/blob/master/src/plugins/blog/structure/options.py>.
//!
//! What PyYAML reads as a date is one; nothing else is, a text in quotes least of all.

use crate::dialect::Value;
use crate::site::date_field::{DateField, DateInput, DateReading, DateValues, ReadDate};
use crate::site::settings::ReadSettings as _;
use crate::site::settings::{Settings, folder};

pub(super) const FIELDS: &[DateField] = &[DateField {
    key: "date",
    replaces: None,
    // With `created`, and such as `updated` beside it.
    values: DateValues::OwnOrEach,
    read,
}];

fn read(input: &DateInput<'_>) -> DateReading {
    match input.value() {
        Some(Value::Timestamp(timestamp)) => DateReading::Date(ReadDate::new(*timestamp, false)),
        Some(Value::Error(_)) => DateReading::Nothing,
        _ => DateReading::Refused("stops with an error"),
    }
}

/// The folders of the posts of each blog, relative to `docs_dir`
/// (<https://squidfunk.github.io/mkdocs-material/plugins/blog/#config.post_dir>).
pub(super) fn post_folders(settings: &Settings) -> Vec<String> {
    let Some((document, plugins)) = settings.value(&["plugins"]) else {
        return Vec::new();
    };
    let is_blog = |name: &str| matches!(name, "blog" | "material/blog");
    let mut folders = Vec::new();
    // A list of names, of mappings with one name each, or a mapping of names.
    let items = document.items(plugins).iter().copied();
    for item in items.chain([plugins]) {
        if document.string(item).is_some_and(is_blog) {
            folders.extend(posts_of("blog", "{blog}/posts"));
        }
        for member in document.members(item) {
            let text = |key| document.string(document.get(member.value, key)?.value);
            let is_off = document
                .get(member.value, "enabled")
                .and_then(|enabled| document.scalar(enabled.value))
                .is_some_and(|scalar| scalar.value != Value::Bool(true));
            if is_blog(&member.key.text) && !is_off {
                let (blog, posts) = (text("blog_dir"), text("post_dir"));
                let posts = posts.unwrap_or("{blog}/posts");
                folders.extend(posts_of(blog.unwrap_or("blog"), posts));
            }
        }
    }
    folders
}

fn posts_of(blog: &str, posts: &str) -> Option<String> {
    let blog = folder(blog)?;
    folder(posts.replace("{blog}", &blog).trim_start_matches('/'))
}
