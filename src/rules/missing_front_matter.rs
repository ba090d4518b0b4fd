//! Owns the docs of `missing-front-matter`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a page without front matter in a collection that requires it (`front-matter =
    /// "required"`), and on a site whose generator stops at such a page, as Zola does.
    ///
    /// ## Why it matters
    ///
    /// Without front matter Jekyll copies the file as it is: no layout, no title, no entry in the
    /// list of releases.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// The archive opens today.
    /// ```
    ///
    /// Begin the page with its front matter:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    ///
    /// The archive opens today.
    /// ```
    MissingFrontMatter, since "0.1.0"
}
