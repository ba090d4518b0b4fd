//! The rule unreadable-file.

super::rule! {
    /// ## What it does
    ///
    /// Reports a file that cannot be read: no permission, a broken link, a pipe.
    ///
    /// ## Why it matters
    ///
    /// A file that was not read was not checked. frontlint ends with exit status 2, and this rule
    /// cannot be switched off.
    ///
    /// ## Example
    ///
    /// ```console
    /// $ frontlint check _communiques/broken-link.md
    /// ```
    ///
    /// Make the file readable, or leave it out with `exclude`.
    UnreadableFile, since "0.1.0"
}
