//! Owns the docs of `invalid-value`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a value that the schema's lists, patterns or bounds do not allow.
    ///
    /// ## Why it matters
    ///
    /// The template was made for the values in the schema, and does something else with any other.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: ''
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// Write a value that is allowed:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    InvalidValue, since "0.1.0"
}
