//! The characters of a telephone number: which may be between the digits, and words for others.

use super::super::Problem;
use super::super::text::{named, strip_invisible, visible_code};

/// A text that has the shape of a telephone number.
#[derive(Debug)]
pub(super) struct Written<'a> {
    /// The text itself.
    pub(super) text: &'a str,
    /// Whether it begins with `+`.
    pub(super) plus: bool,
    /// Its digits, without those of a `(0)` after a `+`.
    pub(super) digits: String,
    /// Whether there is such a `(0)`.
    pub(super) trunk: bool,
    /// Whether there are parentheses at all.
    pub(super) parentheses: bool,
}

/// Reads a trimmed text.
pub(super) fn read(text: &str) -> Result<Written<'_>, Problem> {
    if let Some((c, rest)) = strip_invisible(text) {
        let message = format!("{} holds {}", visible_code(text), named(c));
        return Err(Problem::new(message).replace(rest.trim()));
    }
    if let Some(problem) = wording(text) {
        return Err(problem);
    }
    let plus = text.starts_with('+') || text.starts_with("(+");
    let mut open = false;
    let mut digits = String::new();
    for (index, c) in text.chars().enumerate() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if index == 0 || index == 1 && text.starts_with('(') => {}
            '+' => {
                return Err(Problem::new(format!(
                    "{} has a `+` that is not at its beginning",
                    visible_code(text)
                )));
            }
            '(' if !open => open = true,
            ')' if open => open = false,
            _ if is_separator(c) => {}
            '(' | ')' => return Err(unpaired(text)),
            _ => {
                return Err(Problem::new(format!(
                    "{} in {} does not belong in a telephone number",
                    named(c),
                    visible_code(text)
                )));
            }
        }
    }
    if open {
        return Err(unpaired(text));
    }
    if digits.is_empty() {
        let message = format!("{} is not a telephone number", visible_code(text));
        return Err(Problem::new(message));
    }
    if let Some(problem) = separator_at_end(text) {
        return Err(problem);
    }
    let trunk = plus && text.contains("(0)");
    if trunk {
        digits = text.replacen("(0)", "", 1);
        digits.retain(|c| c.is_ascii_digit());
    }
    Ok(Written {
        text,
        plus,
        digits,
        trunk,
        parentheses: text.contains('('),
    })
}

/// A separator with nothing to separate.
fn separator_at_end(text: &str) -> Option<Problem> {
    let separator = |c: Option<char>| c.filter(|&c| is_separator(c));
    let shown = visible_code(text);
    if let Some(c) = separator(text.chars().next_back()) {
        let number = text.trim_end_matches(is_separator);
        return Some(Problem::new(format!("{shown} ends with `{c}`")).replace(number));
    }
    let c = separator(text.chars().next())?;
    let number = text.trim_start_matches(is_separator);
    Some(Problem::new(format!("{shown} begins with `{c}`")).replace(number))
}

/// How many numbers a text holds, where they are more than one.
pub(super) fn several(text: &str, good: impl Fn(&str) -> bool) -> Option<usize> {
    const BETWEEN: [&str; 13] = [
        ",", ";", "\n", "|", "&", " ou ", " et ", " or ", " and ", " - ", " – ", "/", "  ",
    ];
    BETWEEN.iter().find_map(|between| {
        let parts: Vec<&str> = text
            .split(between)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        (parts.len() > 1 && parts.iter().all(|part| good(part))).then_some(parts.len())
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '-' | '/' | '\u{2010}' | '\u{2011}' | '\u{2013}') || is_space(c)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

fn unpaired(text: &str) -> Problem {
    Problem::new(format!(
        "a parenthesis in {} has no partner",
        visible_code(text)
    ))
}

/// What is wrong with a text that has letters.
fn wording(text: &str) -> Option<Problem> {
    let (position, letter) = text.chars().enumerate().find(|(_, c)| c.is_alphabetic())?;
    let shown = visible_code(text);
    let first = text.find(|c: char| c.is_ascii_digit() || c == '+');
    let Some(first) = first else {
        return Some(Problem::new(format!("{shown} is not a telephone number")));
    };
    let (before, number) = text.split_at_checked(first)?;
    let label = before.trim().trim_end_matches('(').trim_end();
    if label.chars().filter(|c| c.is_alphabetic()).count() > 1 {
        return Some(
            Problem::new(format!(
                "{} before the number is not part of it",
                visible_code(label)
            ))
            .replace(number),
        );
    }
    let after = number
        .find(char::is_alphabetic)
        .and_then(|at| number.split_at_checked(at));
    if let Some((number, words)) = after {
        let word: String = words.chars().take_while(|c| c.is_alphabetic()).collect();
        let number = number.trim_end_matches(|c: char| is_separator(c) || c == '(' || c == ',');
        if is_extension(&word) {
            return Some(
                Problem::new(format!(
                    "{} is an extension, not part of the number",
                    visible_code(words)
                ))
                .help(format!("write the number alone: {}", visible_code(number))),
            );
        }
        if word.chars().count() > 2 {
            return Some(
                Problem::new(format!(
                    "{} after the number is not part of it",
                    visible_code(words)
                ))
                .help("write digits and separators only"),
            );
        }
    }
    let message = format!(
        "the letter `{letter}` at position {} of {shown} is not a digit",
        position + 1
    );
    let digit = match letter {
        'O' | 'o' | 'О' | 'о' => Some('0'),
        'I' | 'l' => Some('1'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => None,
    };
    Some(Problem::new(message).help(match digit {
        Some(digit) => format!("did you mean the digit {digit}?"),
        None => "write digits and separators only".to_owned(),
    }))
}

fn is_extension(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "poste",
        "post",
        "ext",
        "extn",
        "extension",
        "x",
        "int",
        "anexo",
        "durchwahl",
        "interne",
        "apl",
        "toestel",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}
