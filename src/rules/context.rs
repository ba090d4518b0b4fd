//! The page that the rules look at.

use std::cell::OnceCell;
use std::path::Path;

use super::Scalars;
use super::scalars::ScalarRef;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{Effects, FieldDate, Lookup, PagePlace, Site};
use crate::syntax::{Document, NodeId, pointer};
use crate::text::{SourceId, Span};

/// What a rule may look at.
pub struct Context<'a> {
    /// The page's front matter over the generator's defaults.
    pub document: &'a Document<'a>,
    /// Its scalars.
    pub scalars: Scalars<'a>,
    /// Empty at first; see [`Self::field_dates`].
    pub field_dates: OnceCell<Vec<FieldDate<'a>>>,
    /// What laying the defaults under the page did.
    pub effects: &'a Effects,
    /// What was found wrong with the page's syntax and against its schema.
    pub findings: &'a [Diagnostic],
    /// The page's text, to the end of its front matter.
    pub text: &'a str,
    /// The page's path, as the upload index takes it.
    pub path: &'a Path,
    /// What the page is to its generator.
    pub place: &'a PagePlace<'a>,
    /// The site it belongs to.
    pub site: &'a Site,
    /// Whether a collection of the configuration has the page.
    pub is_in_collection: bool,
    /// Whether the page is not published yet.
    pub is_draft: bool,
    /// Seconds since 1970-01-01T00:00:00Z, now.
    pub now: i64,
    /// Whether the schema would refuse a scalar, by its pointer, if it were text: the author had to
    /// write something else. Costs a validation, so that it is called for suspects only.
    pub refuses_text: &'a dyn Fn(NodeId, &str) -> bool,
}

/// A text that the page gives to a key at its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageValue<'a> {
    /// The text.
    pub text: &'a str,
    /// Its place in the page.
    pub span: Span,
    /// Its RFC 6901 pointer.
    pub pointer: String,
}

impl<'a> Context<'a> {
    /// The dates in the fields that the generator itself reads as dates.
    pub(super) fn field_dates(&self) -> &[FieldDate<'a>] {
        let collect = || self.site.field_dates(self.document, self.place);
        self.field_dates.get_or_init(collect)
    }

    /// The text that the page itself gives to a key at its root; `None` where the key is missing, is
    /// a default's, or has a value that is no text.
    #[must_use]
    pub fn page_string(&self, key: &str) -> Option<PageValue<'a>> {
        let member = self.document.get(self.document.root(), key)?;
        let node = self.document.node(member.value);
        let mut pointer = String::new();
        pointer::push(&mut pointer, key);
        (node.source == SourceId::PAGE).then_some(PageValue {
            text: self.document.string(member.value)?,
            span: node.span,
            pointer,
        })
    }

    /// Looks up a path that the page writes.
    pub(super) fn look_up(&self, path: &str) -> Lookup {
        let bundle = || self.site.bundle_address(self.document, self.place);
        self.site.look_up(self.path, path, &bundle)
    }

    /// Whether anything says that the page and its neighbours belong to one site.
    pub(super) fn is_of_site(&self) -> bool {
        self.is_in_collection || self.site.generator().is_some()
    }

    /// A finding about a scalar.
    pub(super) fn finding(
        &self,
        rule: RuleId,
        scalar: &ScalarRef<'_>,
        message: String,
    ) -> Diagnostic {
        Diagnostic::new(rule, message)
            .at_source(scalar.source, scalar.span, "")
            .pointer(self.scalars.pointer(scalar))
    }
}
