//! What a file is to its site's generator.

use std::borrow::Cow;
use std::sync::Arc;

/// A file's place in its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePlace<'p> {
    /// What the generator takes it for.
    pub kind: PageKind,
    /// The path that the generator's own patterns are compared with, with `/` on every system:
    /// relative to the source, without the folder that holds the collections.
    pub path: Cow<'p, str>,
}

/// What the generator takes a file for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// A page in the tree of the site.
    Page,
    /// A dated post.
    Post,
    /// A post that is not published yet.
    Draft,
    /// A document of the collection with this label.
    Collection(Arc<str>),
    /// A file that the generator does not read: excluded, hidden, in a folder it takes for its
    /// own, or in the site it built.
    Unrendered,
    /// A file that does not lie in the site.
    Outside,
}

impl<'p> PagePlace<'p> {
    pub(super) fn new(kind: PageKind, path: impl Into<Cow<'p, str>>) -> Self {
        let path = path.into();
        Self { kind, path }
    }

    /// The same place with a path of its own.
    #[must_use]
    pub fn into_owned(self) -> PagePlace<'static> {
        PagePlace::new(self.kind, self.path.into_owned())
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
