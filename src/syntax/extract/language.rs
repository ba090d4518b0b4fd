//! Languages that are named after the opening fence.

use super::shapes::{Near, text};
use super::{Extraction, FenceRules, OpenRule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::text::Span;

/// What follows `---` on the first line, where the generator takes it for a language.
pub(super) fn language<'b>(line: &'b [u8], rules: &FenceRules) -> Option<&'b [u8]> {
    let name = line.strip_prefix(b"---")?.trim_ascii();
    let is_named =
        rules.opens(OpenRule::WithLanguage) && line.get(3) != Some(&b'-') && !name.is_empty();
    // A blank that is none of ASCII is no name.
    (is_named && Near::of(line).is_none()).then_some(name)
}

/// Whether a language is a program, or may be one that the site's code adds.
pub(super) fn is_foreign(language: &[u8], rules: &FenceRules) -> bool {
    let is_word = || language.iter().all(u8::is_ascii_alphanumeric);
    matches!(language, b"js" | b"javascript")
        || (rules.opens(OpenRule::WithAddedLanguage) && is_word())
}

/// A language that the generator does not know. `at` is the end of the fence at the beginning of
/// `line`.
pub(super) fn unknown(at: usize, language: &[u8], line: &[u8], rules: &FenceRules) -> Extraction {
    let blanks = line[3..].len() - line[3..].trim_ascii_start().len();
    let message = format!(
        "{} takes `{}` after `---` for the language of the front matter, and does not know it",
        rules.generator,
        text(language)
    );
    let start = at + blanks;
    let diagnostic = Diagnostic::new(RuleId::MalformedFence, message)
        .at(Span::from_usize(start, start + language.len()))
        .help("write `---` alone on its line, and the metadata in YAML below it");
    Extraction::Broken(Box::new(diagnostic), None)
}
