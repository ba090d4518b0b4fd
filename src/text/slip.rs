//! Whether a word is a slip of another one, or a word of its own right.

/// So many bytes more or less are no slip.
const MOST_BYTES: usize = 8;

/// Two slips add and remove so many letters of the alphabet at most.
const MOST_LETTERS: u32 = 4;

/// How many slips of a hand lie between two words; `None` where they are too far apart, or where
/// `word` may well be meant as it is: `tag` beside `tags`, `image1` beside `image2`, `uri` beside
/// `url`. Case, hyphens, underscores and spaces are no difference.
pub(super) fn slip_distance(word: &str, candidate: &str) -> Option<usize> {
    if word == candidate || too_far(word, candidate) {
        return None;
    }
    let (word, candidate) = (parts(word), parts(candidate));
    if word.concat() == candidate.concat() {
        return Some(0);
    }
    if word.len() != candidate.len() {
        return distance_of_parts(&word.concat(), &candidate.concat());
    }
    // `og_image` and `bg_image` differ in a word of two letters, however long they are.
    let pairs = word.iter().zip(&candidate).filter(|(a, b)| a != b);
    pairs.map(|(a, b)| distance_of_parts(a, b)).sum()
}

/// Whether a word is another form of `known`: singular and plural, `feature` and `featured`, or
/// another number behind it.
#[must_use]
pub fn is_form_of(word: &str, known: &str) -> bool {
    if word == known || too_far(word, known) {
        return false;
    }
    let (word, known) = (parts(word), parts(known));
    let mut pairs = word.iter().zip(&known).filter(|(a, b)| a != b);
    word.len() == known.len()
        && matches!((pairs.next(), pairs.next()), (Some((a, b)), None) if are_forms(a, b))
}

/// Whether the lengths or the letters show already that two words are far apart. Most pairs end here,
/// without a table of distances.
fn too_far(word: &str, candidate: &str) -> bool {
    if word.len().abs_diff(candidate.len()) > MOST_BYTES {
        return true;
    }
    let is_ascii = word.is_ascii() && candidate.is_ascii();
    is_ascii && (letter_bits(word) ^ letter_bits(candidate)).count_ones() > MOST_LETTERS
}

/// Which letters an ASCII word has, a bit each.
fn letter_bits(word: &str) -> u32 {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic);
    letters.fold(0, |bits, letter| bits | 1 << (letter & 31))
}

/// The words of a name in small letters: `socialImage` and `social_image` have two.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        let begins = matches!(letter, '-' | '_' | ' ') || (was_small && letter.is_uppercase());
        was_small = letter.is_lowercase();
        if begins && parts.last().is_some_and(|last| !last.is_empty()) {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut()
            && !matches!(letter, '-' | '_' | ' ')
        {
            last.extend(letter.to_lowercase());
        }
    }
    parts
}

/// The distance between two different words without separators.
fn distance_of_parts(word: &str, candidate: &str) -> Option<usize> {
    if are_forms(word, candidate) {
        return None;
    }
    let (length, other) = (word.chars().count(), candidate.chars().count());
    let distance = strsim::osa_distance(word, candidate);
    let is_swap = distance == 1 && length == other && strsim::levenshtein(word, candidate) == 2;
    let begins_alike = word.chars().next() == candidate.chars().next();
    let is_slip = match length.min(other) {
        0..=3 => is_swap,
        // `data` is no slip of `date`.
        4 => is_swap || (distance == 1 && length != other),
        // Nor is `light` one of `right`.
        5..=7 => distance == 1 && (begins_alike || is_swap || length != other),
        _ => distance <= 1 || (distance == 2 && !is_extension(word, candidate)),
    };
    is_slip.then_some(distance)
}

/// Whether a word is another with letters before or behind it: `unpublished`, `description_en`.
fn is_extension(one: &str, other: &str) -> bool {
    let (short, long) = by_length(one, other);
    long.starts_with(short) || long.ends_with(short)
}

fn are_forms(one: &str, other: &str) -> bool {
    let (short, long) = by_length(one, other);
    let stem = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if one.get(..stem(one)) == other.get(..stem(other)) {
        return true;
    }
    let is_plural_in_y = short.strip_suffix('y').is_some_and(|stem| {
        let rest = long.strip_prefix(stem);
        rest == Some("ies")
    });
    let ending = long.strip_prefix(short);
    is_plural_in_y || matches!(ending, Some("s" | "es" | "x" | "d" | "ed"))
}

fn by_length<'w>(one: &'w str, other: &'w str) -> (&'w str, &'w str) {
    match one.len() < other.len() {
        true => (one, other),
        false => (other, one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_words_are_not() {
        for (word, known, distance) in [
            ("auhtor", "author", Some(1)),
            ("autor", "author", Some(1)),
            ("ulr", "url", Some(1)),
            ("tite", "title", Some(1)),
            ("descirptoin", "description", Some(2)),
            ("contact_press", "contact-presse", Some(1)),
            ("Title", "title", Some(0)),
            ("social-image", "socialImage", Some(0)),
            ("socialimage", "social_image", Some(0)),
            ("socialimgae", "social_image", Some(1)),
            ("weigth", "weight", Some(1)),
            ("uri", "url", None),
            ("baz", "bar", None),
            ("data", "date", None),
            ("light", "right", None),
            ("tag", "tags", None),
            ("categories", "category", None),
            ("post_images", "post_image", None),
            ("featured", "feature", None),
            ("image1", "image2", None),
            ("image", "image2", None),
            ("og_image", "bg_image", None),
            ("unpublished", "published", None),
            ("descriptionen", "description", None),
            ("description_en", "description", None),
            ("cover", "color", None),
            ("title", "title", None),
            ("", "a", None),
        ] {
            assert_eq!(slip_distance(word, known), distance, "{word} {known}");
        }
    }

    #[test]
    fn forms_of_a_word_are_words() {
        for (word, known, is_form) in [
            ("tag", "tags", true),
            ("Tags", "tag", true),
            ("category", "categories", true),
            ("card_images", "card_image", true),
            ("line10", "line2", true),
            ("niveaux", "niveau", true),
            ("tags", "tags", false),
            ("title", "titel", false),
            ("a_b", "as_bs", false),
        ] {
            assert_eq!(is_form_of(word, known), is_form, "{word} {known}");
        }
    }
}
