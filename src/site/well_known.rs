//! Files whose name and folder alone say who reads them, in any site and in none: skills, commands and
//! agents of programming assistants, and the templates of GitHub.

use std::ffi::OsStr;
use std::path::Path;

/// The hidden folders that hold such files, and the folders in them that do.
const HIDDEN: &[(&str, &[&str])] = &[
    // https://agentskills.io/client-implementation/adding-skills-support
    (".agents", &["skills"]),
    // https://code.claude.com/docs/en/skills
    (".claude", &["agents", "commands", "skills"]),
    (".codex", &["skills"]),
    (".cursor", &["skills"]),
    (".gemini", &["skills"]),
    // https://docs.github.com/en/copilot/concepts/agents/about-agent-skills
    (
        ".github",
        &["ISSUE_TEMPLATE", "instructions", "prompts", "skills"],
    ),
];

/// The bundled schema for a file of this path.
pub(super) fn schema_of(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?;
    // `find_skill_md` of skills-ref takes both.
    if matches!(name, "SKILL.md" | "skill.md") {
        return Some("agent-skill");
    }
    FOLDERS.iter().find_map(|place| {
        let is_named = name.ends_with(place.ending);
        (is_named && is_below(path, place.hidden, place.folder)).then_some(place.schema)
    })
}

/// Files that have a schema by the folder that they are in.
struct KnownFolder {
    hidden: &'static str,
    folder: &'static str,
    /// How their names end.
    ending: &'static str,
    schema: &'static str,
}

const FOLDERS: &[KnownFolder] = &[
    // https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
    known(".github", "ISSUE_TEMPLATE", ".md", "github-issue-template"),
    // https://code.visualstudio.com/docs/copilot/customization/overview
    known(
        ".github",
        "instructions",
        ".instructions.md",
        "copilot-instructions",
    ),
    known(".github", "prompts", ".prompt.md", "copilot-prompt"),
    // https://code.claude.com/docs/en/sub-agents
    known(".claude", "agents", ".md", "claude-agent"),
    // https://code.claude.com/docs/en/slash-commands
    known(".claude", "commands", ".md", "claude-command"),
];

const fn known(
    hidden: &'static str,
    folder: &'static str,
    ending: &'static str,
    schema: &'static str,
) -> KnownFolder {
    KnownFolder {
        hidden,
        folder,
        ending,
        schema,
    }
}

/// Whether a path is below this folder in that hidden one.
fn is_below(path: &Path, hidden: &str, folder: &str) -> bool {
    let names = path.iter().zip(path.iter().skip(1));
    let mut pairs = names.take(path.iter().count().saturating_sub(2));
    pairs.any(|(above, name)| above == hidden && name == folder)
}

/// Whether it is such a file.
#[must_use]
pub fn is_well_known(path: &Path) -> bool {
    schema_of(path).is_some()
}

/// Whether a folder, which is hidden or in a hidden one, may hold such files. Most hidden folders hold
/// what tools keep there for themselves, and some hold whole copies of the repository.
#[must_use]
pub fn leads_to_well_known(folder: &Path) -> bool {
    let mut names = folder.iter();
    let mut last = || names.next_back().and_then(OsStr::to_str);
    let (name, parent) = (last(), last());
    let subfolders_of = |name: Option<&str>| {
        let (_, subfolders) = HIDDEN.iter().find(|(hidden, _)| Some(*hidden) == name)?;
        Some(*subfolders)
    };
    match (subfolders_of(name), subfolders_of(parent)) {
        (Some(_), _) => true,
        (None, Some(subfolders)) => name.is_some_and(|name| subfolders.contains(&name)),
        (None, None) => !name.is_some_and(|name| name.starts_with('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_lead_to_skills() {
        for (folder, leads) in [
            (".claude", true),
            ("a/.claude/skills", true),
            (".claude/skills/x", true),
            (".claude/skills/x/y", true),
            (".claude/worktrees", false),
            (".claude/skills/.cache", false),
            (".github/workflows", false),
            (".git", false),
            (".vscode", false),
        ] {
            assert_eq!(leads_to_well_known(Path::new(folder)), leads, "{folder}");
        }
    }

    #[test]
    fn skills_have_their_schema_anywhere() {
        for (path, schema) in [
            ("SKILL.md", Some("agent-skill")),
            ("skills/a/SKILL.md", Some("agent-skill")),
            (".claude/skills/a/skill.md", Some("agent-skill")),
            (
                ".github/ISSUE_TEMPLATE/bug.md",
                Some("github-issue-template"),
            ),
            (".github/ISSUE_TEMPLATE.md", None),
            (".claude/agents/review/a.md", Some("claude-agent")),
            (".claude/commands/a.md", Some("claude-command")),
            (".github/prompts/a.prompt.md", Some("copilot-prompt")),
            (".github/prompts/README.md", None),
            ("agents/a.md", None),
            ("skills/a/reference.md", None),
            ("Skill.md", None),
        ] {
            assert_eq!(schema_of(Path::new(path)), schema, "{path}");
        }
    }
}
