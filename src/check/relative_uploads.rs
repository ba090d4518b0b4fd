//! Paths that are found only from the site's root and have no slash before them. Where most pages write
//! the slash, the others forgot it; where authors write both, the template takes both.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::claims::{ClaimHash, ClaimKey};
use super::context::{PageContext, RunContext};
use super::outcome::{FileReport, ShownFile};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::paths;
use crate::read::Reader;
use crate::syntax::{self, Document, Extraction, Kind, NodeId, pointer};
use crate::text::SourceId;

/// So many paths with a slash must come on one without it.
const WITH_SLASH: usize = 9;

/// The pages whose paths are compared: those of one collection with one schema.
#[derive(Clone, Copy)]
pub(super) struct PathGroup<'p> {
    page: &'p PageContext<'p>,
    schema: &'p str,
}

impl<'p> PathGroup<'p> {
    pub(super) fn new(page: &'p PageContext<'p>, schema: &'p str) -> Self {
        Self { page, schema }
    }

    /// The hash of the group and a place in its pages.
    pub(super) fn hash(self, rule: RuleId, pattern: &str) -> ClaimHash {
        let collection = self
            .page
            .collection
            .map_or("", |collection| &*collection.name);
        let site = &self.page.folder.site;
        let parts = [collection, self.schema, pattern];
        ClaimKey { site, rule, parts }.hash()
    }
}

/// A place in the pages of a group where a path lacks its slash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RelativePath {
    pub(super) group: ClaimHash,
    /// The pointer to it, with `*` for the places in lists.
    pub(super) pattern: String,
}

impl RelativePath {
    /// The place that a finding is about; `None` for one of another rule.
    pub(super) fn of(finding: &Diagnostic, group: PathGroup<'_>) -> Option<Self> {
        let pointer = finding.pointer.as_deref()?;
        (finding.rule == RuleId::RelativeUpload).then(|| {
            let pattern = pattern_of(pointer);
            Self {
                group: group.hash(RuleId::RelativeUpload, &pattern),
                pattern,
            }
        })
    }
}

/// A pointer with `*` for the places in lists.
fn pattern_of(at: &str) -> String {
    let mut pattern = String::new();
    for token in pointer::tokens(at) {
        let is_index = token.bytes().all(|byte| byte.is_ascii_digit());
        pointer::push(&mut pattern, if is_index { "*" } else { &token });
    }
    pattern
}

/// How the pages of a group write the paths of one place.
struct Habit {
    without_slash: usize,
    with_slash: usize,
}

impl Habit {
    fn is_with_slash(&self) -> bool {
        self.with_slash >= WITH_SLASH * self.without_slash
    }
}

/// Drops the findings about places where most pages write no slash. The pages are read again as far as
/// that is needed to know: few sites have such a finding at all.
pub(super) fn drop_habitual(
    run: &RunContext<'_>,
    reports: &mut Vec<FileReport>,
    files: &[ShownFile],
    paths: &[RelativePath],
) {
    if paths.is_empty() {
        return;
    }
    let mut habits: BTreeMap<&RelativePath, Habit> = BTreeMap::new();
    for path in paths {
        let habit = habits.entry(path).or_insert(Habit {
            without_slash: 0,
            with_slash: 0,
        });
        habit.without_slash += 1;
    }
    count_slashes(run, files, &mut habits);
    let reported: HashSet<ClaimHash> = habits
        .iter()
        .filter(|(_, habit)| habit.is_with_slash())
        .map(|(path, _)| path.group)
        .collect();
    let schemas: BTreeMap<&Path, &str> = files
        .iter()
        .filter_map(|file| Some((&*file.path, file.schema.as_ref()?.name())))
        .collect();
    for report in reports.iter_mut() {
        let path = report.source.path();
        let has_one = report
            .findings
            .iter()
            .any(|finding| finding.rule == RuleId::RelativeUpload);
        let (true, Some(folder)) = (has_one, run.folders.of(path)) else {
            continue;
        };
        let page = PageContext::new(run, &folder, path);
        let group = PathGroup::new(&page, schemas.get(path).copied().unwrap_or_default());
        report.findings.retain(|finding| {
            RelativePath::of(finding, group).is_none_or(|path| reported.contains(&path.group))
        });
    }
    reports.retain(|report| !report.findings.is_empty());
}

/// Counts the paths with a slash, in the order of the pages, until it is known what the most are.
fn count_slashes(
    run: &RunContext<'_>,
    files: &[ShownFile],
    habits: &mut BTreeMap<&RelativePath, Habit>,
) {
    let mut files: Vec<_> = files.iter().filter(|file| file.schema.is_some()).collect();
    files.sort_unstable_by(|a, b| paths::order(&a.path, &b.path));
    let mut reader = Reader::new();
    for file in files {
        let Some(folder) = run.folders.of(&file.path) else {
            continue;
        };
        let page = PageContext::new(run, &folder, &file.path);
        let schema = file.schema.as_ref().map_or("", |schema| schema.name());
        let group = PathGroup::new(&page, schema);
        let mut open: Vec<(&str, &mut Habit)> = habits
            .iter_mut()
            .filter(|(path, habit)| {
                let hash = || group.hash(RuleId::RelativeUpload, &path.pattern);
                !habit.is_with_slash() && hash() == path.group
            })
            .map(|(path, habit)| (path.pattern.as_str(), habit))
            .collect();
        if !open.is_empty() {
            add_slashes(&page, &mut reader, &mut open);
        }
    }
}

/// Counts the paths with a slash on one page.
fn add_slashes(page: &PageContext<'_>, reader: &mut Reader, open: &mut [(&str, &mut Habit)]) {
    let absolute = page.absolute_path();
    let Ok(head) = page.read(|fences, limit| reader.read(&absolute, fences, limit)) else {
        return;
    };
    let Extraction::Found(block) = head.extraction else {
        return;
    };
    let dialect = page.folder.site.dialect();
    let parsed = syntax::parse(&head.text, &block, dialect, SourceId::PAGE);
    let Some(document) = parsed.document else {
        return;
    };
    for (pattern, habit) in open {
        let tokens: Vec<_> = pointer::tokens(pattern).collect();
        let tokens: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
        habit.with_slash += slashes(&document, document.root(), &tokens);
    }
}

/// How many texts at a place begin with one slash.
fn slashes(document: &Document<'_>, id: NodeId, tokens: &[&str]) -> usize {
    let Some((token, rest)) = tokens.split_first() else {
        let text = document.string(id).unwrap_or_default();
        return usize::from(text.starts_with('/') && !text.starts_with("//"));
    };
    match document.node(id).kind {
        Kind::Sequence(_) if *token == "*" => {
            let items = document.items(id).iter();
            items.map(|&item| slashes(document, item, rest)).sum()
        }
        Kind::Mapping(_) => document
            .get(id, token)
            .map_or(0, |member| slashes(document, member.value, rest)),
        Kind::Sequence(_) | Kind::Scalar(_) => 0,
    }
}
