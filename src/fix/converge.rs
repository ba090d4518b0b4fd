//! Pass after pass over one page until no fix is left that can be applied.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::edits::{Edits, Taken};
use super::same::{Others, Tree, compare_others};
use crate::diagnostic::{Applicability, CheckedPage, Diagnostic, Fix, Identity, RuleId};
use crate::dialect::Dialect;
use crate::syntax::{self, Extraction, FenceRules};
use crate::text::{SourceId, Span};

/// Passes over one page. A fix can make room for another or uncover one; more than a few in a row
/// is fixes undoing each other.
const MOST_PASSES: usize = 32;

/// How often a page is tried with some of its fixes. Each trial reads all of the page, and a page may
/// have thousands of fixes; one that is refused for no known reason takes some trials to be found.
const MOST_ATTEMPTS: usize = 256;

/// A page after its fixes.
#[derive(Clone, Debug)]
pub struct FixedPage {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// How many findings were fixed; 0 where the file is as it was.
    pub fixed: usize,
}

/// How the pages of one site are fixed.
#[derive(Clone, Copy, Debug)]
pub struct Fixer<'a> {
    /// What its generator takes for a fence.
    pub fences: &'a FenceRules,
    /// Whose reading of scalars counts.
    pub dialect: Dialect,
    /// The least sure fixes that are applied.
    pub least: Applicability,
    /// Findings that are not reported and so not fixed.
    pub excluded: &'a BTreeSet<Identity<'static>>,
}

impl Fixer<'_> {
    /// Applies the fixes of a page's findings until nothing changes. A fix is refused where the
    /// page would not parse after it, where another value, key or comment would change, where its
    /// finding would stay, and where the value it corrects would be wrong in another way.
    pub fn apply_fixes(
        &self,
        bytes: Vec<u8>,
        check: &mut dyn FnMut(&[u8]) -> CheckedPage,
    ) -> FixedPage {
        let mut state = State {
            checked: check(&bytes),
            bytes,
        };
        let mut fixed = 0;
        let mut refused = HashSet::new();
        let mut attempts = MOST_ATTEMPTS;
        for _ in 0..MOST_PASSES {
            let chosen = self.choose(&state, &refused);
            if chosen.is_empty() || attempts == 0 {
                break;
            }
            let mut pass = Pass {
                state: &state,
                kept: Vec::new(),
                next: None,
                attempts,
                check,
            };
            self.accept(&mut pass, chosen.iter().collect());
            attempts = pass.attempts;
            if let Some(after) = pass.next {
                fixed += pass.kept.len();
                state = after;
                refused.clear();
            } else {
                refused.extend(chosen.into_iter().map(|(_, fix)| fix));
            }
        }
        FixedPage {
            bytes: state.bytes,
            fixed,
        }
    }

    /// The fixes of one pass: the first of those that overlap. The others get their turn in the
    /// next one.
    fn choose(&self, state: &State, refused: &HashSet<Fix>) -> Vec<(usize, Fix)> {
        let mut taken = Taken::default();
        let mut chosen = Vec::new();
        for (index, finding) in state.checked.findings.iter().enumerate() {
            let Some(fix) = &finding.fix else { continue };
            let wanted = fix.applicability >= self.least
                && fix.applicability != Applicability::DisplayOnly
                && !refused.contains(fix)
                && !self.excluded.contains(&finding.identity());
            if wanted && taken.take(fix, &state.checked.text) {
                chosen.push((index, fix.clone()));
            }
        }
        chosen
    }

    /// Keeps as many fixes as go together: where they do not go as a whole, without those at fault
    /// if these are known, else halving the list.
    fn accept<'f>(&self, pass: &mut Pass<'f, '_>, fixes: Vec<&'f (usize, Fix)>) {
        if fixes.is_empty() || pass.attempts == 0 {
            return;
        }
        pass.attempts -= 1;
        let all = [pass.kept.as_slice(), fixes.as_slice()].concat();
        let refusal = match self.attempt(pass, &all) {
            Ok(after) => {
                pass.kept = all;
                pass.next = Some(after);
                return;
            }
            Err(refusal) => refusal,
        };
        let (at_fault, others): (Vec<_>, Vec<_>) = fixes
            .iter()
            .partition(|(index, _)| refusal.at_fault.contains(index));
        if !at_fault.is_empty() && (refusal.is_final || !others.is_empty()) {
            self.accept(pass, others);
        } else if fixes.len() > 1 {
            let (first, second) = fixes.split_at(fixes.len() / 2);
            self.accept(pass, first.to_vec());
            self.accept(pass, second.to_vec());
        }
    }

    /// The page after these fixes, where all of them do what they promise.
    fn attempt(&self, pass: &mut Pass<'_, '_>, chosen: &[&(usize, Fix)]) -> Result<State, Refusal> {
        let state = pass.state;
        let fixes: Vec<&Fix> = chosen.iter().map(|(_, fix)| fix).collect();
        let edits = Edits::of(&fixes);
        let unknown = Refusal::default;
        let end = edits.end().ok_or_else(unknown)?;
        // The text of a file that is not UTF-8 is not the file's own.
        let is_its_own = match (state.bytes.get(..end), state.checked.text.get(..end)) {
            (Some(bytes), Some(text)) => bytes == text.as_bytes(),
            _ => false,
        };
        let bytes = edits.apply(&state.bytes);
        if !is_its_own || bytes == state.bytes {
            return Err(unknown());
        }
        if let Some(before) = self.tree(&state.bytes) {
            let after = self.tree(&bytes).ok_or_else(unknown)?;
            match compare_others(&before, &after, &edits) {
                Others::Same => {}
                Others::Changed => return Err(unknown()),
                Others::Shared(spans) => return Err(Refusal::of_shared(&spans, chosen)),
            }
        }
        let after = (pass.check)(&bytes);
        let at_fault = not_fixed(&state.checked, &after, chosen);
        if at_fault.is_empty() {
            return Ok(State {
                bytes,
                checked: after,
            });
        }
        Err(Refusal {
            at_fault,
            is_final: false,
        })
    }

    /// The front matter as a tree; `None` where there is none or it does not parse.
    fn tree<'s>(&self, bytes: &'s [u8]) -> Option<Tree<'s>> {
        let block = match syntax::extract(bytes, true, self.fences) {
            Extraction::Found(block) => block,
            Extraction::Broken(_, block) => block?,
            Extraction::Absent | Extraction::Foreign | Extraction::Incomplete => return None,
        };
        let end = block.content.range().end.max(block.close.range().end);
        let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
        let parsed = syntax::parse(text, &block, self.dialect, SourceId::PAGE);
        let document = parsed.document?;
        Some(Tree { document, text })
    }
}

/// A page between two passes.
struct State {
    bytes: Vec<u8>,
    checked: CheckedPage,
}

/// One pass over a page.
struct Pass<'f, 'l> {
    state: &'f State,
    /// The fixes that go together.
    kept: Vec<&'f (usize, Fix)>,
    /// The page after them.
    next: Option<State>,
    /// How many trials are left.
    attempts: usize,
    check: &'l mut dyn FnMut(&[u8]) -> CheckedPage,
}

/// Why some fixes do not go together.
#[derive(Default)]
struct Refusal {
    /// The findings whose fixes are the reason; none where that is not known.
    at_fault: HashSet<usize>,
    /// Whether these fixes go with no others either.
    is_final: bool,
}

impl Refusal {
    /// The fixes that edit values which are read in several places.
    fn of_shared(spans: &[Span], chosen: &[&(usize, Fix)]) -> Self {
        let mut shared = spans.to_vec();
        shared.sort();
        let touches = |fix: &Fix| {
            fix.edits.iter().any(|edit| {
                let begun = shared.partition_point(|span| span.start <= edit.span.end);
                let value = begun.checked_sub(1).and_then(|last| shared.get(last));
                value.is_some_and(|value| edit.span.start <= value.end)
            })
        };
        let at_fault = chosen.iter().filter(|(_, fix)| touches(fix));
        Self {
            at_fault: at_fault.map(|&&(index, _)| index).collect(),
            is_final: true,
        }
    }
}

/// The findings, by index, that are still there after their fixes, or whose values are wrong in
/// another way then.
fn not_fixed(
    before: &CheckedPage,
    after: &CheckedPage,
    chosen: &[&(usize, Fix)],
) -> HashSet<usize> {
    let (old, new) = (counts(&before.findings), counts(&after.findings));
    let chosen_findings = || {
        let all = chosen.iter();
        all.filter_map(|&&(index, _)| Some((index, before.findings.get(index)?)))
    };
    let meant = counts(chosen_findings().map(|(_, finding)| finding));
    let fresh: HashSet<&str> = after
        .findings
        .iter()
        .filter(|finding| count(&old, &finding.identity()) == 0)
        .filter_map(|finding| finding.pointer.as_deref())
        .collect();
    let fails = |finding: &Diagnostic| {
        let identity = finding.identity();
        let stays = count(&new, &identity) + count(&meant, &identity) > count(&old, &identity)
            && !is_next_error(before, after, chosen, finding);
        let is_about_key = matches!(finding.rule, RuleId::MissingKey | RuleId::UnknownKey);
        let pointer = finding.pointer.as_deref();
        stays || (!is_about_key && pointer.is_some_and(|pointer| fresh.contains(pointer)))
    };
    let failed = chosen_findings().filter(|(_, finding)| fails(finding));
    failed.map(|(index, _)| index).collect()
}

/// Whether the findings like this one that are there after its fix come later in the page: the parser
/// stops at the first error, so that the next one shows only when that is fixed.
fn is_next_error(
    before: &CheckedPage,
    after: &CheckedPage,
    chosen: &[&(usize, Fix)],
    finding: &Diagnostic,
) -> bool {
    if finding.rule != RuleId::InvalidSyntax || finding.pointer.is_some() {
        return false;
    }
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    let Some(end) = edits.map(|edit| edit.span.range().end).max() else {
        return false;
    };
    let others = chosen.iter().flat_map(|(_, fix)| &fix.edits);
    let later = others.filter(|edit| edit.span.range().start >= end && !edit.span.is_empty());
    // How much text follows the fix, before it and after it.
    let mut follows = before.text.len().saturating_sub(end);
    for edit in later {
        follows = (follows + edit.content.len()).saturating_sub(edit.span.range().len());
    }
    let start = |finding: &Diagnostic| {
        finding
            .primary
            .as_ref()
            .map(|label| label.span.range().start)
    };
    let identity = finding.identity();
    let mut alike = after
        .findings
        .iter()
        .filter(|other| other.identity() == identity);
    alike.all(|other| {
        start(other).is_some_and(|start| after.text.len().saturating_sub(start) < follows)
    })
}

type Counts<'d> = HashMap<Identity<'d>, usize>;

fn count<'d>(counts: &Counts<'d>, identity: &Identity<'d>) -> usize {
    counts.get(identity).copied().unwrap_or(0)
}

fn counts<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> Counts<'d> {
    let mut counts = HashMap::new();
    for finding in findings {
        *counts.entry(finding.identity()).or_default() += 1;
    }
    counts
}
