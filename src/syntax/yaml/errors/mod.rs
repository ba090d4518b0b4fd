//! Findings for YAML that does not parse: a message, a help and mostly a fix for each mistake.
//!
//! The parser reports where it gave up; the primary label here is what the author must change.
//! Every help is derived from the text.

mod block_scalar;
mod context;
mod fixes;
mod flow;
mod indentation;
mod items;
mod mapping;
mod misread;
mod quoted;
mod structure;
mod tags;
mod unquoted;
mod values;

pub(super) use self::context::ErrorContext;
pub(super) use self::structure::{
    absent_key, alias_of_itself, alias_too_large, complex_key, duplicate_key, second_document,
    text_root, too_deep, unknown_alias, unreadable,
};
pub(super) use self::tags::anchor;
pub(super) use self::unquoted::{liquid, unprintable, unprintable_character};

use granit_parser::ErrorKind;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::Span;

/// The finding for a syntax error of the parser.
pub(super) fn explain(context: &ErrorContext<'_>, kind: &ErrorKind) -> Diagnostic {
    unquoted::conflict(context)
        .or_else(|| unquoted::liquid_here(context))
        .or_else(|| fixed_message(kind).map(|message| at(context, message)))
        .or_else(|| in_block(context, kind))
        .or_else(|| in_flow(context, kind))
        .or_else(|| in_scalar(context, kind))
        .or_else(|| in_properties(context, kind))
        // Text in memory cannot fail to be read, nor can this parser fail to find an include.
        .unwrap_or_else(|| at(context, "this cannot be read as YAML"))
}

/// Errors whose message does not depend on the text.
fn fixed_message(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::MappingKeyNotAllowed => "`? ` begins a key, and a key cannot stand here",
        ErrorKind::ExpectedWhitespace => "a space is missing here",
        ErrorKind::InvalidQuotedScalarIndent => {
            "this line goes on a quoted string and must be indented deeper than its key"
        }
        ErrorKind::AnchorCountOverflow => "there are too many anchors",
        ErrorKind::TooManyComments => "too many comment lines follow one another",
        _ => return None,
    })
}

/// Errors in the lines of lists and mappings.
fn in_block(context: &ErrorContext<'_>, kind: &ErrorKind) -> Option<Diagnostic> {
    let tab_or = |message| unquoted::tab(context).unwrap_or_else(|| at(context, message));
    Some(match kind {
        ErrorKind::MappingValueNotAllowed => mapping::value_not_allowed(context),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            mapping::key_expected(context)
        }
        ErrorKind::ExpectedBlockMappingKey => mapping::not_a_key(context),
        ErrorKind::ExpectedBlockSequenceEntry => items::not_an_item(context),
        ErrorKind::ExpectedDocumentStart => structure::after_the_end(context),
        ErrorKind::InvalidMappingValueWhitespace => tab_or("`:` must be followed by a space"),
        ErrorKind::InvalidBlockEntryWhitespace => tab_or("`-` must be followed by a space"),
        ErrorKind::InvalidIndentation => indentation::bad_indentation(context),
        ErrorKind::BlockSequenceEntryNotAllowed => items::item_on_key_line(context),
        ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::UnexpectedEof
        | ErrorKind::UnexpectedEndOfPlainScalar => unquoted::no_value(context),
        ErrorKind::TabInPlainScalar
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => {
            tab_or("a tab cannot stand here; YAML is indented with spaces")
        }
        ErrorKind::RecursionLimitExceeded => too_deep(context),
        ErrorKind::InvalidDocumentEnd => structure::after_dots(context),
        ErrorKind::MultipleDocumentsUnsupported => {
            second_document(context, context.at..context.at + 3)
        }
        _ => return None,
    })
}

/// Errors in lists and mappings in brackets.
fn in_flow(context: &ErrorContext<'_>, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::InvalidFlowScalarIndent => flow::unexpected(context),
        ErrorKind::UnclosedFlowCollection { .. } => flow::unclosed(context, context.at),
        ErrorKind::MisplacedFlowCollectionEnd => flow::closes_nothing(context),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            flow::mismatched(context, *open, *close)
        }
        ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => flow::dash(context),
        ErrorKind::FlowMappingValueAdjacentCollection => flow::colon_without_space(context),
        _ => return None,
    })
}

/// Errors in scalars.
fn in_scalar(context: &ErrorContext<'_>, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnexpectedCharacter { character } => unquoted::unexpected(context, *character),
        ErrorKind::BomInsideDocument => at(
            context,
            "an invisible byte order mark (U+FEFF) stands in the middle of the front matter",
        )
        .help("delete it: it came along when text was pasted or files were joined"),
        ErrorKind::CommentInterceptedScalar => unquoted::comment_in_text(context),
        ErrorKind::CommentNotSeparated => quoted::comment_after(context),
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            quoted::unclosed(context)
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => quoted::trailing(context),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => quoted::escape(context, kind),
        ErrorKind::ZeroBlockScalarIndent => block_scalar::zero_indent(context),
        ErrorKind::InvalidBlockScalarHeader => block_scalar::header(context),
        ErrorKind::InvalidBlockScalarIndent => block_scalar::indent(context),
        _ => return None,
    })
}

/// Errors in anchors, aliases, tags and directives.
fn in_properties(context: &ErrorContext<'_>, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnknownAnchor => unknown_alias(context, context.at..context.at + 1),
        ErrorKind::MissingAnchorOrAliasName => tags::missing_name(context),
        ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => tags::tag(context, kind),
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
        | ErrorKind::InvalidTagDirectiveTerminator => tags::directive(context, kind),
        _ => return None,
    })
}

/// A syntax finding at the character where the parser gave up.
fn at(context: &ErrorContext<'_>, message: impl Into<String>) -> Diagnostic {
    broken(context, context.character_span(context.at), message)
}

/// A syntax finding.
fn broken(
    context: &ErrorContext<'_>,
    span: impl Into<Span>,
    message: impl Into<String>,
) -> Diagnostic {
    let span = context.span(span.into());
    Diagnostic::new(RuleId::InvalidSyntax, message).at_source(context.source, span, "")
}

/// "the value of `title`", or "this value" where it has no key.
fn value_of(key: &str) -> String {
    if key.is_empty() {
        "this value".to_owned()
    } else {
        format!("the value of `{}`", context::excerpt(key))
    }
}
