//! Values that name an address: an e-mail, a telephone number, a path or a URL.

/// The kind of address that a value seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AddressKind {
    /// `name@example.org`
    Email,
    /// Digits with separators.
    Phone,
    /// `/uploads/x.pdf`
    Path,
    /// `https://…`
    Url,
}

impl AddressKind {
    /// The kind of a text that is free of invisible characters.
    pub(super) fn guess(text: &str) -> Option<Self> {
        if text.contains(['\n', '\t']) {
            return None;
        }
        let has_space = text.contains(char::is_whitespace);
        let schemes = ["http://", "https://", "mailto:", "ftp://", "tel:"];
        if schemes.iter().any(|scheme| text.starts_with(scheme)) {
            return (!has_space).then_some(Self::Url);
        }
        if let Some((name, domain)) = text.split_once('@') {
            let is_domain = domain.contains('.') && !domain.contains('@');
            return (!has_space && !name.is_empty() && is_domain).then_some(Self::Email);
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let may_dial = |c: char| c.is_ascii_digit() || "+-./() ".contains(c);
        if digits >= 8 && text.chars().all(may_dial) {
            return Some(Self::Phone);
        }
        let is_path = text.starts_with('/') && text.len() > 1 && !text.starts_with("//");
        (is_path && !has_space).then_some(Self::Path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_distinguished_from_prose() {
        for (text, kind) in [
            ("press@example.org", Some(AddressKind::Email)),
            ("01 70 20 30 40", Some(AddressKind::Phone)),
            ("/uploads/a.pdf", Some(AddressKind::Path)),
            ("https://example.org/a", Some(AddressKind::Url)),
            ("write to press@example.org", None),
            ("2024", None),
            ("https://example.org and more", None),
            ("/ or not", None),
        ] {
            assert_eq!(AddressKind::guess(text), kind, "{text}");
        }
    }
}
