//! What frontlint knows of one page: its effective front matter value by value, and its schema.

use std::path::Path;
use std::sync::Arc;

use super::context::PageContext;
use super::page_schema::{SchemaSource, schema_key};
use super::run::Checker;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::{Dialect, Value};
use crate::read::Reader;
use crate::site::PageKind;
use crate::syntax::{self, Document, Extraction, Key, Kind, NodeId, pointer};
use crate::text::{SourceFile, SourceId, Span};

/// A page as its generator sees it.
#[derive(Debug)]
pub struct Explained {
    /// The page.
    pub source: Arc<SourceFile>,
    /// The generator's name, where there is one.
    pub generator: Option<&'static str>,
    /// Who reads the front matter: "Jekyll", "YAML 1.2".
    pub reader: &'static str,
    /// What the generator takes the page for: "a post".
    pub kind: String,
    /// Whether it is not published yet.
    pub is_draft: bool,
    /// Where it is served.
    pub url: Option<String>,
    /// The name of its schema, and why it is that one.
    pub schema: Option<(String, SchemaSource)>,
    /// The collection that has it, and whether that has a schema.
    pub collection: Option<(Arc<str>, bool)>,
    /// The `$schema` in the page, where another schema takes precedence over it.
    pub unused_schema: Option<String>,
    /// Whether the generator sees the front matter at all. Where it does not, the values are those
    /// that it would read if the fences were correct.
    pub is_seen: bool,
    /// The values, in the order of the page and then of the defaults.
    pub rows: Vec<Row>,
    /// How many more there are, which a page with many aliases may have.
    pub left_out: usize,
    /// What is wrong with the page's syntax or its schema, so that values may be missing.
    pub problems: Vec<Diagnostic>,
}

/// One value of the effective front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// RFC 6901 pointer.
    pub pointer: String,
    /// The keys that lead to it as people write them, `contact.tel[0]`, and how the parser reads
    /// those that it does not read as text: `on (read as true)`.
    pub path: String,
    /// How the generator reads it; for an empty list or mapping [`Value::Null`].
    pub value: Value,
    /// The text after unquoting.
    pub text: String,
    /// The type in a word: `text`, `integer`, `date and time`.
    pub kind: &'static str,
    /// The file it comes from: the page, or the configuration with the default.
    pub source: SourceId,
    /// Its bytes there.
    pub span: Span,
}

impl Checker<'_> {
    /// What the generator reads of a page.
    ///
    /// # Errors
    /// A finding about the page as a whole, or about its configuration.
    pub fn explain(&self, path: &Path) -> Result<Explained, Vec<Diagnostic>> {
        let Some(folder) = self.context.folders.of(path) else {
            return Err(self.context.folders.problems());
        };
        let page = PageContext::new(&self.context, &folder, path);
        let head = page
            .read(|fences, limit| Reader::new().read(&page.absolute_path(), fences, limit))
            .map_err(|failure| vec![*failure])?;
        let site = &*folder.site;
        let has_generator = site.generator().is_some();
        let is_misread = |finding: &Diagnostic| finding.severity == Severity::Error;
        let mut explained = Explained {
            source: Arc::new(SourceFile::new(path, head.text)),
            generator: has_generator.then(|| site.generator_name()),
            reader: site.dialect().reader(),
            kind: kind(&page.place.kind),
            is_draft: false,
            url: None,
            schema: None,
            collection: page
                .collection
                .map(|collection| (Arc::clone(&collection.name), collection.schema.is_some())),
            unused_schema: None,
            is_seen: !matches!(
                &head.extraction,
                Extraction::Broken(finding, _) if is_misread(finding)
            ),
            rows: Vec::new(),
            left_out: 0,
            problems: Vec::new(),
        };
        let source = Arc::clone(&explained.source);
        let document = explained.parse(head.extraction, source.text(), site.dialect());
        explained.add_schema(&page, document.as_ref());
        let Some(mut document) = document else {
            return Ok(explained);
        };
        let _ = site.with_defaults(&mut document, &page.place, folder.defaults.as_deref());
        explained.is_draft = site.is_draft(&document, &page.place);
        if explained.is_seen {
            let own = site.addresses(&document, &page.place).own;
            explained.url = own.map(|address| address.url);
        }
        let mut path = ValuePath::default();
        add_rows(&document, document.root(), &mut path, &mut explained);
        Ok(explained)
    }
}

impl Explained {
    /// The front matter of a page. What is wrong with it is added to the problems.
    fn parse<'d>(
        &mut self,
        extraction: Extraction,
        text: &'d str,
        dialect: Dialect,
    ) -> Option<Document<'d>> {
        let block = match extraction {
            Extraction::Found(block) => Some(block),
            Extraction::Broken(finding, block) => {
                self.problems.push(*finding);
                block
            }
            Extraction::Absent | Extraction::Foreign | Extraction::Incomplete => None,
        };
        let parsed = syntax::parse(text, &block?, dialect, SourceId::PAGE);
        self.problems.extend(parsed.diagnostics);
        parsed.document
    }

    /// The page's schema, and one that it names itself in vain.
    fn add_schema(&mut self, page: &PageContext<'_>, document: Option<&Document<'_>>) {
        let is_broken = !self.problems.is_empty();
        // A page without front matter that needs none has no schema.
        if document.is_none() && !is_broken && !page.is_front_matter_required() {
            return;
        }
        match page.choose_schema(document, &mut None) {
            Ok(Some(schema)) => {
                self.schema = Some((schema.name().to_owned(), schema.source.clone()));
            }
            Ok(None) => {}
            Err(failure) => self.problems.push(*failure),
        }
        let is_used = matches!(&self.schema, Some((_, SchemaSource::Page)) | None);
        let named = document.filter(|_| !is_used).and_then(schema_key);
        self.unused_schema = named.map(|(name, _)| name.to_owned());
    }
}

/// Aliases can make a small page very long.
const MOST_ROWS: usize = 10_000;

/// The path from the root to a value: as a pointer, and for people.
#[derive(Default)]
struct ValuePath {
    pointer: String,
    path: String,
}

impl ValuePath {
    fn push_index(&mut self, index: usize) {
        pointer::push_index(&mut self.pointer, index);
        self.path.push_str(&format!("[{index}]"));
    }

    fn push(&mut self, key: &Key<'_>) {
        pointer::push(&mut self.pointer, &key.text);
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(&key.text);
        let read = match &key.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            _ => return,
        };
        if read != key.text {
            self.path.push_str(&format!(" (read as {read})"));
        }
    }

    fn truncate(&mut self, (pointer, path): (usize, usize)) {
        self.pointer.truncate(pointer);
        self.path.truncate(path);
    }
}

fn add_rows(document: &Document<'_>, id: NodeId, path: &mut ValuePath, explained: &mut Explained) {
    let node = document.node(id);
    let before = (path.pointer.len(), path.path.len());
    let (value, text, kind) = match &node.kind {
        Kind::Sequence(items) if !items.is_empty() => {
            for (index, &item) in document.items(id).iter().enumerate() {
                path.push_index(index);
                add_rows(document, item, path, explained);
                path.truncate(before);
            }
            return;
        }
        Kind::Mapping(members) if !members.is_empty() => {
            for member in document.members(id) {
                path.push(&member.key);
                add_rows(document, member.value, path, explained);
                path.truncate(before);
            }
            return;
        }
        Kind::Sequence(_) => (Value::Null, "[]", "empty list"),
        Kind::Mapping(_) => (Value::Null, "{}", "empty mapping"),
        Kind::Scalar(scalar) => (
            scalar.value.clone(),
            scalar.text.as_ref(),
            type_of(&scalar.value),
        ),
    };
    // An empty page has no values to show.
    if path.pointer.is_empty() {
        return;
    }
    if explained.rows.len() >= MOST_ROWS {
        explained.left_out += 1;
        return;
    }
    explained.rows.push(Row {
        pointer: path.pointer.clone(),
        path: path.path.clone(),
        value,
        text: text.to_owned(),
        kind,
        source: node.source,
        span: node.span,
    });
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Integer(_) | Value::BigInteger(_) => "integer",
        Value::Float(_) => "number",
        Value::Timestamp(timestamp) if timestamp.is_date_only() => "date",
        Value::Timestamp(_) => "date and time",
        Value::String => "text",
        Value::Binary(_) => "binary data",
        Value::Error(_) => "error",
    }
}

fn kind(kind: &PageKind) -> String {
    match kind {
        PageKind::Page => "a page".to_owned(),
        PageKind::Post => "a post".to_owned(),
        PageKind::Draft => "a draft of a post".to_owned(),
        PageKind::Collection(label) => format!("a document of the collection `{label}`"),
        PageKind::Unrendered => "a file that is not read".to_owned(),
        PageKind::Outside => "a file outside of the site".to_owned(),
    }
}
