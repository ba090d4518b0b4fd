//! `slug`: lower-case ASCII letters and digits, with single hyphens between them.

use super::Problem;
use super::text::{fold, named, visible_code};

/// Checks a slug; the replacement is the slug made from the text.
pub(super) fn check(text: &str) -> Result<(), Problem> {
    let Some(message) = fault(text) else {
        return Ok(());
    };
    let slug = slug(text);
    Err(if slug.is_empty() {
        Problem::new(message)
            .help("write lower-case letters, digits and single hyphens: `my-page-2`")
    } else {
        Problem::new(message).replace(slug)
    })
}

fn fault(text: &str) -> Option<String> {
    let bad = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if text.is_empty() {
        return Some("an empty text is not a slug".to_owned());
    }
    if let Some(c) = text.chars().find(|&c| bad(c)) {
        let why = if c.is_uppercase() {
            "is a capital letter"
        } else if c.is_alphabetic() {
            "is not one of the letters a to z"
        } else {
            "does not belong in a slug"
        };
        return Some(format!("{} in {} {why}", named(c), visible_code(text)));
    }
    if text.starts_with('-') || text.ends_with('-') {
        let place = if text.starts_with('-') {
            "begins"
        } else {
            "ends"
        };
        return Some(format!(
            "the slug {} {place} with a hyphen",
            visible_code(text)
        ));
    }
    text.contains("--")
        .then(|| format!("the slug {} has two hyphens in a row", visible_code(text)))
}

fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in fold(text).to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && super::text::invisible(c).is_none() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (String, Option<String>) {
        let problem = check(text).unwrap_err();
        (problem.message, problem.replacement)
    }

    #[test]
    fn accepts_slugs() {
        for text in ["a", "a-b", "2020-bilan", "0"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn names_the_first_bad_character() {
        for (text, message, slug) in [
            ("Bilan", "`B` in `Bilan` is a capital letter", "bilan"),
            (
                "été",
                "`é` in `été` is not one of the letters a to z",
                "ete",
            ),
            (
                "l'état",
                "`'` in `l'état` does not belong in a slug",
                "l-etat",
            ),
            ("a b", "a space in `a b` does not belong in a slug", "a-b"),
            ("a--b", "the slug `a--b` has two hyphens in a row", "a-b"),
            ("a-", "the slug `a-` ends with a hyphen", "a"),
            (
                "cœur_de",
                "`œ` in `cœur_de` is not one of the letters a to z",
                "coeur-de",
            ),
        ] {
            assert_eq!(problem(text), (message.to_owned(), Some(slug.to_owned())));
        }
        assert_eq!(problem("—").1, None);
        assert_eq!(problem("").0, "an empty text is not a slug");
    }
}
