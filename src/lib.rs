//! frontlint checks the front matter of content files.
//!
//! ```text
//!             a worker for each thread, pages in batches
//! walk ⇉ read ─▶ extract ─▶ parse ─▶ defaults ─▶ schema ─▶ rules ⇉ merge ─▶ compare pages ─▶ report
//! ```
//!
//! Data flows one way. Pages are checked while folders are walked: [`discover`] yields batches of
//! pages of one folder, [`check`] takes them; neither calls back into the other. What happens to one
//! page is in `check/page.rs`. Broken front matter becomes a [`diagnostic::Diagnostic`]; the other
//! pages go on. Spans are byte offsets in the whole file until a reporter turns them into lines.

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
pub mod threads;
