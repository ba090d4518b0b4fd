//! What is known of each region's numbers, generated from libphonenumber's metadata at build time.

use super::pattern::Pattern;

include!(concat!(env!("OUT_DIR"), "/phone_table.rs"));

/// How the number of digits compares with what the numbering plan allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Possible,
    /// Only within one area of the region.
    LocalOnly,
    TooShort,
    /// Between the shortest and the longest.
    Wrong,
    TooLong,
}

/// The numbering plan of a region, or of a calling code that belongs to none (`id` is `001`).
#[derive(Debug)]
pub(super) struct Region {
    /// ISO 3166 code, upper case.
    pub(super) id: &'static str,
    /// Digits after the `+`.
    pub(super) calling_code: u16,
    /// The trunk prefix, mostly `0`; empty where there is none.
    pub(super) prefix: &'static str,
    /// A number to show, without prefix.
    pub(super) example: &'static str,
    parsing: u16,
    groups: usize,
    transform: &'static str,
    international: u16,
    leading: u16,
    general: u16,
    lengths: u32,
    local: u32,
    kinds: (usize, usize),
    layouts: (usize, usize),
}

/// A way in which numbers of a region are written.
#[derive(Debug)]
struct Layout {
    leading: u16,
    pattern: u16,
    /// Whether always with the national prefix.
    wants_prefix: bool,
}

/// A calling code and its regions: from and to which index.
#[derive(Debug)]
struct CallingCode {
    code: u16,
    regions: (usize, usize),
}

impl Region {
    /// The region of an ISO code in lower case: `fr`.
    pub(super) fn by_id(id: &str) -> Option<&'static Self> {
        let is_lower = |id: &str| id.bytes().all(|b| b.is_ascii_lowercase());
        REGIONS
            .iter()
            .find(|region| is_lower(id) && region.id.eq_ignore_ascii_case(id))
    }

    /// Every region that has a code of its own.
    #[cfg(test)]
    pub(super) fn all() -> impl Iterator<Item = &'static Self> {
        REGIONS.iter().filter(|region| region.id != "001")
    }

    /// The regions that share a calling code, the main one first.
    pub(super) fn sharing(code: u16) -> &'static [Self] {
        CALLING_CODES
            .binary_search_by_key(&code, |entry| entry.code)
            .ok()
            .and_then(|index| CALLING_CODES.get(index))
            .and_then(|entry| REGIONS.get(entry.regions.0..entry.regions.1))
            .unwrap_or_default()
    }

    /// Whether `national`, without prefixes, is a number of this region.
    pub(super) fn accepts(&self, national: &str) -> bool {
        matches(self.general, national)
            && self.kinds().iter().any(|&(lengths, pattern)| {
                has_length(lengths, national.len()) && matches(pattern, national)
            })
    }

    /// Whether numbers that begin like this are this region's; `None` where the beginning does not
    /// decide.
    pub(super) fn claims(&self, national: &str) -> Option<bool> {
        Some(pattern(self.leading)?.is_match(national))
    }

    /// Whether it has the shape of a number of this region, in use or not.
    pub(super) fn is_viable(&self, national: &str) -> bool {
        matches(self.general, national)
    }

    /// `digits` without the national prefix (and carrier code); `None` where it has none.
    pub(super) fn strip_prefix(&self, digits: &str) -> Option<String> {
        let found = pattern(self.parsing)?.captures(digits)?;
        let rest = digits.get(found.get_match()?.end()..)?;
        let stripped = if self.transform.is_empty() || found.get_group(self.groups).is_none() {
            rest.to_owned()
        } else {
            let mut replaced = String::new();
            found.interpolate_string_into(digits, self.transform, &mut replaced);
            replaced + rest
        };
        (!self.is_viable(digits) || self.is_viable(&stripped)).then_some(stripped)
    }

    /// `digits` without the prefix that this region dials before a calling code.
    pub(super) fn strip_international<'d>(&self, digits: &'d str) -> Option<&'d str> {
        let found = pattern(self.international)?.captures(digits)?;
        let rest = digits.get(found.get_match()?.end()..)?;
        (!rest.starts_with('0')).then_some(rest)
    }

    /// Compares the number of digits of `national` with the possible ones.
    pub(super) fn length(&self, national: &str) -> Length {
        let digits = national.len();
        if has_length(self.local, digits) {
            Length::LocalOnly
        } else if has_length(self.lengths, digits) {
            Length::Possible
        } else if digits < self.shortest() {
            Length::TooShort
        } else if digits > self.longest() {
            Length::TooLong
        } else {
            Length::Wrong
        }
    }

    /// The fewest digits of a number, without prefix.
    pub(super) fn shortest(&self) -> usize {
        self.lengths.trailing_zeros() as usize
    }

    /// The most digits of a number, without prefix.
    pub(super) fn longest(&self) -> usize {
        31_usize.saturating_sub(self.lengths.leading_zeros() as usize)
    }

    /// Whether people of the region always write this number with the national prefix.
    pub(super) fn wants_prefix(&self, national: &str) -> bool {
        let (start, end) = self.layouts;
        LAYOUTS
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .find(|layout| {
                pattern(layout.leading).is_none_or(|leading| leading.is_match(national))
                    && matches(layout.pattern, national)
            })
            .is_some_and(|layout| layout.wants_prefix)
    }

    /// How many digits of `national` still begin some number of that length.
    pub(super) fn known_digits(&self, national: &str) -> usize {
        let kinds = self.kinds().iter();
        let of_length = kinds.filter(|(lengths, _)| has_length(*lengths, national.len()));
        of_length
            .filter_map(|&(_, kind)| pattern(kind)?.known_digits(national))
            .max()
            .unwrap_or(0)
    }

    fn kinds(&self) -> &'static [(u32, u16)] {
        KINDS.get(self.kinds.0..self.kinds.1).unwrap_or_default()
    }
}

/// Whether `national` is a number in use under a calling code, whichever of its regions has it.
pub(super) fn is_valid(code: u16, national: &str) -> bool {
    let regions = Region::sharing(code);
    if let [only] = regions {
        return only.accepts(national);
    }
    for region in regions {
        match region.claims(national) {
            Some(true) => return region.accepts(national),
            None if region.accepts(national) => return true,
            _ => {}
        }
    }
    false
}

fn has_length(lengths: u32, digits: usize) -> bool {
    digits < 32 && lengths & (1 << digits) != 0
}

/// The pattern of an index; `None` for the number that stands for none.
fn pattern(index: u16) -> Option<&'static Pattern> {
    PATTERNS.get(usize::from(index))
}

fn matches(index: u16, digits: &str) -> bool {
    pattern(index).is_some_and(|pattern| pattern.is_match(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(PATTERNS.len() > 1000);
        for pattern in &PATTERNS {
            assert!(pattern.engine().is_some(), "{pattern:?}");
        }
    }
}
