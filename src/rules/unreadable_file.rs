//! Owns the docs of `unreadable-file`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a file that cannot be read: no permission, a broken link, a pipe, a link that leads
    /// out of the repository, a configuration or baseline larger than 16 MiB.
    ///
    /// The repository is the nearest folder with `.git`, else that of `frontlint.toml`, else the
    /// working directory. What the command line names may be anywhere.
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
