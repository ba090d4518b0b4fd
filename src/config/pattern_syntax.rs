//! One pattern of a config file as globs, and what is wrong with those that cannot be read.

use globset::{ErrorKind, Glob, GlobBuilder};

use crate::diagnostic::Problem;

/// The pattern without a leading `./` or `/`.
///
/// # Errors
/// Where the pattern means something that globset does not know about.
pub(super) fn strip_prefix(pattern: &str) -> Result<&str, Problem> {
    let bad = |message: String, help: Option<String>| Err(Problem::new(message).maybe_help(help));
    if let Some(rest) = pattern.strip_prefix('!') {
        return bad(
            format!("the pattern `{pattern}` begins with `!`, which has no meaning here"),
            Some(format!(
                "write a pattern that does not match `{rest}` in the first place; `[!]…]` matches \
                 a name that begins with `!`"
            )),
        );
    }
    let relative = pattern.trim_start_matches("./").trim_start_matches('/');
    if relative.trim().is_empty() {
        return bad(
            format!("the pattern `{pattern}` is empty"),
            Some("write `**` for every file".to_owned()),
        );
    }
    if relative.split('/').any(|part| part == "..") {
        return bad(
            format!("the pattern `{pattern}` leaves the folder of its config file"),
            Some("patterns are relative to that folder; put the config file higher up".to_owned()),
        );
    }
    Ok(relative)
}

/// The globs of a pattern that begins at the folder of the config. The name of a folder stands for
/// all that is in it.
pub(super) fn parse(pattern: &str) -> Result<Vec<Glob>, Problem> {
    let relative = strip_prefix(pattern)?;
    let name = relative.trim_end_matches('/');
    let mut globs = Vec::with_capacity(2);
    if name.len() == relative.len() {
        globs.push(compile(pattern, name)?);
    }
    if is_literal(name) || name.len() < relative.len() {
        globs.push(compile(pattern, &format!("{name}/**"))?);
    }
    Ok(globs)
}

pub(super) fn is_literal(name: &str) -> bool {
    !name.contains(['*', '?', '[', '{', '\\'])
}

pub(super) fn compile(pattern: &str, text: &str) -> Result<Glob, Problem> {
    GlobBuilder::new(text)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
        .map_err(|error| bad_glob(pattern, &error))
}

pub(super) fn bad_glob(pattern: &str, error: &globset::Error) -> Problem {
    let (what, help) = match error.kind() {
        ErrorKind::UnclosedClass => (
            "has a `[` without its `]`".to_owned(),
            Some("write `[[]` where the name itself has a `[`"),
        ),
        ErrorKind::InvalidRange(from, to) => (
            format!("has a range that runs backwards: `{from}-{to}`"),
            None,
        ),
        ErrorKind::UnopenedAlternates => (
            "has a `}` without its `{`".to_owned(),
            Some("write `[}]` where the name itself has a `}`"),
        ),
        ErrorKind::UnclosedAlternates => (
            "has a `{` without its `}`".to_owned(),
            Some("write `[{]` where the name itself has a `{`"),
        ),
        ErrorKind::DanglingEscape => (
            "ends with a `\\` that escapes nothing".to_owned(),
            Some("folders are separated by `/`, also on Windows"),
        ),
        _ => (format!("cannot be used: {}", error.kind()), None),
    };
    let help = match error.kind() {
        ErrorKind::InvalidRange(from, to) => Some(format!("write `[{to}-{from}]`")),
        _ => help.map(str::to_owned),
    };
    Problem::new(format!("the pattern `{pattern}` {what}")).maybe_help(help)
}
