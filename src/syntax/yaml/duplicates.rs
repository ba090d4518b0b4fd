//! Keys of one mapping: duplicates and merges (`<<`).
//!
//! Of duplicates the last stays, as in every parser that accepts them.

use super::super::Member;
use crate::dialect::Dialect;

/// Up to so many members are compared one by one; more are sorted.
const SMALL: usize = 32;

/// Whether some key is written twice.
pub(super) fn any_twice(members: &[Member<'_>]) -> bool {
    if members.len() > SMALL {
        return !duplicates(members).is_empty();
    }
    let is_repeated = |(index, member): (usize, &Member<'_>)| {
        let mut earlier = members[..index].iter();
        earlier.any(|earlier| earlier.key.text == member.key.text)
    };
    members.iter().enumerate().any(is_repeated)
}

/// The indices of members that share a key, in order; one group a key, in order of their second
/// members.
pub(super) fn duplicates(members: &[Member<'_>]) -> Vec<Vec<usize>> {
    if members.len() <= SMALL && !any_twice(members) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_unstable_by_key(|&index| (members[index].key.text.as_ref(), index));
    let same = |a: &usize, b: &usize| members[*a].key.text == members[*b].key.text;
    let mut groups: Vec<_> = order
        .chunk_by(same)
        .filter(|group| group.len() > 1)
        .map(<[usize]>::to_vec)
        .collect();
    groups.sort_unstable_by_key(|group| group[1]);
    groups
}

/// Drops all but the last member of each group.
pub(super) fn keep_last<'s>(members: Vec<Member<'s>>, groups: &[Vec<usize>]) -> Vec<Member<'s>> {
    let mut keep = vec![true; members.len()];
    for group in groups {
        for &index in group.iter().rev().skip(1) {
            keep[index] = false;
        }
    }
    members
        .into_iter()
        .zip(keep)
        .filter_map(|(member, keep)| keep.then_some(member))
        .collect()
}

/// The members of a mapping once its merges are applied. `explicit` has no duplicates; each merge
/// is the number of explicit members before it and the mappings it brings, in order.
///
/// A key of the mapping itself wins over a merged one, and an earlier mapping of a list over a
/// later one, except in goccy. In Ruby and Go a merge overwrites what is written before it; in
/// Python a later merge overwrites an earlier one.
pub(super) fn merge<'s>(
    explicit: Vec<Member<'s>>,
    merges: Vec<(usize, Vec<Vec<Member<'s>>>)>,
    dialect: Dialect,
) -> Vec<Member<'s>> {
    let mut ascending: Vec<Member<'s>> = Vec::with_capacity(explicit.len());
    match dialect {
        Dialect::Jekyll | Dialect::Psych | Dialect::HugoYamlV2 | Dialect::HugoGoccy => {
            let is_goccy = dialect == Dialect::HugoGoccy;
            let mut own = explicit.into_iter();
            let mut taken = 0;
            for (before, mappings) in merges {
                ascending.extend(own.by_ref().take(before - taken));
                taken = before;
                match is_goccy {
                    true => ascending.extend(mappings.into_iter().flatten()),
                    false => ascending.extend(mappings.into_iter().rev().flatten()),
                }
            }
            ascending.extend(own);
        }
        Dialect::PyYaml => {
            for (_, mappings) in merges {
                ascending.extend(mappings.into_iter().rev().flatten());
            }
            ascending.extend(explicit);
        }
        Dialect::Core | Dialect::JsYaml3 | Dialect::JsYaml4 | Dialect::JsYaml5 => {
            for (_, mappings) in merges.into_iter().rev() {
                ascending.extend(mappings.into_iter().rev().flatten());
            }
            ascending.extend(explicit);
        }
    }
    let groups = duplicates(&ascending);
    if groups.is_empty() {
        ascending
    } else {
        keep_last(ascending, &groups)
    }
}
