//! Owns the docs of `schema-mismatch`, which other modules report. Must not check anything.

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
    /// A schema that wants a town or a link, and never both:
    ///
    /// ```json schema
    /// {
    ///   "properties": {
    ///     "place": {
    ///       "oneOf": [{ "required": ["town"] }, { "required": ["link"] }]
    ///     }
    ///   }
    /// }
    /// ```
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// place:
    ///   town: Port-Lannec
    ///   link: https://video.archives.example/opening
    /// ---
    /// ```
    ///
    /// Make it one of the alternatives that the message names:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// place:
    ///   town: Port-Lannec
    /// ---
    /// ```
    SchemaMismatch, since "0.1.0"
}
