//! Comparing pages with each other, once all of a site have been read.
//!
//! Keeps of each page only what it claims; the few pages that are in each other's way are read
//! again for the report.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::folder::{Folder, Folders};
use super::outcome::{FileReport, ShownFile};
use super::page::is_wanted;
use super::suppressions::Suppressions;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::discover::Origin;
use crate::read::Reader;
use crate::rules::{self, Claim, Claimant, TellAll};
use crate::site::{PagePlace, Site};
use crate::syntax::{self, Block, Extraction};
use crate::text::{SourceFile, SourceId, SourceMap};

/// A claim in 64 bits: two of one site and rule with one key have one mark. Two that differ may
/// have one too; which of the two it is, the pages tell when they are read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u64);

impl Mark {
    /// The mark of a claim with this key that a page of `site` makes. Holds as long as the site is
    /// open.
    pub(super) fn of(site: &Site, rule: RuleId, key: [&str; 3]) -> Self {
        let site = std::ptr::from_ref(site).addr();
        let mut hasher = FixedState::default().build_hasher();
        hasher.write_usize(site);
        hasher.write_u8(rule as u8);
        for part in key {
            // The length tells where the next part begins.
            hasher.write_usize(part.len());
            if !part.is_empty() {
                hasher.write(part.as_bytes());
            }
        }
        Self(hasher.finish())
    }
}

/// What the pages of a run claim.
#[derive(Default)]
pub(super) struct Claims {
    /// The marks, each with the index of its page among the files that were checked.
    marks: Vec<(Mark, u32)>,
}

/// What comparing found.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) reports: Vec<FileReport>,
    /// How many findings `[[ignore]]` hid.
    pub(super) suppressed: usize,
}

/// A claim with the site and the page that it is made in.
type Made = (usize, RuleId, Claim, Arc<Path>);

impl Claims {
    /// Takes the claims of the page at an index of the files.
    pub(super) fn add(&mut self, page: usize, claims: &[Mark]) {
        let page = index(page);
        self.marks.extend(claims.iter().map(|&mark| (mark, page)));
    }

    /// Puts what another thread gathered beside this, whose files are put after so many.
    pub(super) fn merge(&mut self, other: Self, files: usize) {
        let first = index(files);
        let marks = other.marks.into_iter();
        self.marks
            .extend(marks.map(|(mark, page)| (mark, page.saturating_add(first))));
    }

    /// Compares the claims of each site, and reports on the later of two pages, by path. `files` are
    /// those that were checked, in the order in which they were gathered: the marks name them by index.
    pub(super) fn compare(
        self,
        files: &[ShownFile],
        folders: &Folders<'_>,
        sources: &SourceMap,
    ) -> Compared {
        let mut again = Again {
            folders,
            sources,
            reader: Reader::default(),
            files: HashMap::new(),
        };
        let mut roots: HashMap<PathBuf, usize> = HashMap::new();
        let mut made: Vec<Made> = Vec::new();
        for page in self.suspects(files) {
            let Some(folder) = folders.of(&page) else {
                continue;
            };
            let next = roots.len();
            let site = *roots.entry(folder.site.root().to_owned()).or_insert(next);
            again.claims(&page, &folder, &mut |rule, _, claim| {
                made.push((site, rule, claim(), Arc::clone(&page)));
            });
        }
        made.sort_unstable_by(|a, b| {
            (a.0, a.1, &a.2.key, &a.3, a.2.span).cmp(&(b.0, b.1, &b.2.key, &b.3, b.2.span))
        });
        let mut compared = Compared::default();
        let same = |a: &Made, b: &Made| (a.0, a.1, &a.2.key) == (b.0, b.1, &b.2.key);
        for group in made.chunk_by(same) {
            if group.len() < 2 {
                continue;
            }
            let mut certain = group.iter().filter(|made| again.holds(made));
            let Some(first) = certain.next() else {
                continue;
            };
            let others: Vec<&Made> = certain.collect();
            for other in others {
                again.judge(first, other, &mut compared);
            }
        }
        compared
    }

    /// Drops nearly all the marks that one page alone has, so that few are put in order.
    fn drop_single(&mut self) {
        let mut once = Bits::for_marks(self.marks.len());
        let mut twice = Bits::for_marks(self.marks.len());
        for &(mark, _) in &self.marks {
            if once.set(mark) {
                twice.set(mark);
            }
        }
        self.marks.retain(|&(mark, _)| twice.has(mark));
    }

    /// The pages whose marks are not theirs alone, by path.
    fn suspects(mut self, files: &[ShownFile]) -> Vec<Arc<Path>> {
        self.drop_single();
        self.marks.sort_unstable();
        let groups = self.marks.chunk_by(|a, b| a.0 == b.0);
        let mut pages: Vec<u32> = groups
            .filter(|group| group.len() > 1)
            .flat_map(|group| group.iter().map(|&(_, page)| page))
            .collect();
        pages.sort_unstable();
        pages.dedup();
        let mut paths: Vec<Arc<Path>> = pages
            .into_iter()
            .filter_map(|page| Some(Arc::clone(&files.get(page as usize)?.path)))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

/// A bit for each mark out of many, which few share by chance.
struct Bits {
    words: Vec<u64>,
    shift: u32,
}

impl Bits {
    /// For so many marks.
    fn for_marks(marks: usize) -> Self {
        let words = (marks / 4).next_power_of_two().max(2);
        Self {
            words: vec![0; words],
            shift: 64 - words.trailing_zeros(),
        }
    }

    fn place(&self, mark: Mark) -> (usize, u64) {
        let word = usize::try_from(mark.0 >> self.shift).unwrap_or_default();
        (word, 1 << (mark.0 % 64))
    }

    fn has(&self, mark: Mark) -> bool {
        let (word, bit) = self.place(mark);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Sets the bit of a mark; says whether it was set.
    fn set(&mut self, mark: Mark) -> bool {
        let (word, bit) = self.place(mark);
        let word = self.words.get_mut(word);
        word.is_some_and(|word| std::mem::replace(word, *word | bit) & bit != 0)
    }
}

fn index(pages: usize) -> u32 {
    u32::try_from(pages).unwrap_or(u32::MAX)
}

/// Reads pages again.
struct Again<'a> {
    folders: &'a Folders<'a>,
    sources: &'a SourceMap,
    reader: Reader,
    files: HashMap<Arc<Path>, Option<PageAgain>>,
}

/// A page that was read again.
#[derive(Clone)]
struct PageAgain {
    file: Arc<SourceFile>,
    id: SourceId,
    /// Its comments that allow findings; read once, since a page may claim much.
    comments: Rc<RefCell<Suppressions>>,
}

impl Again<'_> {
    /// Tells what a page claims.
    fn claims(&mut self, page: &Path, folder: &Folder, tell: TellAll<'_>) {
        let place = folder.site.place(page);
        let fences = folder.site.fence_rules_at(&place);
        let limit = folder.config.max_front_matter;
        let Ok(head) = self.reader.read(page, fences, limit) else {
            return;
        };
        if let Extraction::Found(block) | Extraction::Broken(_, Some(block)) = &head.extraction {
            claims_of(page, folder, &place, (&head.text, block), tell);
        }
        self.reader.recycle(head.text);
    }

    /// Whether a claim is certain, once files are asked that no check of one page reads.
    fn holds(&self, (_, rule, _, page): &Made) -> bool {
        let cross = rules::find(*rule).and_then(|rule| rule.cross);
        let folder = self.folders.of(page);
        cross.is_some_and(|cross| folder.is_some_and(|it| (cross.holds)(&it.site, page)))
    }

    fn judge(
        &mut self,
        (_, rule, first, first_page): &Made,
        (_, _, second, second_page): &Made,
        compared: &mut Compared,
    ) {
        let Some(cross) = rules::find(*rule).and_then(|rule| rule.cross) else {
            return;
        };
        let claimant = |page, claim| Claimant { page, claim };
        let finding = (cross.judge)(
            claimant(first_page.as_ref(), first),
            claimant(second_page.as_ref(), second),
        );
        let (Some(finding), Some(folder)) = (finding, self.folders.of(second_page)) else {
            return;
        };
        let ignored = |folder: &Folder, page: &Path, claim: &Claim| {
            let pointer = claim.pointer.as_deref();
            folder.config.is_ignored(page, *rule, pointer)
        };
        let other = self.folders.of(first_page);
        let hidden = ignored(&folder, second_page, second)
            | other.is_some_and(|folder| ignored(&folder, first_page, first));
        if hidden {
            compared.suppressed += 1;
            return;
        }
        let collection = folder.config.collection_of(second_page);
        let setting = folder.config.severity(*rule, collection);
        let Some(severity) = setting.apply(finding.severity) else {
            return;
        };
        let mut finding: Diagnostic = finding.severity(severity);
        if let Some(first_page) = self.read(first_page) {
            finding = finding.related(first_page.id, first.span, (cross.first)(first));
        }
        let Some(page) = self.read(second_page) else {
            return;
        };
        if page.comments.borrow_mut().allow(&finding) {
            compared.suppressed += 1;
            return;
        }
        compared.reports.push(FileReport {
            source: page.file,
            findings: vec![finding],
            merged: Vec::new(),
            page: Some(Origin::Walked),
        });
    }

    fn read(&mut self, page: &Arc<Path>) -> Option<PageAgain> {
        if let Some(known) = self.files.get(page) {
            return known.clone();
        }
        let folder = self.folders.of(page)?;
        let place = folder.site.place(page);
        let fences = folder.site.fence_rules_at(&place);
        let head = self
            .reader
            .read(page, fences, folder.config.max_front_matter)
            .ok();
        let read = head.map(|head| {
            let block = match head.extraction {
                Extraction::Found(block) => Some(block),
                _ => None,
            };
            let document = block.and_then(|block| {
                syntax::parse(&head.text, &block, folder.site.dialect(), SourceId::PAGE).document
            });
            let comments = document.map(|it| Suppressions::of_document(&it, &head.text));
            let comments = Rc::new(RefCell::new(comments.unwrap_or_default()));
            let file = Arc::new(SourceFile::new(page.as_ref(), head.text));
            let id = self.sources.add(Arc::clone(&file));
            PageAgain { file, id, comments }
        });
        self.files.insert(Arc::clone(page), read.clone());
        read
    }
}

/// Tells what a page claims that reads so.
fn claims_of(
    path: &Path,
    folder: &Folder,
    place: &PagePlace<'_>,
    (text, block): (&str, &Block),
    tell: TellAll<'_>,
) {
    let site = &*folder.site;
    let parsed = syntax::parse(text, block, site.dialect(), SourceId::PAGE);
    let Some(mut document) = parsed.document else {
        return;
    };
    let effects = site.with_defaults(&mut document, place);
    if site.is_draft(&document, place) {
        return;
    }
    let collection = folder.config.collection_of(path);
    let context = rules::Context {
        document: &document,
        values: rules::Values::of(&document),
        effects: &effects,
        found: &[],
        text,
        path,
        place,
        site,
        is_draft: false,
        now: 0,
        refuses_text: &|_, _| false,
    };
    rules::collect(&context, &|rule| is_wanted(folder, collection, rule), tell);
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the pages are read again")]
mod tests {
    use super::*;
    use crate::config::Finder;
    use crate::site::SiteOptions;

    #[test]
    fn pages_that_share_a_mark_by_chance_are_judged_by_what_they_claim() {
        let site = tempfile::tempdir().unwrap();
        let page = |name: &str| site.path().join(name);
        std::fs::write(page("_config.yml"), "").unwrap();
        for (name, title) in [
            ("a.md", "One"),
            ("b.md", "Two"),
            ("c.md", "Two"),
            ("d.md", "Two"),
        ] {
            std::fs::write(page(name), format!("---\ntitle: {title}\n---\n")).unwrap();
        }
        let sources = Arc::new(SourceMap::default());
        let finder = Finder::new(&[], true, Arc::clone(&sources)).unwrap();
        let folders = Folders::new(&finder, &sources);
        let (mut one, mut other) = (Claims::default(), Claims::default());
        one.add(0, &[Mark(1)]);
        other.add(0, &[Mark(2)]);
        other.add(1, &[Mark(1), Mark(3)]);
        other.add(2, &[Mark(1)]);
        one.merge(other, 1);
        let files = ["b.md", "d.md", "c.md", "a.md"].map(|name| ShownFile {
            path: page(name).into(),
            schema: None,
        });
        let compared = one.compare(&files, &folders, &sources);
        let told: Vec<_> = compared
            .reports
            .iter()
            .map(|report| (report.source.path(), report.findings[0].rule))
            .collect();
        assert_eq!(told, [(page("c.md").as_path(), RuleId::DuplicateTitle)]);
    }

    #[test]
    fn marks_tell_sites_rules_and_keys_apart() {
        let root = tempfile::tempdir().unwrap();
        let open = || {
            let options = SiteOptions {
                root: root.path(),
                display_root: Path::new(""),
                generator: None,
                dialect: None,
                uploads: &[],
                boundary: crate::files::Boundary::none(),
            };
            Site::open(options, &SourceMap::default()).0
        };
        let (site, other) = (open(), open());
        let title = |site, key| Mark::of(site, RuleId::DuplicateTitle, key);
        let mark = title(&site, ["a", "", "b"]);
        assert_eq!(mark, title(&site, ["a", "", "b"]));
        assert_ne!(mark, title(&site, ["a", "b", ""]));
        assert_ne!(mark, title(&other, ["a", "", "b"]));
        let rule = RuleId::DuplicatePermalink;
        assert_ne!(mark, Mark::of(&site, rule, ["a", "", "b"]));
    }
}
