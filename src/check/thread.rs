//! What one thread of a run does: files wait for others of their folder, and are then read and checked
//! together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cross::Mark;
use super::folder::Folder;
use super::outcome::FileReport;
use super::page::{Page, SchemaChoice};
use super::partial::Partial;
use super::run::Checker;
use super::stages::{self, Opened};
use crate::config::{Collection, is_markdown};
use crate::discover::{Batch, Found, Origin};
use crate::read::Reader;
use crate::site::PagePlace;
use crate::syntax::Extraction;
use crate::text::SourceFile;

/// Where so many bytes of front matter have been read, no more are before they are checked.
const ENOUGH: usize = 1 << 16;

/// What one thread works with.
#[derive(Default)]
pub(super) struct Thread {
    pub(super) partial: Partial,
    reader: Reader,
    /// The folder of the last batch.
    here: Option<Here>,
    /// The claims of the last pages.
    claims: Vec<Mark>,
}

/// The folder of the last file: the next is likely to lie in it as well.
struct Here {
    path: PathBuf,
    /// `None` where its configuration is broken.
    folder: Option<Arc<Folder>>,
    /// Whether the whole site it belongs to is checked.
    whole_site: bool,
}

/// A page whose head has been read.
struct ReadPage<'p> {
    path: &'p Path,
    origin: Origin,
    place: PagePlace<'p>,
    collection: Option<&'p Collection>,
    extraction: Extraction,
    /// Whether there is no front matter.
    has_no_block: bool,
    text: String,
}

impl Checker<'_> {
    /// Checks the pages of one folder together.
    pub(super) fn check_batch(
        &self,
        batch: &Batch<'_>,
        (found, stdin): (&Found, &[u8]),
        thread: &mut Thread,
    ) {
        if let Some(folder) = batch.no_site_root {
            self.folders.note_no_root(folder);
        }
        let Thread {
            partial,
            reader,
            here,
            claims,
        } = thread;
        let here = match here {
            Some(here) if here.path == batch.folder() => here,
            _ => here.insert(self.here(batch, found)),
        };
        let Some(folder) = here.folder.as_deref() else {
            return;
        };
        let mut pages = batch.pages.iter();
        while !pages.as_slice().is_empty() {
            let (mut read, mut bytes) = (Vec::with_capacity(pages.len()), 0);
            for page in pages.by_ref() {
                let page = self.read(&page.path, page.origin, folder, stdin, reader, partial);
                bytes += page.as_ref().map_or(0, |page| page.text.len());
                read.extend(page);
                if bytes > ENOUGH {
                    break;
                }
            }
            self.check_read(read, here.whole_site, folder, (partial, reader, claims));
        }
    }

    fn here(&self, batch: &Batch<'_>, found: &Found) -> Here {
        let page = batch.pages.first();
        let of_page = page.and_then(|page| self.folders.of(&page.path));
        let root = of_page.as_ref().map(|it| it.site.root());
        Here {
            path: batch.folder().to_owned(),
            whole_site: root.is_some_and(|root| found.covers(root)),
            folder: of_page,
        }
    }

    /// Checks pages whose heads have been read.
    fn check_read(
        &self,
        mut read: Vec<ReadPage<'_>>,
        whole_site: bool,
        folder: &Folder,
        (partial, reader, claims): (&mut Partial, &mut Reader, &mut Vec<Mark>),
    ) {
        let extractions = read.iter_mut();
        let extractions: Vec<_> = extractions
            .map(|it| std::mem::take(&mut it.extraction))
            .collect();
        let pages: Vec<_> = read
            .iter()
            .map(|it| Page {
                whole_site,
                ..self.page(it.path, folder, &it.place, it.collection)
            })
            .collect();
        let opened = pages.iter().zip(&read).zip(extractions);
        let opened = opened.map(|((page, read), extraction)| Opened {
            page,
            text: &read.text,
            extraction,
        });
        claims.clear();
        let checked = stages::check(opened, claims);
        drop(pages);
        for (page, (checked, own)) in read.into_iter().zip(checked) {
            let claims = claims.get(own).unwrap_or_default();
            let collection = page.collection.and_then(|it| it.schema.as_ref());
            let is_governed = checked.schema.is_some() || collection.is_some();
            partial.ungoverned += usize::from(!is_governed);
            let is_unapplied = page.has_no_block
                && checked.schema.is_none()
                && !page.collection.is_some_and(|it| it.front_matter_required)
                && self.has_schema_for(page.collection);
            partial.unapplied += usize::from(is_unapplied);
            partial.keep(checked, page.text, claims, (page.path, page.origin), reader);
        }
    }

    /// Whether a page is to be checked against a schema that it does not name itself.
    fn has_schema_for(&self, collection: Option<&Collection>) -> bool {
        match self.schema {
            SchemaChoice::Governing => collection.is_some_and(|it| it.schema.is_some()),
            SchemaChoice::Forced(_) => true,
            SchemaChoice::Off => false,
        }
    }

    /// Reads the head of a page. `None` for a file that is not a page, or cannot be read: a file of
    /// another type than Markdown is one where it has front matter or a collection names it.
    fn read<'p>(
        &self,
        path: &'p Path,
        origin: Origin,
        folder: &'p Folder,
        stdin: &[u8],
        reader: &mut Reader,
        partial: &mut Partial,
    ) -> Option<ReadPage<'p>> {
        // Markdown configures no generator.
        if !is_markdown(path) && folder.site.is_config(path) {
            partial.named_configs.insert(folder.site.root().to_owned());
            return None;
        }
        let place = folder.site.place(path);
        let collection = folder.config.collection_of(path);
        if origin == Origin::Walked && collection.is_none() && !place.is_rendered() {
            return None;
        }
        let fences = folder.site.fence_rules_at(&place);
        let limit = folder.config.max_front_matter;
        let head = match origin {
            Origin::Stdin => reader.read_stream(&mut &*stdin, fences, limit),
            Origin::Named => reader.read(path, fences, limit),
            Origin::Walked => reader.read_walked(path, &folder.boundary, fences, limit),
        };
        let head = match head {
            Ok(head) => head,
            Err(failure) => {
                partial.reports.push(FileReport {
                    source: Arc::new(SourceFile::new(path, "")),
                    findings: vec![*failure],
                    merged: Vec::new(),
                    page: Some(origin),
                });
                return None;
            }
        };
        let has_no_block = matches!(head.extraction, Extraction::Absent);
        if origin == Origin::Named && has_no_block && collection.is_none() && !is_markdown(path) {
            partial.other_files.push(path.to_owned());
            return None;
        }
        folder.config.mark_checked(path);
        if let Some(collection) = collection {
            collection.mark_seen();
        }
        Some(ReadPage {
            path,
            origin,
            place,
            collection,
            extraction: head.extraction,
            has_no_block,
            text: head.text,
        })
    }
}
