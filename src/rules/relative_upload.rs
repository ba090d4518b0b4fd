//! Owns the docs of `relative-upload`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a path without a leading `/` that is found only from the site's root, where nine of ten
    /// pages of the collection begin theirs with one. Where authors write both, the template takes
    /// both. Only checks of a whole site compare pages.
    ///
    /// ## Why it matters
    ///
    /// Such a path works only where the template puts a `/` before it. Anywhere else the browser
    /// looks beside the page, and finds nothing.
    ///
    /// ## Example
    ///
    /// The schema says that the value is a path:
    ///
    /// ```json schema
    /// {
    ///   "type": "object",
    ///   "properties": { "image": { "type": "string", "format": "existing-path" } }
    /// }
    /// ```
    ///
    /// The other pages of the collection write:
    ///
    /// ```md beside
    /// ---
    /// image: /uploads/release.pdf
    /// ---
    /// ```
    ///
    /// One lacks the slash:
    ///
    /// ```md bad
    /// ---
    /// image: uploads/release.pdf
    /// ---
    /// ```
    ///
    /// Begin the path with `/`:
    ///
    /// ```md good
    /// ---
    /// image: /uploads/release.pdf
    /// ---
    /// ```
    RelativeUpload, since "0.1.0"
}
