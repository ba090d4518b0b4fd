//! `email` and `idn-email`.
//!
//! Accepts what JSON Schema accepts (a domain without a dot too) and finds the fault in the rest.

use super::Problem;
use super::standard;
use super::text::{fold, named, strip_invisible, visible_code};

/// Checks an address; with `idn`, one that may hold letters beyond ASCII.
pub(super) fn check(text: &str, idn: bool) -> Result<(), Problem> {
    if accepts(text, idn) {
        return Ok(());
    }
    Err(explain(text, idn))
}

fn accepts(text: &str, idn: bool) -> bool {
    let name = if idn { "idn-email" } else { "email" };
    // The library takes `Ann <a@b.fr>` too.
    is_common(text) || !text.ends_with('>') && standard::accepts(name, text)
}

/// Whether an address is of the common kind, which the library accepts as well. To build the
/// library's check takes a millisecond, more than all else of a run on one page.
fn is_common(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_atom = |part: &str| {
        let is_atom_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-_+".contains(&byte);
        !part.is_empty() && part.bytes().all(is_atom_byte)
    };
    // Two hyphens may begin punycode, which the library decodes.
    let is_label =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= 64 && local.split('.').all(is_atom) && domain.split(['.', '-']).all(is_label)
}

fn explain(text: &str, idn: bool) -> Problem {
    let shown = visible_code(text);
    if text.trim().is_empty() {
        return Problem::new("there is no e-mail address here");
    }
    if let Some((message, cleaned)) =
        cleaned_address(text).filter(|(_, cleaned)| accepts(cleaned, idn))
    {
        return Problem::new(message).replace(cleaned);
    }
    let parts: Vec<&str> = text
        .split([',', ';', '/', ' ', '\n', '|'])
        .filter(|part| !part.is_empty() && part.contains('@'))
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| accepts(part, idn)) {
        return Problem::new(format!("{shown} holds {} addresses", parts.len()))
            .help("write one address, or a list with one an item where a list is allowed");
    }
    if let Some(address) = in_brackets(text).filter(|address| accepts(address, idn)) {
        return Problem::new(format!("{shown} holds a name besides the address")).help(format!(
            "write the address alone: {}",
            visible_code(address)
        ));
    }
    match text.matches('@').count() {
        0 => return without_at(text, idn),
        1 => {}
        count => return Problem::new(format!("{shown} has {count} `@`, an address has one")),
    }
    let (local, domain) = text.split_once('@').unwrap_or_default();
    in_parts(local, domain, idn, &shown)
}

/// What is wrong around an address or in it, with the address cleaned of it.
fn cleaned_address(text: &str) -> Option<(String, String)> {
    let shown = visible_code(text);
    if let Some((c, rest)) = strip_invisible(text) {
        return Some((
            format!("{shown} holds {}", named(c)),
            rest.trim().to_owned(),
        ));
    }
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        let space = text.chars().find(|c| c.is_whitespace()).unwrap_or(' ');
        let place = match text.starts_with(trimmed) {
            true => "ends",
            false => "begins",
        };
        let message = format!("{shown} {place} with {}", named(space));
        return Some((message, trimmed.to_owned()));
    }
    if let Some(start) = text.get(..7)
        && start.eq_ignore_ascii_case("mailto:")
    {
        let address = text.get(7..)?.trim();
        let message = format!("{shown} is a link, the address alone is wanted");
        return Some((message, address.to_owned()));
    }
    if let Some(address) = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'))
    {
        return Some((
            format!("{shown} is between `<` and `>`"),
            address.trim().to_owned(),
        ));
    }
    if let Some(c) = text.chars().next_back().filter(|c| ".,;:>".contains(*c)) {
        let address = text.trim_end_matches([c, ' ']);
        return Some((format!("{shown} ends with `{c}`"), address.to_owned()));
    }
    let (local, domain) = text.split_once('@')?;
    if domain.contains(',') {
        let message = format!("{} has a comma where a dot belongs", visible_code(domain));
        return Some((message, format!("{local}@{}", domain.replace(',', "."))));
    }
    None
}

fn in_brackets(text: &str) -> Option<&str> {
    Some(text.strip_suffix('>')?.split_once('<')?.1)
}

fn without_at(text: &str, idn: bool) -> Problem {
    let problem = Problem::new(format!("{} has no `@`", visible_code(text)));
    for at in [
        "(at)",
        "[at]",
        " at ",
        "(a)",
        "＠",
        "(arobase)",
        "[arobase]",
    ] {
        if let Some((local, domain)) = text.split_once(at) {
            let address = format!("{}@{}", local.trim(), domain.trim());
            if accepts(&address, idn) {
                return problem.help(format!("write {}", visible_code(&address)));
            }
        }
    }
    problem.help("write an address such as `name@example.org`")
}

fn in_parts(local: &str, domain: &str, idn: bool, shown: &str) -> Problem {
    let say = |message: String| Problem::new(message);
    if local.is_empty() {
        return say(format!("{shown} has nothing before the `@`"));
    }
    if domain.is_empty() {
        return say(format!("{shown} has no domain after the `@`"));
    }
    let both = || local.chars().chain(domain.chars());
    if let Some(space) = both().find(|c| c.is_whitespace()) {
        return say(format!("{shown} has {} in it", named(space)));
    }
    if !idn && let Some(c) = both().find(|c| !c.is_ascii()) {
        let folded = fold(&format!("{local}@{domain}"));
        let problem = say(format!(
            "{} in {shown} does not belong in an e-mail address",
            named(c)
        ));
        return if accepts(&folded, false) {
            problem.help(format!(
                "is it {}? addresses have no accents",
                visible_code(&folded)
            ))
        } else {
            problem
        };
    }
    let fault = dot_fault(local, domain, shown)
        .or_else(|| local_fault(local, shown))
        .or_else(|| domain_fault(domain, shown));
    match fault {
        Some(fault) => say(fault),
        None => say(format!("{shown} is not an e-mail address"))
            .help("write an address such as `name@example.org`"),
    }
}

fn dot_fault(local: &str, domain: &str, shown: &str) -> Option<String> {
    let parts = [(local, "the part before the `@`"), (domain, "the domain")];
    parts.into_iter().find_map(|(part, name)| {
        if part.contains("..") {
            return Some(format!("{shown} has two dots in a row"));
        }
        if part.starts_with('.') {
            return Some(format!("{name} of {shown} begins with a dot"));
        }
        let ends = part.ends_with('.');
        ends.then(|| format!("{name} of {shown} ends with a dot"))
    })
}

fn local_fault(local: &str, shown: &str) -> Option<String> {
    if local.len() > 64 {
        return Some(format!(
            "the part before the `@` has {} characters, the most is 64",
            local.len()
        ));
    }
    let wrong = local.chars().find(|c| "()<>[]:;,\\\"".contains(*c))?;
    let wrong = named(wrong);
    Some(format!("{wrong} in {shown} does not belong before the `@`"))
}

fn domain_fault(domain: &str, shown: &str) -> Option<String> {
    let is_wrong = |&c: &char| c.is_ascii() && !c.is_ascii_alphanumeric() && !".-".contains(c);
    if let Some(c) = domain.chars().find(is_wrong) {
        return Some(format!(
            "{} in {shown} does not belong in a domain",
            named(c)
        ));
    }
    let mut labels = domain.split('.');
    if let Some(label) = labels
        .clone()
        .find(|l| l.starts_with('-') || l.ends_with('-'))
    {
        let label = visible_code(label);
        return Some(format!("{label} in {shown} begins or ends with a hyphen"));
    }
    let long = visible_code(labels.find(|label| label.len() > 63)?);
    Some(format!(
        "{long} is longer than the 63 characters between two dots"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_accepts_every_common_address() {
        let letters = ['a', '1', '-', '_', '.', '@'];
        let mut texts = vec![String::new()];
        let mut common = 0;
        for _ in 0..6 {
            let longer = texts
                .iter()
                .flat_map(|text| letters.map(|letter| format!("{text}{letter}")));
            texts = longer.collect();
            for text in texts.iter().filter(|text| is_common(text)) {
                common += 1;
                assert!(standard::accepts("email", text), "{text}");
                assert!(standard::accepts("idn-email", text), "{text}");
            }
        }
        assert!(common > 1_000, "{common}");
    }
}
