//! Owns the docs of `unused-suppression`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports what hides findings and hides none: an `[[ignore]]` entry of `frontlint.toml`, on
    /// runs over the whole site; a comment `# frontlint: allow(RULE)` or `allow-file(RULE)` in the
    /// front matter; an entry of the baseline whose finding is gone. A comment that names a rule
    /// which does not exist is reported too.
    ///
    /// ## Why it matters
    ///
    /// An entry that outlives its fault hides the next one.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00 # frontlint: allow(invalid-format)
    /// ---
    /// ```
    ///
    /// Delete the comment:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
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
