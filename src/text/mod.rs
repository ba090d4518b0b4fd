//! Text and places in it: byte spans, source files, lines and columns.
//!
//! Owns the one way from a byte offset to a line and a column. Knows nothing of front matter,
//! and imports no other room.

mod lines;
mod source;
mod span;

pub use lines::{ColumnUnit, LineIndex, Position};
pub use source::{SourceFile, SourceId, SourceMap, Sources};
pub use span::Span;
