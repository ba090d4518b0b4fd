//! Hugo's addresses: `url`, else the path of the file with `slug` in place of its name, and
//! `aliases` (<https://gohugo.io/content-management/urls/>). Proved against records of Hugo before
//! and since 0.123, which made the paths anew; where the two differ, nothing is said.

use super::languages::Languages;
use crate::dialect::{Value, hugo_key};
use crate::site::address::{Address, Addresses, each_text, plain_text};
use crate::site::place::PagePlace;
use crate::syntax::{Document, Kind, Member, NodeId};

/// What the configuration leaves certain of the addresses.
#[derive(Debug)]
pub(super) struct AddressRules {
    /// Of a page that is named by its file.
    pub(super) named: bool,
    /// Of the page of a section.
    pub(super) sections: bool,
    /// Of a page that has `url`.
    pub(super) written: bool,
    pub(super) aliases: bool,
    /// Whether pages are written in one format only: a second one writes over a `url` that is a
    /// file.
    pub(super) is_html_alone: bool,
    /// The sections whose pages are not named by their files.
    pub(super) renamed: Vec<String>,
    /// The sections whose pages are files with a name of their own.
    pub(super) ugly: Vec<String>,
    /// Whether the day that a file's name begins with is taken off.
    pub(super) reads_names: bool,
    /// Paths are in small letters.
    pub(super) lower: bool,
    /// Letters beyond ASCII stay as they are.
    pub(super) accents: bool,
}

impl AddressRules {
    /// The addresses of a page.
    pub(super) fn addresses(
        &self,
        page: &Document<'_>,
        place: &PagePlace<'_>,
        languages: &Languages,
    ) -> Addresses {
        let mut addresses = Addresses::default();
        let of_language = languages.folder_of_addresses(place.language.as_deref());
        let Some(base) = of_language.filter(|_| self.written) else {
            return addresses;
        };
        let path = &*place.path;
        let (mut url, mut slug, mut aliases) = (None, None, None);
        let mut is_html_alone = self.is_html_alone;
        let given = |member: &Member<'_>| match page.scalar(member.value) {
            Some(scalar) => scalar.value != Value::Null && !scalar.text.is_empty(),
            None => true,
        };
        for member in page.members(page.root()) {
            match &*hugo_key(&member.key.text) {
                "url" => url = Some(member.value).filter(|_| given(member)).or(url),
                "slug" => slug = Some(member.value).filter(|_| given(member)).or(slug),
                "aliases" => aliases = Some(member),
                "build" | "_build" if !is_rendered(page, member.value) => return addresses,
                "outputs" if !has_html(page, member.value) => return addresses,
                "outputs" => is_html_alone = is_html(page, member.value),
                "headless" if !is_false(page, member.value) => return addresses,
                // They move a page, or keep it back from a day on that no check knows.
                "expirydate" | "unpublishdate" | "path" | "kind" | "lang" | "sites"
                    if given(member) =>
                {
                    return addresses;
                }
                _ => {}
            }
        }
        let own = match url {
            Some(url) => plain_text(page, url)
                .filter(|url| is_html_alone || !url.contains('.'))
                .and_then(|url| of_url(url, &base)),
            None => {
                let named = path.rsplit_once('/').unwrap_or(("", path));
                self.of_path(page, named, slug, &base, languages)
            }
        };
        if let Some(member) = aliases.filter(|_| self.aliases && !is_in_section(path, &self.ugly)) {
            let folder = own.as_ref().and_then(|own| {
                // Where a page is a file, versions differ in what lies beside it.
                let folder = own.url.strip_suffix('/')?;
                Some(folder.rsplit_once('/').map_or("", |(above, _)| above))
            });
            let is_list = matches!(page.node(member.value).kind, Kind::Sequence(_));
            each_text(page, member, &mut |pointer, text| {
                let mut add = |text| {
                    if let Some(address) = of_alias(text, &base, folder) {
                        addresses.redirects.push((pointer(), address));
                    }
                };
                match is_list {
                    true => add(text),
                    // Of one text Hugo takes the words.
                    false => text.split_whitespace().for_each(add),
                }
            });
        }
        addresses.own = own;
        addresses
    }

    /// The address that comes of the file's path.
    fn of_path(
        &self,
        page: &Document<'_>,
        (folder, file): (&str, &str),
        slug: Option<NodeId>,
        base: &str,
        languages: &Languages,
    ) -> Option<Address> {
        if !self.named || is_in_section(folder, &self.renamed) || is_in_section(folder, &self.ugly)
        {
            return None;
        }
        let (name, extension) = file.rsplit_once('.')?;
        let name = languages.without_suffix(name);
        if self.reads_names && name.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        // What follows a further point may be a language.
        let is_content = matches!(extension, "md" | "markdown" | "mdown" | "html" | "htm");
        if !is_content || name.contains('.') {
            return None;
        }
        let (folder, name) = match name {
            // Versions differ in what `slug` does to a section, and in a page of the root.
            "_index" if slug.is_some() || !self.sections => return None,
            "_index" => (folder, ""),
            "index" if folder.is_empty() => return None,
            "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
            _ => (folder, name),
        };
        let name = match slug {
            None => name,
            Some(slug) => plain_text(page, slug).filter(|slug| {
                !slug.contains('/')
                    && !slug.starts_with(['.', '-'])
                    && !slug.ends_with('-')
                    && *slug != "index"
            })?,
        };
        let mut url = String::with_capacity(base.len() + folder.len() + name.len() + 3);
        url.push_str(base);
        url.push('/');
        for segment in folder.split('/').chain([name]) {
            if !segment.is_empty() {
                self.push(segment, &mut url)?;
                url.push('/');
            }
        }
        Some(Address::of_folder(url))
    }

    /// Appends a segment of a path as Hugo writes it; `None` where versions differ in that.
    fn push(&self, segment: &str, url: &mut String) -> Option<()> {
        let mut before = ' ';
        for letter in segment.chars() {
            match letter {
                ' ' if matches!(before, ' ' | '-') => return None,
                ' ' => url.push('-'),
                '-' if before == ' ' && !url.ends_with('/') => return None,
                'A'..='Z' if self.lower => url.push(letter.to_ascii_lowercase()),
                _ if letter.is_ascii_alphanumeric() => url.push(letter),
                '-' | '_' | '.' | '+' | '~' | '@' => url.push(letter),
                _ if !letter.is_ascii() && letter.is_alphabetic() && self.accents => {
                    let mut small = letter.to_lowercase();
                    let first = small.next().filter(|_| small.next().is_none())?;
                    url.push(if self.lower { first } else { letter });
                }
                _ => return None,
            }
            before = letter;
        }
        (before != ' ').then_some(())
    }
}

/// Whether a path is in one of these sections; in the empty one is what is in none.
fn is_in_section(path: &str, sections: &[String]) -> bool {
    let section = path.split_once('/').map_or(path, |(section, _)| section);
    let mut sections = sections.iter();
    sections.any(|known| known.eq_ignore_ascii_case(section))
}

/// `url` of a page. What has a point is a file, else it is a folder. Without a slash at its beginning
/// it is below the folder of the language.
fn of_url(url: &str, language: &str) -> Option<Address> {
    // `:` begins a token since 0.131.
    if url.trim() != url || url.contains([':', '\\']) {
        return None;
    }
    let base = if url.starts_with('/') { "" } else { language };
    let path = joined(base, url)?;
    if url.ends_with('/') || !url.contains('.') {
        return Some(Address::of_folder(with_slash(path)));
    }
    Some(Address::of_file(path))
}

/// One of `aliases`: below the folder of the language, or beside the page where it does not begin
/// with a slash.
fn of_alias(alias: &str, language: &str, folder: Option<&str>) -> Option<Address> {
    if alias.trim() != alias || alias.contains([':', '\\']) {
        return None;
    }
    let base = match alias.starts_with('/') {
        true => language,
        false => folder?,
    };
    let path = joined(base, alias).filter(|path| path.len() > 1)?;
    if path.ends_with(".html") {
        return Some(Address::of_file(path));
    }
    // A folder before 0.123 or so, and a file since.
    if path.ends_with(".htm") {
        return None;
    }
    Some(Address::of_folder(with_slash(path)))
}

fn with_slash(mut path: String) -> String {
    if !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// A path below a folder, which has no slash at its end, with `.` and `..` resolved; `None` where
/// it leads out of the site.
fn joined(base: &str, path: &str) -> Option<String> {
    let mut joined = String::with_capacity(base.len() + path.len() + 2);
    joined.push_str(base);
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => joined.truncate(joined.rfind('/')?),
            _ => {
                joined.push('/');
                joined.push_str(segment);
            }
        }
    }
    if joined.is_empty() {
        joined.push('/');
    }
    Some(joined)
}

/// Whether `build` lets the page be written.
fn is_rendered(page: &Document<'_>, build: NodeId) -> bool {
    if page.is_null(build) {
        return true;
    }
    let Kind::Mapping(_) = page.node(build).kind else {
        return false;
    };
    let mut members = page.members(build).iter();
    members.all(|member| match &*hugo_key(&member.key.text) {
        "render" => page.scalar(member.value).is_some_and(|scalar| {
            scalar.value == Value::Bool(true) || scalar.text.eq_ignore_ascii_case("always")
        }),
        _ => true,
    })
}

fn is_false(page: &Document<'_>, id: NodeId) -> bool {
    let scalar = page.scalar(id);
    scalar.is_some_and(|scalar| scalar.value == Value::Bool(false))
}

/// Whether a list of output formats has that of pages.
pub(super) fn has_html(document: &Document<'_>, id: NodeId) -> bool {
    let mut items = document.items(id).iter();
    items.any(|&item| {
        let name = document.string(item);
        name.is_some_and(|name| name.eq_ignore_ascii_case("html"))
    })
}

/// Whether a list of output formats has that alone: a second one writes over a `url` that is a file.
pub(super) fn is_html(document: &Document<'_>, id: NodeId) -> bool {
    document.items(id).len() == 1 && has_html(document, id)
}
