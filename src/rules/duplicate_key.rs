//! Owns the docs of `duplicate-key`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a key that is written twice in one mapping, and shows both places. To Hugo `Title` and
    /// `title` are the same key.
    ///
    /// ## Why it matters
    ///
    /// Only one of the two counts, in most generators the last, and nobody who reads the page's
    /// source can tell. Hugo since 0.152 refuses such a page; of keys that differ only in case it
    /// takes the one that is not in small letters.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// title: The archive opens
    /// ---
    /// ```
    ///
    /// Keep one of them:
    ///
    /// ```md good
    /// ---
    /// title: The archive opens
    /// date: 2024-05-23 14:00:00 +02:00
    /// ---
    /// ```
    DuplicateKey, since "0.1.0"
}
