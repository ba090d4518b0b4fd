//! One fault, one finding: of one value only the rules of the first group speak, and their help
//! carries what the others know.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Group, RuleId};

/// Whether a finding is about a key, there or missing, rather than about the value under it: the
/// two are different faults.
fn is_about_key(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::DuplicateKey | RuleId::MissingKey | RuleId::UnknownKey
    )
}

/// The place of a finding in the order; `None` where it is about no value.
fn rank(finding: &Diagnostic) -> Option<(Group, bool)> {
    let group = finding.rule.group();
    let about_value = !is_about_key(finding.rule) && !matches!(group, Group::Fences | Group::Meta);
    // What generators disagree on is worth a word only where this one does no harm.
    let is_last = finding.rule == RuleId::AmbiguousScalar;
    about_value.then_some((group, is_last))
}

/// Drops the findings about a value of which an earlier group speaks. All are about one file, and
/// none is of a rule that is off.
pub(super) fn settle(findings: &mut Vec<Diagnostic>) {
    if findings.len() < 2 {
        return;
    }
    let mut first: HashMap<String, (Group, bool)> = HashMap::new();
    for finding in findings.iter() {
        if let (Some(rank), Some(pointer)) = (rank(finding), &finding.pointer) {
            let known = first.entry(pointer.clone()).or_insert(rank);
            *known = rank.min(*known);
        }
    }
    let speaks = |finding: &Diagnostic| {
        let best = finding.pointer.as_ref().and_then(|at| first.get(at));
        rank(finding).is_none() || best.is_none() || rank(finding).as_ref() == best
    };
    if findings.iter().all(speaks) {
        return;
    }
    let (kept, silent): (Vec<_>, Vec<_>) = findings.drain(..).partition(speaks);
    *findings = kept;
    let mut heirs: HashMap<Option<String>, usize> = HashMap::new();
    for (place, finding) in findings.iter().enumerate() {
        if rank(finding).is_some() {
            heirs.entry(finding.pointer.clone()).or_insert(place);
        }
    }
    for known in silent {
        let heir = heirs.get(&known.pointer);
        if let Some(heir) = heir.and_then(|&place| findings.get_mut(place)) {
            inherit(heir, known);
        }
    }
}

/// Puts what a finding knows into the one that speaks.
fn inherit(heir: &mut Diagnostic, known: Diagnostic) {
    let begins_alike = known.message.strip_prefix(&heir.message);
    let news = begins_alike.map_or(known.message.as_str(), |rest| rest.trim_start_matches("; "));
    let said = |text: &str| text.contains(news);
    if !said(&heir.message) && !heir.help.as_deref().is_some_and(said) {
        heir.help = Some(match heir.help.take() {
            Some(help) => format!("{help}; {news}"),
            None => match known.help {
                Some(help) => format!("{news}; {help}"),
                None => news.to_owned(),
            },
        });
    }
    if heir.fix.is_none() {
        heir.fix = known.fix;
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
        settle(&mut findings);
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
}
