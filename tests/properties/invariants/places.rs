//! Places: of a tree, its comments and its findings.

use std::collections::HashSet;

use frontlint::testing::diagnostic::Diagnostic;
use frontlint::testing::syntax::{Document, NodeId, pointer};
use frontlint::testing::text::{SourceId, SourceMap, Span};

/// Nodes that are looked up by their pointers; all of a long list would take too long.
const MOST_POINTERS: usize = 64;

/// A span lies in the text and between characters.
pub fn within(text: &str, span: Span) {
    assert!(
        span.start <= span.end && text.get(span.range()).is_some(),
        "{span:?} in {text:?}"
    );
}

/// Everything that a finding points at. Files other than the page are those of `others`.
pub fn of_finding(text: &str, finding: &Diagnostic, others: Option<&SourceMap>) {
    let file = |source: SourceId, span: Span| {
        if source == SourceId::PAGE {
            return within(text, span);
        }
        let file = others.and_then(|others| others.get(source));
        within(file.expect("a file that is known").text(), span);
    };
    assert!(!finding.message.trim().is_empty(), "{finding:?}");
    for label in finding.primary.iter().chain(&finding.related) {
        file(label.source, label.span);
    }
    let Some(fix) = &finding.fix else { return };
    for edit in &fix.edits {
        file(edit.source, edit.span);
    }
    let in_order =
        |pair: &[frontlint::testing::diagnostic::Edit]| pair[0].span.end <= pair[1].span.start;
    assert!(fix.edits.windows(2).all(in_order), "{fix:?}");
}

/// Every value, key and comment of a tree that was read from `text`.
pub fn of_document(text: &str, document: &Document<'_>) {
    let mut walk = Walk {
        text,
        document,
        seen: HashSet::new(),
        pointers: 0,
    };
    walk.node(document.root(), "");
    let comments = &document.comments;
    for &comment in comments {
        within(text, comment);
        let slice = comment.slice(text);
        assert!(slice.starts_with('#') && !slice.contains('\n'), "{slice:?}");
        assert!(document.block.content.contains(comment), "{comment:?}");
    }
    assert!(
        comments.windows(2).all(|pair| pair[0].end <= pair[1].start),
        "{comments:?}"
    );
}

struct Walk<'a, 'd> {
    text: &'a str,
    document: &'a Document<'d>,
    /// Aliases share what is below them.
    seen: HashSet<NodeId>,
    pointers: usize,
}

impl Walk<'_, '_> {
    fn node(&mut self, id: NodeId, at: &str) {
        if !self.seen.insert(id) {
            return;
        }
        let node = self.document.node(id);
        within(self.text, node.span);
        assert_eq!(node.source, SourceId::PAGE);
        assert!(
            self.document.block.content.contains(node.span),
            "{node:?} of {:?}",
            self.document.block
        );
        if self.pointers < MOST_POINTERS {
            self.pointers += 1;
            assert_eq!(self.document.find(at), Some(id), "{at:?}");
            let place = self.document.locate(at).expect("a place");
            assert_eq!(place.value, node.span);
            within(self.text, place.entry());
        }
        for (index, &item) in self.document.items(id).iter().enumerate() {
            let mut at = at.to_owned();
            pointer::push_index(&mut at, index);
            self.node(item, &at);
        }
        let mut keys = HashSet::new();
        for member in self.document.members(id) {
            within(self.text, member.key.span);
            assert!(keys.insert(&member.key.text), "twice: {:?}", member.key);
            let mut at = at.to_owned();
            pointer::push(&mut at, &member.key.text);
            self.node(member.value, &at);
        }
    }
}
