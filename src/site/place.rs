//! What a file is to its site's generator.

use std::borrow::Cow;

/// A file's place in its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePlace<'p> {
    /// What the generator takes it for.
    pub kind: PageKind<'p>,
    /// The path that the generator's own patterns are compared with, with `/` on every system:
    /// relative to the source, without the folder that holds the collections.
    pub path: Cow<'p, str>,
    /// The language of the site that the page belongs to, where its path says so; `None` for the
    /// first.
    pub language: Option<Cow<'p, str>>,
    /// The version of the site that the page belongs to; `None` for the current one.
    pub version: Option<Cow<'p, str>>,
}

/// Which of these languages stands before the extension of a file's name: `fr` in `a.fr.md`.
pub(super) fn suffix_language<'p>(path: &'p str, languages: &[String]) -> Option<&'p str> {
    if languages.is_empty() {
        return None;
    }
    let name = path.rsplit('/').next()?;
    let (stem, _) = name.rsplit_once('.')?;
    let (_, suffix) = stem.rsplit_once('.')?;
    languages
        .iter()
        .any(|name| name == suffix)
        .then_some(suffix)
}

/// Whether there is a file or folder (a folder, where the second argument says so) at a path
/// relative to the site's root.
pub type Exists<'a> = &'a dyn Fn(&str, bool) -> bool;

/// What the generator takes a file for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind<'p> {
    /// A page in the tree of the site.
    Page,
    /// A dated post.
    Post,
    /// A post that is not published yet.
    Draft,
    /// A document of the collection with this label.
    Collection(Cow<'p, str>),
    /// A file that the generator does not read: excluded, hidden, in a folder it takes for its
    /// own, or in the site it built.
    Unrendered,
    /// A file that does not lie in the site.
    Outside,
}

impl<'p> PagePlace<'p> {
    pub(super) fn new(kind: PageKind<'p>, path: impl Into<Cow<'p, str>>) -> Self {
        let path = path.into();
        Self {
            kind,
            path,
            language: None,
            version: None,
        }
    }

    /// The same place in a language.
    pub(super) fn in_language(mut self, language: Option<impl Into<Cow<'p, str>>>) -> Self {
        self.language = language.map(Into::into);
        self
    }

    /// The same place in a version.
    pub(super) fn in_version(mut self, version: Option<impl Into<Cow<'p, str>>>) -> Self {
        self.version = version.map(Into::into);
        self
    }

    /// The same place, which does not borrow from the path.
    #[must_use]
    pub fn into_owned(self) -> PagePlace<'static> {
        let kind = match self.kind {
            PageKind::Page => PageKind::Page,
            PageKind::Post => PageKind::Post,
            PageKind::Draft => PageKind::Draft,
            PageKind::Collection(label) => PageKind::Collection(Cow::Owned(label.into_owned())),
            PageKind::Unrendered => PageKind::Unrendered,
            PageKind::Outside => PageKind::Outside,
        };
        PagePlace::new(kind, self.path.into_owned())
            .in_language(self.language.map(Cow::into_owned))
            .in_version(self.version.map(Cow::into_owned))
    }

    /// The collection's label: `posts` for posts and drafts, `None` for all that is in none.
    #[must_use]
    pub fn collection(&self) -> Option<&str> {
        match &self.kind {
            PageKind::Collection(label) => Some(label),
            PageKind::Post | PageKind::Draft => Some("posts"),
            PageKind::Page | PageKind::Unrendered | PageKind::Outside => None,
        }
    }

    /// Whether the generator makes a page of this file, drafts included.
    #[must_use]
    pub fn is_rendered(&self) -> bool {
        !matches!(self.kind, PageKind::Unrendered | PageKind::Outside)
    }
}
