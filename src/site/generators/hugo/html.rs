//! Pages in HTML, which Hugo refuses unless `security.allowContent` allows them:
//! `CheckAllowedContent` in
//! <https://github.com/gohugoio/hugo/blob/master/config/security/securityConfig.go>.

use super::configuration::Configuration;
use super::version::REFUSES_HTML_SINCE;
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::site::settings::ReadSettings as _;
use crate::site::version::Pinned;
use crate::syntax::Document;

const MEDIA_TYPE: &str = "text/html";

/// How much it weighs that a page is in HTML: an error where the version that the site pins refuses
/// it under these settings, a warning where the site pins none; `None` where Hugo takes the page.
pub(super) fn severity(configuration: &Configuration, version: Pinned) -> Option<Severity> {
    let may_refuse = !version.is_before(REFUSES_HTML_SINCE)
        && !configuration.is_unread()
        && !allows_html(configuration);
    let severity = match version.is_since(REFUSES_HTML_SINCE) {
        true => Severity::Error,
        false => Severity::Warning,
    };
    may_refuse.then_some(severity)
}

/// As Hugo's `Whitelist`: what a pattern after `! ` matches is refused, and where there are only such
/// patterns the rest is allowed.
fn allows_html(configuration: &Configuration) -> bool {
    let keys = &["security", "allowContent"];
    if configuration.value(keys).is_none() {
        return false;
    }
    let patterns = configuration.texts(keys);
    let patterns: Vec<&str> = patterns.iter().map(|pattern| pattern.trim()).collect();
    if patterns.is_empty() || patterns.contains(&"none") {
        return false;
    }
    let mut denied = patterns
        .iter()
        .filter_map(|pattern| pattern.strip_prefix("! "));
    let is_denied = denied.any(|pattern| matches(pattern) == Some(true));
    let mut allowed = patterns
        .iter()
        .filter(|pattern| !pattern.starts_with("! "))
        .peekable();
    let allows_rest = allowed.peek().is_none();
    !is_denied && (allows_rest || allowed.any(|pattern| matches(pattern) != Some(false)))
}

/// Whether a regular expression that is a plain text matches the media type of HTML; `None` for any
/// other.
fn matches(pattern: &str) -> Option<bool> {
    if matches!(pattern, "." | ".*" | "^.*$" | ".+") {
        return Some(true);
    }
    let (text, is_beginning) = match pattern.strip_prefix('^') {
        Some(text) => (text, true),
        None => (pattern, false),
    };
    let (text, is_end) = match text.strip_suffix('$') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-');
    text.chars()
        .all(is_plain)
        .then(|| match (is_beginning, is_end) {
            (true, true) => text == MEDIA_TYPE,
            (true, false) => MEDIA_TYPE.starts_with(text),
            (false, true) => MEDIA_TYPE.ends_with(text),
            (false, false) => MEDIA_TYPE.contains(text),
        })
}

/// The finding about a page in HTML.
pub(super) fn refusal(page: &Document<'_>, path: &str, severity: Severity) -> Option<Diagnostic> {
    let is_html = path
        .rsplit('.')
        .next()
        .is_some_and(|end| matches!(end, "html" | "htm"));
    let markup = page.get(page.root(), "markup");
    let is_said = markup.is_some_and(|member| page.string(member.value) == Some("html"));
    let span = match (is_said, markup) {
        (true, Some(member)) => page.node(member.value).span,
        _ if is_html && markup.is_none() => page.block.open,
        _ => return None,
    };
    let message = match severity {
        Severity::Warning => "Hugo stops at pages in HTML from version 0.162 on",
        _ => "Hugo refuses pages in HTML since 0.162 and stops with an error",
    };
    let help = "write the page in Markdown, or allow it with `allowContent = [\".*\"]` below \
                `security` in the site's configuration";
    let mut finding = Diagnostic::new(RuleId::MisplacedFrontMatter, message);
    finding.severity = severity;
    Some(finding.at(span).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::version::VersionRange;

    #[test]
    fn a_page_in_html_is_an_error_only_where_the_version_is_certain() {
        for (written, expected) in [
            ("0.161.1", None),
            ("~0.161.0", None),
            ("0.162.0", Some(Severity::Error)),
            (">=0.162.0", Some(Severity::Error)),
            (">=0.150.0", Some(Severity::Warning)),
            ("latest", Some(Severity::Warning)),
        ] {
            let version = Pinned(VersionRange::of_npm(written));
            let found = severity(&Configuration::default(), version);
            assert_eq!(found, expected, "{written}");
        }
    }
}
