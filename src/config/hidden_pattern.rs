//! The beginning of a pattern up to a part that spells a hidden name: `**/.claude` of
//! `**/.claude/skills/*/SKILL.md`. Walks go into hidden folders only where one matches.

use std::path::Path;

use globset::{Glob, GlobMatcher};

use super::pattern_syntax::{compile, strip_prefix};

/// A pattern whose last part spells a hidden name.
#[derive(Clone, Debug)]
pub(super) struct HiddenPattern {
    above: Vec<Part>,
    name: GlobMatcher,
}

#[derive(Clone, Debug)]
enum Part {
    /// `**`
    AnyFolders,
    Name(GlobMatcher),
}

impl HiddenPattern {
    /// One for each part of a pattern that spells a hidden name.
    pub(super) fn of(pattern: &str) -> Vec<Self> {
        let mut found = Vec::new();
        let mut above = Vec::new();
        let relative = strip_prefix(pattern).unwrap_or_default();
        for part in relative.split('/').filter(|part| !part.is_empty()) {
            if part == "**" {
                above.push(Part::AnyFolders);
                continue;
            }
            // A `/` within braces splits them, and nothing is known of what is behind.
            let Some(name) = matcher(part) else {
                break;
            };
            if part.starts_with('.') || part.contains("{.") || part.contains(",.") {
                found.push(Self {
                    above: above.clone(),
                    name: name.clone(),
                });
            }
            above.push(Part::Name(name));
        }
        found
    }

    /// Whether the whole of a path matches, and its last name by a part that spells it.
    pub(super) fn matches(&self, path: &Path) -> bool {
        let names: Vec<&Path> = path.iter().map(Path::new).collect();
        let Some((last, above)) = names.split_last() else {
            return false;
        };
        self.name.is_match(last) && matches_folders(&self.above, above)
    }
}

fn matcher(part: &str) -> Option<GlobMatcher> {
    compile(part, part)
        .ok()
        .map(|glob: Glob| glob.compile_matcher())
}

fn matches_folders(parts: &[Part], names: &[&Path]) -> bool {
    match (parts, names) {
        ([], names) => names.is_empty(),
        ([Part::AnyFolders, rest @ ..], names) => {
            (0..=names.len()).any(|skipped| matches_folders(rest, &names[skipped..]))
        }
        ([Part::Name(_), ..], []) => false,
        ([Part::Name(part), rest @ ..], [name, names @ ..]) => {
            part.is_match(name) && matches_folders(rest, names)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_name_is_spelt_by_a_part_of_its_own() {
        for (pattern, path, expected) in [
            (".claude/skills/*/SKILL.md", ".claude", true),
            ("./.claude/skills", ".claude", true),
            ("**/.claude/skills/*/SKILL.md", ".claude", true),
            ("**/.claude/skills/*/SKILL.md", "a/b/.claude", true),
            ("packages/*/.agents/**", "packages/a/.agents", true),
            ("packages/*/.agents/**", ".agents", false),
            ("{.claude,.agents}/**/*.md", ".agents", true),
            ("{docs,.agents}/**/*.md", ".agents", true),
            (".claude/**/*.md", ".claude/.git", false),
            (".claude/**/.drafts/*.md", ".claude/a/.drafts", true),
            (".github/*.md", ".git", false),
            ("**/*.md", ".claude", false),
            ("*", ".claude", false),
            ("docs/.about.md", "docs/.about.md", true),
        ] {
            let patterns = HiddenPattern::of(pattern);
            let spells = patterns.iter().any(|one| one.matches(Path::new(path)));
            assert_eq!(spells, expected, "{pattern}: {path}");
        }
    }
}
