//! Loads and compiles schemas, each once. The only place of `schema` that reads files.

mod build;
mod faults;
mod preload;
mod retrieve;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use url::Url;

use super::bundle::{self, Bundled};
use super::compiled::{LazyValidator, Schema};
use super::fast::FastPath;
use super::guard::Guarded;
use super::known_keys::KnownKeysCache;
use super::lint;
use super::reference::SchemaRef;
use super::resources::{File, Resources};
use super::sizes;
use crate::diagnostic::{Diagnostic, Problem, RuleId};
use crate::files::Boundary;
use crate::text::{SourceMap, Span, path_line, path_text};
use crate::threads::Lock;
use build::build;
use preload::Known;
use retrieve::{Loader, Retriever, read, read_problem};

/// How a [`Store`] reads schemas, where it is not as users need it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether `format` is checked.
    pub assert_formats: bool,
    /// Folders that answer for the URLs that begin so.
    pub folders: Vec<(String, PathBuf)>,
    /// What relative paths are relative to; empty is the working directory of the process.
    pub working_directory: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            assert_formats: true,
            folders: Vec::new(),
            working_directory: PathBuf::new(),
        }
    }
}

type Outcome = Result<Arc<Schema>, Box<Diagnostic>>;

/// A schema, a file without links, and the folder that its references must not leave.
type Key = (SchemaRef, Option<PathBuf>);

/// The schemas of one run. Shared between threads; each schema is compiled by the first that asks.
#[derive(Debug)]
pub struct Store {
    sources: Arc<SourceMap>,
    options: Options,
    schemas: Lock<HashMap<Key, Arc<OnceLock<Outcome>>>>,
    named: Lock<Vec<Named>>,
}

/// A schema under the name that a configuration gives it.
#[derive(Debug)]
struct Named {
    text: String,
    base_dir: PathBuf,
    within: Boundary,
    outcome: Outcome,
}

impl Store {
    /// A store without schemas. Schema files are added to `sources`, for findings to point into.
    #[must_use]
    pub fn new(sources: Arc<SourceMap>) -> Self {
        Self::with_options(sources, Options::default())
    }

    /// A store that reads schemas in another way.
    #[must_use]
    pub fn with_options(sources: Arc<SourceMap>, options: Options) -> Self {
        Self {
            sources,
            options,
            schemas: Lock::default(),
            named: Lock::default(),
        }
    }

    /// Takes relative paths from another folder than the working directory of the process.
    #[must_use]
    pub fn at(mut self, working_directory: &Path) -> Self {
        self.options.working_directory = working_directory.to_owned();
        self
    }

    /// The schema of a reference that many pages share, read as [`SchemaRef::parse`] reads it; the
    /// path of a file goes through `shown` first. As [`Self::load_within`], but quicker the second
    /// time.
    ///
    /// # Errors
    ///
    /// As [`Self::load_within`].
    pub fn load_named(
        &self,
        text: &str,
        base_dir: &Path,
        within: &Boundary,
        shown: impl FnOnce(&Path) -> PathBuf,
    ) -> Outcome {
        let is_it = |named: &&Named| {
            named.text == text
                && named.base_dir.as_os_str() == base_dir.as_os_str()
                && named.within == *within
        };
        {
            let known = self.named.read();
            if let Some(named) = known.iter().find(is_it) {
                return named.outcome.clone();
            }
        }
        let reference = match SchemaRef::parse(text, base_dir) {
            SchemaRef::File(path) => SchemaRef::File(shown(&path)),
            reference => reference,
        };
        let outcome = self.load_within(&reference, within);
        let mut known = self.named.write();
        if !known.iter().any(|named| is_it(&named)) {
            known.push(Named {
                text: text.to_owned(),
                base_dir: base_dir.to_owned(),
                within: within.clone(),
                outcome: outcome.clone(),
            });
        }
        outcome
    }

    /// The schema, compiled; it and what it refers to may be anywhere.
    ///
    /// # Errors
    ///
    /// As [`Self::load_within`].
    pub fn load(&self, schema: &SchemaRef) -> Outcome {
        self.load_within(schema, &Boundary::none())
    }

    /// The schema, compiled. Neither it nor what it refers to may lead out of `within`.
    ///
    /// # Errors
    ///
    /// A finding of `invalid-schema`, pointing into the schema file where the fault is in it and
    /// without a place where there is no such schema.
    pub fn load_within(&self, schema: &SchemaRef, within: &Boundary) -> Outcome {
        let key = match schema {
            SchemaRef::File(path) => {
                let real = within.resolve(&self.options.working_directory.join(path));
                let real = real.map_err(|error| unusable(path, read_problem(&error)))?;
                (SchemaRef::File(real), within.root().map(Path::to_owned))
            }
            other => (other.clone(), None),
        };
        let cell = {
            let mut schemas = self.schemas.write();
            Arc::clone(schemas.entry(key).or_default())
        };
        cell.get_or_init(|| self.load_anew(schema, within)).clone()
    }

    /// What the schemas loaded so far say in vain, in the order of their files and places. A file
    /// that several of them refer to is reported once.
    #[must_use]
    pub fn findings(&self) -> Vec<Diagnostic> {
        let schemas = self.schemas.write();
        let loaded = schemas
            .values()
            .filter_map(|cell| cell.get()?.as_ref().ok());
        let mut findings: Vec<_> = loaded
            .flat_map(|schema| &schema.findings)
            .filter_map(|finding| {
                let label = finding.primary.as_ref()?;
                let path = self.sources.get(label.source)?.path().to_owned();
                Some((path, label.span, finding))
            })
            .collect();
        let place = |(path, span, finding): &(PathBuf, Span, &Diagnostic)| {
            (path.clone(), *span, finding.message.clone())
        };
        findings.sort_by_cached_key(|found| (place(found), Reverse(found.2.severity)));
        findings.dedup_by(|again, first| place(again) == place(first));
        let findings = findings.into_iter().map(|(.., finding)| finding.clone());
        findings.collect()
    }

    /// Compiles `text` as the schema file at `path`, which need not exist.
    ///
    /// # Errors
    ///
    /// A finding of `invalid-schema`, pointing into the text.
    pub fn compile(&self, path: &Path, text: String) -> Outcome {
        self.compile_within(path, text, Boundary::none())
    }

    fn compile_within(&self, path: &Path, text: String, within: Boundary) -> Outcome {
        let loader = self.loader(within);
        let (uri, value) = loader.start(path, text)?;
        self.build(path_text(path).into_owned(), &loader, &uri, &value)
    }

    fn load_anew(&self, schema: &SchemaRef, within: &Boundary) -> Outcome {
        match schema {
            SchemaRef::Bundled(name) => {
                let loader = self.loader(Boundary::none());
                let bundled = bundle::by_name(name).ok_or_else(|| unknown_bundled(name))?;
                if let Some(schema) = self.acceptable(schema.to_string(), bundled) {
                    return Ok(Arc::new(schema));
                }
                let (uri, value) =
                    Loader::start_bundled(bundled).ok_or_else(|| unknown_bundled(name))?;
                self.build(schema.to_string(), &loader, &uri, &value)
            }
            SchemaRef::File(path) => {
                let folder = &self.options.working_directory;
                let text = read(folder, path, within).map_err(|problem| unusable(path, problem))?;
                self.compile_within(path, text, within.clone())
            }
            SchemaRef::Remote(url) => Err(failure(
                format!(
                    "the schema `{url}` would have to be fetched; frontlint never uses the network"
                ),
                Some(
                    "save it as a file and name that, or use one of the bundled schemas".to_owned(),
                ),
            )),
        }
    }

    fn loader(&self, within: Boundary) -> Arc<Loader> {
        Arc::new(Loader::new(
            Arc::clone(&self.sources),
            self.options.working_directory.clone(),
            self.options.folders.clone(),
            within,
        ))
    }

    /// A bundled schema whose validator is made for the first page that is not accepted, since that
    /// takes longer than all the rest of checking one page. `None` where it refers to others.
    fn acceptable(&self, name: String, bundled: &'static Bundled) -> Option<Schema> {
        let resources = Resources::new(vec![File {
            uri: Url::parse(&bundled.uri()).ok()?,
            value: Arc::new(bundled.value()),
            origin: None,
        }]);
        let (loader, formats) = (self.loader(Boundary::none()), self.options.assert_formats);
        let validator = move || {
            let (uri, value) = Loader::start_bundled(bundled)?;
            build(&value, &uri, Retriever(loader), formats).ok()
        };
        let schema = self.schema(name, LazyValidator::new(Box::new(validator)), resources);
        schema.fast.is_some().then_some(schema)
    }

    fn schema(&self, name: String, validator: LazyValidator, resources: Resources) -> Schema {
        Schema {
            name,
            validator,
            subschemas: OnceLock::new(),
            known_keys: KnownKeysCache::default(),
            fast: FastPath::new(&resources, self.options.assert_formats),
            findings: lint::findings(&resources),
            resources,
            key_patterns: Vec::new(),
        }
    }

    fn build(&self, name: String, loader: &Arc<Loader>, uri: &Url, value: &Value) -> Outcome {
        preload::files(value, uri, &Retriever(Arc::clone(loader)));
        let resources = Resources::new(loader.finish().0);
        if let Some((location, limit)) = sizes::first_beyond(&resources) {
            let fault = faults::too_large(&name, &resources, &location, limit);
            return Err(Box::new(fault));
        }
        let guarded = Guarded::new(&resources);
        let value = guarded.file(0).map_or(value, |value| &**value);
        let retriever = Known::new(&resources, &guarded, Retriever(Arc::clone(loader)));
        let built = build(value, uri, retriever, self.options.assert_formats);
        let (more, failure) = loader.finish();
        let resources = if more.is_empty() {
            resources
        } else {
            let mut files = resources.into_files();
            files.extend(more);
            Resources::new(files)
        };
        match built {
            Ok(validator) => {
                let validator = LazyValidator::new(Box::new(move || Some(validator)));
                Ok(Arc::new(Schema {
                    key_patterns: guarded.key_patterns,
                    ..self.schema(name, validator, resources)
                }))
            }
            Err(error) => Err(Box::new(faults::explain(
                &name, &error, &resources, failure,
            ))),
        }
    }
}

fn failure(message: String, help: Option<String>) -> Box<Diagnostic> {
    let mut diagnostic = Diagnostic::new(RuleId::InvalidSchema, message);
    diagnostic.help = help;
    Box::new(diagnostic)
}

fn unusable(path: &Path, problem: Problem) -> Box<Diagnostic> {
    let message = format!(
        "the schema `{}` cannot be used: {}",
        path_line(path),
        problem.message
    );
    failure(message, problem.help)
}

fn unknown_bundled(name: &str) -> Box<Diagnostic> {
    let unknown = bundle::unknown(name);
    failure(unknown.message, unknown.help)
}
