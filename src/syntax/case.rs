//! Keys that differ only in case, which are one key to some generators.
//!
//! Works on the tree of a document in any language; must not touch keys that no other equals.

use std::collections::HashSet;

use super::{Document, Kind, NodeId, Parsed};
use crate::diagnostic::{Diagnostic, LeftOut, RuleId, Severity};
use crate::dialect::Dialect;
use crate::text::{SourceId, Span};

/// So many keys are reported; the rest are counted.
const MOST: usize = 100;

/// Reports keys of one mapping that the generator takes for the same, and leaves the one that counts.
/// It looks into mappings, but not into lists, as the generator does.
pub(super) fn fold(
    parsed: &mut Parsed<'_>,
    text: &str,
    dialect: Dialect,
    generator: &str,
    source: SourceId,
) {
    let Some(document) = &mut parsed.document else {
        return;
    };
    let mut open = vec![document.root()];
    let mut reported = HashSet::new();
    let mut left_out = LeftOut::default();
    while let Some(mapping) = open.pop() {
        let members = document.members(mapping);
        let is_mapping = |id: NodeId| matches!(document.node(id).kind, Kind::Mapping(_));
        let inner = members.iter().map(|member| member.value);
        open.extend(inner.filter(|&value| is_mapping(value)));
        let has_others = members.len() > 1
            && members
                .iter()
                .any(|member| *dialect.folded(&member.key.text) != *member.key.text);
        if has_others {
            fold_mapping(document, mapping, dialect, |group| {
                if !reported.insert(group.second) {
                    return;
                }
                if reported.len() <= MOST {
                    parsed
                        .diagnostics
                        .push(group.diagnostic(text, generator, source));
                } else {
                    let (rule, severity) = (RuleId::DuplicateKey, Severity::Error);
                    left_out.add(rule, severity, source, group.second);
                }
            });
        }
    }
    parsed.diagnostics.extend(left_out.into_diagnostics());
}

/// Keys of a mapping that are one to the generator.
struct Group<'g> {
    first: (&'g str, Span),
    second: Span,
    second_text: &'g str,
    /// The key whose value counts; `None` where the generator may take either.
    winner: Option<(&'g str, Span)>,
}

impl Group<'_> {
    fn diagnostic(&self, text: &str, generator: &str, source: SourceId) -> Diagnostic {
        let line = |span: Span| {
            let before = text.as_bytes().get(..span.start as usize);
            memchr::memchr_iter(b'\n', before.unwrap_or_default()).count() + 1
        };
        let help = match self.winner {
            Some((key, span)) => format!(
                "keep one of them; {generator} takes the value of `{key}`, on line {}",
                line(span)
            ),
            None => format!("keep one of them; {generator} takes now the one, now the other"),
        };
        let (first, first_span) = self.first;
        let message = format!(
            "`{first}` on line {} and `{}` on line {} are the same key to {generator}, which makes no \
             difference between capital and small letters",
            line(first_span),
            self.second_text,
            line(self.second)
        );
        Diagnostic::new(RuleId::DuplicateKey, message)
            .at_source(source, self.second, "written again here")
            .related(source, first_span, "first written here")
            .help(help)
    }
}

/// Leaves one member of each group: the generator writes the keys in small letters one after the other, in
/// no order, so that one that is not small already replaces one that is.
fn fold_mapping(
    document: &mut Document<'_>,
    mapping: NodeId,
    dialect: Dialect,
    mut report: impl FnMut(Group<'_>),
) {
    let members = document.members(mapping);
    let mut order: Vec<_> = members
        .iter()
        .enumerate()
        .map(|(index, member)| (dialect.folded(&member.key.text), index))
        .collect();
    order.sort_unstable();
    let mut keep = vec![true; members.len()];
    let mut groups: Vec<_> = order
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort_unstable_by_key(|group| group[1].1);
    for group in groups {
        let place = |index: usize| (&*members[index].key.text, members[index].key.span);
        let mut others = group.iter().filter(|(key, index)| place(*index).0 != key);
        let last = others
            .next_back()
            .or(group.last())
            .map_or(0, |&(_, index)| index);
        let is_settled = others.next().is_none();
        for &(_, index) in group {
            keep[index] = index == last;
        }
        let (second_text, second) = place(group[1].1);
        report(Group {
            first: place(group[0].1),
            second,
            second_text,
            winner: is_settled.then(|| place(last)),
        });
    }
    if keep.contains(&false) {
        let mut keep = keep.into_iter();
        document.retain_members(mapping, |_| keep.next().unwrap_or(true));
    }
}

#[cfg(test)]
mod tests {
    use crate::dialect::Dialect;
    use crate::syntax::{Block, Syntax, parse};
    use crate::text::SourceId;

    /// The helps, and the members that stay at the root.
    fn read(syntax: Syntax, text: &str, dialect: Dialect) -> (Vec<String>, Vec<String>) {
        let parsed = parse(text, &Block::whole(syntax, text), dialect, SourceId::PAGE);
        let document = parsed.document.unwrap();
        let members = document.members(document.root()).iter();
        let entry = |value| document.string(value).unwrap_or("…").to_owned();
        let entries = members.map(|member| format!("{}: {}", member.key.text, entry(member.value)));
        let said = parsed.diagnostics.into_iter();
        (
            said.filter_map(|finding| finding.help).collect(),
            entries.collect(),
        )
    }

    #[test]
    fn the_key_that_is_not_small_wins() {
        for text in ["title: a\nTitle: b\n", "Title: b\ntitle: a\n"] {
            let (said, entries) = read(Syntax::Yaml, text, Dialect::HugoGoccy);
            assert_eq!(entries, ["Title: b"]);
            let line = if text.starts_with('T') { 1 } else { 2 };
            let help = format!("keep one of them; Hugo takes the value of `Title`, on line {line}");
            assert_eq!(said, [help]);
        }
        let toml = "title = \"a\"\nTitle = \"b\"\nx = \"c\"\n";
        let (said, entries) = read(Syntax::Toml, toml, Dialect::HugoYamlV2);
        assert_eq!(
            (said.len(), entries),
            (1, vec!["Title: b".into(), "x: c".into()])
        );
        let json = "{\"k\": \"a\", \"K\": \"b\"}";
        let (said, entries) = read(Syntax::Json, json, Dialect::HugoGoccy);
        assert_eq!((said.len(), entries), (1, vec!["K: b".into()]));
    }

    #[test]
    fn of_two_that_are_not_small_it_is_open() {
        let (said, _) = read(Syntax::Yaml, "KEy: a\nKey: b\n", Dialect::HugoGoccy);
        assert_eq!(
            said,
            ["keep one of them; Hugo takes now the one, now the other"]
        );
    }

    #[test]
    fn to_other_generators_they_are_different() {
        let (said, entries) = read(Syntax::Yaml, "k: a\nK: b\n", Dialect::Jekyll);
        assert!(said.is_empty());
        assert_eq!(entries, ["k: a", "K: b"]);
    }

    #[test]
    fn mappings_are_looked_into_and_lists_are_not() {
        let said = |text| read(Syntax::Yaml, text, Dialect::HugoGoccy).0.len();
        assert_eq!(said("x:\n  y: {k: a, K: b}\n"), 1);
        assert_eq!(said("x:\n- {k: a, K: b}\n"), 0);
        assert_eq!(said("x: &x {k: a, K: b}\ny: *x\n"), 1);
    }
}
