//! `format` as a keyword of our own: it sees the node, and so knows whether a scalar is quoted and
//! asks the site about paths. It says only yes or no; `explain` asks again for the words.

use jsonschema::json::Node as _;
use jsonschema::{JsonType, Keyword, ValidationError};

use super::formats::{self, EXISTING_PATH, Input, Paths};
use super::instance::{Node, Tree};
use crate::diagnostic::{PathProblem, Problem};
use crate::dialect::{Style, Value};
use crate::syntax::Scalar;

/// Why a value is not of its format.
pub(super) enum Fault {
    /// The text itself is not of the format.
    Text(Problem),
    /// The path leads nowhere.
    Path(PathProblem),
}

/// One `format` of a schema.
#[derive(Clone, Copy, Debug)]
pub(super) enum Format {
    /// The site is asked.
    Path,
    /// The text is looked at.
    Text(formats::Format),
    /// Not known, or no string, which the metaschema reports.
    Unknown,
}

impl Format {
    /// The format of this name.
    pub(super) fn named(name: &str) -> Self {
        match name {
            EXISTING_PATH => Self::Path,
            _ => formats::Format::named(name).map_or(Self::Unknown, Self::Text),
        }
    }

    /// Checks a node. What is no string to the schema has no format, and a key is no path.
    pub(super) fn check(self, node: &Node<'_>) -> Result<(), Fault> {
        let scalar = match node {
            Node::Name(_) => None,
            Node::Value { page, id } => match page.document.scalar(*id) {
                Some(scalar) if node.json_type() == JsonType::String => Some((page, scalar)),
                _ => return Ok(()),
            },
        };
        match (self, node, scalar) {
            (Self::Path, _, Some((page, scalar))) => match page.paths.look_up(&scalar.text) {
                Some(problem) => Err(Fault::Path(problem)),
                None => Ok(()),
            },
            (Self::Text(format), _, Some((page, scalar))) => {
                let input = input(scalar);
                format.check(&input).or_else(|problem| {
                    match as_date(&input, page.paths) {
                        Some(value) => format.check(&Input {
                            value: &value,
                            ..input
                        }),
                        None => Err(problem),
                    }
                    .map_err(Fault::Text)
                })
            }
            (Self::Text(format), Node::Name(name), None) => {
                let input = Input {
                    text: name.text(),
                    value: &Value::String,
                    style: Style::SingleQuoted,
                };
                format.check(&input).map_err(Fault::Text)
            }
            _ => Ok(()),
        }
    }
}

#[inline]
fn input<'a>(scalar: &'a Scalar<'_>) -> Input<'a> {
    Input {
        text: &scalar.text,
        value: &scalar.value,
        style: scalar.style,
    }
}

/// The date that the generator reads in what its parser has left as text.
fn as_date(input: &Input<'_>, paths: &dyn Paths) -> Option<Value> {
    let may_be_date = input.style == Style::Plain && *input.value == Value::String;
    let date = may_be_date.then(|| paths.date(input.text)).flatten();
    date.map(Value::Timestamp)
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
        self.check(&instance).is_ok()
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
