//! A finding in plain words, for formats that take text where `pretty` draws.

use super::{place, visible};
use crate::diagnostic::Diagnostic;
use crate::text::{ColumnUnit, Sources};

/// `path:line:column: severity[rule] message`, on one line and fit for a terminal.
pub(super) fn line(sources: &Sources<'_>, diagnostic: &Diagnostic, unit: ColumnUnit) -> String {
    let file = place::file_of(sources, diagnostic);
    let path = visible::line(&place::path_text(file.path()), true);
    let place = diagnostic
        .primary
        .as_ref()
        .map_or_else(String::new, |label| {
            let at = file.position(label.span.start, unit);
            format!("{}:{}:", at.line, at.column)
        });
    let (severity, rule) = (diagnostic.severity.as_str(), diagnostic.rule);
    let message = visible::line(&diagnostic.message, true);
    format!("{path}:{place} {severity}[{rule}] {message}")
}

/// The message and below it the help, fit for a terminal.
pub(super) fn paragraphs(diagnostic: &Diagnostic) -> String {
    let message = visible::line(&diagnostic.message, true);
    match &diagnostic.help {
        Some(help) => format!("{message}\nhelp: {}", visible::paragraph(help, true)),
        None => message,
    }
}

/// The message and the help on one line, where a format has room for no more.
pub(super) fn sentence(diagnostic: &Diagnostic) -> String {
    let text = paragraphs(diagnostic);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines.next().unwrap_or_default();
    let help: Vec<_> = lines.collect();
    if help.is_empty() {
        message.to_owned()
    } else {
        format!("{message} ({})", help.join(" "))
    }
}
