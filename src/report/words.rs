//! A finding in words, for formats that take text where `pretty` draws.

use super::{Located, visible};
use crate::diagnostic::Diagnostic;

/// `path:line:column: severity[rule] message`, on one line and fit for a terminal.
pub(super) fn line(located: &Located<'_>) -> String {
    let path = located.visible_path(true);
    let place = place(located);
    let (severity, rule) = (located.finding.severity.as_str(), located.finding.rule);
    let message = visible::line(&located.finding.message, true);
    format!("{path}:{place} {severity}[{rule}] {message}")
}

/// `line:column:`; nothing for a finding about a whole file.
pub(super) fn place(located: &Located<'_>) -> String {
    let place = |range: super::Range| format!("{}:{}:", range.start.line, range.start.column);
    located.range.map(place).unwrap_or_default()
}

/// The message and below it the help, fit for a terminal.
pub(super) fn paragraphs(finding: &Diagnostic) -> String {
    let message = visible::line(&finding.message, true);
    match &finding.help {
        Some(help) => format!("{message}\nhelp: {}", visible::paragraph(help, true)),
        None => message,
    }
}

/// The message and the help on one line, where a format has room for no more.
pub(super) fn sentence(finding: &Diagnostic) -> String {
    let message = visible::line(&finding.message, true);
    match help_line(finding, true) {
        Some(help) => format!("{message} (help: {help})"),
        None => message,
    }
}

/// The help on one line, fit for a terminal.
pub(super) fn help_line(finding: &Diagnostic, unicode: bool) -> Option<String> {
    let help = visible::paragraph(finding.help.as_deref()?, unicode);
    let lines = help.lines().map(str::trim);
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    Some(lines.join(" "))
}
