//! Where the parts of a schema come from: files, the bundle, and never the network.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonschema::{Retrieve, Uri};
use memchr::memchr2_iter;
use serde_json::{Value, json};
use url::Url;

use crate::diagnostic::{Diagnostic, Problem, RuleId};
use crate::dialect::Dialect;
use crate::files::{self, Boundary, ReadError};
use crate::schema::bundle;
use crate::schema::instance::to_json;
use crate::schema::resources::{DATA, File, Origin, percent_decoded};
use crate::syntax::{self, Block, Syntax};
use crate::text::{
    SourceFile, SourceId, SourceMap, Span, Tolerance, encoded_reference, file_uri, nearest,
    path_line, strict_uri,
};
use crate::threads::Lock;

/// Bytes of the files of one schema together.
const MOST_BYTES: usize = 16 << 20;
/// Values of the files of one schema together; each takes some 200 bytes before anything is compiled.
const MOST_VALUES: usize = 250_000;

/// Reads the files of one schema and keeps them for its messages.
pub(super) struct Loader {
    sources: Arc<SourceMap>,
    /// What relative paths are relative to.
    working_directory: PathBuf,
    /// URLs answered from a folder, by their beginning.
    folders: Vec<(String, PathBuf)>,
    /// What no reference may lead out of.
    within: Boundary,
    state: Lock<State>,
}

#[derive(Default)]
struct State {
    files: Vec<File>,
    /// The folder of a file's `$id`, and the folder of the file.
    bases: Vec<(Url, PathBuf)>,
    /// What stands before the paths that users see.
    prefix: PathBuf,
    failure: Option<Failure>,
    /// Bytes and values of the files read so far.
    bytes: usize,
    values: usize,
}

/// Why a reference could not be followed.
pub(super) enum Failure {
    /// The finding about the file it leads to, which is broken.
    Broken(Box<Diagnostic>),
    /// What is wrong with the reference itself.
    Refused {
        /// The URI that it leads to.
        uri: String,
        /// What is wrong with it, after "`$ref`".
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

impl Loader {
    pub(super) fn new(
        sources: Arc<SourceMap>,
        working_directory: PathBuf,
        folders: Vec<(String, PathBuf)>,
        within: Boundary,
    ) -> Self {
        Self {
            sources,
            working_directory,
            folders,
            within,
            state: Lock::default(),
        }
    }

    /// Takes the schema itself: a file's text, shown to users under `path`.
    pub(super) fn start(
        &self,
        path: &Path,
        text: String,
    ) -> Result<(Url, Arc<Value>), Box<Diagnostic>> {
        let absolute = files::absolute(&self.working_directory.join(path));
        let prefix = absolute
            .ancestors()
            .find(|prefix| path.is_relative() && prefix.join(path) == absolute)
            .unwrap_or(Path::new(""));
        self.state().prefix = prefix.to_owned();
        let Some(uri) = file_uri(&absolute) else {
            let message = format!("the path `{}` cannot be read as a URL", path_line(path));
            return Err(Box::new(Diagnostic::new(RuleId::InvalidSchema, message)));
        };
        self.parse(&absolute, uri, text)
    }

    /// Takes a bundled schema: a schema that only refers to it.
    ///
    /// What is compiled directly is first held against its metaschema, and to compile that of
    /// draft 2020-12 takes longer than all the rest of checking one page. A test does it instead.
    pub(super) fn start_bundled(bundled: &bundle::Bundled) -> Option<(Url, Arc<Value>)> {
        let uri = Url::parse("https://frontlint.invalid/bundled").ok()?;
        let value = json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "allOf": [{ "$ref": bundled.uri() }],
        });
        Some((uri, Arc::new(value)))
    }

    /// The files read so far, and the first failure.
    pub(super) fn finish(&self) -> (Vec<File>, Option<Failure>) {
        let mut state = self.state();
        (std::mem::take(&mut state.files), state.failure.take())
    }

    fn state(&self) -> std::sync::RwLockWriteGuard<'_, State> {
        self.state.write()
    }

    fn keep(&self, uri: Url, value: Arc<Value>, origin: Option<Origin>) {
        self.state().files.push(File { uri, value, origin });
    }

    fn parse(
        &self,
        path: &Path,
        uri: Url,
        text: String,
    ) -> Result<(Url, Arc<Value>), Box<Diagnostic>> {
        let shown = {
            let state = self.state();
            path.strip_prefix(&state.prefix).unwrap_or(path).to_owned()
        };
        self.state().bytes += text.len();
        let syntax = syntax_of(path, &text);
        let file = Arc::new(SourceFile::new(shown, text));
        let source = self.sources.add(Arc::clone(&file));
        let block = Block::whole(syntax, file.text());
        // Values that nothing separates are nested, and that is bounded: what has so many separators
        // is not even parsed.
        let separators = memchr2_iter(b',', b'\n', file.text().as_bytes()).count();
        if separators > 3 * MOST_VALUES {
            return Err(too_many_values(source, block.open));
        }
        let parsed = syntax::parse(file.text(), &block, Dialect::Core, source);
        let Some(document) = parsed.document else {
            let mut diagnostic = parsed.diagnostics.into_iter().next().unwrap_or_else(|| {
                Diagnostic::new(RuleId::InvalidSchema, "this schema does not parse")
                    .at_source(source, block.open, "")
            });
            diagnostic.rule = RuleId::InvalidSchema;
            // The parser words its messages for pages.
            let message = diagnostic.message.replace("front matter", "a schema");
            diagnostic.message = format!("the schema does not parse: {message}");
            return Err(Box::new(diagnostic));
        };
        let values = {
            let mut state = self.state();
            state.values += document.len();
            state.values
        };
        if values > MOST_VALUES {
            return Err(too_many_values(source, block.open));
        }
        let document = document.into_owned();
        let root = document.node(document.root());
        if root.span.is_empty() {
            let message = "this schema is empty, so it would accept anything";
            let diagnostic = Diagnostic::new(RuleId::InvalidSchema, message)
                .at_source(source, root.span, "")
                .help("write what a page must have, such as `required` and `properties`");
            return Err(Box::new(diagnostic));
        }
        let mut value = to_json(&document, document.root());
        encode_references(&mut value);
        let value = Arc::new(value);
        if let (Some(id), Some(folder)) = (absolute_id(&value), path.parent()) {
            self.state().bases.push((id, folder.to_owned()));
        }
        self.keep(
            uri.clone(),
            Arc::clone(&value),
            Some(Origin { source, document }),
        );
        Ok((uri, value))
    }

    /// The file that stands for a URI, where there is one.
    fn path_for(&self, uri: &Url) -> Option<PathBuf> {
        for (beginning, folder) in &self.folders {
            if let Some(rest) = uri.as_str().strip_prefix(beginning.as_str()) {
                return Some(folder.join(percent_decoded(rest)));
            }
        }
        if uri.scheme() == "file" {
            return uri.to_file_path().ok();
        }
        let state = self.state();
        state.bases.iter().find_map(|(base, folder)| {
            let relative = uri.as_str().strip_prefix(base.as_str())?;
            let path = folder.join(percent_decoded(relative));
            self.within.has_file(&path).then_some(path)
        })
    }

    fn fetch(&self, uri: &Url) -> Result<Value, Failure> {
        if let Some(bundled) = bundle::by_uri(uri.as_str()) {
            let value = bundled.value();
            self.keep(uri.clone(), Arc::new(value.clone()), None);
            return Ok(value);
        }
        if uri.scheme() == "bundled" {
            let unknown = bundle::unknown(uri.path());
            return Err(Failure::Refused {
                uri: uri.to_string(),
                message: format!("leads to `{uri}`: {}", unknown.message),
                help: unknown.help,
            });
        }
        let Some(path) = self.path_for(uri) else {
            return Err(Failure::Refused {
                uri: uri.to_string(),
                message: format!(
                    "leads to `{uri}`, which would have to be fetched; frontlint never uses the network"
                ),
                help: Some("save that schema beside this one and name its file instead".to_owned()),
            });
        };
        let text = read(&self.working_directory, &path, &self.within).map_err(|problem| {
            Failure::Refused {
                uri: uri.to_string(),
                message: format!(
                    "leads to `{}`: {}",
                    path_line(self.shown(&path)),
                    problem.message
                ),
                help: problem.help,
            }
        })?;
        if self.state().bytes + text.len() > MOST_BYTES {
            return Err(Failure::Refused {
                uri: uri.to_string(),
                message: format!(
                    "leads to `{}`: with it, the files of this schema are larger than {} MiB",
                    path_line(self.shown(&path)),
                    MOST_BYTES >> 20
                ),
                help: None,
            });
        }
        let parsed = self.parse(&path, uri.clone(), text);
        let (_, value) = parsed.map_err(Failure::Broken)?;
        Ok(Value::clone(&value))
    }

    fn shown<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.state().prefix).unwrap_or(path)
    }
}

/// Hands a [`Loader`] to the validator.
pub(super) struct Retriever(pub(super) Arc<Loader>);

impl Retrieve for Retriever {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let parsed = Url::parse(uri.as_str());
        let failure = match parsed.map(|uri| strict_uri(&uri).unwrap_or(uri)) {
            Ok(uri) => match self.0.fetch(&uri) {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            },
            Err(error) => Failure::Refused {
                uri: uri.to_string(),
                message: format!("is `{uri}`, which is no URL: {error}"),
                help: None,
            },
        };
        self.0.state().failure.get_or_insert(failure);
        Err("not available".into())
    }
}

/// Why a file cannot be read, in words.
pub(super) fn read_problem(error: &ReadError) -> Problem {
    let message = match error {
        ReadError::NotRegular(kind) if kind.is_dir() => "it is a folder, not a file".to_owned(),
        ReadError::NotRegular(_) => "it is no ordinary file".to_owned(),
        ReadError::TooLarge(_) | ReadError::Outside(_) => error.to_string(),
        ReadError::System(system) => match system.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "it may not be read".to_owned(),
            _ => format!("it cannot be read: {error}"),
        },
    };
    Problem::new(message).maybe_help(error.help())
}

/// Reads a schema file as a whole.
pub(super) fn read(
    working_directory: &Path,
    path: &Path,
    within: &Boundary,
) -> Result<String, Problem> {
    let bytes = files::read(&working_directory.join(path), within).map_err(|error| {
        let nearest = || {
            nearest_file(working_directory, path, within).or_else(|| {
                let help =
                    "name the file of a schema, or a bundled one: `frontlint schema` lists them";
                Some(help.to_owned())
            })
        };
        let help = error.is_missing().then(nearest).flatten();
        let problem = read_problem(&error);
        Problem {
            help: help.or(problem.help),
            ..problem
        }
    })?;
    String::from_utf8(bytes).map_err(|_| Problem::new("it is not encoded in UTF-8"))
}

/// Names the file of the same folder that is most like the one asked for.
fn nearest_file(working_directory: &Path, path: &Path, within: &Boundary) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let listed = working_directory.join(folder.unwrap_or(Path::new(".")));
    let listed = within.resolve(&listed).ok()?;
    if !files::is_folder(&listed) {
        return Some(format!(
            "there is no folder `{}` either",
            path_line(folder?)
        ));
    }
    let names = files::names(&listed);
    let wanted = wanted.to_lowercase();
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let stem = |name: &str| name.split('.').next().map(str::to_owned);
    let index = lower
        .iter()
        .position(|name| stem(name) == stem(&wanted))
        .or_else(|| {
            let meant = nearest(
                &wanted,
                lower.iter().map(String::as_str),
                Tolerance::Letters(3),
            )?;
            lower.iter().position(|name| name == meant)
        })?;
    let meant = path.with_file_name(names.get(index)?);
    Some(format!("did you mean `{}`?", path_line(&meant)))
}

fn too_many_values(source: SourceId, span: Span) -> Box<Diagnostic> {
    let message = format!(
        "this schema has more than {MOST_VALUES} values, with those of the files that it refers to"
    );
    Box::new(Diagnostic::new(RuleId::InvalidSchema, message).at_source(source, span, ""))
}

fn syntax_of(path: &Path, text: &str) -> Syntax {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("json") => Syntax::Json,
        Some("yaml" | "yml") => Syntax::Yaml,
        Some("toml") => Syntax::Toml,
        _ if text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{') =>
        {
            Syntax::Json
        }
        _ => Syntax::Yaml,
    }
}

/// Names of files in `$ref` as URIs have them: many are written with the spaces and accents that
/// the files have.
fn encode_references(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(reference) if key == "$ref" => {
                        *reference = bundle::uri_of_reference(reference)
                            .unwrap_or_else(|| encoded_reference(reference));
                    }
                    Value::Object(_) | Value::Array(_) if !DATA.contains(&key.as_str()) => {
                        encode_references(member);
                    }
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(encode_references),
        _ => {}
    }
}

/// The folder of the URL that a schema calls its own, so that what stands beside it there is
/// looked for beside the file.
fn absolute_id(value: &Value) -> Option<Url> {
    let id = value.get("$id").or_else(|| value.get("id"))?.as_str()?;
    let id = Url::parse(id).ok().filter(|id| id.scheme() != "file")?;
    id.join(".").ok()
}
