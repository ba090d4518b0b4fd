//! What the pages of a run share, and what is known of a page before it is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folders::{FolderContext, Folders};
use crate::config::{Collection, Finder, Setting};
use crate::diagnostic::RuleId;
use crate::read::Head;
use crate::schema::{SchemaRef, Store};
use crate::site::PagePlace;
use crate::syntax::FenceRules;
use crate::text::SourceMap;

/// Which schemas the command line asks for.
#[derive(Clone, Debug, Default)]
pub enum SchemaChoice {
    /// The one that is configured for each page.
    #[default]
    Governing,
    /// This one for every page.
    Forced(SchemaRef),
    /// None at all.
    Off,
}

/// What all pages of a run share. Schemas, configurations and sites are loaded when the first page
/// needs them.
pub(super) struct RunContext<'a> {
    pub(super) schema_choice: SchemaChoice,
    pub(super) finder: &'a Finder,
    pub(super) folders: Folders<'a>,
    pub(super) store: Store,
    pub(super) sources: &'a Arc<SourceMap>,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub(super) now: i64,
}

/// What is known of a page before it is read.
pub(super) struct PageContext<'p> {
    pub(super) run: &'p RunContext<'p>,
    pub(super) folder: &'p FolderContext,
    pub(super) path: &'p Path,
    pub(super) place: PagePlace<'p>,
    pub(super) collection: Option<&'p Collection>,
}

impl<'p> PageContext<'p> {
    pub(super) fn new(run: &'p RunContext<'p>, folder: &'p FolderContext, path: &'p Path) -> Self {
        Self {
            run,
            folder,
            path,
            place: folder.site.place(path),
            collection: folder.config.collection_of(path),
        }
    }

    /// What the generator takes for a fence.
    pub(super) fn fences(&self) -> &'p FenceRules {
        self.folder.site.fence_rules_at(&self.place)
    }

    /// The path to open the page by: the working directory of a run need not be that of the process.
    pub(super) fn absolute_path(&self) -> PathBuf {
        self.run.finder.working_directory().join(self.path)
    }

    /// Reads the page by `read`, which is given the fences and how many bytes are read at most.
    pub(super) fn read<E>(
        &self,
        read: impl FnOnce(&FenceRules, usize) -> Result<Head, E>,
    ) -> Result<Head, E> {
        read(self.fences(), self.folder.config.max_front_matter)
    }

    /// The configuration of a rule for the page.
    pub(super) fn setting(&self, rule: RuleId) -> Setting {
        self.folder.config.severity(rule, self.collection)
    }

    /// Whether a rule is on for the page.
    pub(super) fn is_on(&self, rule: RuleId) -> bool {
        match self.setting(rule) {
            Setting::Unset => rule.default_severity().is_some(),
            setting => setting != Setting::Off,
        }
    }

    /// Whether the page's collection has a schema.
    pub(super) fn has_collection_schema(&self) -> bool {
        self.collection
            .is_some_and(|collection| collection.schema.is_some())
    }

    /// Whether a schema is known for the page, as that of its collection or a bundled one; one that
    /// the page names itself is not counted.
    pub(super) fn has_known_schema(&self) -> bool {
        self.has_collection_schema()
            || self
                .folder
                .site
                .bundled_schema(self.path, &self.place)
                .is_some()
    }

    /// Whether the page must have front matter.
    pub(super) fn is_front_matter_required(&self) -> bool {
        self.collection
            .is_some_and(|collection| collection.front_matter_required)
    }

    /// Whether the generator stops at a page without front matter.
    pub(super) fn generator_requires_front_matter(&self) -> bool {
        self.fences().requires_front_matter && self.place.is_rendered()
    }

    /// Whether a schema applies to the page unless it has no front matter; one that the page names
    /// itself is not counted.
    pub(super) fn has_schema(&self) -> bool {
        match self.run.schema_choice {
            SchemaChoice::Governing => self.has_collection_schema(),
            SchemaChoice::Forced(_) => true,
            SchemaChoice::Off => false,
        }
    }
}
