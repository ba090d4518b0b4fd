//! Comments in the front matter that allow a finding: `# frontlint: allow(rule)` for its line or
//! the line below, `# frontlint: allow-file(rule)` for the whole page.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::syntax::Document;
use crate::text::{SourceId, Span};

/// The first word of a comment that is meant for frontlint.
const NAME: &str = "frontlint";

/// The allow comments of one page.
#[derive(Debug, Default)]
pub(super) struct AllowComments {
    allowed: Vec<Allowed>,
    /// What the comments allow. A map, since a page may have thousands of comments and findings.
    /// Lines do not overlap.
    scopes: BTreeMap<Scope, AllowedLine>,
    /// Comments that allow nothing, since they are misspelt.
    mistakes: Vec<Diagnostic>,
}

/// One rule in one comment.
#[derive(Debug)]
struct Allowed {
    rule: RuleId,
    /// The rule's name in the comment.
    span: Span,
    scope: Scope,
}

/// A rule, and the first byte of the line in which its findings are allowed; `None` for the whole
/// page.
type Scope = (RuleId, Option<u32>);

/// The line of a scope.
#[derive(Debug)]
struct AllowedLine {
    /// The end of the line.
    end: u32,
    /// Whether a finding was suppressed.
    used: bool,
}

impl AllowComments {
    /// The comments of front matter that parses.
    pub(super) fn of_document(document: &Document<'_>, text: &str) -> Self {
        let mut found = Self::default();
        let mut lines = Lines::new(text);
        for &comment in &document.comments {
            found.add(&mut lines, comment);
        }
        found
    }

    /// The comments of front matter that does not parse or has no end, as far as they have a line of
    /// their own. Where another one begins, only the parser knows.
    pub(super) fn of_lines(text: &str) -> Self {
        let mut found = Self::default();
        let mut lines = Lines::new(text);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[indent..].starts_with('#') {
                let end = start + line.trim_end().len();
                found.add(&mut lines, Span::from_usize(start + indent, end));
            }
            start += line.len();
        }
        found
    }

    /// Whether a comment allows a finding. Every comment that does counts as used.
    pub(super) fn allow(&mut self, finding: &Diagnostic) -> bool {
        if finding.rule.is_failure() {
            return false;
        }
        let primary = finding.primary.as_ref();
        let at = match primary {
            Some(label) if label.source != SourceId::PAGE => return false,
            // It stands for findings on other lines too.
            _ if finding.left_out > 0 => None,
            Some(label) => Some(label.span.start),
            None => None,
        };
        self.allow_at(finding.rule, at)
    }

    /// The same for a finding of a rule at this offset; `None` for one that has no line.
    pub(super) fn allow_at(&mut self, rule: RuleId, at: Option<u32>) -> bool {
        let mut allows = false;
        if let Some(page) = self.scopes.get_mut(&(rule, None)) {
            page.used = true;
            allows = true;
        }
        if let Some(at) = at {
            // Of the lines that begin at the finding or before it only the last may contain it.
            let mut before = self.scopes.range_mut((rule, Some(0))..=(rule, Some(at)));
            if let Some((_, line)) = before.next_back()
                && at <= line.end
            {
                line.used = true;
                allows = true;
            }
        }
        allows
    }

    /// What is wrong with the comments themselves: misspelt ones, and those that allowed nothing
    /// though their rule `was_applied`.
    pub(super) fn findings(&mut self, was_applied: impl Fn(RuleId) -> bool) -> Vec<Diagnostic> {
        let unused = self
            .allowed
            .iter()
            .filter(|allowed| self.is_unused(allowed) && was_applied(allowed.rule));
        let mut findings: Vec<_> = unused
            .map(|allowed| {
                let place = match allowed.scope.1 {
                    Some(_) => "there is no such finding on the line",
                    None => "there is no such finding in this front matter",
                };
                let message = format!("this comment hides no `{}` finding", allowed.rule);
                Diagnostic::new(RuleId::UnusedSuppression, message)
                    .at(allowed.span)
                    .help(format!("{place}: delete it"))
            })
            .collect();
        findings.append(&mut self.mistakes);
        findings
    }

    fn is_unused(&self, allowed: &Allowed) -> bool {
        let line = self.scopes.get(&allowed.scope);
        line.is_some_and(|line| !line.used)
    }

    fn add(&mut self, lines: &mut Lines<'_>, comment: Span) {
        let Some(directive) = Directive::read(lines.text, comment) else {
            return;
        };
        let line = match directive.verb {
            "allow" => Some(lines.line_of(comment)),
            "allow-file" => None,
            _ => {
                let help = "write `# frontlint: allow(RULE)` for the line or the one below, or \
                            `# frontlint: allow-file(RULE)` for the whole page";
                self.mistake(
                    directive.place,
                    "this comment allows nothing",
                    help.to_owned(),
                );
                return;
            }
        };
        for (name, span) in directive.rules {
            match name.parse::<RuleId>() {
                Ok(rule) if rule.is_failure() => {
                    let message = format!("`{rule}` cannot be allowed");
                    let help = "such a finding means that frontlint could not do what it was asked";
                    self.mistake(span, &message, help.to_owned());
                }
                Ok(rule) => {
                    let scope = (rule, line.map(|line| line.start));
                    let end = line.map_or(0, |line| line.end);
                    self.scopes
                        .entry(scope)
                        .or_insert(AllowedLine { end, used: false });
                    self.allowed.push(Allowed { rule, span, scope });
                }
                Err(unknown) => {
                    let help = match unknown.nearest {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`frontlint explain` lists the rules".to_owned(),
                    };
                    self.mistake(span, &format!("there is no rule `{name}`"), help);
                }
            }
        }
    }

    fn mistake(&mut self, span: Span, message: &str, help: String) {
        let finding = Diagnostic::new(RuleId::UnusedSuppression, message)
            .at(span)
            .help(help);
        self.mistakes.push(finding);
    }
}

/// A comment that is meant for frontlint.
struct Directive<'s> {
    /// What comes before the parentheses; empty where the comment has another form.
    verb: &'s str,
    /// The rules between the parentheses with their places.
    rules: Vec<(&'s str, Span)>,
    /// The comment without `#` and spaces.
    place: Span,
}

impl<'s> Directive<'s> {
    fn read(text: &'s str, comment: Span) -> Option<Self> {
        let whole = comment.slice(text);
        let words = whole.trim_start_matches('#').trim_start();
        let rest = words.strip_prefix(NAME)?;
        // `frontlint.toml` and `frontlint's` are words of a sentence.
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let at = comment.range().end - rest.len();
        let start = comment.range().end - words.len();
        let place = Span::from_usize(start, start + words.trim_end().len());
        let form = rest
            .split_once('(')
            .and_then(|(verb, rest)| Some((verb, rest.split_once(')')?.0)));
        let Some((verb, list)) = form else {
            return Some(Self {
                verb: "",
                rules: Vec::new(),
                place,
            });
        };
        let mut rules = Vec::new();
        let mut from = at + verb.len() + 1;
        for part in list.split(',') {
            let name = part.trim();
            let begin = from + (part.len() - part.trim_start().len());
            if !name.is_empty() {
                rules.push((name, Span::from_usize(begin, begin + name.len())));
            }
            from += part.len() + 1;
        }
        let verb = if rules.is_empty() {
            ""
        } else {
            verb.trim_end()
        };
        Some(Self { verb, rules, place })
    }
}

/// Finds the line that each comment of a text is about. Comments come in the order of the text.
struct Lines<'s> {
    text: &'s str,
    /// The start of the line of a comment, and the line that it is about. The comments in between are
    /// about the same line: to look for it anew for each would take quadratic time.
    known: Option<(usize, Span)>,
}

impl<'s> Lines<'s> {
    fn new(text: &'s str) -> Self {
        Self { text, known: None }
    }

    /// The line that a comment is about: its own where something precedes the comment, else the next
    /// one that is not a comment.
    fn line_of(&mut self, comment: Span) -> Span {
        let at = comment.range().start;
        let start = self.text.get(..at).map_or(0, line_start);
        if let Some((first, line)) = self.known
            && (first..line.range().start).contains(&start)
        {
            return line;
        }
        let own = self.text.get(start..).unwrap_or("");
        let is_comment = |line: &str| line.trim_start().starts_with('#');
        let mut from = start;
        for line in own.split_inclusive('\n') {
            let end = from + line.trim_end_matches(['\n', '\r']).len();
            let trails = from == start && start + (line.len() - line.trim_start().len()) < at;
            if trails || (from > start && !is_comment(line)) {
                let line = Span::from_usize(from, end);
                self.known = Some((start, line));
                return line;
            }
            from += line.len();
        }
        let end = Span::from_usize(from, from);
        self.known = Some((start, end));
        end
    }
}

fn line_start(before: &str) -> usize {
    before.rfind('\n').map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> AllowComments {
        AllowComments::of_lines(text)
    }

    fn messages(text: &str) -> Vec<(String, String, Option<String>)> {
        let findings = of(text).findings(|_| true);
        let parts = findings.into_iter().map(|finding| {
            let at = finding.primary.unwrap().span.slice(text).to_owned();
            (at, finding.message, finding.help)
        });
        parts.collect()
    }

    fn finding(rule: RuleId, text: &str, at: &str) -> Diagnostic {
        let start = text.find(at).unwrap();
        Diagnostic::new(rule, "").at(Span::from_usize(start, start + at.len()))
    }

    #[test]
    fn a_comment_above_reaches_the_next_line_that_is_no_comment() {
        let text =
            "---\n# frontlint: allow(missing-file, wrong-type)\n# why\nfile: x\nother: y\n---\n";
        let mut comments = of(text);
        assert!(comments.allow(&finding(RuleId::MissingFile, text, "x\n")));
        assert!(!comments.allow(&finding(RuleId::MissingFile, text, "y")));
        assert!(!comments.allow(&finding(RuleId::InvalidValue, text, "x\n")));
        let left = comments.findings(|_| true);
        let left: Vec<_> = left
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(left, ["this comment hides no `wrong-type` finding"]);
    }

    #[test]
    fn a_comment_behind_a_value_reaches_its_line() {
        let text = "a: x # frontlint: allow(missing-file) kept elsewhere\r\nb: y\r\n";
        let comment = Span::from_usize(text.find('#').unwrap(), text.find('\r').unwrap());
        let line = Lines::new(text).line_of(comment);
        assert_eq!(line.slice(text), text.lines().next().unwrap());
    }

    #[test]
    fn a_comment_for_the_whole_page_allows_findings_without_a_place() {
        let mut comments = of("# frontlint:allow-file( missing-file )");
        assert!(comments.allow(&Diagnostic::new(RuleId::MissingFile, "")));
        assert!(comments.findings(|_| true).is_empty());
    }

    #[test]
    fn misspelt_comments_are_reported() {
        let mistakes = messages("# frontlint: allow(mising-file)\n");
        assert_eq!(mistakes[0].0, "mising-file");
        assert_eq!(mistakes[0].1, "there is no rule `mising-file`");
        assert_eq!(
            mistakes[0].2.as_deref(),
            Some("did you mean `missing-file`?")
        );
        for text in [
            "# frontlint: alow(missing-file)",
            "# frontlint: missing-file",
            "# frontlint: allow()",
        ] {
            let mistakes = messages(text);
            assert_eq!(mistakes[0].1, "this comment allows nothing", "{text}");
            assert_eq!(mistakes[0].0, text.trim_start_matches("# "));
        }
        assert_eq!(messages("# frontlint: allow(invalid-schema)").len(), 1);
        assert!(messages("# frontlint.toml: see there\n# frontlint is a linter").is_empty());
    }

    #[test]
    fn a_comment_about_a_rule_that_was_not_applied_is_not_unused() {
        let mut comments = of("# frontlint: allow(missing-file)");
        assert!(
            comments
                .findings(|rule| rule != RuleId::MissingFile)
                .is_empty()
        );
    }
}
