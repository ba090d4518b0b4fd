//! Owns the rule `impossible-date`: its docs, and what it reports. Must not change a page.

use super::dates::{self, WrittenDate};
use super::scalars::ScalarRef;
use super::{Context, words};
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::dialect::{Style, Value};
use crate::site::{DateReading, FieldDate};
use crate::syntax::{Kind, Scalar, Syntax};
use crate::text::Span;

super::rule! {
    /// ## What it does
    ///
    /// Reports a date that no calendar has, such as 30 February, or a time that no clock shows; and
    /// in the keys that the generator itself reads as dates, such as `date`, a value in which it finds
    /// none. The name of a file counts where the generator takes the date from there. It is an error
    /// where the build stops, and else a warning.
    ///
    /// ## Why it matters
    ///
    /// One generator reads such a date as text, another as a day in March, a third stops.
    ///
    /// ## Example
    ///
    /// A schema that takes any text for the key:
    ///
    /// ```json schema
    /// { "properties": { "closing-date": { "type": "string" } } }
    /// ```
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// closing-date: 2024-02-30
    /// ---
    /// ```
    ///
    /// Look up the day:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// closing-date: 2024-02-29
    /// ---
    /// ```
    ImpossibleDate, since "0.1.0", check check
}

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for date in context.field_dates() {
        findings.extend(in_field(context, date));
    }
    let suspects = context
        .scalars
        .suspects(|scalar| dates::written_fault(scalar).is_some());
    for scalar in suspects {
        let is_field = dates::field(context, scalar).is_some();
        if let Some(fault) = dates::fault(scalar.inner, scalar.key).filter(|_| !is_field) {
            findings.push(impossible(context, scalar, &fault));
        }
    }
    findings.extend(in_name(context));
}

/// A date in a field that the generator itself reads as a date. A template tag has a finding of its
/// own.
fn in_field(context: &Context<'_>, date: &FieldDate<'_>) -> Option<Diagnostic> {
    let scalar = context.document.scalar(date.node);
    let text = scalar.map_or("", |scalar| &scalar.text);
    if text.starts_with("{{") {
        return None;
    }
    let fault = scalar.and_then(|scalar| dates::fault(scalar, date.key));
    let generator = context.site.generator_name();
    let consequence = |why: &str| match &fault {
        Some(fault) => format!("{fault}; {generator} {why}"),
        None => unread(context, date, why),
    };
    let (message, severity) = match (&date.reading, &fault) {
        (DateReading::Refused(why), _) => (consequence(why), Severity::Error),
        (DateReading::Lost(why), _) => (consequence(why), Severity::Warning),
        (DateReading::Date(read), Some(fault)) => {
            let read = read.timestamp;
            let day = dates::in_words(read.year, read.month, read.day);
            (
                format!("{fault}; {generator} reads it as {day}"),
                Severity::Error,
            )
        }
        (DateReading::Date(_) | DateReading::Nothing, _) => return None,
    };
    let node = context.document.node(date.node);
    let finding = Diagnostic::new(RuleId::ImpossibleDate, message)
        .at_source(node.source, node.span, "")
        .severity(severity)
        .pointer(date.pointer());
    Some(finding.help(help_for(context, date, scalar)))
}

/// Says that the generator cannot read a value as a date, and what it does then.
fn unread(context: &Context<'_>, date: &FieldDate<'_>, consequence: &str) -> String {
    let generator = context.site.generator_name();
    let key = words::code(date.below.unwrap_or(date.key));
    let node = context.document.node(date.node);
    let what = match &node.kind {
        Kind::Sequence(_) => "is a list",
        Kind::Mapping(_) => "is a mapping",
        Kind::Scalar(scalar) if scalar.text.trim().is_empty() || scalar.value == Value::Null => {
            "is empty"
        }
        Kind::Scalar(scalar) => {
            let text = words::code(&scalar.text);
            return format!("{generator} cannot read {text} as a date and {consequence}");
        }
    };
    format!("{key} {what}, and {generator} {consequence}")
}

/// What to write: the date that the value is without its quotes or its offset, where it is one.
fn help_for(context: &Context<'_>, date: &FieldDate<'_>, scalar: Option<&Scalar<'_>>) -> String {
    let Some(scalar) = scalar else {
        return "write one date as its value, YYYY-MM-DD".to_owned();
    };
    if dates::fault(scalar, date.key).is_some() {
        return format!("correct {}", words::code(&scalar.text));
    }
    let text = scalar.text.trim();
    let dialect = context.site.dialect();
    let is_yaml = context.document.block.syntax == Syntax::Yaml;
    let unquoted = dialect.resolve(text, Style::Plain, None);
    if is_yaml && scalar.style != Style::Plain && matches!(unquoted, Value::Timestamp(_)) {
        return format!("write it without quotes: {}", words::code(text));
    }
    if text.is_empty() {
        return "write the date as YYYY-MM-DD, or delete the key".to_owned();
    }
    match is_yaml {
        true => "write it without quotes as YYYY-MM-DD, or with its time as \
                 YYYY-MM-DDTHH:MM:SS+HH:MM"
            .to_owned(),
        false => "write it as YYYY-MM-DD, or with its time as YYYY-MM-DDTHH:MM:SS+HH:MM".to_owned(),
    }
}

/// The date that the name of the file gives a page that has none of its own.
fn in_name(context: &Context<'_>) -> Option<Diagnostic> {
    let named = context.site.date_in_name(context.place)?;
    let fault = WrittenDate::parse_loose(named.text).and_then(|date| date.fault());
    let is_read = matches!(named.reading, DateReading::Date(_)) && fault.is_none();
    if is_read || context.site.has_date(context.document) {
        return None;
    }
    let generator = context.site.generator_name();
    let text = words::code(named.text);
    let what = fault.unwrap_or_else(|| format!("{text} is not a date"));
    let (consequence, severity) = match named.reading {
        DateReading::Refused(why) => (why.to_owned(), Severity::Error),
        DateReading::Lost(why) => (why.to_owned(), Severity::Warning),
        DateReading::Date(read) => {
            let read = read.timestamp;
            let day = dates::in_words(read.year, read.month, read.day);
            (format!("dates the page {day}"), Severity::Warning)
        }
        DateReading::Nothing => return None,
    };
    let message = format!("the file's name says {text}, and {what}; {generator} {consequence}");
    Some(
        Diagnostic::new(RuleId::ImpossibleDate, message)
            .at(Span::empty(0))
            .severity(severity)
            .help("rename the file, or add the key `date`"),
    )
}

/// A date outside of the fields that the generator reads as dates: a build goes on.
fn impossible(context: &Context<'_>, scalar: &ScalarRef<'_>, fault: &str) -> Diagnostic {
    let text = scalar.inner.text.as_ref();
    // TOML and JSON mark their texts, so that no parser reads one as anything else.
    let message = match context.document.block.syntax {
        Syntax::Yaml => format!(
            "{fault}; {} reads it as {}",
            context.site.reader(),
            words::becomes(&scalar.inner.value)
        ),
        Syntax::Toml | Syntax::Json => fault.to_owned(),
    };
    let may_be_text = scalar.inner.style == Style::Plain && !dates::is_date_key(scalar.key);
    let shown = words::code(text);
    let help = match words::in_single_quotes(text).filter(|_| may_be_text) {
        Some(quoted) => format!("correct {shown}; if it is not a date, quote it: {quoted}"),
        None => format!("correct {shown}"),
    };
    context
        .finding(RuleId::ImpossibleDate, scalar, message)
        .severity(Severity::Warning)
        .help(help)
}
