//! `format` as a keyword of our own: it sees the node, and so knows whether a scalar is quoted and
//! asks the site about paths. It says only yes or no; `explain` asks again for the words.

use jsonschema::json::Node as _;
use jsonschema::{JsonType, Keyword, ValidationError};

use super::formats::{self, Input, PathProblem, Problem};
use super::instance::{Node, Tree};
use crate::dialect::{Style, Value};

/// The format that asks [`formats::Paths`].
const EXISTING_PATH: &str = "existing-path";

/// Why a value is not of its format.
pub(super) enum Fault {
    /// The text itself is not of the format.
    Text(Problem),
    /// The path leads nowhere.
    Path(PathProblem),
}

/// One `format` of a schema.
pub(super) struct Format {
    /// `None` where it is no string, which the metaschema reports.
    pub(super) name: Option<String>,
}

/// Checks a node against a format. What is no string to the schema has no format.
pub(super) fn check(name: &str, node: &Node<'_>) -> Result<(), Fault> {
    let input = match node {
        Node::Name(text) => Input {
            text,
            value: &Value::String,
            style: Style::SingleQuoted,
        },
        Node::Value { page, id } => {
            let Some(scalar) = page.document.scalar(*id) else {
                return Ok(());
            };
            if node.json_type() != JsonType::String {
                return Ok(());
            }
            if name == EXISTING_PATH {
                return page
                    .paths
                    .look_up(&scalar.text)
                    .map_or(Ok(()), |problem| Err(Fault::Path(problem)));
            }
            Input {
                text: &scalar.text,
                value: &scalar.value,
                style: scalar.style,
            }
        }
    };
    formats::check(name, &input).map_err(Fault::Text)
}

impl<'i> Keyword<'i, Tree> for Format {
    fn validate(&self, instance: Node<'i>) -> Result<(), ValidationError<'i>> {
        if Keyword::<Tree>::is_valid(self, instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("format"))
        }
    }

    fn is_valid(&self, instance: Node<'i>) -> bool {
        self.name
            .as_deref()
            .is_none_or(|name| check(name, &instance).is_ok())
    }
}

/// Takes the place of `format` where formats are not asserted.
pub(super) struct Annotation;

impl<'i> Keyword<'i, Tree> for Annotation {
    fn validate(&self, _: Node<'i>) -> Result<(), ValidationError<'i>> {
        Ok(())
    }

    fn is_valid(&self, _: Node<'i>) -> bool {
        true
    }
}
