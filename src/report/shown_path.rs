//! Paths as every format writes them.

use std::path::{Component, Path};

use crate::text::bytes_text;

/// A path with `/` on every system and without a leading `./`; bytes that are not UTF-8 are written
/// as in [`crate::text::path_text`].
#[must_use]
pub fn shown_path(path: &Path) -> String {
    bytes_text(&path_bytes(path)).into_owned()
}

/// The bytes of such a path.
pub(super) fn path_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => continue,
            Component::RootDir => {
                bytes.push(b'/');
                continue;
            }
            _ => {}
        }
        if !bytes.is_empty() && !bytes.ends_with(b"/") {
            bytes.push(b'/');
        }
        bytes.extend_from_slice(component.as_os_str().as_encoded_bytes());
    }
    if bytes.is_empty() {
        bytes.push(b'.');
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_slashes_and_no_leading_dot() {
        let text = |path: &str| shown_path(Path::new(path));
        assert_eq!(text("./_communiques/a.md"), "_communiques/a.md");
        assert_eq!(text("/srv/site//a.md"), "/srv/site/a.md");
        assert_eq!(text("../a.md"), "../a.md");
        assert_eq!(text("."), ".");
    }
}
