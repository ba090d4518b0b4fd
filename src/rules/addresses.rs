//! Values that name an address: an e-mail, a telephone number, a path or a URL.

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// `name@example.org`
    Email,
    /// Digits with separators.
    Phone,
    /// `/uploads/x.pdf`
    Path,
    /// `https://…`
    Url,
}

/// What a text, free of invisible characters, looks like.
pub(super) fn looks(text: &str) -> Option<Looks> {
    if text.contains(['\n', '\t']) {
        return None;
    }
    let has_blank = text.contains(char::is_whitespace);
    let scheme = ["http://", "https://", "mailto:", "ftp://", "tel:"];
    if scheme.iter().any(|scheme| text.starts_with(scheme)) {
        return (!has_blank).then_some(Looks::Url);
    }
    if let Some((name, domain)) = text.split_once('@') {
        let email = !has_blank && !name.is_empty() && domain.contains('.') && !domain.contains('@');
        return email.then_some(Looks::Email);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let phone = digits >= 8
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "+-./() ".contains(c));
    if phone {
        return Some(Looks::Phone);
    }
    let path = text.starts_with('/') && text.len() > 1 && !text.starts_with("//") && !has_blank;
    path.then_some(Looks::Path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_prose() {
        assert_eq!(looks("press@example.org"), Some(Looks::Email));
        assert_eq!(looks("01 70 20 30 40"), Some(Looks::Phone));
        assert_eq!(looks("/uploads/a.pdf"), Some(Looks::Path));
        assert_eq!(looks("https://example.org/a"), Some(Looks::Url));
        assert_eq!(looks("write to press@example.org"), None);
        assert_eq!(looks("2024"), None);
        assert_eq!(looks("https://example.org and more"), None);
        assert_eq!(looks("/ or not"), None);
    }
}
