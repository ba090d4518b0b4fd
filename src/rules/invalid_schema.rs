//! Owns the docs of `invalid-schema`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a schema that does not exist, does not parse or does not compile, and one that no page
    /// can fail: `{}`, only descriptions, `additionalProperties: true`. At a value of a page it reports
    /// a schema or a pattern that takes too long to check it.
    ///
    /// As warnings it reports what has no effect in a schema that requires other things: a keyword
    /// that is misspelt (`requird`) or that the schema's draft does not have (`unevaluatedProperties`
    /// in draft 7), a `format` that is nearly one that frontlint knows (`exist-path`), a severity
    /// other than `warning` and `error` in `x-severity`, a message in `errorMessage` that is no text.
    /// A schema that lists keys and requires nothing of them is a warning too, since it may be meant
    /// for editors. Keywords and formats of other tools are allowed.
    ///
    /// ## Why it matters
    ///
    /// Without its schema a page cannot be checked. frontlint stops with exit status 2, and this
    /// rule cannot be switched off. A warning of it does not change the exit status, unless
    /// `--fail-on warning` is given.
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
