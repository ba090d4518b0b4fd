//! The schema that a page is checked against.

use std::path::Path;
use std::sync::Arc;

use super::context::{PageContext, SchemaChoice};
use crate::config::Collection;
use crate::diagnostic::{Diagnostic, PathProblem, RuleId};
use crate::dialect::Value;
use crate::files::Boundary;
use crate::paths;
use crate::schema::{Paths, Schema, SchemaRef};
use crate::site::BundledFor;
use crate::syntax::{Document, NodeId};
use crate::text::Span;

/// Why a page is checked against its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaSource {
    /// `--schema` on the command line.
    CommandLine,
    /// `$schema` in the page.
    Page,
    /// The collection of this name in `frontlint.toml`.
    Collection(Arc<str>),
    /// It is a bundled schema, for this reason.
    Bundled(BundledFor),
}

/// The schema that a page is checked against.
#[derive(Debug)]
pub struct PageSchema {
    pub(super) schema: Arc<Schema>,
    /// Why it is this one.
    pub source: SchemaSource,
}

/// A page's schema. One for many pages of a thread: threads that count the users of a schema page by
/// page keep each other waiting.
type Shared = Arc<PageSchema>;

impl PageSchema {
    /// The schema's name as users know it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.schema.name()
    }

    /// The generator for whose pages it was chosen.
    #[must_use]
    pub fn generator(&self) -> Option<&'static str> {
        match self.source {
            SchemaSource::Bundled(BundledFor::Generator { generator, .. }) => Some(generator),
            _ => None,
        }
    }

    /// Whether it was chosen for the pages of a generator.
    pub(super) fn is_of_generator(&self) -> bool {
        self.generator().is_some()
    }

    /// Whether the schema wants something else than text where a scalar is.
    pub(super) fn refuses_text(&self, document: &Document<'_>, id: NodeId, pointer: &str) -> bool {
        let mut as_text = document.clone();
        as_text.set_value(id, Value::String);
        let violations = self.schema.validate(&as_text, &NoPaths, "");
        violations.iter().any(|violation| {
            violation.rule == RuleId::WrongType && violation.pointer.as_deref() == Some(pointer)
        })
    }

    fn is_of(&self, collection: &Collection) -> bool {
        match &self.source {
            SchemaSource::Collection(name) => Arc::ptr_eq(name, &collection.name),
            _ => false,
        }
    }
}

/// Paths do not matter where only the type of a value does.
struct NoPaths;

impl Paths for NoPaths {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }
}

impl PageContext<'_> {
    /// The schema for the page: the first that applies of `--schema`, the collection's, `$schema` in
    /// the front matter, which therefore cannot replace that of a collection, and the bundled one of
    /// the generator or of the name of the file. `last` is the last one that a page of this thread did
    /// not name itself.
    ///
    /// # Errors
    /// A finding about a schema that does not load.
    pub(super) fn choose_schema(
        &self,
        document: Option<&Document<'_>>,
        last: &mut Option<Shared>,
    ) -> Result<Option<Shared>, Box<Diagnostic>> {
        match &self.run.schema_choice {
            SchemaChoice::Off => Ok(None),
            SchemaChoice::Forced(reference) => self.forced_schema(reference, last).map(Some),
            SchemaChoice::Governing => match self.collection {
                Some(collection) if collection.schema.is_some() => {
                    self.collection_schema(collection, last)
                }
                _ => match document.and_then(schema_key) {
                    Some((name, span)) => self.named_schema(name, span).map(Some),
                    None => self.default_schema(last),
                },
            },
        }
    }

    /// The bundled schema for a page that nothing names one for.
    fn default_schema(&self, last: &mut Option<Shared>) -> Result<Option<Shared>, Box<Diagnostic>> {
        let Some((name, reason)) = self.folder.site.bundled_schema(self.path, &self.place) else {
            return Ok(None);
        };
        let source = SchemaSource::Bundled(reason);
        let is_it = |last: &&Shared| {
            last.source == source && last.name().strip_prefix("bundled:") == Some(name)
        };
        if let Some(schema) = last.as_ref().filter(is_it) {
            return Ok(Some(Arc::clone(schema)));
        }
        let reference = SchemaRef::Bundled(name.to_owned());
        let schema = self.load(&reference, &Boundary::none())?;
        let schema = last.insert(Arc::new(PageSchema { schema, source }));
        Ok(Some(Arc::clone(schema)))
    }

    fn forced_schema(
        &self,
        reference: &SchemaRef,
        last: &mut Option<Shared>,
    ) -> Result<Shared, Box<Diagnostic>> {
        match last {
            Some(schema) if schema.source == SchemaSource::CommandLine => Ok(Arc::clone(schema)),
            _ => {
                let schema = self.load(reference, &Boundary::none())?;
                let source = SchemaSource::CommandLine;
                Ok(Arc::clone(
                    last.insert(Arc::new(PageSchema { schema, source })),
                ))
            }
        }
    }

    fn collection_schema(
        &self,
        collection: &Collection,
        last: &mut Option<Shared>,
    ) -> Result<Option<Shared>, Box<Diagnostic>> {
        let Some(named) = &collection.schema else {
            return Ok(None);
        };
        if let Some(schema) = last.as_ref().filter(|schema| schema.is_of(collection)) {
            return Ok(Some(Arc::clone(schema)));
        }
        let config = &self.folder.config;
        let within = config.boundary_of(named.source);
        let shown = |path: &Path| self.shown(path);
        let store = &self.run.store;
        let loaded = store.load_named(&named.value, &config.base, &within, shown);
        let schema = loaded.map_err(|mut failure| {
            if failure.primary.is_none() {
                *failure = failure.at_source(named.source, named.span, "");
            }
            failure
        })?;
        let source = SchemaSource::Collection(Arc::clone(&collection.name));
        let schema = last.insert(Arc::new(PageSchema { schema, source }));
        Ok(Some(Arc::clone(schema)))
    }

    /// The schema that the page names itself at `span`.
    fn named_schema(&self, name: &str, span: Span) -> Result<Shared, Box<Diagnostic>> {
        let reference = SchemaRef::parse(name, paths::folder(self.path));
        let loaded = self.load(&reference, &self.folder.boundary);
        let schema = loaded.map_err(|mut failure| {
            if failure.primary.is_none() {
                *failure = failure.at(span);
            }
            failure
        })?;
        let source = SchemaSource::Page;
        Ok(Arc::new(PageSchema { schema, source }))
    }

    fn load(
        &self,
        reference: &SchemaRef,
        within: &Boundary,
    ) -> Result<Arc<Schema>, Box<Diagnostic>> {
        let store = &self.run.store;
        match reference {
            SchemaRef::File(path) => store.load_within(&SchemaRef::File(self.shown(path)), within),
            reference => store.load_within(reference, within),
        }
    }

    /// The path of a schema as users are shown it.
    fn shown(&self, path: &Path) -> std::path::PathBuf {
        paths::shown(path, self.run.finder.working_directory())
    }
}

/// The schema that a page names itself, and the place of the name.
pub(super) fn schema_key<'d>(document: &'d Document<'_>) -> Option<(&'d str, Span)> {
    let member = document.get(document.root(), "$schema")?;
    let span = document.node(member.value).span;
    Some((document.string(member.value)?, span))
}
