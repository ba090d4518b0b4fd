//! Whether a number is in use and written as it should be, and the words for it where it is not.

use super::super::Problem;
use super::super::text::visible_code;
use super::names;
use super::number::{self, Fault, Number, Origin};
use super::shape::Written;
use super::table::{Length, Region};

/// Checks a number that has the right characters.
pub(super) fn check(home: Option<&'static Region>, written: &Written<'_>) -> Result<(), Problem> {
    let number = match number::parse(home, written.plus, &written.digits) {
        Ok(number) => number,
        Err(fault) => return Err(unreadable(fault, home, written)),
    };
    if !number.is_valid() {
        return Err(unknown(home, written, &number));
    }
    let code = number.code;
    let region = number.main_region();
    let prefix = region.map_or("", |region| region.prefix);
    if home.is_none() && written.parentheses {
        let corrected = if written.trunk {
            written.text.replacen("(0)", "", 1).replace("  ", " ")
        } else {
            written.text.replace(['(', ')'], "")
        };
        return Err(
            Problem::new(format!("{} has parentheses", visible_code(written.text)))
                .replace(corrected),
        );
    }
    match number.origin {
        Origin::Bare if prefix != code.to_string() => Err(Problem::new(format!(
            "{} has the calling code {code} without a `+`",
            visible_code(written.text)
        ))
        .replace(format!("+{}", written.text))),
        Origin::National if !number.had_prefix => match home {
            Some(home) if !home.prefix.is_empty() && home.wants_prefix(&number.national) => {
                let place = names::name(home.id);
                Err(Problem::new(format!(
                    "{} lacks the `{}` that numbers in {place} begin with",
                    visible_code(written.text),
                    home.prefix
                ))
                .replace(format!("{}{}", home.prefix, written.text)))
            }
            _ => Ok(()),
        },
        Origin::Plus | Origin::International if repeats_prefix(&number, prefix) => {
            Err(Problem::new(format!(
                "{} has a `{prefix}` after the calling code {code}",
                visible_code(written.text)
            ))
            .help(format!(
                "leave that `{prefix}` out: write `+{code} {}`",
                number.national
            )))
        }
        _ => Ok(()),
    }
}

fn repeats_prefix(number: &Number, prefix: &str) -> bool {
    !prefix.is_empty() && number.written.strip_prefix(prefix) == Some(number.national.as_str())
}

fn unreadable(fault: Fault, home: Option<&'static Region>, written: &Written<'_>) -> Problem {
    let shown = visible_code(written.text);
    match fault {
        Fault::TooShort => Problem::new(format!("{shown} is too short for a telephone number")),
        Fault::TooLong => Problem::new(format!("{shown} is too long for a telephone number")),
        Fault::UnknownCallingCode if home.is_some() || written.plus => Problem::new(format!(
            "no country has a calling code that {shown} begins with"
        )),
        Fault::UnknownCallingCode => {
            let problem = Problem::new(format!(
                "{shown} does not begin with `+` and a calling code"
            ));
            match written.text.strip_prefix("00") {
                Some(rest) => problem.replace(format!("+{}", rest.trim_start())),
                None => problem
                    .help("write it as it is dialled from abroad, such as `+33 1 23 45 67 89`"),
            }
        }
    }
}

/// Words for a number that is not in use.
fn unknown(home: Option<&'static Region>, written: &Written<'_>, number: &Number) -> Problem {
    let shown = visible_code(written.text);
    let is_national = number.origin == Origin::National;
    let region = home.filter(|_| is_national).or(number.main_region());
    let Some(region) = region else {
        return Problem::new(format!("{shown} is not a telephone number"));
    };
    let shared = Region::sharing(number.code).len() > 1 && !is_national || region.id == "001";
    let whose = if shared {
        format!("with the calling code {}", number.code)
    } else {
        format!("in {}", names::name(region.id))
    };

    // A number cut short keeps its prefix, which then counts as a digit.
    let bare = number.national.strip_prefix(region.prefix);
    let bare = bare.filter(|_| is_national && !region.is_viable(&number.national));
    if region.length(bare.unwrap_or(&number.national)) == Length::Possible {
        return unused(number, region, &shown, &whose);
    }
    wrong_count(region, written, number, &shown, &whose)
}

/// Words for a number with too few or too many digits.
fn wrong_count(
    region: &Region,
    written: &Written<'_>,
    number: &Number,
    shown: &str,
    whose: &str,
) -> Problem {
    let is_national = number.origin == Origin::National;
    // Both counts are of what people write: with the prefix, where they write one.
    let prefixed = is_national
        && (written.digits.starts_with(region.prefix) || region.wants_prefix(region.example));
    let prefix = if prefixed { region.prefix } else { "" };
    let least = region.shortest() + prefix.len();
    let most = region.longest() + prefix.len();
    let found = if is_national {
        written.digits.len()
    } else {
        number.national.len()
    };
    let wanted = if least == most {
        least.to_string()
    } else {
        format!("{least} to {most}")
    };
    if (least..=most).contains(&found) {
        return if prefix.is_empty() || written.digits.starts_with(prefix) {
            Problem::new(format!(
                "numbers {whose} do not have {found} digits as {shown} has"
            ))
        } else {
            Problem::new(format!(
                "{shown} does not begin with `{prefix}`, as numbers {whose} do"
            ))
        };
    }
    let digits = if found == 1 { "digit" } else { "digits" };
    if is_national {
        let problem = Problem::new(format!(
            "{shown} has {found} {digits}; numbers {whose} have {wanted}"
        ));
        if found <= 6 && !written.digits.starts_with('0') {
            let number = "a short number does not work from everywhere: write the full one";
            return problem.help(number);
        }
        return problem;
    }
    let code = number.code;
    Problem::new(format!(
        "{shown} has {found} {digits} after the calling code {code}; numbers {whose} have {wanted} there"
    ))
}

/// A number of the right length that nobody can have.
fn unused(number: &Number, region: &Region, shown: &str, whose: &str) -> Problem {
    let known = region.known_digits(&number.national);
    let begin = number.national.get(..=known);
    match begin {
        Some(begin) if Region::sharing(number.code).len() == 1 && known > 0 => {
            let before = match number.origin {
                Origin::National if number.had_prefix => region.prefix.to_owned(),
                Origin::National => String::new(),
                _ => format!("+{} ", number.code),
            };
            Problem::new(format!(
                "no number {whose} begins with `{before}{begin}`, as {shown} does"
            ))
            .help("check its first digits")
        }
        _ => {
            Problem::new(format!("{shown} is not a number in use {whose}")).help("check its digits")
        }
    }
}
