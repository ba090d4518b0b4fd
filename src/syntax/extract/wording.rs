//! Parts of findings about fences.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::text::{SourceId, Span, shorten};

/// "line", "2 lines"
pub(super) fn count(many: usize, what: &str) -> String {
    match many {
        1 => what.to_owned(),
        _ => format!("{many} {what}s"),
    }
}

/// Bytes for a sentence, cut to a length that fits one.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    const MAX: usize = 60;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * MAX)]);
    shorten(&text, MAX).into_owned()
}

/// An edit of the page.
pub(super) fn edit(start: usize, end: usize, content: &str) -> Edit {
    Edit {
        source: SourceId::PAGE,
        span: Span::from_usize(start, end),
        content: content.to_owned(),
    }
}

/// A fix with one edit.
pub(super) fn fix(title: &str, edit: Edit, applicability: Applicability) -> Fix {
    Fix {
        title: title.to_owned(),
        edits: vec![edit],
        applicability,
    }
}

/// A finding with more in its help.
pub(super) fn add_help(mut finding: Diagnostic, more: &str) -> Diagnostic {
    finding.help.get_or_insert_default().push_str(more);
    finding
}
