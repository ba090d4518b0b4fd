//! What to type where an argument is one of another linter, or a file without a subcommand.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Subcommands of other linters, and what they are here.
const SUBCOMMANDS: &[(&str, &str)] = &[
    ("lint", "frontlint check"),
    ("validate", "frontlint check"),
    ("run", "frontlint check"),
    ("test", "frontlint check"),
    ("fix", "frontlint check --fix"),
    ("format", "frontlint check --fix"),
    ("fmt", "frontlint check --fix"),
    ("rule", "frontlint explain RULE"),
    ("rules", "frontlint explain"),
    ("list", "frontlint check --show-files"),
    ("files", "frontlint check --show-files"),
    ("schemas", "frontlint schema"),
    ("version", "frontlint --version"),
];

/// Options of other linters, and what they are here.
const OPTIONS: &[(&str, &str)] = &[
    ("--format", "--output-format"),
    ("--reporter", "--output-format"),
    ("--output", "--output-file"),
    ("--write", "--fix"),
    ("--dry-run", "--diff"),
    ("--only", "--select"),
    ("--rule", "--select"),
    ("--rules", "--select"),
    ("--skip", "--ignore"),
    ("--disable", "--ignore"),
    ("--severity", "--level"),
    ("--diagnostic-level", "--level"),
    ("--error-on-warnings", "--fail-on warning"),
    ("--max-warnings", "--fail-on warning"),
    ("--strict", "--fail-on warning"),
    ("--exclude", "--config 'extend-exclude = [\"…\"]'"),
    ("--stdin-filepath", "--stdin-filename"),
    ("--stdin-file-path", "--stdin-filename"),
    ("--changed", "--since"),
    ("--threads", "--jobs"),
];

/// An error with the command to type, where that is plain.
pub(super) fn add_hint(mut error: Error) -> Error {
    let Some(hint) = hint(&error) else {
        return error;
    };
    let tip = ContextValue::StyledStrs(vec![StyledStr::from(hint)]);
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand] {
        error.remove(kind);
    }
    error.insert(ContextKind::Suggested, tip);
    error
}

fn hint(error: &Error) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let find = |table: &[(&str, &'static str)], name: &str| {
        let row = table.iter().find(|(other, _)| *other == name);
        row.map(|(_, own)| format!("type `{own}`"))
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand)?;
            find(SUBCOMMANDS, name).or_else(|| {
                let is_path = name.contains(['.', '/', '\\', '*']);
                is_path.then(|| format!("to check it, type `frontlint check {name}`"))
            })
        }
        ErrorKind::UnknownArgument => {
            let option = text(ContextKind::InvalidArg)?;
            find(OPTIONS, option.split('=').next()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::super::Cli;

    #[test]
    fn what_other_linters_are_called_with_gets_the_command_to_type() {
        for (arguments, command) in [
            (&["a.md"][..], "`frontlint check a.md`"),
            (&["."], "`frontlint check .`"),
            (&["lint"], "`frontlint check`"),
            (&["rule", "missing-file"], "`frontlint explain RULE`"),
            (&["version"], "`frontlint --version`"),
            (&["check", "--format", "json"], "`--output-format`"),
            (&["check", "--format=json"], "`--output-format`"),
            (&["check", "--skip", "missing-file"], "`--ignore`"),
            (&["chekc"], "'check'"),
        ] {
            let arguments = std::iter::once("frontlint").chain(arguments.iter().copied());
            let arguments: Vec<OsString> = arguments.map(OsString::from).collect();
            let text = Cli::read(&arguments).err().map(|error| error.to_string());
            let text = text.unwrap_or_default();
            assert!(text.contains(command), "{text}");
            assert!(!text.contains("as a value"), "{text}");
        }
    }
}
