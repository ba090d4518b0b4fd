//! Owns the docs of `relative-upload`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a path without a leading `/` that is found only from the site's root.
    ///
    /// ## Why it matters
    ///
    /// Such a path works only where the template puts a `/` before it. Anywhere else the browser
    /// looks beside the page, and finds nothing.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// image: uploads/release.pdf
    /// ---
    /// ```
    ///
    /// Begin the path with `/`:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// image: /uploads/release.pdf
    /// ---
    /// ```
    RelativeUpload, since "0.1.0"
}
