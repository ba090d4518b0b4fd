//! The rule invalid-schema.

super::rule! {
    /// ## What it does
    ///
    /// Reports a schema that does not exist, does not parse or does not compile, and at a value of a
    /// page, a schema or a pattern that takes too long to check it.
    ///
    /// ## Why it matters
    ///
    /// Without its schema a page cannot be checked. frontlint stops with exit status 2, and this
    /// rule cannot be switched off.
    ///
    /// ## Example
    ///
    /// ```json bad
    /// { "type": "objekt" }
    /// ```
    ///
    /// ```json good
    /// { "type": "object" }
    /// ```
    InvalidSchema, since "0.1.0"
}
