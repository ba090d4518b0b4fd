//! Checks pages: each on its own, in parallel, and then with each other.
//!
//! Owns the order of the steps of a page (`page`), what becomes of a finding between the rule that
//! made it and the report (severity, suppression, drafts, defaults), and the promise that a run never
//! passes without having checked something. Must not format anything.

mod allow_comments;
mod baseline;
mod changed_lines;
mod claims;
mod compare_pages;
mod context;
mod defaults;
mod explain_page;
mod folders;
mod near_keys;
mod nothing_checked;
mod outcome;
mod page;
mod page_findings;
mod page_paths;
mod page_schema;
mod place_words;
mod relative_uploads;
mod run;
mod shadowed;
mod thread_outcome;
mod visit;
mod worker;

pub use baseline::baseline_of;
pub use context::SchemaChoice;
pub use explain_page::{Explained, Row};
pub use outcome::{FileReport, Note, Outcome};
pub use page_schema::SchemaSource;
pub use run::{Checker, PageSettings};
pub use visit::VisitedPage;
