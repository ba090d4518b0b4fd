//! What users call to have a page validated.

use super::compiled::Schema;
use super::explain::{self, Violations};
use super::formats::Paths;
use crate::diagnostic::Diagnostic;
use crate::syntax::Document;

impl Schema {
    /// What the schema finds wrong with a document. `reader` is the name of the generator in sentences:
    /// "Jekyll".
    #[must_use]
    pub fn validate(
        &self,
        document: &Document<'_>,
        paths: &dyn Paths,
        reader: &str,
    ) -> Vec<Diagnostic> {
        self.violations(document, paths, reader).findings
    }

    /// As [`Self::validate`], with the findings that others of the same value replace.
    #[must_use]
    pub fn violations(
        &self,
        document: &Document<'_>,
        paths: &dyn Paths,
        reader: &str,
    ) -> Violations {
        explain::explain(self, document, paths, reader)
    }
}
