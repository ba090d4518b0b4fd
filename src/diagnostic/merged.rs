//! A finding that another one stands for.

use super::Diagnostic;

/// A finding that is not reported, since another one says enough about the same fault. Where that
/// one is suppressed, or weighs less, this one is reported.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The finding.
    pub finding: Diagnostic,
    /// The pointer of the one in its place. It is that of this finding too, but for a key that is
    /// misspelt and so, under its right name, missing.
    pub into: String,
}
