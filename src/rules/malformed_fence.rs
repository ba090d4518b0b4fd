//! Owns the docs of `malformed-fence`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a line that was meant as a fence and is none: four dashes, typographic dashes, a
    /// blank before the dashes, a no-break space or an invisible character beside them, text after
    /// them; also `+++` and `{` where the generator reads no TOML or JSON, and `---name` where it does not know a
    /// language of that name. So are a missing opening fence above keys that a closing fence ends,
    /// rules such as `***` or `___` in place of fences, and `...` where it does not close. Where the generator takes the first three characters of a line for the
    /// closing fence and prints the rest, it is a warning.
    ///
    /// ## Why it matters
    ///
    /// The generator does not see the front matter, or reads on into the text of the page.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ----
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    ///
    /// A fence is exactly three dashes:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    MalformedFence, since "0.1.0"
}
