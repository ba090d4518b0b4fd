//! Keys that become true or false: a template that looks up `on` finds nothing there.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId};
use crate::dialect::Value;
use crate::rules::Context;
use crate::text::SourceId;

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for (key, pointer) in context.scalars.switch_keys() {
        let text = key.text.as_ref();
        let becomes = matches!(key.value, Value::Bool(true));
        let reader = context.site.reader();
        let finding = Diagnostic::new(
            RuleId::SurprisingScalar,
            format!(
                "{reader} reads the key `{text}` as {becomes}, and finds nothing under `{text}`"
            ),
        )
        .at_source(key.source, key.span, "")
        .help(format!("quote it: '{text}'"))
        .pointer(pointer);
        let fix = Fix {
            title: "Quote the key".to_owned(),
            edits: vec![Edit {
                source: SourceId::PAGE,
                span: key.span,
                content: format!("'{text}'"),
            }],
            applicability: Applicability::Unsafe,
        };
        findings.push(match key.source {
            SourceId::PAGE => finding.fix(fix),
            _ => finding,
        });
    }
}
