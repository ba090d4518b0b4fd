//! Front matter after a byte order mark or empty lines that the generator does not skip.

use super::file::File;
use super::wording::{add_help, count, edit, excerpt, fix};
use super::{Block, OpenRule};
use crate::diagnostic::{Applicability, Diagnostic, RuleId};
use crate::text::{SourceId, Span};

/// The finding about front matter that is valid otherwise.
pub(super) fn misplaced(file: &File<'_>, block: &Block) -> Diagnostic {
    let start = block.open.start as usize;
    let fence = excerpt(&file.bytes[block.open.range()]);
    let lines = file.lines_before(start);
    let consequence = format!("so {}", file.when_missed());
    let has_lines = lines > 0 && !file.rules.opens(OpenRule::AfterEmptyLines);
    let empty_lines = count(lines, "blank line");
    let (message, help, title, from) = match (file.has_wrong_bom(), has_lines) {
        (true, true) => (
            format!(
                "the front matter comes after a byte order mark and {empty_lines}, {consequence}"
            ),
            format!(
                "delete the {empty_lines} before `{fence}`, and save the file as UTF-8 without a \
                 byte order mark"
            ),
            "Delete what stands before the front matter",
            0,
        ),
        (true, false) => (
            format!("the front matter comes after an invisible byte order mark, {consequence}"),
            format!(
                "save the file as UTF-8 without a byte order mark (the 3 bytes before `{fence}`)"
            ),
            "Delete the byte order mark",
            0,
        ),
        (false, _) => (
            format!(
                "the front matter begins on line {}, not on line 1, {consequence}",
                lines + 1
            ),
            format!("delete the {empty_lines} before `{fence}`"),
            "Delete the blank lines",
            file.bom,
        ),
    };
    let finding = Diagnostic::new(RuleId::MisplacedFrontMatter, message);
    let (finding, to) = match has_lines {
        true => {
            let begin = Span::from_usize(file.bom, file.bom);
            let label = "the front matter begins here";
            let finding = finding.at(begin);
            (finding.related(SourceId::PAGE, block.open, label), start)
        }
        false => (finding.at(block.open), file.bom),
    };
    finding
        .help(help)
        .fix(fix(title, edit(from, to, ""), Applicability::Safe))
}

/// A finding about a fence, with what else to do since something comes before it.
pub(super) fn also_misplaced(file: &File<'_>, mut finding: Diagnostic) -> Diagnostic {
    let start = file.first.start;
    let lines = file.lines_before(start);
    if lines > 0 && !file.rules.opens(OpenRule::AfterEmptyLines) {
        let empty_lines = count(lines, "blank line");
        let more = format!(
            "; delete the {empty_lines} before line {}",
            file.number(start)
        );
        finding = add_help(finding, &more);
    }
    if file.has_wrong_bom() {
        let more = "; save the file as UTF-8 without a byte order mark";
        finding = add_help(finding, more);
    }
    finding
}
