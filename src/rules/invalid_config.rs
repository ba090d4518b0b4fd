//! Owns the docs of `invalid-config`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a mistake in `frontlint.toml` or in the generator's own configuration.
    ///
    /// ## Why it matters
    ///
    /// With a configuration that is not understood the pages would be checked against something
    /// else than you meant. frontlint stops with exit status 2, and this rule cannot be switched
    /// off.
    ///
    /// ## Example
    ///
    /// ```toml bad
    /// [rules]
    /// mising-file = "warning"
    /// ```
    ///
    /// ```toml good
    /// [rules]
    /// missing-file = "warning"
    /// ```
    InvalidConfig, since "0.1.0"
}
