//! One name in a directory.

use std::borrow::Cow;
use std::ffi::OsString;

use unicode_normalization::UnicodeNormalization as _;

/// What an entry is, without following it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    File,
    Folder,
    Link,
    Other,
}

/// One name in a directory.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: OsString,
    pub kind: EntryKind,
}

impl Entry {
    pub(super) fn bytes(&self) -> &[u8] {
        self.name.as_encoded_bytes()
    }

    /// Whether its name is UTF-8; no other can be suggested.
    pub(super) fn is_text(&self) -> bool {
        self.name.to_str().is_some()
    }

    /// Its name; bytes that are no text become U+FFFD.
    pub(super) fn text(&self) -> Cow<'_, str> {
        self.name.to_string_lossy()
    }
}

/// A name without the differences of case and Unicode normalisation.
pub(super) fn fold(name: &str) -> String {
    match name.is_ascii() {
        true => name.to_ascii_lowercase(),
        false => name.to_lowercase().nfc().collect(),
    }
}

/// A name without its extension; empty where it has none.
pub(super) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(stem, _)| stem)
}
