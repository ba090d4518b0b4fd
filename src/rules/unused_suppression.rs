//! The rule unused-suppression.

super::rule! {
    /// ## What it does
    ///
    /// Reports an `[[ignore]]` entry of `frontlint.toml` that suppresses nothing, on runs over the
    /// whole site.
    ///
    /// ## Why it matters
    ///
    /// An entry that outlives its fault hides the next one.
    ///
    /// ## Example
    ///
    /// ```toml bad
    /// [[ignore]]
    /// path = "_communiques/page.md"
    /// rule = "missing-file"
    /// reason = "kept on the old server"
    /// ```
    ///
    /// Delete the entry.
    UnusedSuppression, since "0.1.0"
}
