//! What the tests, benches and fuzz targets of the repository use beside the command line. For
//! nothing else: it changes without notice.

pub mod check {
    //! Checks of pages and sites.
    pub use crate::check::{Checker, Outcome, PageSettings, SchemaChoice};
}

pub mod config {
    //! `frontlint.toml`.
    use std::sync::Arc;

    pub use crate::config::{Finder, json_schema};
    use crate::diagnostic::Diagnostic;
    use crate::text::SourceMap;

    /// A finder for a run in the working directory, with the values of `--config`.
    ///
    /// # Errors
    /// What is wrong with the arguments.
    pub fn finder(
        arguments: &[String],
        sources: Arc<SourceMap>,
    ) -> Result<Finder, Vec<Diagnostic>> {
        let names = crate::site::generator_names();
        let folder = crate::files::working_directory();
        Finder::new(folder, names, arguments, false, sources)
    }
}

pub mod diagnostic {
    //! Findings and rules.
    pub use crate::diagnostic::{
        Applicability, CheckedPage, Diagnostic, Edit, Fix, Group, PathProblem, Problem, RuleId,
        Severity,
    };
}

pub mod dialect {
    //! Scalars as generators read them.
    pub use crate::dialect::{Dialect, Style, Timestamp, Value, Zone, hugo_date_of, hugo_key};
}

pub mod discover {
    //! Arguments into pages.
    pub use crate::discover::{Found, Request, discover};
}

pub mod files {
    //! Access to the file system.
    pub use crate::files::Boundary;
}

pub mod fix {
    //! Fixes of pages.
    pub use crate::fix::{FixedPage, Fixer};
}

pub mod report {
    //! Output formats.
    pub use crate::report::{Format, Outputs, Sanitizer, Style, Summary, visible};
}

pub mod rules {
    //! The rules and their documentation.
    pub use crate::rules::{RULES, Rule};
}

pub mod schema {
    //! Schemas and their validation.
    pub use crate::schema::{Options, Paths, Schema, SchemaRef, Store, bundled};
}

pub mod site {
    //! Generators and their sites.
    pub use crate::site::{
        Addresses, PageKind, PagePlace, Site, SiteOptions, TimeZone, generator_named,
    };
}

pub mod syntax {
    //! Front matter and its parsers.
    pub use crate::syntax::{
        Block, CloseRule, Document, Extraction, FenceRules, Kind, NodeId, OpenRule, Scalar, Syntax,
        extract, parse, parse_any, parse_both_ways, pointer,
    };
}

pub mod text {
    //! Source files and places in them.
    pub use crate::text::calendar;
    pub use crate::text::{ColumnUnit, SourceFile, SourceId, SourceMap, Sources, Span};
}
