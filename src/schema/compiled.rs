//! A compiled schema.

use std::convert::identity;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use jsonschema::{ValidationError, Validator};

use super::budget::{self, Excess, Omission, Omissions};
use super::fast::FastPath;
use super::formats::Paths;
use super::instance::{Node, Page, Tree};
use super::known_keys::KnownKeysCache;
use super::patterns::SlowPattern;
use super::resources::Resources;
use super::subschemas::{SubschemaId, Subschemas};
use crate::diagnostic::Diagnostic;
use crate::syntax::{Document, Kind, NodeId};

/// Whether two keys are the same to a generator.
pub type SameKey<'a> = &'a dyn Fn(&str, &str) -> bool;

/// A validator, made when it is first needed.
pub(super) type LazyValidator =
    LazyLock<Option<Validator<Tree>>, Box<dyn FnOnce() -> Option<Validator<Tree>> + Send>>;

/// A schema, compiled once and shared between threads.
pub struct Schema {
    pub(super) name: String,
    /// `None` only if building fails. [`super::Store`] rules that out for users' schemas, a test for
    /// bundled ones.
    pub(super) validator: LazyValidator,
    /// `None` where there is none for this schema.
    pub(super) fast: Option<FastPath>,
    pub(super) resources: Resources,
    /// The patterns of `patternProperties` that are not linear.
    pub(super) key_patterns: Vec<SlowPattern>,
    /// Built for the first finding about keys.
    pub(super) subschemas: OnceLock<Subschemas>,
    pub(super) known_keys: KnownKeysCache,
    /// About keywords of it that have no effect.
    pub(super) findings: Vec<Diagnostic>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Schema {
    /// The schema as shown to users: `bundled:press-release`, or the path of its file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The graph of its subschemas.
    pub(super) fn subschemas(&self) -> &Subschemas {
        self.subschemas
            .get_or_init(|| Subschemas::new(&self.resources))
    }

    /// Whether a document satisfies the schema; warnings aside, the short form of
    /// [`Schema::validate`], without the fast path. What costs too much is not valid.
    #[must_use]
    pub fn is_valid(&self, document: &Document<'_>, paths: &dyn Paths) -> bool {
        let holds = self.within_budget(document, paths, |page| self.holds(page.root()));
        holds.is_ok_and(|(holds, omissions)| holds && omissions.is_empty())
    }

    /// Runs a part of the validation of a page, and returns beside its outcome what was not checked.
    ///
    /// # Errors
    ///
    /// The value on which the page's budget was spent.
    pub(super) fn within_budget<T: Send>(
        &self,
        document: &Document<'_>,
        paths: &dyn Paths,
        run: impl Fn(&Page<'_>) -> T + Send + Sync,
    ) -> Result<(T, Omissions), Omission> {
        let run = |page: &Page<'_>| {
            self.test_keys(page)?;
            Ok(run(page))
        };
        let page = Page::new(document, paths);
        let outcome = budget::within(&page.budget, || run(&page)).and_then(identity);
        match outcome {
            Err(omission) if omission.excess == Excess::Depth => {
                budget::with_deep_stack(document.root(), || {
                    let page = Page::new(document, paths);
                    let outcome =
                        budget::within_deep(&page.budget, || run(&page)).and_then(identity)?;
                    Ok((outcome, page.budget.omissions()))
                })
            }
            outcome => Ok((outcome?, page.budget.omissions())),
        }
    }

    /// Whether the validator accepts a value.
    pub(super) fn holds(&self, node: Node<'_>) -> bool {
        let validator = self.validator.as_ref();
        validator.is_none_or(|validator| validator.is_valid(node))
    }

    /// What the validator finds wrong with a value.
    pub(super) fn errors<'n>(
        &'n self,
        node: Node<'n>,
    ) -> impl Iterator<Item = ValidationError<'n>> {
        let validator = self.validator.as_ref();
        validator
            .into_iter()
            .flat_map(move |validator| validator.iter_errors(node))
    }

    /// Whether the fast path accepts a document. `None` where the schema has none; `false` where only
    /// the validator knows, too. For tests that compare the two.
    #[must_use]
    pub fn accepts(&self, document: &Document<'_>, paths: &dyn Paths) -> Option<bool> {
        let fast = self.fast.as_ref()?;
        let accepts = self.within_budget(document, paths, |page| fast.is_valid(page) == Some(true));
        Some(accepts.is_ok_and(|(accepts, _)| accepts))
    }

    /// Tests every key against the patterns for keys that may take long, before the validator does,
    /// which cannot leave one out.
    fn test_keys(&self, page: &Page<'_>) -> Result<(), Omission> {
        if self.key_patterns.is_empty() {
            return Ok(());
        }
        let mut most = 0;
        for member in page.document.all_members() {
            let mut steps = 0;
            for pattern in &self.key_patterns {
                let outcome = pattern.matches(&member.key.text);
                outcome.map_err(|excess| Omission {
                    node: member.value,
                    key: None,
                    excess,
                })?;
                steps += pattern.steps(&member.key.text);
            }
            page.budget.spend(member.value, steps);
            most = most.max(steps);
        }
        page.budget.set_member_steps(most);
        Ok(())
    }

    /// Writes the keys of a document as the schema does where they differ only in case, for a
    /// generator to which they are the same. It looks into mappings, but not into lists.
    pub fn respell(&self, document: &mut Document<'_>, same_key: SameKey<'_>) {
        let mut open = vec![(document.root(), self.known_keys.root(self.subschemas()))];
        while let Some((mapping, level)) = open.pop() {
            self.respell_mapping(document, mapping, level.subschemas(), same_key);
            let is_mapping = |id| matches!(document.node(id).kind, Kind::Mapping(_));
            let members = document.members(mapping).iter();
            let inner = members.filter(|member| is_mapping(member.value));
            let levels = inner.map(|member| {
                let below = self
                    .known_keys
                    .member(self.subschemas(), &level, &member.key.text);
                (member.value, below)
            });
            open.extend(levels.filter(|(_, level)| !level.subschemas().is_empty()));
        }
    }

    fn respell_mapping(
        &self,
        document: &mut Document<'_>,
        mapping: NodeId,
        subschemas: &[SubschemaId],
        same_key: SameKey<'_>,
    ) {
        let members = document.members(mapping).iter();
        let texts: Vec<_> = members.map(|member| &*member.key.text).collect();
        let meant = |text: &str| {
            let listed = self.subschemas().keys(subschemas);
            let mut known = listed.chain(self.subschemas().required(subschemas));
            known.find(|known| same_key(known, text) && !texts.contains(known))
        };
        let unknown = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| !self.subschemas().knows(subschemas, text));
        let meant: Vec<_> = unknown
            .filter_map(|(index, text)| Some((index, meant(text)?.to_owned())))
            .collect();
        for (index, text) in meant {
            document.rename_member(mapping, index, text);
        }
    }
}
