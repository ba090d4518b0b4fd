//! Text and places in it: byte spans, source files, lines and columns; names of characters and of
//! files; quoting for messages; the calendar; the name that was meant.
//!
//! Owns the one way from a byte offset to a line and a column. Knows nothing of front matter.

pub mod calendar;
mod characters;
mod lines;
mod names;
mod nearest;
mod quote;
#[cfg(test)]
pub mod sampling;
mod slip;
mod source;
mod span;
mod uri;

pub use characters::{invisible, named};
pub use lines::{ColumnUnit, LineIndex, Position};
pub use names::{bytes_text, one_line, path_line, path_text};
pub use nearest::{Tolerance, letters, nearest};
pub use quote::{LONGEST_SHOWN, code, in_double_quotes, in_single_quotes, shorten, visible_code};
pub use slip::is_form_of;
pub use source::{SourceFile, SourceId, SourceMap, Sources};
pub use span::Span;
pub use uri::{encoded_reference, file_uri, strict_uri};
