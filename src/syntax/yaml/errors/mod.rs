//! What went wrong, in the author's words: one text for each way in which YAML can be broken.
//!
//! The parser says where it gave up; the primary label here is where the author must act. Every
//! help is derived from the bytes at hand.

mod block;
mod flow;
mod indentation;
mod items;
mod mapping;
mod plain;
mod quote;
mod quoted;
mod scene;
mod structure;
mod tags;

pub(super) use self::plain::{liquid, unprintable, unprintable_character};
pub(super) use self::scene::Scene;
pub(super) use self::structure::{
    absent_key, alias_of_itself, alias_too_large, complex_key, duplicate_key, second_document,
    text_root, too_deep, unknown_alias, unreadable,
};

use granit_parser::ErrorKind;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::Span;

/// The finding for a syntax error of the parser.
pub(super) fn explain(scene: &Scene<'_>, kind: &ErrorKind) -> Diagnostic {
    if let Some(diagnostic) = plain::conflict(scene).or_else(|| plain::liquid_here(scene)) {
        return diagnostic;
    }
    match kind {
        ErrorKind::MappingValueNotAllowed => mapping::value_not_allowed(scene),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => mapping::key_expected(scene),
        ErrorKind::ExpectedBlockMappingKey => mapping::not_a_key(scene),
        ErrorKind::ExpectedBlockSequenceEntry => items::not_an_item(scene),
        ErrorKind::ExpectedDocumentStart => structure::after_the_end(scene),
        ErrorKind::MappingKeyNotAllowed => {
            at(scene, "`? ` begins a key, and a key cannot stand here")
        }
        ErrorKind::InvalidMappingValueWhitespace => {
            plain::tab(scene).unwrap_or_else(|| at(scene, "`:` must be followed by a space"))
        }
        ErrorKind::InvalidIndentation => indentation::bad_indentation(scene),

        ErrorKind::BlockSequenceEntryNotAllowed => items::item_on_key_line(scene),
        ErrorKind::InvalidBlockEntryWhitespace => {
            plain::tab(scene).unwrap_or_else(|| at(scene, "`-` must be followed by a space"))
        }
        ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::UnexpectedEof => plain::no_value(scene),

        ErrorKind::TabInPlainScalar
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => plain::tab(scene).unwrap_or_else(|| {
            at(
                scene,
                "a tab cannot stand here; YAML is indented with spaces",
            )
        }),
        ErrorKind::UnexpectedCharacter { character } => plain::unexpected(scene, *character),
        ErrorKind::BomInsideDocument => at(
            scene,
            "an invisible byte order mark (U+FEFF) stands in the middle of the front matter",
        )
        .help("delete it: it came along when text was pasted or files were joined"),
        ErrorKind::CommentInterceptedScalar => plain::comment_in_text(scene),
        ErrorKind::ExpectedWhitespace => at(scene, "a space is missing here"),
        ErrorKind::CommentNotSeparated => quoted::comment_after(scene),
        ErrorKind::UnexpectedEndOfPlainScalar => plain::no_value(scene),

        ErrorKind::UnclosedQuotedScalar => quoted::unclosed(scene),
        ErrorKind::DocumentIndicatorInQuotedScalar => quoted::unclosed(scene),
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => quoted::trailing(scene),
        ErrorKind::InvalidQuotedScalarIndent => at(
            scene,
            "this line goes on a quoted string and must be indented deeper than its key",
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => quoted::escape(scene, kind),

        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::InvalidFlowScalarIndent => flow::unexpected(scene),
        ErrorKind::UnclosedFlowCollection { .. } => flow::unclosed(scene, scene.at),
        ErrorKind::MisplacedFlowCollectionEnd => flow::closes_nothing(scene),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            flow::mismatched(scene, *open, *close)
        }
        ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => flow::dash(scene),
        ErrorKind::FlowMappingValueAdjacentCollection => flow::colon_without_blank(scene),

        ErrorKind::ZeroBlockScalarIndent => block::zero_indent(scene),
        ErrorKind::InvalidBlockScalarHeader => block::header(scene),
        ErrorKind::InvalidBlockScalarIndent => block::indent(scene),

        ErrorKind::RecursionLimitExceeded => too_deep(scene),
        ErrorKind::UnknownAnchor => unknown_alias(scene, scene.at..scene.at + 1),
        ErrorKind::MissingAnchorOrAliasName => tags::missing_name(scene),
        ErrorKind::AnchorCountOverflow => at(scene, "there are too many anchors"),

        ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => tags::tag(scene, kind),

        ErrorKind::DuplicateVersionDirective
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::DirectiveDisallowed
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. }
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingYamlVersion
        | ErrorKind::InvalidTagDirectiveTerminator => tags::directive(scene, kind),

        ErrorKind::InvalidDocumentEnd => structure::after_dots(scene),
        ErrorKind::MultipleDocumentsUnsupported => second_document(scene, scene.at..scene.at + 3),
        ErrorKind::TooManyComments => at(scene, "too many comment lines follow one another"),
        // Text in memory cannot fail to be read, nor can a plain parser fail to find an include.
        _ => at(scene, "this cannot be read as YAML"),
    }
}

/// A syntax finding at the character where the parser gave up.
fn at(scene: &Scene<'_>, message: impl Into<String>) -> Diagnostic {
    broken(scene, scene.character_span(scene.at), "", message)
}

/// A syntax finding.
fn broken(
    scene: &Scene<'_>,
    span: Span,
    label: impl Into<String>,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(RuleId::InvalidSyntax, message).at_source(scene.source, scene.span(span), label)
}

/// "the value of `title`", or "this value" where it has no key.
fn value_of(key: &str) -> String {
    if key.is_empty() {
        "this value".to_owned()
    } else {
        format!("the value of `{}`", scene::excerpt(key))
    }
}
