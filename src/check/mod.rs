//! Checks pages against settings, and drives a whole run in parallel.
//!
//! Owns the order of the steps (read, extract, parse, resolve, check), what becomes of a finding
//! between the rule that made it and the report (severity, suppression, drafts, defaults), and the
//! promise that a run never passes without having checked something. Must not format anything.

mod as_text;
mod baseline;
mod changed;
mod cross;
mod defaults;
mod explain;
mod folder;
mod one_fault;
mod outcome;
mod page;
mod page_paths;
mod partial;
mod run;
mod stages;
mod suppressions;
mod thread;
mod vacuous;

pub use baseline::baseline_of;
pub use explain::{Explained, Row};
pub use outcome::{FileReport, Note, Outcome, ShownFile};
pub use page::{Governing, SchemaChoice};
pub use run::{Checker, Seen, Surroundings};
