//! Owns the docs of `invalid-syntax`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports front matter that does not parse, at the place where it has to be changed.
    ///
    /// ## Why it matters
    ///
    /// One wrong character is enough for the generator to stop, or to drop everything in the block.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Archive: the opening
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// A value that holds `: ` needs quotes:
    ///
    /// ```md good
    /// ---
    /// title: 'Archive: the opening'
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    InvalidSyntax, since "0.1.0"
}
