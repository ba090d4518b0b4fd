//! gray-matter, the parser of front matter that several generators in JavaScript use.

use crate::syntax::{CloseRule, FenceRules, OpenRule};

/// gray-matter with its default engines: it skips a byte order mark, takes what follows `---` for
/// the name of a language, closes at the first line that begins with `---`, and where there is none
/// takes all of the file
/// (<https://github.com/jonschlinkert/gray-matter/blob/master/index.js>).
pub(super) const FENCES: FenceRules = FenceRules {
    generator: "gray-matter",
    opens: &[OpenRule::AfterByteOrderMark, OpenRule::WithLanguage],
    closes: &[
        CloseRule::WithTrailingText,
        CloseRule::OnlyByFence,
        CloseRule::AtEndOfFile,
    ],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "takes the whole page for metadata",
    ..FenceRules::STRICT
};
