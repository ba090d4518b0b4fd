//! Owns the docs of `invalid-format`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a text that is not of the format the schema wants: a date, an e-mail address, a
    /// telephone number.
    ///
    /// ## Why it matters
    ///
    /// Nobody can write to an address without its `@`, and a date that cannot be read puts the page
    /// at the wrong place or stops the build.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin.archives.example
    ///   tel: 01 70 20 30 40
    /// ---
    /// ```
    ///
    /// Write it in the format the message names:
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
    InvalidFormat, since "0.1.0"
}
