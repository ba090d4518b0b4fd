//! frontlint checks the front matter of content files.
//!
//! ```text
//! discover ─▶ read ─▶ extract ─▶ parse ─▶ resolve ─▶ check ─▶ report
//! ```
//!
//! Data flows one way. Broken front matter becomes a [`diagnostic::Diagnostic`]; the other files
//! go on. Spans are byte offsets in the whole file until a reporter turns them into lines.

pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod dialect;
pub mod discover;
pub mod files;
pub mod fix;
pub mod paths;
pub mod read;
pub mod report;
pub mod rules;
pub mod schema;
pub mod site;
pub mod syntax;
pub mod text;
