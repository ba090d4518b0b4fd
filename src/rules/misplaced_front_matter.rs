//! Owns the docs of `misplaced-front-matter`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports front matter that does not begin on the very first byte of the file: blank lines or
    /// a byte order mark stand before it, comments, or a heading (a warning, since a page may show
    /// front matter).
    /// Also front matter in a page that the generator refuses for its type, as Hugo does with HTML
    /// since 0.162, unless `security.allowContent` allows it: a warning where the site does not pin the
    /// version that builds it.
    ///
    /// ## Why it matters
    ///
    /// Most generators look at the first line only. What comes later is text to them, and the page
    /// is published with its metadata printed on top.
    ///
    /// ## Example
    ///
    /// ```md bad
    ///
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// Delete what stands before the first fence:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    MisplacedFrontMatter, since "0.1.0"
}
