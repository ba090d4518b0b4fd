//! Text and places in it: byte spans, source files, lines and columns; the names of characters.
//!
//! Owns the one way from a byte offset to a line and a column. Knows nothing of front matter,
//! and imports no other room.

mod characters;
mod lines;
mod parts;
mod source;
mod span;

pub use characters::{invisible, named};
pub use lines::{ColumnUnit, LineIndex, Position};
pub use parts::all_parts;
pub use source::{SourceFile, SourceId, SourceMap, Sources};
pub use span::Span;
