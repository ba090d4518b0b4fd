//! What is wrong with a schema, in words and with its place.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ReferencingError, ValidationError};
use serde_json::{Value, json};
use url::Url;

use super::build;
use super::retrieve::{Failure, Loader, Retriever};
use crate::diagnostic::{Diagnostic, PathProblem, RuleId};
use crate::files::Boundary;
use crate::schema::compiled::{LazyValidator, Schema};
use crate::schema::formats::Paths;
use crate::schema::known_keys::KnownKeysCache;
use crate::schema::resources::{File, Location, Resources, base_of, join};
use crate::schema::sizes::Limit;
use crate::text::{SourceMap, Tolerance, nearest};

const DRAFTS: [(Draft, &str); 5] = [
    (
        Draft::Draft202012,
        "https://json-schema.org/draft/2020-12/schema",
    ),
    (
        Draft::Draft201909,
        "https://json-schema.org/draft/2019-09/schema",
    ),
    (Draft::Draft7, "http://json-schema.org/draft-07/schema#"),
    (Draft::Draft6, "http://json-schema.org/draft-06/schema#"),
    (Draft::Draft4, "http://json-schema.org/draft-04/schema#"),
];

/// Explains why a schema does not compile.
pub(super) fn explain(
    name: &str,
    error: &ValidationError<'_>,
    resources: &Resources,
    failure: Option<Failure>,
) -> Diagnostic {
    match failure {
        Some(Failure::Broken(diagnostic)) => return *diagnostic,
        Some(Failure::Refused { uri, message, help }) => {
            return refused(name, resources, &uri, &message, help);
        }
        None => {}
    }
    if let ValidationErrorKind::Referencing(error) = error.kind() {
        return referencing(name, resources, error);
    }
    if let Some(diagnostic) = against_metaschema(resources) {
        return diagnostic;
    }
    let location = error
        .absolute_keyword_location()
        .and_then(|uri| resources.locate(uri.as_str()))
        .unwrap_or_else(|| Location {
            file: 0,
            pointer: error.instance_path().as_str().to_owned(),
        });
    let message = match (error.kind(), error.instance().as_ref()) {
        (ValidationErrorKind::Format { format }, Value::String(text)) if format == "regex" => {
            format!("`{text}` is not a regular expression")
        }
        _ => format!("this is not a valid schema: {error}"),
    };
    at(name, resources, &location, message)
}

/// The finding about a schema that is too large.
pub(super) fn too_large(
    name: &str,
    resources: &Resources,
    location: &Location,
    limit: Limit,
) -> Diagnostic {
    at(name, resources, location, limit.message()).help(limit.help())
}

fn at(name: &str, resources: &Resources, location: &Location, message: String) -> Diagnostic {
    let span = resources.span(location).or_else(|| {
        let (owner, _) = location.owner()?;
        resources.span(&owner)
    });
    match span {
        Some((source, span)) => {
            Diagnostic::new(RuleId::InvalidSchema, message).at_source(source, span, "")
        }
        None => Diagnostic::new(
            RuleId::InvalidSchema,
            format!("in the schema `{name}`, {message}"),
        ),
    }
}

fn refused(
    name: &str,
    resources: &Resources,
    uri: &str,
    message: &str,
    help: Option<String>,
) -> Diagnostic {
    let uri = uri.trim_end_matches('#');
    let found = references(resources).into_iter().find(|reference| {
        reference.target.as_ref().is_some_and(|target| {
            let mut target = target.clone();
            target.set_fragment(None);
            target.as_str() == uri
        })
    });
    let Some(found) = found else {
        let mut diagnostic = at(name, resources, &root(), format!("a reference {message}"));
        diagnostic.help = help;
        return diagnostic;
    };
    if found.keyword == "$schema" {
        return unknown_draft(name, resources, &found.at, &found.text);
    }
    let mut diagnostic = at(
        name,
        resources,
        &found.at,
        format!("`{}` {message}", found.keyword),
    );
    diagnostic.help = help;
    diagnostic
}

fn referencing(name: &str, resources: &Resources, error: &ReferencingError) -> Diagnostic {
    if let ReferencingError::UnknownSpecification { specification } = error {
        let at = Location {
            file: 0,
            pointer: "/$schema".to_owned(),
        };
        return unknown_draft(name, resources, &at, specification);
    }
    let dangling = references(resources).into_iter().find(|reference| {
        reference.keyword != "$schema"
            && reference.target.as_ref().is_none_or(|target| {
                let known = DRAFTS.iter().any(|(_, uri)| {
                    target
                        .as_str()
                        .trim_end_matches('#')
                        .starts_with(uri.trim_end_matches('#'))
                });
                let location = resources.locate(target.as_str());
                !known && location.and_then(|at| resources.value(&at)).is_none()
            })
    });
    let Some(found) = dangling else {
        return at(
            name,
            resources,
            &root(),
            format!("a reference cannot be followed: {error}"),
        );
    };
    let message = format!(
        "`{}` leads to `{}`, which does not exist",
        found.keyword, found.text
    );
    at(name, resources, &found.at, message)
}

fn unknown_draft(name: &str, resources: &Resources, place: &Location, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not a draft of JSON Schema that frontlint knows");
    // A URI is long, and the drafts differ in their numbers.
    let uris = DRAFTS.iter().map(|(_, uri)| *uri);
    let meant = nearest(text, uris, Tolerance::Letters(4));
    let help = meant.map_or_else(
        || {
            format!(
                "the newest is `{}`; drafts 4, 6, 7, 2019-09 and 2020-12 are known",
                DRAFTS[0].1
            )
        },
        |uri| format!("did you mean `{uri}`?"),
    );
    at(name, resources, place, message).help(help)
}

fn root() -> Location {
    Location {
        file: 0,
        pointer: String::new(),
    }
}

/// One reference of a schema file.
struct Reference {
    at: Location,
    keyword: &'static str,
    text: String,
    target: Option<Url>,
}

/// Every reference in every file, in the order of the files.
fn references(resources: &Resources) -> Vec<Reference> {
    let mut found = Vec::new();
    for (index, File { uri, value, .. }) in resources.files().iter().enumerate() {
        let at = Location {
            file: index,
            pointer: String::new(),
        };
        collect(value, &at, uri, &mut found);
    }
    found
}

fn collect(value: &Value, at: &Location, base: &Url, found: &mut Vec<Reference>) {
    match value {
        Value::Object(members) => {
            let base = base_of(value, base);
            for keyword in ["$schema", "$ref", "$dynamicRef", "$recursiveRef"] {
                if let Some(text) = members.get(keyword).and_then(Value::as_str) {
                    found.push(Reference {
                        at: at.child(&[keyword]),
                        keyword,
                        text: text.to_owned(),
                        target: join(&base, text),
                    });
                }
            }
            for (key, child) in members {
                collect(child, &at.child(&[key]), &base, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &at.child(&[&index.to_string()]), base, found);
            }
        }
        _ => {}
    }
}

struct NoPaths;

impl Paths for NoPaths {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }
}

/// Checks the schema as if it were a page and its draft's own schema the schema: the messages are
/// those that authors of pages get.
fn against_metaschema(resources: &Resources) -> Option<Diagnostic> {
    let file = resources.files().first()?;
    let document = &file.origin.as_ref()?.document;
    let draft = Draft::default().detect(&file.value);
    let (_, uri) = DRAFTS.iter().find(|(known, _)| *known == draft)?;
    let metaschema = metaschema(uri)?;
    let mut findings = metaschema.validate(document, &NoPaths, "YAML");
    let mut first = (!findings.is_empty()).then(|| findings.swap_remove(0))?;
    first.rule = RuleId::InvalidSchema;
    first.severity = crate::diagnostic::Severity::Error;
    first.pointer = None;
    // What a finding calls a page as a whole is the schema here.
    if let Some(rest) = first.message.strip_prefix("the front matter") {
        first.message = format!("the schema{rest}");
    }
    Some(first)
}

fn metaschema(uri: &str) -> Option<Schema> {
    let value = json!({ "$ref": uri });
    let base = Url::parse("https://frontlint.invalid/metaschema").ok()?;
    let loader = Arc::new(Loader::new(
        Arc::new(SourceMap::default()),
        PathBuf::new(),
        Vec::new(),
        Boundary::none(),
    ));
    let validator = build(&value, &base, Retriever(loader), false).ok()?;
    let resources = Resources::new(vec![File {
        uri: base,
        value: Arc::new(value),
        origin: None,
    }]);
    Some(Schema {
        name: String::new(),
        validator: LazyValidator::new(Box::new(move || Some(validator))),
        known_keys: KnownKeysCache::default(),
        findings: Vec::new(),
        subschemas: OnceLock::new(),
        fast: None,
        key_patterns: Vec::new(),
        resources,
    })
}
