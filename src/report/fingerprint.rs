//! What distinguishes a finding from all others, in every run and every version of frontlint.
//!
//! The fingerprint is the 64-bit FNV-1a hash, as 16 hexadecimal digits, of these parts, each
//! followed by a zero byte: the rule, the path, the pointer with `*` for every list index, the
//! message without the numbers of lines (`line 4`) and of list items (`item 4`), and how many
//! findings of the run had the same parts before this one, in decimal. Lines and columns are no part
//! of it, so that it stays when the text around a finding moves.

use std::collections::HashMap;

use super::Located;

/// Gives out fingerprints, each only once.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// How many findings had the same hash of all parts but the last.
    counts: HashMap<u64, u64>,
}

impl Fingerprints {
    /// The fingerprint of the next finding of the run.
    pub(super) fn next(&mut self, located: &Located<'_>) -> String {
        let finding = located.finding;
        let pointer = finding.pointer.as_deref().unwrap_or_default();
        let mut hash = Fnv1a::default();
        hash.part(finding.rule.as_str());
        hash.part(&located.path);
        hash.part(&without_indices(pointer));
        hash.part(&without_places(&finding.message));
        let before = self.counts.entry(hash.0).or_default();
        hash.part(&before.to_string());
        *before += 1;
        format!("{:016x}", hash.0)
    }
}

fn without_indices(pointer: &str) -> String {
    let is_index = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts = pointer
        .split('/')
        .map(|part| if is_index(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Leaves out every number after the word `line` or `item`.
fn without_places(message: &str) -> String {
    let mut kept = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let after = from.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &from[..from.len() - after.len()];
        kept.push_str(before);
        if !before.ends_with("line ") && !before.ends_with("item ") {
            kept.push_str(number);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The hash of Fowler, Noll and Vo, 64 bits, variant 1a.
struct Fnv1a(u64);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv1a {
    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn part(&mut self, part: &str) {
        self.bytes(part.as_bytes());
        self.bytes(&[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, all_cases, arbitrary};
    use super::*;
    use crate::diagnostic::{Diagnostic, RuleId};

    fn all(cases: &[Case]) -> Vec<String> {
        let mut fingerprints = Fingerprints::default();
        let located = cases.iter().flat_map(Case::located);
        located.map(|located| fingerprints.next(&located)).collect()
    }

    #[test]
    fn the_hash_is_the_published_one() {
        let hash = |text: &str| {
            let mut hash = Fnv1a::default();
            hash.bytes(text.as_bytes());
            hash.0
        };
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn fingerprints_never_change() {
        assert_eq!(
            all(&all_cases()[..1]),
            ["6e7bf00d210eeba0", "fafd5a64095213a4"]
        );
    }

    #[test]
    fn equal_findings_of_a_file_differ_and_moved_ones_do_not() {
        let at = |start| {
            Diagnostic::new(RuleId::MissingFile, "`a` on line 3 does not exist")
                .at(crate::text::Span::new(start, start + 1))
                .pointer("/files/0/file")
        };
        let mut twice = arbitrary("aaaa\n\n\naaaa", &[]);
        twice.diagnostics = vec![at(0), at(2)];
        let first = all(std::slice::from_ref(&twice));
        assert_ne!(first[0], first[1]);
        let moved = |start| {
            let mut diagnostic = at(start).pointer("/files/7/file");
            diagnostic.message = "`a` on line 120 does not exist".to_owned();
            diagnostic
        };
        twice.diagnostics = vec![moved(8), moved(9)];
        assert_eq!(all(&[twice]), first);
    }

    #[test]
    fn every_case_has_its_own() {
        let all = all(&all_cases());
        let unique: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(unique.len(), all.len());
    }

    #[test]
    fn only_numbers_of_places_are_left_out() {
        assert_eq!(
            without_places("line 12 and 3 lines; `title` on line 4, item 10 of 10"),
            "line  and 3 lines; `title` on line , item  of 10"
        );
        assert_eq!(without_indices("/files/10/2024a"), "/files/*/2024a");
        assert_eq!(without_indices(""), "");
    }
}
