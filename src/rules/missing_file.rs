//! Owns the docs of `missing-file`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a path (format `existing-path`) to a file that is not there. Names are compared byte
    /// for byte, so that a wrong case is found on every computer. A file whose name is nearly the
    /// same is named in the help. On a draft it is a warning.
    ///
    /// ## Why it matters
    ///
    /// Readers get a broken link or an empty frame. A path in the wrong case works on a Mac or on
    /// Windows and breaks on the server.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// image: /uploads/Release.PDF
    /// ---
    /// ```
    ///
    /// Write the name exactly as the file has it, or add the file:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// image: /uploads/release.pdf
    /// ---
    /// ```
    MissingFile, since "0.1.0"
}
