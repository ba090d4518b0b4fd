//! Owns the docs of `unknown-key`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a key that the schema does not allow, and names the nearest one that it does. In a
    /// mapping that allows other keys, a key that is nearly a known one is a warning.
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
