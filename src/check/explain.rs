//! What becomes of one page: its effective front matter value by value, and the schema that
//! governs it.

use std::path::Path;
use std::sync::Arc;

use super::page::{self, Governing};
use super::run::Checker;
use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::Value;
use crate::read::Reader;
use crate::site::{Generator, PageKind};
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
    /// The schema that governs it and why.
    pub schema: Option<(String, Governing)>,
    /// The collection that has it, and whether that has a schema.
    pub collection: Option<(Arc<str>, bool)>,
    /// The `$schema` in the page, where another schema takes precedence over it.
    pub unused_schema: Option<String>,
    /// Whether the generator sees the front matter at all. Where it does not, the values are those
    /// that it would read if the fences were in order.
    pub is_seen: bool,
    /// The values, in the order of the page and then of the defaults.
    pub rows: Vec<Row>,
    /// How many more there are, which a page with many aliases may have.
    pub left_out: usize,
    /// What is wrong with the page's syntax or its schema, so that parts may be missing here.
    pub problems: Vec<Diagnostic>,
}

/// One value of the effective front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// RFC 6901 pointer.
    pub pointer: String,
    /// The keys that lead to it as people write them, `contact.tel[0]`, and what the parser makes of
    /// those that it does not take for text: `on (read as true)`.
    pub path: String,
    /// What the generator makes of it; for an empty list or mapping [`Value::Null`].
    pub value: Value,
    /// The text after unquoting.
    pub text: String,
    /// The type in a word: `text`, `integer`, `date and time`.
    pub kind: &'static str,
    /// The file it comes from: the page, or the configuration that a default stands in.
    pub source: SourceId,
    /// Its bytes there.
    pub span: Span,
}

impl Checker<'_> {
    /// What the generator reads of a page.
    ///
    /// # Errors
    /// A finding about the page as a whole, or about the configuration it stands under.
    pub fn explain(&self, path: &Path) -> Result<Explained, Vec<Diagnostic>> {
        let Some(folder) = self.folders.of(path) else {
            return Err(self.folders.problems());
        };
        let place = folder.site.place(path);
        let fences = folder.site.fence_rules_at(&place);
        let head = Reader::new()
            .read(path, fences, folder.config.max_front_matter)
            .map_err(|failure| vec![*failure])?;
        let mut problems = Vec::new();
        let is_misread = |finding: &Diagnostic| finding.severity == Severity::Error;
        let is_seen =
            !matches!(&head.extraction, Extraction::Broken(finding, _) if is_misread(finding));
        let block = match head.extraction {
            Extraction::Found(block) => Some(block),
            Extraction::Broken(finding, block) => {
                problems.push(*finding);
                block
            }
            Extraction::Absent | Extraction::Foreign | Extraction::Incomplete => None,
        };
        let source = Arc::new(SourceFile::new(path, head.text));
        let is_known = folder.site.generator() != Generator::None;
        let generator = is_known.then(|| folder.site.fence_rules().generator);
        let mut explained = Explained {
            source: Arc::clone(&source),
            generator,
            reader: folder.site.dialect().reader(),
            kind: kind(&place.kind),
            is_draft: false,
            url: None,
            schema: None,
            collection: None,
            unused_schema: None,
            is_seen,
            rows: Vec::new(),
            left_out: 0,
            problems,
        };
        let collection = folder.config.collection_of(path);
        explained.collection = collection.map(|it| (Arc::clone(&it.name), it.schema.is_some()));
        let checked = self.page(path, &folder, &place, collection);
        let parsed = block.map(|block| {
            let dialect = folder.site.dialect();
            syntax::parse(source.text(), &block, dialect, SourceId::PAGE)
        });
        let document = parsed.and_then(|parsed| {
            explained.problems.extend(parsed.diagnostics);
            parsed.document
        });
        let is_required = checked
            .collection
            .is_some_and(|it| it.front_matter_required);
        // A page without front matter that needs none answers to no schema.
        if is_required || document.is_some() || !explained.problems.is_empty() {
            let problems = &mut explained.problems;
            let governed = checked.schema_of(document.as_ref(), problems, &mut None);
            explained.schema = governed.map(|it| (it.0.name().to_owned(), it.1.clone()));
            let named = document.as_ref().and_then(page::schema_key);
            let is_used = matches!(&explained.schema, Some((_, Governing::Page)) | None);
            explained.unused_schema = named.filter(|_| !is_used).map(|it| it.0.to_owned());
        }
        let Some(mut document) = document else {
            return Ok(explained);
        };
        let _ = folder.site.with_defaults(&mut document, &place);
        explained.is_draft = folder.site.is_draft(&document, &place);
        if is_seen {
            let own = folder.site.addresses(&document, &place).own;
            explained.url = own.map(|address| address.url().to_owned());
        }
        let mut way = Way::default();
        add_rows(&document, document.root(), &mut way, &mut explained);
        Ok(explained)
    }
}

/// Aliases can make a small page very long.
const MOST_ROWS: usize = 10_000;

/// The way from the root to a value: as a pointer, and for people.
#[derive(Default)]
struct Way {
    pointer: String,
    path: String,
}

impl Way {
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

fn add_rows(document: &Document<'_>, id: NodeId, way: &mut Way, explained: &mut Explained) {
    let node = document.node(id);
    let before = (way.pointer.len(), way.path.len());
    let (value, text, kind) = match &node.kind {
        Kind::Sequence(items) if !items.is_empty() => {
            for (index, &item) in document.items(id).iter().enumerate() {
                way.push_index(index);
                add_rows(document, item, way, explained);
                way.truncate(before);
            }
            return;
        }
        Kind::Mapping(members) if !members.is_empty() => {
            for member in document.members(id) {
                way.push(&member.key);
                add_rows(document, member.value, way, explained);
                way.truncate(before);
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
    if way.pointer.is_empty() {
        return;
    }
    if explained.rows.len() >= MOST_ROWS {
        explained.left_out += 1;
        return;
    }
    explained.rows.push(Row {
        pointer: way.pointer.clone(),
        path: way.path.clone(),
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
