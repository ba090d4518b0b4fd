//! What one thread of a run does with the batches of pages that it takes.

use std::path::PathBuf;
use std::slice;
use std::sync::Arc;

use super::claims::{ClaimFilter, ClaimTable, PageId};
use super::context::{PageContext, RunContext};
use super::folders::FolderContext;
use super::outcome::FileReport;
use super::page::Page;
use super::page_schema::PageSchema;
use super::thread_outcome::ThreadOutcome;
use crate::config::is_markdown;
use crate::diagnostic::Diagnostic;
use crate::discover::{Batch, Found, Input, Origin};
use crate::read::{Head, Reader};
use crate::syntax::Extraction;
use crate::text::SourceFile;

/// Once so many bytes of front matter have been read, they are checked before more are.
const MOST_BYTES: usize = 1 << 16;

/// What the workers of a run share.
#[derive(Clone, Copy)]
pub(super) struct WorkerInput<'a> {
    pub(super) run: &'a RunContext<'a>,
    pub(super) found: &'a Found,
    /// What the page on standard input holds.
    pub(super) stdin: &'a [u8],
    /// The first page with each claim.
    pub(super) claims: &'a ClaimTable,
}

/// Checks the pages of one thread.
pub(super) struct CheckWorker<'a> {
    shared: WorkerInput<'a>,
    reader: Reader,
    /// The folder of the last batch: the next is likely to be in it too.
    folder: Option<CurrentFolder>,
    last_schema: Option<Arc<PageSchema>>,
    pub(super) outcome: ThreadOutcome,
}

#[derive(Clone)]
struct CurrentFolder {
    path: PathBuf,
    /// `None` where its configuration is broken.
    context: Option<Arc<FolderContext>>,
    /// Whether the whole site that it belongs to is checked.
    whole_site: bool,
}

/// A file whose beginning has been read for a page.
struct ReadFile<'b> {
    input: &'b Input,
    text: String,
}

impl<'a> CheckWorker<'a> {
    /// The worker of this number.
    pub(super) fn new(shared: WorkerInput<'a>, number: u32) -> Self {
        Self {
            shared,
            reader: Reader::new(),
            folder: None,
            last_schema: None,
            outcome: ThreadOutcome {
                worker: number,
                ..ThreadOutcome::default()
            },
        }
    }

    /// Checks the pages of a batch.
    pub(super) fn check_batch(&mut self, batch: &Batch<'_>) {
        if let Some(folder) = batch.no_site_root {
            self.shared.run.folders.note_no_root(folder);
        }
        let folder = self.enter(batch);
        if let Some(context) = &folder.context {
            let mut inputs = batch.pages.iter();
            while !inputs.as_slice().is_empty() {
                self.check_pages(&mut inputs, context, folder.whole_site);
            }
        }
        self.folder = Some(folder);
    }

    /// The folder of a batch.
    fn enter(&mut self, batch: &Batch<'_>) -> CurrentFolder {
        let path = batch.folder();
        if let Some(current) = self.folder.take().filter(|current| current.path == path) {
            return current;
        }
        let first = batch.pages.first();
        let context = first.and_then(|page| self.shared.run.folders.of(&page.path));
        let root = context.as_ref().map(|context| context.site.root());
        CurrentFolder {
            path: path.to_owned(),
            whole_site: root.is_some_and(|root| self.shared.found.covers(root)),
            context,
        }
    }

    /// Checks the next pages, not too many bytes of them at once.
    fn check_pages(
        &mut self,
        inputs: &mut slice::Iter<'_, Input>,
        folder: &Arc<FolderContext>,
        whole_site: bool,
    ) {
        let mut files = Vec::with_capacity(inputs.len());
        let mut pages = Vec::with_capacity(inputs.len());
        let mut bytes = 0;
        for input in inputs {
            let Some((page, text)) = self.open(input, folder) else {
                continue;
            };
            bytes += text.len();
            pages.push(page);
            files.push(ReadFile { input, text });
            if bytes > MOST_BYTES {
                break;
            }
        }
        // All pages take one step before any takes the next: so the instructions of the step stay in
        // the processor's first cache, with 370 misses a page instead of 1,520.
        for (page, file) in pages.iter_mut().zip(&files) {
            page.parse(&file.text);
        }
        for page in &mut pages {
            page.validate(&mut self.last_schema);
        }
        for (index, page) in pages.iter_mut().enumerate() {
            page.apply_rules(&self.claim_filter(whole_site, index));
        }
        let finished: Vec<_> = pages.into_iter().map(Page::finish).collect();
        for (file, mut findings) in files.into_iter().zip(finished) {
            if !whole_site {
                findings.drop_relative_uploads();
            }
            self.outcome.add(file.input, folder, file.text, findings);
        }
    }

    /// Which claims are kept of the page that is `index` pages after the last finished one.
    fn claim_filter(&self, whole_site: bool, index: usize) -> ClaimFilter<'a> {
        if !whole_site {
            return ClaimFilter::Nothing;
        }
        let index = self.outcome.files.len() + index;
        ClaimFilter::Repeated {
            table: self.shared.claims,
            page: PageId {
                worker: self.outcome.worker,
                index: u32::try_from(index).unwrap_or(u32::MAX),
            },
        }
    }

    /// Reads the beginning of a page. `None` for a file that is not a page, or cannot be read: a
    /// file of another type than Markdown is a page where it has front matter or a collection names
    /// it.
    fn open<'p>(
        &mut self,
        input: &'p Input,
        folder: &'p FolderContext,
    ) -> Option<(Page<'p>, String)>
    where
        'a: 'p,
    {
        let path = input.path.as_path();
        let is_markdown = is_markdown(path);
        // Markdown configures no generator.
        if !is_markdown && folder.site.is_config(path) {
            let root = folder.site.root().to_owned();
            self.outcome.named_configs.insert(root);
            return None;
        }
        let context = PageContext::new(self.shared.run, folder, path);
        let is_page = context.collection.is_some() || context.place.is_rendered();
        if input.origin == Origin::Walked && !is_page {
            return None;
        }
        let is_of_type = || context.place.is_rendered() && folder.site.reads_type(path);
        if input.needs_fence && !is_of_type() {
            return None;
        }
        let reader = &mut self.reader;
        let absolute = context.absolute_path();
        let read = context.read(|fences, limit| match input.origin {
            Origin::Stdin => reader.read_stream(&mut &*self.shared.stdin, fences, limit),
            Origin::Named => reader.read(&absolute, fences, limit),
            Origin::Walked => reader.read_walked(&absolute, &folder.boundary, fences, limit),
        });
        let head = match read {
            Ok(head) => head,
            Err(failure) => {
                self.add_unreadable(input, *failure);
                return None;
            }
        };
        let may_be_other = !is_markdown && context.collection.is_none();
        let has_no_block = matches!(head.extraction, Extraction::Absent);
        if input.needs_fence && !begins_with_fence(&head) {
            return None;
        }
        if input.origin == Origin::Named && may_be_other && has_no_block {
            self.outcome.other_files.push(path.to_owned());
            return None;
        }
        folder.config.mark_checked(path);
        if let Some(collection) = context.collection {
            collection.mark_seen();
        }
        Some((Page::new(context, head.extraction), head.text))
    }

    fn add_unreadable(&mut self, input: &Input, failure: Diagnostic) {
        let source = Arc::new(SourceFile::new(&input.path, ""));
        let report = FileReport::new(source, vec![failure], Some(input.origin));
        self.outcome.reports.push(report);
    }
}

/// Whether a file begins with three hyphens or plus signs, or with front matter of another kind that
/// its generator reads.
fn begins_with_fence(head: &Head) -> bool {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    match head.extraction {
        Extraction::Found(_) => true,
        Extraction::Absent | Extraction::Incomplete => false,
        Extraction::Foreign => text.starts_with("---"),
        Extraction::Broken(..) => text.starts_with("---") || text.starts_with("+++"),
    }
}
