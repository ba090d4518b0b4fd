//! The table against the crate that it is made from.
//!
//! Numbers of one region in twelve are compared, with `FRONTLINT_TESTS=full` of all.
//!
//! Two habits of the crate are not libphonenumber's own, and the table does not share them; every
//! other difference fails the test.

use phonenumber::metadata::{DATABASE, Descriptor, Metadata};
use phonenumber::{country, parse};
use regex::Regex;

use super::number::{self, Number};
use super::table::Region;
use crate::text::sampling;

/// A xorshift generator: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn digit(&mut self) -> char {
        char::from(b'0' + self.below(10) as u8)
    }
}

fn deciding(meta: &Metadata) -> Vec<&Descriptor> {
    let all = meta.descriptors();
    [
        all.fixed_line(),
        all.mobile(),
        all.premium_rate(),
        all.toll_free(),
        all.shared_cost(),
        all.voip(),
        all.personal_number(),
        all.pager(),
        all.uan(),
        all.voicemail(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Example numbers, the same with digits changed, added and dropped, and random ones, in every
/// way of writing the prefixes.
fn samples(meta: &Metadata, random: &mut Random) -> Vec<String> {
    let mut bare: Vec<String> = deciding(meta)
        .into_iter()
        .filter_map(|descriptor| descriptor.example().map(str::to_owned))
        .collect();
    let examples = bare.clone();
    for _ in 0..40 {
        let mut digits: Vec<char> = match examples.get(random.below(examples.len() + 1)) {
            Some(example) => example.chars().collect(),
            None => (0..random.below(13) + 3).map(|_| random.digit()).collect(),
        };
        for _ in 0..random.below(3) {
            let at = random.below(digits.len());
            digits[at] = random.digit();
        }
        match random.below(8) {
            0 => digits.push(random.digit()),
            1 => drop(digits.pop()),
            2 => digits.insert(0, random.digit()),
            _ => {}
        }
        bare.push(digits.into_iter().collect());
    }
    let code = meta.country_code();
    let prefix = meta.national_prefix().unwrap_or_default();
    bare.into_iter()
        .flat_map(|digits| {
            [
                format!("{prefix}{digits}"),
                format!("+{code}{digits}"),
                format!("+{code}{prefix}{digits}"),
                format!("{code}{digits}"),
                digits,
            ]
        })
        .collect()
}

fn ours(region: Option<&'static Region>, text: &str) -> Option<Number> {
    let (plus, digits) = match text.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    number::parse(region, plus, digits).ok()
}

/// Whether a national number is in use according to the crate's own patterns, each taken as a
/// whole.
fn fits(code: u16, national: &str) -> bool {
    let whole = |descriptor: &Descriptor| {
        let pattern = descriptor.national_number().as_str();
        Regex::new(&format!("(?x)^(?:{pattern})$"))
            .unwrap()
            .is_match(national)
    };
    let regions = DATABASE.by_code(&code).unwrap_or_default();
    regions.iter().any(|meta| {
        whole(meta.descriptors().general())
            && deciding(meta).into_iter().any(|descriptor| {
                descriptor
                    .possible_length()
                    .contains(&(national.len() as u16))
                    && whole(descriptor)
            })
    })
}

#[test]
fn agrees_with_the_crate_it_is_made_from() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut compared, mut beginnings, mut stripped) = (0, 0, 0);
    let step = sampling::cases(12, 1) as usize;
    let regions: Vec<_> = Region::all().step_by(step).collect();
    for &region in &regions {
        let meta = DATABASE.by_id(region.id).unwrap();
        let country: country::Id = region.id.parse().unwrap();
        for text in samples(meta, &mut random) {
            let ours = ours(Some(region), &text);
            let theirs = parse(Some(country), &text).ok();
            let verdicts = (
                ours.as_ref().is_some_and(Number::is_valid),
                theirs.as_ref().is_some_and(|number| number.is_valid()),
            );
            compared += 1;
            match verdicts {
                // libphonenumber matches a pattern against the whole number; the crate is content
                // with its beginning.
                (false, true) => {
                    let theirs = theirs.unwrap();
                    let national = theirs.national().to_string();
                    if fits(theirs.country().code(), &national) {
                        assert_ne!(
                            ours.map(|n| n.national),
                            Some(national),
                            "{} {text}",
                            region.id
                        );
                        stripped += 1;
                    } else {
                        beginnings += 1;
                    }
                }
                // libphonenumber takes a prefix or calling code off once, and only where the rest
                // is the better number; the crate takes it off twice, or without looking.
                (true, false) => {
                    let ours = ours.unwrap();
                    let theirs = theirs.map(|number| number.national().to_string());
                    assert_ne!(
                        Some(&ours.national),
                        theirs.as_ref(),
                        "{} {text}",
                        region.id
                    );
                    assert!(fits(ours.code, &ours.national), "{} {text}", region.id);
                    stripped += 1;
                }
                _ => {}
            }
        }
    }
    assert!(
        compared > 200 * regions.len(),
        "only {compared} numbers compared"
    );
    assert!(
        (beginnings + stripped) * 50 < compared,
        "{beginnings} and {stripped} of {compared}"
    );
}

#[test]
fn knows_every_example() {
    for region in Region::all() {
        let meta = DATABASE.by_id(region.id).unwrap();
        for descriptor in deciding(meta) {
            let Some(example) = descriptor.example() else {
                continue;
            };
            let text = format!("+{}{example}", meta.country_code());
            assert!(
                ours(None, &text).is_some_and(|number| number.is_valid()),
                "{text}"
            );
        }
    }
}

#[test]
fn knows_numbers_of_no_country() {
    for text in ["+80012345678", "+979123456789", "+883510012345"] {
        assert!(
            ours(None, text).is_some_and(|number| number.is_valid()),
            "{text}"
        );
    }
    assert!(!ours(None, "+800123456789").is_some_and(|number| number.is_valid()));
}
