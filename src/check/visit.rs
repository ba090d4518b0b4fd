//! Pages as their generators read them, for those that ask about a site's content rather than check it.

use std::path::Path;

use super::context::PageContext;
use super::folders::FolderContext;
use super::run::Checker;
use crate::discover::{Batch, Found};
use crate::read::Reader;
use crate::site::{PagePlace, Site};
use crate::syntax::{self, Document, Extraction};
use crate::text::SourceId;

/// A page with front matter that can be read.
pub struct VisitedPage<'p> {
    /// As shown to users.
    pub path: &'p Path,
    /// Up to the end of the front matter.
    pub text: &'p str,
    /// The site that it belongs to.
    pub site: &'p Site,
    /// What the generator takes it for.
    pub place: &'p PagePlace<'p>,
    /// Its effective front matter.
    pub document: &'p Document<'p>,
    /// Whether it is not published yet.
    pub is_draft: bool,
}

/// What one thread of a visit has.
struct Visitor<W> {
    reader: Reader,
    worker: W,
}

impl Checker<'_> {
    /// What the site of a file is, and what the generator takes the file for. Reads nothing of it.
    /// `None` where its configuration is broken.
    pub fn with_place<T>(
        &self,
        path: &Path,
        see: impl FnOnce(&Site, &PagePlace<'_>) -> T,
    ) -> Option<T> {
        let folder = self.context.folders.of(path)?;
        let page = PageContext::new(&self.context, &folder, path);
        Some(see(&folder.site, &page.place))
    }

    /// Reads every page of `found`, without checking any, and gives those with front matter to
    /// `visit`, in no certain order. Threads and workers are those of [`Found::for_each_batch`].
    pub fn visit<W: Send>(
        &self,
        found: &Found,
        jobs: usize,
        new_worker: &(dyn Fn() -> W + Sync),
        visit: &(dyn Fn(&mut W, &VisitedPage<'_>) + Sync),
    ) -> Vec<W> {
        let new_visitor = || Visitor {
            reader: Reader::new(),
            worker: new_worker(),
        };
        let visit_batch = |visitor: &mut Visitor<W>, batch: &Batch<'_>| {
            let first = batch.pages.first();
            let Some(folder) = first.and_then(|page| self.context.folders.of(&page.path)) else {
                return;
            };
            for input in batch.pages {
                self.visit_page(&input.path, &folder, visitor, visit);
            }
        };
        let (visitors, _) =
            found.for_each_batch(self.context.finder, jobs, &new_visitor, &visit_batch);
        let workers = visitors.into_iter().map(|visitor| visitor.worker);
        workers.collect()
    }

    fn visit_page<W>(
        &self,
        path: &Path,
        folder: &FolderContext,
        visitor: &mut Visitor<W>,
        visit: &(dyn Fn(&mut W, &VisitedPage<'_>) + Sync),
    ) {
        let page = PageContext::new(&self.context, folder, path);
        let absolute = page.absolute_path();
        let reader = &mut visitor.reader;
        let read = page
            .read(|fences, limit| reader.read_walked(&absolute, &folder.boundary, fences, limit));
        let Ok(head) = read else {
            return;
        };
        // The values of front matter that the generator does not see are checked as well.
        let (Extraction::Found(block) | Extraction::Broken(_, Some(block))) = head.extraction
        else {
            return;
        };
        let site = &*folder.site;
        let parsed = syntax::parse(&head.text, &block, site.dialect(), SourceId::PAGE);
        let Some(mut document) = parsed.document else {
            return;
        };
        let _ = site.with_defaults(&mut document, &page.place, folder.defaults.as_deref());
        let is_draft = site.is_draft(&document, &page.place);
        let visited = VisitedPage {
            path,
            text: &head.text,
            site,
            place: &page.place,
            document: &document,
            is_draft,
        };
        visit(&mut visitor.worker, &visited);
    }
}
