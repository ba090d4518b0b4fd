//! A glob without braces, as one step a part of the path.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use glob::Pattern;

/// Whether an argument is meant as a glob, where no file has this name.
pub(in crate::discover) fn is_glob(argument: &OsStr) -> bool {
    has_wildcard(argument.as_encoded_bytes())
}

pub(super) fn has_wildcard(pattern: &[u8]) -> bool {
    let is_wildcard = |byte: &u8| matches!(byte, b'*' | b'?' | b'[' | b'{');
    pattern.iter().any(is_wildcard)
}

/// Whether the last part of a glob says which extension it wants.
pub(in crate::discover) fn names_extension(pattern: &Path) -> bool {
    let pattern = pattern.as_os_str().as_encoded_bytes();
    let is_end = |byte: &u8| matches!(byte, b'/' | b'\\');
    let last = pattern.rsplit(is_end).next().unwrap_or(pattern);
    last.contains(&b'.')
}

/// The folder that a glob begins in: its parts before the first with a `*` or the like.
pub(in crate::discover) fn literal_folder(pattern: &Path) -> PathBuf {
    let parts = pattern.components();
    parts
        .take_while(|part| !is_glob(part.as_os_str()))
        .collect()
}

/// One part of a glob.
pub(super) enum Step {
    /// `**`: any number of folders.
    Folders,
    /// A name without `*` and the like.
    Name(OsString),
    /// Any other, with the bytes that a name begins with.
    Pattern(Pattern, Vec<u8>),
}

/// The parts of a glob below its literal folder.
pub(super) fn steps(pattern: &Path, folder: &Path) -> Result<Vec<Step>, glob::PatternError> {
    Pattern::new(&letters(pattern.as_os_str()))?;
    let mut steps = Vec::new();
    for part in pattern.components().skip(folder.components().count()) {
        let name = part.as_os_str();
        steps.push(match &*letters(name) {
            "**" => Step::Folders,
            _ if !is_glob(name) || !matches!(part, Component::Normal(_)) => {
                Step::Name(name.to_owned())
            }
            text => {
                let bytes = name.as_encoded_bytes();
                let start = bytes.iter().take_while(|byte| !b"*?[".contains(byte));
                Step::Pattern(Pattern::new(text)?, start.copied().collect())
            }
        });
    }
    Ok(steps)
}

/// A name or a part of a pattern as text that one can be matched with the other: for a byte that is
/// not UTF-8 it has a private character, to which Unicode will never give a meaning.
pub(super) fn letters(name: &OsStr) -> Cow<'_, str> {
    /// The private characters of the last plane, by their last byte.
    const BYTES: u32 = 0x10_fe00;
    if let Some(text) = name.to_str() {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        let bytes = chunk.invalid().iter();
        text.extend(bytes.filter_map(|&byte| char::from_u32(BYTES + u32::from(byte))));
    }
    Cow::Owned(text)
}
