//! Owns the docs of `unknown-key`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a key that the schema does not allow, and names the nearest one that it does.
    ///
    /// In a mapping that allows other keys, a slip of a known key is a warning. A word of its own right
    /// is no slip: singular and plural, a number behind a word, a short word with another letter, and a
    /// key that three or more pages of the collection have. Where only some pages are checked, only
    /// those are counted. The fix renames the key, where its value is valid under the other name.
    ///
    /// ## Why it matters
    ///
    /// A misspelt key is no error to a generator: the value is simply not there when the template
    /// asks.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   mail: camille.martin@archives.example
    ///   email: camille.martin@archives.example
    ///   tel: 01 70 20 30 40
    /// ---
    /// ```
    ///
    /// Use the known name, or delete the line:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin@archives.example
    ///   tel: 01 70 20 30 40
    /// ---
    /// ```
    UnknownKey, since "0.1.0"
}
