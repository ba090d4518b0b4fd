//! The rule surprising-scalar.

mod cut_off;
mod keys;
mod seconds;
mod tagged;

use super::concerns::Concern;
use super::values::{self, Leaf};
use super::{Context, impossible_date};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, RuleId, Severity};
use crate::dialect::{Dialect, Style, Value};
use crate::syntax::{Scalar, Syntax};
use crate::text::SourceId;

super::rule! {
    /// ## What it does
    ///
    /// Reports an unquoted value that this site's generator makes something else of than it looks:
    /// a number in base 8 (`010`) or base 60 (`12:30`), a number that loses its zeros, its sign or
    /// its separators (`1.10`, `0171211250`, `1,5`), a word that becomes true, false or nothing
    /// (`no`, `Null`), a `yes` that stays text where a switch is meant, or a tab that is dropped;
    /// a key that becomes true or false (`on:`), and a number that Hugo takes for seconds since
    /// 1970 in its date fields (`date: 20200504`). Where the schema asks for such a value, or has
    /// something to say itself, this rule is silent. A word that may well be meant as a switch is a
    /// warning, and so is a text that ends at a `#`: `Issue #12` is `Issue`, and `#fff` nothing.
    ///
    /// ## Why it matters
    ///
    /// The page shows something else than what its author wrote, and nobody is told: a telephone
    /// number becomes another number, version 1.10 becomes 1.1, Norwegian (`no`) becomes false.
    ///
    /// ## Example
    ///
    /// ```md bad
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// position: 010
    /// ---
    /// ```
    ///
    /// Write the number as it is meant, or quote what is text:
    ///
    /// ```md good
    /// ---
    /// title: Opening of the archive
    /// date: 2024-05-23 14:00:00 +02:00
    /// position: 10
    /// ---
    /// ```
    SurprisingScalar, since "0.1.0", check check
}

/// What is surprising about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surprise {
    /// It becomes something else.
    Changed,
    /// It is the number that it looks like, and loses its spelling.
    Spelling,
    /// A word that becomes true or false.
    Switch,
    /// A word that stays text where true or false is meant.
    NoSwitch,
}

/// Keys that generators and themes read as switches.
const SWITCHES: &[&str] = &[
    "comments",
    "draft",
    "featured",
    "hidden",
    "noindex",
    "pinned",
    "published",
    "searchable",
    "sitemap",
    "toc",
    "unlisted",
];

/// Keys whose `no` is a language or a country.
const CODES: &[&str] = &[
    "code",
    "country",
    "lang",
    "language",
    "languages",
    "locale",
    "langue",
    "pays",
    "region",
];

fn check(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let document = context.document;
    keys::check(context, findings);
    let may_drop_tab = context.site.dialect() == Dialect::HugoGoccy
        && memchr::memchr(b'\t', context.text.as_bytes()).is_some();
    let may_be_any = may_drop_tab || cut_off::may_be_any(context);
    let may_be_other = seconds::may_be_any(context) || tagged::may_be_any(context);
    if !may_be_any && !may_be_other && !context.values.are_concern(Concern::Surprising) {
        return;
    }
    let suspects = context.values.suspects(|scalar| {
        may_be_any
            || may_surprise(scalar)
            || seconds::may_be(context, scalar)
            || tagged::may_be(context, scalar)
    });
    for leaf in suspects {
        if drops_tab(context, leaf) {
            findings.push(dropped_tab(context, leaf));
            continue;
        }
        let other = cut_off::check(context, leaf)
            .or_else(|| seconds::check(context, leaf))
            .or_else(|| tagged::check(context, leaf));
        if let Some(finding) = other {
            findings.push(finding);
            continue;
        }
        let Some(surprise) = surprise(leaf) else {
            continue;
        };
        if !leaf.is_untyped(document, context.text) && !tagged::is_ignored(context, leaf) {
            continue;
        }
        if surprise != Surprise::Changed
            && (context.refuses_text)(leaf.id, &context.values.pointer(leaf))
        {
            continue;
        }
        findings.push(finding(context, leaf, surprise));
    }
}

/// Whether the parser drops a tab within an unquoted text, as goccy does.
fn drops_tab(context: &Context<'_>, leaf: &Leaf<'_>) -> bool {
    let may_drop = context.site.dialect() == Dialect::HugoGoccy
        && leaf.scalar.style == Style::Plain
        && leaf.source == SourceId::PAGE
        && context.document.block.syntax == Syntax::Yaml;
    let written = || leaf.span.slice(context.text);
    may_drop && written().contains('\t') && written().lines().any(|line| line.trim().contains('\t'))
}

fn dropped_tab(context: &Context<'_>, leaf: &Leaf<'_>) -> Diagnostic {
    let written = leaf.span.slice(context.text);
    let message = format!(
        "Hugo drops the tab within this value and reads {}",
        values::code(&leaf.scalar.text)
    );
    let finding = Diagnostic::new(RuleId::SurprisingScalar, message)
        .at_source(leaf.source, leaf.span, "")
        .help("write a blank in place of the tab, or quote the value")
        .pointer(context.values.pointer(leaf));
    if written.contains('\n') {
        return finding;
    }
    finding.fix(Fix {
        title: "Write a blank in place of the tab".to_owned(),
        edits: vec![Edit {
            source: leaf.source,
            span: leaf.span,
            content: written.replace('\t', " "),
        }],
        applicability: Applicability::Unsafe,
    })
}

/// Whether this rule may have something to say about a value.
pub(super) fn speaks_of(leaf: &Leaf<'_>) -> bool {
    surprise(leaf).is_some() || impossible_date::fault(leaf.scalar, leaf.key).is_some()
}

fn surprise(leaf: &Leaf<'_>) -> Option<Surprise> {
    let surprise = surprise_of(leaf.scalar)?;
    let is_meant = SWITCHES.contains(&leaf.key) && !leaf.in_list;
    (surprise != Surprise::NoSwitch || is_meant).then_some(surprise)
}

/// Whether a value is surprising unless its place gives a reason against it.
pub(super) fn may_surprise(scalar: &Scalar<'_>) -> bool {
    match scalar.value {
        Value::String => is_switch_word(&scalar.text),
        Value::Timestamp(_) | Value::Binary(_) | Value::Error(_) => false,
        _ => surprise_of(scalar).is_some(),
    }
}

/// What is surprising about a value whose place gives no reason against it.
fn surprise_of(scalar: &Scalar<'_>) -> Option<Surprise> {
    let text = scalar.text.as_ref();
    match &scalar.value {
        Value::Integer(number) if is_written_out(text, *number) => None,
        Value::Integer(number) => of_number(text, &number.to_string()),
        Value::BigInteger(digits) => of_number(text, digits),
        Value::Float(number) => of_float(text, *number),
        Value::Bool(_) => is_switch_word(text).then_some(Surprise::Switch),
        Value::Null => matches!(text, "Null" | "NULL").then_some(Surprise::Changed),
        Value::String => is_switch_word(text).then_some(Surprise::NoSwitch),
        Value::Timestamp(_) | Value::Binary(_) | Value::Error(_) => None,
    }
}

fn is_switch_word(text: &str) -> bool {
    may_be_word(text)
        && ["yes", "no", "on", "off", "y", "n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text is as short as a word that is a switch to some parser.
#[inline]
pub(super) fn may_be_word(text: &str) -> bool {
    text.len() <= "off".len()
}

/// Whether a text is the digits of a number.
fn is_written_out(text: &str, number: i64) -> bool {
    let add = |sum: i64, digit: &u8| {
        let digit = digit.is_ascii_digit().then_some(i64::from(digit & 0xf))?;
        sum.checked_mul(10)?.checked_add(digit)
    };
    let is_canonical = !text.starts_with('0') && !text.is_empty();
    is_canonical && text.as_bytes().iter().try_fold(0, add) == Some(number)
}

/// `read` is what the parser made of the text, in decimal digits.
fn of_number(text: &str, read: &str) -> Option<Surprise> {
    if text == read {
        return None;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(unsigned) {
        let stripped = unsigned.trim_start_matches('0');
        let decimal = if stripped.is_empty() { "0" } else { stripped };
        let same = decimal == read.strip_prefix('-').unwrap_or(read);
        let is_short_plus = text.starts_with('+') && decimal == unsigned && unsigned.len() < 8;
        return match (same, is_short_plus) {
            // `+5` is a number to everyone; the plus of a telephone number is missed.
            (true, true) => None,
            (true, false) => Some(Surprise::Spelling),
            (false, _) => Some(Surprise::Changed),
        };
    }
    if unsigned.contains(':') {
        return Some(Surprise::Changed);
    }
    if unsigned.contains([',', '_']) && !unsigned.starts_with("0x") {
        let thousands = unsigned
            .split([',', '_'])
            .skip(1)
            .all(|group| group.len() == 3);
        return Some(if thousands {
            Surprise::Spelling
        } else {
            Surprise::Changed
        });
    }
    // `0x1F` and its like are written by those who know them.
    has_exponent(unsigned).then_some(Surprise::Spelling)
}

fn of_float(text: &str, number: f64) -> Option<Surprise> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.contains([':', ',', '_']) {
        return Some(Surprise::Changed);
    }
    if has_exponent(unsigned) {
        return Some(if number.is_finite() {
            Surprise::Spelling
        } else {
            Surprise::Changed
        });
    }
    if let Some((whole, fraction)) = unsigned.split_once('.') {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_version = (1..=2).contains(&whole.len())
            && fraction.len() == 2
            && fraction.ends_with('0')
            && fraction != "00"
            && digits(whole)
            && digits(fraction);
        return is_version.then_some(Surprise::Spelling);
    }
    // An integer that the parser reads as a number with a fraction: `0612345678` to some.
    let digits = unsigned.bytes().all(|byte| byte.is_ascii_digit());
    (digits && unsigned.starts_with('0') && unsigned.len() > 1).then_some(Surprise::Spelling)
}

/// `1e3`, where no point says that a number is meant.
fn has_exponent(text: &str) -> bool {
    text.split_once(['e', 'E']).is_some_and(|(before, after)| {
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(before) && digits(after.strip_prefix(['+', '-']).unwrap_or(after))
    })
}

fn finding(context: &Context<'_>, leaf: &Leaf<'_>, surprise: Surprise) -> Diagnostic {
    let reader = context.site.reader();
    let text = leaf.scalar.text.as_ref();
    let shown = values::code(text);
    let becomes = values::becomes(&leaf.scalar.value);
    let quoted = values::in_single_quotes(text);
    let switch = ["yes", "on", "y"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    let (message, help) = match surprise {
        Surprise::NoSwitch => (
            format!("{reader} reads {shown} as text, and any text counts as true"),
            Some(format!("write `{switch}`")),
        ),
        Surprise::Switch => (
            format!("{reader} reads {shown} as {becomes}"),
            quoted.as_ref().map(|quoted| {
                format!("quote it to keep it as text: {quoted}; else write `{switch}`")
            }),
        ),
        Surprise::Changed | Surprise::Spelling => (
            format!("{reader} reads {shown} as {becomes}"),
            quoted
                .as_ref()
                .map(|quoted| format!("quote it to keep it as it is: {quoted}")),
        ),
    };
    let is_code = leaf.in_list || CODES.contains(&leaf.key.to_lowercase().as_str());
    let severity = match surprise {
        Surprise::Switch if !is_code => Severity::Warning,
        _ => Severity::Error,
    };
    let mut finding = Diagnostic::new(RuleId::SurprisingScalar, message)
        .at_source(leaf.source, leaf.span, "")
        .severity(severity)
        .pointer(context.values.pointer(leaf));
    finding.help = help;
    let quoted = quoted.filter(|_| !matches!(surprise, Surprise::Switch | Surprise::NoSwitch));
    if let Some(content) = quoted {
        let edit = Edit {
            source: leaf.source,
            span: leaf.span,
            content,
        };
        finding = finding.fix(Fix {
            title: "Quote the value".to_owned(),
            edits: vec![edit],
            applicability: Applicability::Unsafe,
        });
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(dialect: Dialect, text: &str) -> Option<Surprise> {
        let scalar = Scalar {
            text: text.into(),
            style: Style::Plain,
            value: dialect.resolve(text, Style::Plain, None),
        };
        let block = crate::syntax::Block::whole(crate::syntax::Syntax::Yaml, text);
        let id = crate::syntax::Document::empty(block, crate::text::SourceId::PAGE).root();
        surprise(&Leaf {
            id,
            key: "published",
            in_list: false,
            scalar: &scalar,
            span: crate::text::Span::default(),
            source: crate::text::SourceId::PAGE,
            step: 0,
        })
    }

    #[test]
    fn what_changes_is_told_from_what_loses_its_spelling() {
        for (text, expected) in [
            ("0171211250", Some(Surprise::Changed)),
            ("010", Some(Surprise::Changed)),
            ("01", Some(Surprise::Spelling)),
            ("12:30", Some(Surprise::Changed)),
            ("1,5", Some(Surprise::Changed)),
            ("1,500", Some(Surprise::Spelling)),
            ("1_000", Some(Surprise::Spelling)),
            ("1.10", Some(Surprise::Spelling)),
            ("+33171211250", Some(Surprise::Spelling)),
            ("no", Some(Surprise::Switch)),
            ("Null", Some(Surprise::Changed)),
            ("3", None),
            ("-3", None),
            ("+3", None),
            ("0", None),
            ("1.5", None),
            ("2.0", None),
            ("48.8566", None),
            ("true", None),
            ("True", None),
            ("null", None),
            ("~", None),
            ("0x1F", None),
            ("0612345678", None),
            ("1e3", None),
            ("2020-05-04", None),
            ("text", None),
        ] {
            assert_eq!(of(Dialect::Jekyll, text), expected, "{text}");
        }
    }

    #[test]
    fn each_dialect_surprises_in_its_own_way() {
        assert_eq!(of(Dialect::Core, "no"), Some(Surprise::NoSwitch));
        assert_eq!(of(Dialect::Core, "1e3"), Some(Surprise::Spelling));
        assert_eq!(of(Dialect::Core, "1e999"), Some(Surprise::Changed));
        assert_eq!(of(Dialect::Core, "12:30"), None);
        assert_eq!(
            of(Dialect::Core, "12345678901234567890"),
            Some(Surprise::Changed)
        );
    }
}
