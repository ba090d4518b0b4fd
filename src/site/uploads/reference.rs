//! A path as front matter writes it, taken apart without a look at the file system.

use std::borrow::Cow;

use super::percent;

/// The longest path that any file system takes; what is longer names no file.
pub(super) const LONGEST: usize = 4096;

/// Schemes that are written without `//`. Any other word before a colon may well be part of a
/// file name.
const BARE_SCHEMES: &[&str] = &[
    "mailto",
    "tel",
    "sms",
    "data",
    "urn",
    "geo",
    "doi",
    "magnet",
    "javascript",
    "xmpp",
    "sip",
    "cid",
];

/// Why a path is not looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its `..` lead out of the site, also percent-encoded once or twice.
    LeavesSite,
    /// A symbolic link on its way leads out of the site.
    LinkLeavesSite,
    /// It holds a NUL character.
    Nul,
    /// It is longer than any file system takes.
    TooLong,
    /// It names a place on the author's computer: `C:\…` or `file:`.
    LocalFile,
    /// `http:` or `https:` without the `//`.
    MalformedUrl,
}

/// What a written path refers to.
#[derive(Debug, PartialEq)]
pub(super) enum Reference<'p> {
    Empty,
    External,
    Refused(Refusal),
    Path(WrittenPath<'p>),
}

/// A path within the site.
#[derive(Debug, PartialEq)]
pub(super) struct WrittenPath<'p> {
    /// Whether it begins with `/`.
    pub is_absolute: bool,
    /// Before query and fragment, percent-decoded once.
    pub decoded: Cow<'p, [u8]>,
    /// Before query and fragment, as written.
    pub raw: &'p str,
    /// Query and fragment, with their `?` or `#`.
    pub tail: &'p str,
}

/// Takes a written path apart.
pub(super) fn read(text: &str) -> Reference<'_> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    if text.is_empty() {
        return Reference::Empty;
    }
    if text.starts_with("//") {
        return Reference::External;
    }
    match scheme(text) {
        Some(scheme) if scheme.len() == 1 => return Reference::Refused(Refusal::LocalFile),
        Some(scheme) => {
            let rest = &text[scheme.len() + 1..];
            let is = |name: &&str| scheme.eq_ignore_ascii_case(name);
            if is(&"file") {
                return Reference::Refused(Refusal::LocalFile);
            }
            if rest.starts_with("//") || BARE_SCHEMES.iter().any(is) {
                return Reference::External;
            }
            if is(&"http") || is(&"https") {
                return Reference::Refused(Refusal::MalformedUrl);
            }
        }
        None => {}
    }
    if text.len() > LONGEST {
        return Reference::Refused(Refusal::TooLong);
    }
    let cut = text.find(['?', '#']).unwrap_or(text.len());
    let (raw, tail) = text.split_at(cut);
    if raw.is_empty() {
        return Reference::Empty;
    }
    let decoded = percent::decode(raw.as_bytes());
    if decoded.contains(&0) {
        return Reference::Refused(Refusal::Nul);
    }
    Reference::Path(WrittenPath {
        is_absolute: decoded.starts_with(b"/"),
        decoded,
        raw,
        tail,
    })
}

/// The segments of `path` behind those of `base`, with `.` and `..` taken; `None` where `..`
/// leads out of the top, also where it is hidden behind a second percent-encoding or a backslash.
pub(super) fn resolve<'p>(base: &[&'p [u8]], path: &'p [u8]) -> Option<Vec<&'p [u8]>> {
    let twice = percent::decode(path);
    let thrice = percent::decode(&twice);
    if [path, &twice, &thrice]
        .iter()
        .any(|reading| leaves(base.len(), reading))
    {
        return None;
    }
    let mut segments = base.to_vec();
    for segment in path.split(|&byte| byte == b'/') {
        match segment {
            b"" | b"." => {}
            b".." => {
                segments.pop()?;
            }
            _ => segments.push(segment),
        }
    }
    Some(segments)
}

fn leaves(mut depth: usize, path: &[u8]) -> bool {
    for segment in path.split(|&byte| byte == b'/' || byte == b'\\') {
        match segment {
            b"" | b"." => {}
            b".." => match depth.checked_sub(1) {
                Some(up) => depth = up,
                None => return true,
            },
            _ => depth += 1,
        }
    }
    false
}

fn scheme(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))?;
    let scheme = &text[..end];
    (text[end..].starts_with(':') && scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        match read(text) {
            Reference::Path(path) => String::from_utf8_lossy(&path.decoded).into_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn urls_are_elsewhere_and_names_with_a_colon_are_not() {
        for text in [
            "https://example.org/a.pdf",
            "//cdn.example/x",
            "mailto:a@b.c",
            "TEL:+33",
            "ftp://x",
        ] {
            assert_eq!(read(text), Reference::External, "{text}");
        }
        assert_eq!(decoded("fonds:deux-projets.pdf"), "fonds:deux-projets.pdf");
        assert_eq!(decoded("/uploads/a:b.pdf"), "/uploads/a:b.pdf");
        for text in ["C:\\Users\\x.pdf", "file:///home/x.pdf"] {
            assert_eq!(read(text), Reference::Refused(Refusal::LocalFile), "{text}");
        }
        assert_eq!(
            read("https:/example.org"),
            Reference::Refused(Refusal::MalformedUrl)
        );
    }

    #[test]
    fn query_and_fragment_are_cut_before_decoding() {
        assert_eq!(decoded("/a.pdf?v=1#page=2"), "/a.pdf");
        assert_eq!(decoded("/a%23b%3Fc.pdf#x"), "/a#b?c.pdf");
        for text in ["", "  ", "#top", "?x"] {
            assert_eq!(read(text), Reference::Empty, "{text}");
        }
    }

    #[test]
    fn hostile_paths_are_refused() {
        assert_eq!(read("/a%00b"), Reference::Refused(Refusal::Nul));
        assert_eq!(read("/a\0b"), Reference::Refused(Refusal::Nul));
        assert_eq!(
            read(&"x".repeat(1 << 20)),
            Reference::Refused(Refusal::TooLong)
        );
    }

    #[test]
    fn no_way_out_however_it_is_written() {
        for text in [
            "/../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/%252e%252e/etc/passwd",
            "/%25252e%25252e/x",
            "/a/../../x",
            "/a/..%2f..%2fx",
            "/..\\x",
            "/a\\..\\..\\x",
            "/%2e%2e%5cx",
        ] {
            let Reference::Path(path) = read(text) else {
                panic!("{text}")
            };
            assert_eq!(resolve(&[], &path.decoded), None, "{text}");
        }
        assert_eq!(
            resolve(&[b"_posts"], b"../uploads/x"),
            Some(vec![&b"uploads"[..], b"x"])
        );
        assert_eq!(resolve(&[b"_posts"], b"../../x"), None);
        assert_eq!(
            resolve(&[], b"/a/%2e%2e/..b"),
            Some(vec![&b"a"[..], b"%2e%2e", b"..b"])
        );
    }
}
