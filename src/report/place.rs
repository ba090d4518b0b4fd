//! Where a finding is, in the words of the output: the path with `/`, 1-based lines and columns.

use std::path::{Component, Path};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::text::{self, ColumnUnit, Position, SourceFile, SourceId, Sources, Span};

/// A path as every format writes it: with `/` on every system, without a leading `./`; what is no
/// UTF-8 as [`text::path_text`] has it.
#[must_use]
pub fn path_text(path: &Path) -> String {
    text::bytes_text(&path_bytes(path)).into_owned()
}

/// The bytes of such a path.
pub(super) fn path_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => continue,
            Component::RootDir => {
                bytes.push(b'/');
                continue;
            }
            _ => {}
        }
        if !bytes.is_empty() && !bytes.ends_with(b"/") {
            bytes.push(b'/');
        }
        bytes.extend_from_slice(component.as_os_str().as_encoded_bytes());
    }
    if bytes.is_empty() {
        bytes.push(b'.');
    }
    bytes
}

/// The file a finding is about: that of its primary label, or the page.
pub(super) fn file_of(sources: &Sources<'_>, diagnostic: &Diagnostic) -> Arc<SourceFile> {
    let id = diagnostic
        .primary
        .as_ref()
        .map_or(SourceId::PAGE, |label| label.source);
    sources.get(id)
}

/// The first position of a span and the one just after it.
pub(super) fn range(file: &SourceFile, span: Span, unit: ColumnUnit) -> (Position, Position) {
    (
        file.position(span.start, unit),
        file.position(span.end, unit),
    )
}

/// The last line with a byte of the range: one that ends with a line break does not reach into
/// the next line.
pub(super) fn last_line(start: Position, end: Position) -> u32 {
    if end.column == 1 && end.line > start.line {
        end.line - 1
    } else {
        end.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_slashes_and_no_leading_dot() {
        let text = |path: &str| path_text(Path::new(path));
        assert_eq!(text("./_communiques/a.md"), "_communiques/a.md");
        assert_eq!(text("/srv/site//a.md"), "/srv/site/a.md");
        assert_eq!(text("../a.md"), "../a.md");
        assert_eq!(text("."), ".");
    }
}
