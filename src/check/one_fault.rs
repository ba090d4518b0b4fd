//! One fault, one finding: of several findings about one value the most severe is reported, among
//! equals those of the first group, and the help carries what the others know.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Group, RuleId, Severity};

/// The place of a finding among those about one value; the lowest is reported.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    severity: Reverse<Severity>,
    class: Class,
    /// Whether the schema has merged it into another one already.
    is_loser: bool,
    /// The order in which they were found.
    index: usize,
}

/// What may be reported side by side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    group: Group,
    /// What generators disagree on is worth a word only where this one does no harm.
    is_last: bool,
}

/// Whether a finding is about a key, there or missing, rather than about the value under it: the
/// two are different faults.
fn is_about_key(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::DuplicateKey | RuleId::MissingKey | RuleId::UnknownKey
    )
}

/// The class of a finding and the value that it is about; `None` where it is about no value.
fn of_value(finding: &Diagnostic) -> Option<(Class, &str)> {
    let group = finding.rule.group();
    let about_value = !is_about_key(finding.rule) && !matches!(group, Group::Fences | Group::Meta);
    let is_last = finding.rule == RuleId::AmbiguousScalar;
    let pointer = finding.pointer.as_deref().filter(|_| about_value)?;
    Some((Class { group, is_last }, pointer))
}

/// Leaves of the findings about one value those that are to be reported. All are about one file, with
/// their final severity, and none is of a rule that is off or is suppressed. `losers` are findings
/// that are reported only where nothing takes precedence. Returns the others, as far as they are as
/// severe as what is reported in their place.
pub(super) fn merge(findings: &mut Vec<Diagnostic>, losers: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if findings.len() + losers.len() < 2 && losers.is_empty() {
        return Vec::new();
    }
    let first_loser = findings.len();
    findings.extend(losers);
    let mut best: HashMap<String, Rank> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        let Some((class, pointer)) = of_value(finding) else {
            continue;
        };
        let rank = Rank {
            severity: Reverse(finding.severity),
            class,
            is_loser: index >= first_loser,
            index,
        };
        match best.get_mut(pointer) {
            Some(known) => *known = rank.min(*known),
            None => drop(best.insert(pointer.to_owned(), rank)),
        }
    }
    let is_reported = |index: usize, finding: &Diagnostic| {
        let Some((class, pointer)) = of_value(finding) else {
            return true;
        };
        let Some(best) = best.get(pointer) else {
            return true;
        };
        // Of what the schema finds wrong with a value, one finding is enough.
        let side_by_side = class.group != Group::Schema && index < first_loser;
        index == best.index || (side_by_side && class == best.class)
    };
    let reported: Vec<_> = findings
        .iter()
        .enumerate()
        .map(|(index, finding)| is_reported(index, finding))
        .collect();
    if !reported.contains(&false) {
        return Vec::new();
    }
    let mut others = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, (finding, is_reported)) in std::mem::take(findings)
        .into_iter()
        .zip(reported)
        .enumerate()
    {
        if !is_reported {
            others.push((index, finding));
            continue;
        }
        if let Some((_, pointer)) = of_value(&finding) {
            places.entry(pointer.to_owned()).or_insert(findings.len());
        }
        findings.push(finding);
    }
    others
        .into_iter()
        .filter_map(|(index, other)| {
            let place = other.pointer.as_ref().and_then(|it| places.get(it))?;
            let heir = findings.get_mut(*place)?;
            if index < first_loser {
                inherit(heir, &other);
            }
            (other.severity == heir.severity).then_some(other)
        })
        .collect()
}

/// Puts what a finding knows into the one that is reported.
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

    fn settled(findings: &[Diagnostic]) -> Vec<(RuleId, Option<String>)> {
        let mut findings = findings.to_vec();
        merge(&mut findings, Vec::new());
        findings.into_iter().map(|it| (it.rule, it.help)).collect()
    }

    #[test]
    fn the_first_group_speaks_and_tells_what_the_others_know() {
        let schema = finding(RuleId::WrongType, "/tel").help("quote it");
        let dialect = finding(RuleId::SurprisingScalar, "/tel");
        let hygiene = finding(RuleId::PaddedValue, "/tel");
        assert_eq!(
            settled(&[hygiene, dialect, schema]),
            [(
                RuleId::WrongType,
                Some("quote it; what padded-value says; what surprising-scalar says".to_owned())
            )]
        );
    }

    #[test]
    fn what_is_said_already_is_not_said_twice() {
        let dialect = finding(RuleId::SurprisingScalar, "/tel");
        let schema =
            finding(RuleId::WrongType, "/tel").help("what surprising-scalar says; quote it");
        assert_eq!(
            settled(&[schema, dialect]),
            [(
                RuleId::WrongType,
                Some("what surprising-scalar says; quote it".to_owned())
            )]
        );
    }

    #[test]
    fn a_key_and_its_value_are_two_things() {
        let key = finding(RuleId::UnknownKey, "/maill");
        let value = finding(RuleId::PaddedValue, "/maill");
        assert_eq!(settled(&[key, value]).len(), 2);
    }

    #[test]
    fn rules_of_one_group_do_not_silence_each_other() {
        let offset = finding(RuleId::WrongOffset, "/date");
        let future = finding(RuleId::FutureDate, "/date");
        let elsewhere = finding(RuleId::PaddedValue, "/title");
        assert_eq!(settled(&[offset, future, elsewhere]).len(), 3);
        let ambiguous = finding(RuleId::AmbiguousScalar, "/date");
        let zoneless = finding(RuleId::ZonelessDate, "/date");
        let left = settled(&[ambiguous, zoneless]);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].0, RuleId::ZonelessDate);
    }

    #[test]
    fn the_most_severe_is_reported() {
        let schema = finding(RuleId::InvalidValue, "/date").severity(Severity::Warning);
        let dialect = finding(RuleId::ImpossibleDate, "/date");
        let said = settled(&[schema.clone(), dialect.clone()]);
        assert_eq!(
            said,
            [(
                RuleId::ImpossibleDate,
                Some("what invalid-value says".to_owned())
            )]
        );
        let both = [schema.severity(Severity::Error), dialect];
        assert_eq!(settled(&both)[0].0, RuleId::InvalidValue);
        let ambiguous = finding(RuleId::AmbiguousScalar, "/date").severity(Severity::Error);
        let zoneless = finding(RuleId::ZonelessDate, "/date");
        assert_eq!(
            settled(&[zoneless, ambiguous])[0].0,
            RuleId::AmbiguousScalar
        );
    }

    #[test]
    fn what_is_as_severe_is_returned() {
        let mut findings = vec![
            finding(RuleId::WrongType, "/tel"),
            finding(RuleId::SurprisingScalar, "/tel"),
            finding(RuleId::PaddedValue, "/tel"),
        ];
        let others = merge(&mut findings, Vec::new());
        assert_eq!(findings.len(), 1);
        let rules: Vec<_> = others.iter().map(|it| it.rule).collect();
        assert_eq!(rules, [RuleId::SurprisingScalar]);
    }

    #[test]
    fn a_loser_is_reported_where_nothing_takes_precedence() {
        let loser = finding(RuleId::InvalidValue, "/a");
        let mut findings = vec![finding(RuleId::InvalidFormat, "/a")];
        let others = merge(&mut findings, vec![loser.clone()]);
        assert_eq!(findings[0].rule, RuleId::InvalidFormat);
        assert_eq!((findings[0].help.as_deref(), others.len()), (None, 1));
        let mut findings = vec![finding(RuleId::InvalidFormat, "/a").severity(Severity::Warning)];
        assert!(merge(&mut findings, vec![loser.clone()]).is_empty());
        assert_eq!(
            (findings.len(), findings[0].rule),
            (1, RuleId::InvalidValue)
        );
        let mut findings = Vec::new();
        merge(&mut findings, vec![loser]);
        assert_eq!(findings.len(), 1);
    }
}
