//! `format` as a keyword of our own: it sees the node, and so knows whether a scalar is quoted and
//! asks the site about paths. It says only yes or no; `explain` asks again for the words.

use jsonschema::json::Node as _;
use jsonschema::{JsonType, Keyword, ValidationError};

use super::formats::{self, EXISTING_PATH, Input};
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
                    let date = page.paths.date(&input, key_at_root(node));
                    match date.is_some_and(|date| format.accepts_date(date)) {
                        true => Ok(()),
                        false => Err(Fault::Text(problem)),
                    }
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

/// The key at the root whose value a node is.
fn key_at_root<'a>(node: &Node<'a>) -> Option<&'a str> {
    let Node::Value { page, id } = node else {
        return None;
    };
    let mut members = page.document.members(page.document.root()).iter();
    let member = members.find(|member| member.value == *id)?;
    Some(&member.key.text)
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
