//! Owns the docs of `missing-key`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a key that the schema requires and that neither the page nor a default of the
    /// generator gives. On a draft it is a warning.
    ///
    /// ## Why it matters
    ///
    /// The page is published without it: no date in the list, no contact for journalists.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// ---
    /// ```
    ///
    /// Give the key a value:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    MissingKey, since "0.1.0"
}
