//! One fault, one finding: of several findings about one value the most severe is reported, among
//! equally severe ones those of the first group. Its help carries what the others say.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Group, Merged, RuleId, Severity};

/// The order of findings about one value; the lowest is reported.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    severity: Reverse<Severity>,
    class: Class,
    /// Whether the schema has merged it into another one already.
    is_loser: bool,
    /// The order in which they were found.
    index: usize,
}

/// Findings about one value that have the same class may be reported side by side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    group: Group,
    /// Whether any other finding comes first: that generators disagree is worth a finding only where
    /// the page's own generator does no harm.
    is_last: bool,
}

/// The class of a finding and the value that it is about; `None` where it is about no value.
fn of_value(finding: &Diagnostic) -> Option<(Class, &str)> {
    let group = finding.rule.group();
    let about_value = !finding.rule.is_about_key() && !matches!(group, Group::Fences | Group::Meta);
    let is_last = finding.rule == RuleId::AmbiguousScalar;
    let pointer = finding.pointer.as_deref().filter(|_| about_value)?;
    Some((Class { group, is_last }, pointer))
}

/// Leaves those of the findings about one value that are to be reported. All are about one file, with
/// their final severity, and none is of a rule that is off or is suppressed. `losers` are findings
/// that are reported only where nothing takes precedence. Returns the others, as far as they are as
/// severe as what is reported in their place.
pub(super) fn suppress_shadowed(
    findings: &mut Vec<Diagnostic>,
    losers: Vec<Merged>,
) -> Vec<Merged> {
    if findings.len() < 2 && losers.is_empty() {
        return Vec::new();
    }
    suppress_about_known_keys(findings);
    let (of_keys, of_values): (Vec<_>, Vec<_>) = losers
        .into_iter()
        .partition(|loser| loser.finding.rule.is_about_key());
    let mut merged = suppress_about_values(findings, of_values);
    for loser in of_keys {
        let is_winner = |finding: &&mut Diagnostic| {
            finding.rule.is_about_key() && finding.pointer.as_ref() == Some(&loser.into)
        };
        match findings.iter_mut().find(is_winner) {
            Some(winner) if winner.severity > loser.finding.severity => {}
            Some(winner) if winner.severity == loser.finding.severity => merged.push(loser),
            Some(winner) => *winner = loser.finding,
            None => findings.push(loser.finding),
        }
    }
    merged
}

/// Merges what is said about the bytes of a key into the finding that it is unknown.
fn suppress_about_known_keys(findings: &mut Vec<Diagnostic>) {
    let start = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.span.start);
    let of_keys: Vec<_> = findings
        .iter()
        .filter(|finding| finding.rule == RuleId::UnknownKey)
        .map(|finding| (finding.pointer.clone(), start(finding)))
        .collect();
    if of_keys.is_empty() {
        return;
    }
    let is_known = |finding: &Diagnostic| {
        finding.rule == RuleId::PaddedValue
            && finding.primary.is_some()
            && of_keys.contains(&(finding.pointer.clone(), start(finding)))
    };
    let known: Vec<_> = findings
        .iter()
        .filter(|&finding| is_known(finding))
        .cloned()
        .collect();
    findings.retain(|finding| !is_known(finding));
    for known in known {
        let mut unknown = findings.iter_mut();
        let heir = unknown
            .find(|finding| finding.rule == RuleId::UnknownKey && finding.pointer == known.pointer);
        if let Some(heir) = heir {
            inherit(heir, &known);
        }
    }
}

fn suppress_about_values(findings: &mut Vec<Diagnostic>, losers: Vec<Merged>) -> Vec<Merged> {
    let first_loser = findings.len();
    findings.extend(losers.into_iter().map(|loser| loser.finding));
    let mut best: HashMap<&str, Rank> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if let Some((class, pointer)) = of_value(finding) {
            let rank = Rank {
                severity: Reverse(finding.severity),
                class,
                is_loser: index >= first_loser,
                index,
            };
            let known = best.entry(pointer).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    let winner_of = |index: usize, finding: &Diagnostic| {
        let (class, pointer) = of_value(finding)?;
        let best = best.get(pointer)?;
        // Of what the schema finds wrong with a value, one finding is enough.
        let side_by_side = class.group != Group::Schema && index < first_loser;
        let is_reported = index == best.index || (side_by_side && class == best.class);
        (!is_reported).then_some(best.index)
    };
    let findings_and_indices = findings.iter().enumerate();
    let winners: Vec<_> = findings_and_indices
        .map(|(index, finding)| winner_of(index, finding))
        .collect();
    let mut others = Vec::new();
    for (index, winner) in winners.iter().enumerate() {
        let Some(winner) = *winner else { continue };
        let Some(other) = findings.get(index).cloned() else {
            continue;
        };
        let Some(heir) = findings.get_mut(winner) else {
            continue;
        };
        if index < first_loser {
            inherit(heir, &other);
        }
        let is_covered = index >= first_loser && heir.rule.group() == Group::Schema;
        if other.severity == heir.severity && !is_covered {
            others.push(Merged {
                into: other.pointer.clone().unwrap_or_default(),
                finding: other,
            });
        }
    }
    let mut winners = winners.into_iter();
    findings.retain(|_| winners.next().flatten().is_none());
    others
}

/// Adds what a finding says to the one that is reported.
fn inherit(heir: &mut Diagnostic, known: &Diagnostic) {
    let begins_alike = known.message.strip_prefix(&heir.message);
    let news = begins_alike.map_or(known.message.as_str(), |rest| rest.trim_start_matches("; "));
    let said = |text: &str| text.contains(news);
    if !said(&heir.message) && !heir.help.as_deref().is_some_and(said) {
        heir.help = Some(match heir.help.take() {
            Some(help) => format!("{help}; {news}"),
            None => match &known.help {
                Some(help) => format!("{news}; {help}"),
                None => news.to_owned(),
            },
        });
    }
    if heir.fix.is_none() {
        heir.fix.clone_from(&known.fix);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: RuleId, pointer: &str) -> Diagnostic {
        Diagnostic::new(rule, format!("what {rule} says")).pointer(pointer)
    }

    fn loser(rule: RuleId, pointer: &str, into: &str) -> Merged {
        Merged {
            finding: finding(rule, pointer),
            into: into.to_owned(),
        }
    }

    /// The rules of the findings that are left, and the help of the first.
    fn left_of(mut findings: Vec<Diagnostic>) -> (Vec<RuleId>, Option<String>) {
        suppress_shadowed(&mut findings, Vec::new());
        let help = findings.first().and_then(|finding| finding.help.clone());
        (findings.iter().map(|finding| finding.rule).collect(), help)
    }

    #[test]
    fn one_finding_about_a_value_says_what_the_others_say() {
        let schema = || finding(RuleId::WrongType, "/tel");
        let dialect = || finding(RuleId::SurprisingScalar, "/tel");
        let hygiene = || finding(RuleId::PaddedValue, "/tel");
        let bound = || finding(RuleId::InvalidValue, "/tel").severity(Severity::Warning);
        let date = || finding(RuleId::ImpossibleDate, "/tel");
        for (findings, rule, help) in [
            (
                vec![hygiene(), dialect(), schema().help("quote it")],
                RuleId::WrongType,
                Some("quote it; what padded-value says; what surprising-scalar says"),
            ),
            (
                vec![
                    schema().help("what surprising-scalar says; quote it"),
                    dialect(),
                ],
                RuleId::WrongType,
                Some("what surprising-scalar says; quote it"),
            ),
            (
                vec![bound(), date()],
                RuleId::ImpossibleDate,
                Some("what invalid-value says"),
            ),
            (
                vec![bound().severity(Severity::Error), date()],
                RuleId::InvalidValue,
                Some("what impossible-date says"),
            ),
        ] {
            assert_eq!(left_of(findings), (vec![rule], help.map(str::to_owned)));
        }
    }

    #[test]
    fn findings_of_one_group_or_about_key_and_value_are_reported_side_by_side() {
        use RuleId::{AmbiguousScalar, FutureDate, PaddedValue, UnknownKey, WrongOffset};
        let ambiguous = || finding(AmbiguousScalar, "/a");
        let zoneless = || finding(RuleId::ZonelessDate, "/a");
        for (findings, rules) in [
            (
                vec![finding(UnknownKey, "/a"), finding(PaddedValue, "/a")],
                vec![UnknownKey, PaddedValue],
            ),
            (
                vec![finding(WrongOffset, "/a"), finding(FutureDate, "/a")],
                vec![WrongOffset, FutureDate],
            ),
            (
                vec![finding(WrongOffset, "/a"), finding(PaddedValue, "/b")],
                vec![WrongOffset, PaddedValue],
            ),
            (vec![ambiguous(), zoneless()], vec![RuleId::ZonelessDate]),
            (
                vec![zoneless(), ambiguous().severity(Severity::Error)],
                vec![AmbiguousScalar],
            ),
        ] {
            assert_eq!(left_of(findings).0, rules);
        }
    }

    #[test]
    fn findings_that_are_as_severe_are_returned() {
        let rules = [
            RuleId::WrongType,
            RuleId::SurprisingScalar,
            RuleId::PaddedValue,
        ];
        let mut findings = rules.map(|rule| finding(rule, "/tel")).to_vec();
        let others = suppress_shadowed(&mut findings, Vec::new());
        assert_eq!(findings.len(), 1);
        let others: Vec<_> = others.iter().map(|merged| merged.finding.rule).collect();
        assert_eq!(others, [RuleId::SurprisingScalar]);
    }

    #[test]
    fn a_loser_is_reported_where_nothing_takes_precedence() {
        let value = || loser(RuleId::InvalidValue, "/a", "/a");
        let format = || finding(RuleId::InvalidFormat, "/a");
        let misspelt = || loser(RuleId::UnknownKey, "/titel", "/title");
        let missing = || finding(RuleId::MissingKey, "/title");
        let warning = Severity::Warning;
        for (winner, loser, left) in [
            (Some(format()), value(), RuleId::InvalidFormat),
            (
                Some(format().severity(warning)),
                value(),
                RuleId::InvalidValue,
            ),
            (None, value(), RuleId::InvalidValue),
            (Some(missing()), misspelt(), RuleId::MissingKey),
            (
                Some(missing().severity(warning)),
                misspelt(),
                RuleId::UnknownKey,
            ),
            (None, misspelt(), RuleId::UnknownKey),
        ] {
            let mut findings: Vec<_> = winner.into_iter().collect();
            suppress_shadowed(&mut findings, vec![loser]);
            assert_eq!(findings.len(), 1);
            assert_eq!(findings[0].rule, left);
            // What a loser says is said by its winner already.
            let is_winner = matches!(left, RuleId::InvalidFormat | RuleId::MissingKey);
            assert!(!is_winner || findings[0].help.is_none());
        }
    }
}
