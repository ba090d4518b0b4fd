//! Tabs within unquoted texts, which goccy drops.

use super::{finding, replacement};
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Style};
use crate::rules::scalars::ScalarRef;
use crate::rules::{Context, words};
use crate::syntax::Syntax;
use crate::text::SourceId;

pub(super) fn check(context: &Context<'_>, scalar: &ScalarRef<'_>) -> Option<Diagnostic> {
    let may_drop = context.site.dialect() == Dialect::HugoGoccy
        && scalar.inner.style == Style::Plain
        && scalar.source == SourceId::PAGE
        && context.document.block.syntax == Syntax::Yaml;
    let written = scalar.span.slice(context.text);
    if !may_drop || !written.lines().any(|line| line.trim().contains('\t')) {
        return None;
    }
    let message = format!(
        "{} drops the tab within this value and reads {}",
        context.site.reader(),
        words::code(&scalar.inner.text)
    );
    let finding = finding(context, scalar, message)
        .help("write a blank in place of the tab, or quote the value");
    if written.contains('\n') {
        return Some(finding);
    }
    let title = "Write a blank in place of the tab";
    Some(finding.fix(replacement(title, scalar, written.replace('\t', " "))))
}
