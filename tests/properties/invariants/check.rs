//! A whole page checked and mended.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use frontlint::testing::check::{Checker, PageSettings, SchemaChoice};
use frontlint::testing::config::{Finder, finder};
use frontlint::testing::diagnostic::{Applicability, CheckedPage, Fix};
use frontlint::testing::fix::{FixedPage, Fixer};
use frontlint::testing::report::{Format, Outputs, Style, Summary};
use frontlint::testing::syntax::{Block, Extraction, extract, parse};
use frontlint::testing::text::{ColumnUnit, SourceFile, SourceId, SourceMap, Sources};

use super::{chosen, places};

/// Pages that are checked as if they held the bytes, by the sites of `fixtures/sites`.
const PAGES: &[&str] = &[
    "press-room/_communiques/page.md",
    "hugo/content/notices/page.md",
    "press-room-broken/_evenements/page.md",
    "press-room-broken/_posts/2024-05-23-page.md",
    "docusaurus/blog/2024-05-23-page.md",
    "vitepress/guide/page.md",
    "mkdocs/docs/page.md",
    "eleventy/content/notices/page.md",
    "astro/src/content/notices/page.md",
    "zola/content/notices/page.md",
    "jekyll-oracle/_notes/deep/page.md",
];

/// Rules that are off unless they are asked for.
const SETTINGS: [&str; 2] = [
    "rules.ambiguous-scalar = 'warning'",
    "rules.empty-value = 'warning'",
];

/// 2024-06-01T00:00:00Z.
const NOW: i64 = 1_717_200_000;

/// Pages checked by one checker before the next: it remembers every path that a page names.
const MOST_PAGES: usize = 5_000;

/// A page is given up after so many passes; each syntax error takes one.
const MOST_PASSES: usize = 32;

struct Room {
    finder: &'static Finder,
    sources: &'static Arc<SourceMap>,
    checker: Checker<'static>,
    pages: usize,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::new(Room::open());
}

impl Room {
    /// Lives as long as the thread that tries pages.
    fn open() -> Self {
        let sources = &*Box::leak(Box::new(Arc::new(SourceMap::default())));
        let settings = SETTINGS.map(str::to_owned);
        let finder = finder(&settings, Arc::clone(sources)).expect("good settings");
        let finder = &*Box::leak(Box::new(finder));
        Self {
            finder,
            sources,
            checker: Checker::new(SchemaChoice::Governing, finder, sources).at(NOW),
            pages: 0,
        }
    }

    fn renew(&mut self) {
        self.pages += 1;
        if self.pages == MOST_PAGES {
            self.pages = 0;
            let anew = Checker::new(SchemaChoice::Governing, self.finder, self.sources);
            self.checker = anew.at(NOW);
        }
    }
}

/// The fixtures are found from the crate that this is compiled into.
fn sites() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut sites = here.map(|folder| folder.join("fixtures/sites"));
    sites.find(|sites| sites.is_dir()).expect("fixtures/sites")
}

/// The whole check of a page of one of the sites, its reports and its fixes.
pub fn check(data: &[u8]) {
    let (choice, bytes) = chosen(data);
    let path = sites().join(PAGES[choice % PAGES.len()]);
    ROOM.with_borrow_mut(|room| {
        room.renew();
        let sources = room.sources;
        let looked = room.checker.with_page(&path, |settings, check| {
            let seen = check(bytes);
            let again = check(bytes);
            assert_eq!((&seen.text, &seen.findings), (&again.text, &again.findings));
            text_is_of_the_page(bytes, &seen);
            for finding in &seen.findings {
                places::of_finding(&seen.text, finding, Some(sources));
            }
            mended(bytes, settings, check, &seen);
            seen
        });
        let seen = looked.expect("a site whose settings are good");
        let format = Format::ALL[choice / PAGES.len() % Format::ALL.len()];
        reported(&path, seen, sources, format);
    });
}

/// Where the bytes are UTF-8 the text is their beginning.
fn text_is_of_the_page(bytes: &[u8], seen: &CheckedPage) {
    if std::str::from_utf8(bytes).is_ok() {
        assert!(bytes.starts_with(seen.text.as_bytes()), "{:?}", seen.text);
    }
}

/// No place and no value is more than a format can show.
fn reported(path: &Path, seen: CheckedPage, others: &SourceMap, format: Format) {
    let page = Arc::new(SourceFile::new(path, seen.text));
    let sources = Sources::new(&page, others);
    let mut out = Vec::new();
    let mut outputs = Outputs::new(ColumnUnit::Scalar);
    outputs.add(format, Style::default(), &mut out);
    let written = outputs.write(
        [(sources, seen.findings.as_slice())],
        &mut Summary::default(),
    );
    written.expect("memory takes everything");
    assert!(std::str::from_utf8(&out).is_ok(), "{format}");
}

type Check<'c> = &'c mut dyn FnMut(&[u8]) -> CheckedPage;

/// Each fix by itself, and all of them: front matter stays where it was and can still be read.
fn mended(bytes: &[u8], settings: &PageSettings<'_>, check: Check<'_>, seen: &CheckedPage) {
    let fixes = seen
        .findings
        .iter()
        .filter_map(|finding| finding.fix.as_ref());
    for fix in fixes {
        if fix.applicability == Applicability::Safe && bytes.starts_with(seen.text.as_bytes()) {
            let after = edited(bytes, fix);
            still_front_matter(bytes, &after, settings, &format!("{fix:?}"));
        }
    }
    for least in [Applicability::Safe, Applicability::Unsafe] {
        let excluded = BTreeSet::new();
        let fixer = Fixer {
            fences: settings.fences,
            dialect: settings.dialect,
            least,
            excluded: &excluded,
        };
        let mut mend = |bytes: &[u8]| -> FixedPage { fixer.apply_fixes(bytes.to_vec(), check) };
        let after = mend(bytes);
        if after.fixed == 0 {
            assert_eq!(after.bytes, bytes);
            continue;
        }
        still_front_matter(bytes, &after.bytes, settings, "all fixes");
        if after.fixed < MOST_PASSES {
            assert_eq!(mend(&after.bytes).fixed, 0, "fixes that leave more to fix");
        }
    }
}

fn edited(bytes: &[u8], fix: &Fix) -> Vec<u8> {
    let mut after = bytes.to_vec();
    for edit in fix.edits.iter().rev() {
        if edit.source == SourceId::PAGE {
            after.splice(edit.span.range(), edit.content.bytes());
        }
    }
    after
}

/// Front matter that could be read can be read after a fix, and what follows it is the same.
fn still_front_matter(before: &[u8], after: &[u8], settings: &PageSettings<'_>, fix: &str) {
    let Some((old, was_read)) = read(before, settings) else {
        return;
    };
    let shown = || format!("{fix}\n{:?}", String::from_utf8_lossy(after));
    let Some((new, is_read)) = read(after, settings) else {
        panic!("no front matter after {}", shown());
    };
    assert!(is_read || !was_read, "broken by {}", shown());
    // A mended fence may stand elsewhere; what follows both is what followed.
    let (old, new) = (below(before, old), below(after, new));
    let kept = if old.len() < new.len() { old } else { new };
    assert!(
        before.ends_with(kept) && after.ends_with(kept),
        "the text changed after {}",
        shown()
    );
}

/// What follows the line of the closing fence.
fn below(bytes: &[u8], block: Block) -> &[u8] {
    let rest = &bytes[block.close.range().end..];
    let line_break = rest.iter().position(|&byte| byte == b'\n');
    line_break.map_or(&[], |at| &rest[at + 1..])
}

/// The front matter of a page, and whether it can be parsed.
fn read(bytes: &[u8], settings: &PageSettings<'_>) -> Option<(Block, bool)> {
    let extraction = extract(bytes, true, settings.fences);
    let (Extraction::Found(block) | Extraction::Broken(_, Some(block))) = extraction else {
        return None;
    };
    let text = std::str::from_utf8(bytes.get(..block.close.range().end)?).ok()?;
    let parsed = parse(text, &block, settings.dialect, SourceId::PAGE);
    Some((block, parsed.document.is_some()))
}
