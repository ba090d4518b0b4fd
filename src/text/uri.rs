//! The URI of a file.

use std::path::Path;

use url::{Position, Url};

/// The URI of a file as RFC 3986 has it, without `.` and `..`. `None` for a relative path.
#[must_use]
pub fn file_uri(path: &Path) -> Option<Url> {
    let uri = Url::from_file_path(path).ok()?;
    strict_uri(&Url::parse(uri.as_str()).ok()?)
}

/// The same URI with everything encoded in its path that RFC 3986 does not allow there, and
/// nothing else: the standard of browsers, which the library follows, is more generous.
#[must_use]
pub fn strict_uri(uri: &Url) -> Option<Url> {
    let strict = encoded(uri.path(), "/");
    if strict == uri.path() {
        return Some(uri.clone());
    }
    let (before, after) = (&uri[..Position::BeforePath], &uri[Position::AfterPath..]);
    Url::parse(&format!("{before}{strict}{after}")).ok()
}

/// A reference, in which a file may be named as it is, as a URI has it: `été [1].json#/a b` is
/// `%C3%A9t%C3%A9%20%5B1%5D.json#/a%20b`. A `%` that begins an escape stays one.
#[must_use]
pub fn encoded_reference(reference: &str) -> String {
    // An address on the web names no file.
    if reference.contains("://") && !reference.starts_with("file://") {
        return reference.to_owned();
    }
    match reference.split_once('#') {
        Some((file, fragment)) => {
            format!("{}#{}", encoded(file, "/?"), encoded(fragment, "/?"))
        }
        None => encoded(reference, "/?"),
    }
}

/// A text with all bytes encoded that RFC 3986 does not allow in a path, but for those of `kept`,
/// and no others: `%41` and `A` are the same.
fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match encoded_byte(rest) {
            Some(byte) => {
                length = 3;
                if is_unreserved(byte) {
                    out.push(char::from(byte));
                } else {
                    push_encoded(&mut out, byte);
                }
            }
            None if is_allowed(c) || kept.contains(c) => out.push(c),
            None => rest[..length]
                .bytes()
                .for_each(|byte| push_encoded(&mut out, byte)),
        }
        rest = &rest[length..];
    }
    out
}

fn push_encoded(out: &mut String, byte: u8) {
    out.push_str(&format!("%{byte:02X}"));
}

fn is_allowed(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_unreserved) || "!$&'()*+,;=:@".contains(c)
}

/// The byte that a text begins with in percent-encoding.
fn encoded_byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(digits, 16).ok())?
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_uri_that_leads_back() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let names = (1..=255_u8).filter(|byte| *byte != b'/');
        for name in names.map(|byte| [b'a', byte, b'b']) {
            let path = Path::new("/site [new]/%41").join(OsStr::from_bytes(&name));
            let uri = file_uri(&path).unwrap();
            assert_eq!(uri.to_file_path(), Ok(path), "{uri}");
            assert!(
                uri.path()
                    .bytes()
                    .all(|byte| is_unreserved(byte) || b"/%!$&'()*+,;=:@".contains(&byte)),
                "{uri}"
            );
        }
        assert_eq!(file_uri(Path::new("a")), None);
    }

    #[test]
    fn spellings_of_one_uri_become_one() {
        let strict = |uri: &str| strict_uri(&Url::parse(uri).unwrap()).unwrap().to_string();
        assert_eq!(
            strict("file:///%41%2f%5b[.json#/[a]"),
            "file:///A%2F%5B%5B.json#/[a]"
        );
        assert_eq!(strict("file:///50%.json"), "file:///50%25.json");
        assert_eq!(strict("https://a.example/b"), "https://a.example/b");
        assert_eq!(
            encoded_reference("été [1]%20^.json?x#/a b/é"),
            "%C3%A9t%C3%A9%20%5B1%5D%20%5E.json?x#/a%20b/%C3%A9"
        );
        assert_eq!(encoded_reference("#/$defs/a~1b"), "#/$defs/a~1b");
        assert_eq!(
            encoded_reference("https://a.example/b.json#x"),
            "https://a.example/b.json#x"
        );
    }
}
