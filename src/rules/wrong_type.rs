//! Owns the docs of `wrong-type`, which other modules report. Must not check anything.

super::rule! {
    /// ## What it does
    ///
    /// Reports a value of another type than the schema wants: a text for a number, a list for a
    /// text. What counts is the type that the site's generator gives the value: `0171211250`
    /// without quotes is the number 31789736 to Jekyll.
    ///
    /// ## Why it matters
    ///
    /// The template prints something else than the page says, or stops.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin@archives.example
    ///   tel: 0171211250
    /// ---
    /// ```
    ///
    /// Quote a value that is to be a text:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// contact-presse:
    ///   name: Camille Martin
    ///   email: camille.martin@archives.example
    ///   tel: '0171211250'
    /// ---
    /// ```
    WrongType, since "0.1.0"
}
