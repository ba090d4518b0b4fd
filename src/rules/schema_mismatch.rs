//! The rule schema-mismatch.

super::rule! {
    /// ## What it does
    ///
    /// Reports any other disagreement with the schema, such as a value that fits none of several
    /// alternatives.
    ///
    /// ## Why it matters
    ///
    /// The schema says what the site's templates can handle.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// files:
    /// - nom: The release
    /// ---
    /// ```
    ///
    /// Make it one of the alternatives that the message names:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// files:
    /// - nom: The release
    ///   file: /uploads/release.pdf
    /// ---
    /// ```
    SchemaMismatch, since "0.1.0"
}
