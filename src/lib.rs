//! frontlint checks the front matter of content files.
//!
//! ```text
//!             a worker for each thread, pages in batches
//! walk ⇉ read ─▶ extract ─▶ parse ─▶ defaults ─▶ schema ─▶ rules ⇉ merge ─▶ compare pages ─▶ report
//! ```
//!
//! The command line ([`cli`]) is all that is public.
//!
//! Data flows one way. Pages are checked while folders are walked: `discover` yields batches of
//! pages of one folder, `check` takes them; neither calls back into the other. What happens to one
//! page is in `check/page.rs`. Broken front matter becomes a [`diagnostic::Diagnostic`]; the other
//! pages go on. Spans are byte offsets in the whole file until a reporter turns them into lines.

mod check;
pub mod cli;
mod config;
mod diagnostic;
mod dialect;
mod discover;
mod files;
mod fix;
mod init;
mod paths;
mod read;
mod report;
mod rules;
mod schema;
mod site;
mod syntax;
#[doc(hidden)]
pub mod testing;
mod text;
mod threads;
