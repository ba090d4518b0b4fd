//! Owns the docs of `unclosed-front-matter`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a page that opens with a fence (`---`) and never closes it.
    ///
    /// ## Why it matters
    ///
    /// A generator that finds no closing fence takes the whole page for text. Jekyll then publishes
    /// the file as it is, without a layout, and the title, the date and everything else are lost.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    ///
    /// The archive opens today.
    /// ```
    ///
    /// Close it on the line after the last key:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    ///
    /// The archive opens today.
    /// ```
    UnclosedFrontMatter, since "0.1.0"
}
