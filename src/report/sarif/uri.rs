//! Paths as the addresses that SARIF wants.

use std::path::Path;

use serde_json::{Value, json};

use crate::report::shown_path::path_bytes;
use crate::text::file_uri;

/// The name of the folder that relative addresses count from.
pub(super) const BASE: &str = "%SRCROOT%";

/// The `artifactLocation` of a path: relative to the working directory, or a `file` address.
pub(super) fn location(path: &Path) -> Value {
    if path.is_absolute()
        && let Some(url) = file_uri(path)
    {
        return json!({"uri": url.as_str()});
    }
    let bytes = path_bytes(path);
    let segments: Vec<_> = bytes.split(|byte| *byte == b'/').map(segment).collect();
    let uri = segments.join("/");
    // An address under a base must not climb out of it.
    if bytes.starts_with(b"..") {
        json!({"uri": uri})
    } else {
        json!({"uri": uri, "uriBaseId": BASE})
    }
}

/// Percent-encodes what the first segment of a relative reference may not hold either: a colon
/// would turn what is before it into a scheme.
fn segment(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_and_relative() {
        let uri = |path: &str| {
            location(Path::new(path))["uri"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            uri("./_communiques/l’été 100%.md"),
            "_communiques/l%E2%80%99%C3%A9t%C3%A9%20100%25.md"
        );
        assert_eq!(uri("fonds-:deux.md"), "fonds-%3Adeux.md");
        assert_eq!(uri("<<a#b?c\\d>>"), "%3C%3Ca%23b%3Fc%5Cd%3E%3E");
        assert_eq!(location(Path::new("../a.md")), json!({"uri": "../a.md"}));
        assert_eq!(
            location(Path::new("a.md")),
            json!({"uri": "a.md", "uriBaseId": "%SRCROOT%"})
        );
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_are_file_addresses() {
        assert_eq!(
            location(Path::new("/srv/a b.md")),
            json!({"uri": "file:///srv/a%20b.md"})
        );
    }
}
