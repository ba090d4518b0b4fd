//! What is known of each region's numbers, generated from libphonenumber's metadata at build time.

use super::program::{Match, Run};

include!(concat!(env!("OUT_DIR"), "/phone_table.rs"));

const NONE: u16 = u16::MAX;

/// How many digits a number has, beside those that its numbering plan allows.
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
            .binary_search_by_key(&code, |entry| entry.0)
            .ok()
            .and_then(|index| CALLING_CODES.get(index))
            .and_then(|&(_, start, end)| REGIONS.get(usize::from(start)..usize::from(end)))
            .unwrap_or_default()
    }

    /// Whether `national`, without prefixes, is a number of this region.
    pub(super) fn accepts(&self, national: &str) -> bool {
        matches(self.general, national)
            && self.kinds().iter().any(|&(lengths, program)| {
                has_length(lengths, national.len()) && matches(program, national)
            })
    }

    /// Whether numbers that begin like this are this region's; `None` where the metadata does not
    /// tell by the beginning.
    pub(super) fn claims(&self, national: &str) -> Option<bool> {
        begins(self.leading, national).map(|found| found.is_some())
    }

    /// Whether it has the shape of a number of this region, in use or not.
    pub(super) fn is_viable(&self, national: &str) -> bool {
        matches(self.general, national)
    }

    /// `digits` without the national prefix (and carrier code); `None` where it has none.
    pub(super) fn strip_prefix(&self, digits: &str) -> Option<String> {
        let found = begins(self.parsing, digits)??;
        let rest = digits.get(found.end..)?;
        let stripped = if self.transform.is_empty() || found.group(self.groups).is_none() {
            rest.to_owned()
        } else {
            let group = |index| found.group(index).and_then(|range| digits.get(range));
            let mut replaced = String::new();
            let mut rule = self.transform.chars();
            while let Some(c) = rule.next() {
                if c == '$' {
                    let index = rule.next().and_then(|c| c.to_digit(10)).unwrap_or(0);
                    replaced.push_str(group(index as usize).unwrap_or_default());
                } else {
                    replaced.push(c);
                }
            }
            replaced + rest
        };
        (!self.is_viable(digits) || self.is_viable(&stripped)).then_some(stripped)
    }

    /// `digits` without the prefix that this region dials before a calling code.
    pub(super) fn strip_international<'d>(&self, digits: &'d str) -> Option<&'d str> {
        let found = begins(self.international, digits)??;
        let rest = digits.get(found.end..)?;
        (!rest.starts_with('0')).then_some(rest)
    }

    /// Judges the number of digits of `national`.
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
            .find(|&&(leading, pattern, _)| {
                begins(leading, national).is_none_or(|found| found.is_some())
                    && matches(pattern, national)
            })
            .is_some_and(|layout| layout.2)
    }

    /// How many digits of `national` still begin some number of that length.
    pub(super) fn known_digits(&self, national: &str) -> usize {
        let mut run = Run::new(&CODE, national, true);
        for &(lengths, program) in self.kinds() {
            if has_length(lengths, national.len()) {
                run.find(program);
            }
        }
        run.furthest
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

fn matches(program: u16, digits: &str) -> bool {
    Run::new(&CODE, digits, true).find(program).is_some()
}

/// `None` without a program; else what it finds at the beginning.
fn begins(program: u16, digits: &str) -> Option<Option<Match>> {
    (program != NONE).then(|| Run::new(&CODE, digits, false).find(program))
}
