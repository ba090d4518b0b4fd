//! JSON pointers (RFC 6901): the names of places in a document.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Appends one reference token, escaped.
pub fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    if memchr::memchr2(b'~', b'/', token.as_bytes()).is_none() {
        pointer.push_str(token);
        return;
    }
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Appends the index of a list item.
pub fn push_index(pointer: &mut String, index: usize) {
    let _ = write!(pointer, "/{index}");
}

/// The reference tokens of a pointer, unescaped. The empty pointer has none.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|token| {
        if token.contains('~') {
            Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(token)
        }
    })
}

/// The pointer without its last token, and that token unescaped.
#[must_use]
pub fn split_last(pointer: &str) -> Option<(&str, Cow<'_, str>)> {
    let at = pointer.rfind('/')?;
    let last = tokens(&pointer[at..]).next()?;
    Some((&pointer[..at], last))
}

/// The pointer as people write a path: `contact-presse.tel[0]`; `""` for the root.
#[must_use]
pub fn readable(pointer: &str) -> String {
    let mut path = String::new();
    for token in tokens(pointer) {
        if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit()) {
            let _ = write!(path, "[{token}]");
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&token);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_escaping() {
        let mut pointer = String::new();
        push(&mut pointer, "a/b~c");
        push_index(&mut pointer, 3);
        assert_eq!(pointer, "/a~1b~0c/3");
        assert_eq!(tokens(&pointer).collect::<Vec<_>>(), ["a/b~c", "3"]);
        assert_eq!(split_last(&pointer), Some(("/a~1b~0c", "3".into())));
        assert_eq!(readable("/contact-presse/tel/0"), "contact-presse.tel[0]");
    }
}
