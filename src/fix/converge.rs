//! Pass after pass over one page until no fix is left that can be applied.

use std::collections::BTreeSet;

use super::edits::Edits;
use super::same::{Tree, others_are_the_same};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Identity, RuleId};
use crate::dialect::Dialect;
use crate::syntax::{self, Extraction, FenceRules};
use crate::text::SourceId;

/// Passes over one page. A fix can make room for another or uncover one; more than a few in a row
/// is fixes undoing each other.
const MOST_PASSES: usize = 32;

/// What a look at a page gives.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// The page from its first byte on, as far as the findings reach.
    pub text: String,
    /// Every finding about the page, hidden ones left out.
    pub findings: Vec<Diagnostic>,
}

/// A page after its fixes.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// How many findings were mended; 0 where the file is as it was.
    pub fixed: usize,
}

/// How the pages of one site are mended.
#[derive(Clone, Copy, Debug)]
pub struct Mender<'a> {
    /// What its generator takes for a fence.
    pub fences: &'a FenceRules,
    /// Whose reading of scalars counts.
    pub dialect: Dialect,
    /// The least sure fixes that are applied.
    pub least: Applicability,
    /// Findings that are left as they are, since nobody is told of them.
    pub spared: &'a BTreeSet<Identity<'static>>,
}

impl Mender<'_> {
    /// Applies the fixes of a page's findings until nothing changes. A fix is refused where the
    /// page would not parse after it, where another value, key or comment would change, where its
    /// finding would stay, and where the value it mends would be wrong in another way.
    pub fn mend(&self, bytes: Vec<u8>, look: &mut dyn FnMut(&[u8]) -> Look) -> Mended {
        let mut state = State {
            look: look(&bytes),
            bytes,
        };
        let mut fixed = 0;
        let mut refused = Vec::new();
        for _ in 0..MOST_PASSES {
            let chosen = self.choose(&state, &refused);
            if chosen.is_empty() {
                break;
            }
            let mut kept = Vec::new();
            let mut next = None;
            self.accept(&state, &chosen, &mut kept, &mut next, look);
            if let Some(after) = next {
                fixed += kept.len();
                state = after;
                refused.clear();
            } else {
                refused.extend(chosen.into_iter().map(|(_, fix)| fix));
            }
        }
        Mended {
            bytes: state.bytes,
            fixed,
        }
    }

    /// The fixes of one pass: the first of those that overlap. The others get their turn in the
    /// next one.
    fn choose(&self, state: &State, refused: &[Fix]) -> Vec<(usize, Fix)> {
        let mut chosen: Vec<(usize, &Fix)> = Vec::new();
        for (index, finding) in state.look.findings.iter().enumerate() {
            let Some(fix) = &finding.fix else { continue };
            let wanted = fix.applicability >= self.least
                && fix.applicability != Applicability::DisplayOnly
                && !refused.contains(fix)
                && !self.spared.contains(&finding.identity());
            let taken: Vec<_> = chosen.iter().map(|&(_, fix)| fix).collect();
            if wanted && Edits::of(&taken).have_room_for(fix, &state.look.text) {
                chosen.push((index, fix));
            }
        }
        let owned = chosen.into_iter();
        owned.map(|(index, fix)| (index, fix.clone())).collect()
    }

    /// Keeps as many fixes as go together, halving the list where it does not go as a whole.
    fn accept<'f>(
        &self,
        state: &State,
        fixes: &'f [(usize, Fix)],
        kept: &mut Vec<&'f (usize, Fix)>,
        next: &mut Option<State>,
        look: &mut dyn FnMut(&[u8]) -> Look,
    ) {
        if fixes.is_empty() {
            return;
        }
        let mut all = kept.clone();
        all.extend(fixes);
        if let Some(after) = self.attempt(state, &all, look) {
            *kept = all;
            *next = Some(after);
        } else if fixes.len() > 1 {
            let (first, second) = fixes.split_at(fixes.len() / 2);
            self.accept(state, first, kept, next, look);
            self.accept(state, second, kept, next, look);
        }
    }

    /// The page after these fixes, where all of them do what they promise.
    fn attempt(
        &self,
        state: &State,
        chosen: &[&(usize, Fix)],
        look: &mut dyn FnMut(&[u8]) -> Look,
    ) -> Option<State> {
        let fixes: Vec<&Fix> = chosen.iter().map(|(_, fix)| fix).collect();
        let edits = Edits::of(&fixes);
        let end = edits.before().last()?.range().end;
        // The text of a file that is no UTF-8 is not the file's own.
        if state.bytes.get(..end)? != state.look.text.as_bytes().get(..end)? {
            return None;
        }
        let bytes = edits.apply(&state.bytes);
        if bytes == state.bytes {
            return None;
        }
        if let Some(before) = self.tree(&state.bytes) {
            let after = self.tree(&bytes)?;
            if !others_are_the_same(&before, &after, &edits) {
                return None;
            }
        }
        let after = look(&bytes);
        let mended = chosen
            .iter()
            .filter_map(|&&(index, _)| state.look.findings.get(index));
        let mended: Vec<&Diagnostic> = mended.collect();
        let gone = mended.iter().all(|finding| {
            let identity = finding.identity();
            let meant = mended.iter().filter(|it| it.identity() == identity);
            count(&after.findings, &identity) + meant.count()
                <= count(&state.look.findings, &identity)
        });
        let nothing_in_its_place = mended.iter().all(|finding| {
            matches!(finding.rule, RuleId::MissingKey | RuleId::UnknownKey)
                || finding.pointer.is_none()
                || after
                    .findings
                    .iter()
                    .filter(|other| other.pointer == finding.pointer)
                    .all(|other| count(&state.look.findings, &other.identity()) > 0)
        });
        (gone && nothing_in_its_place).then_some(State { bytes, look: after })
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

/// A page on its way.
struct State {
    bytes: Vec<u8>,
    look: Look,
}

fn count(findings: &[Diagnostic], identity: &Identity<'_>) -> usize {
    let same = findings.iter().filter(|it| it.identity() == *identity);
    same.count()
}
