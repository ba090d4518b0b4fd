//! The walls between the rooms: who may import whom.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may import besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("paths", &[]),
    ("text", &["threads"]),
    ("threads", &[]),
    ("files", &["paths", "text", "threads"]),
    ("diagnostic", &["text"]),
    ("files", &["text", "diagnostic"]),
    ("dialect", &["text", "diagnostic"]),
    ("syntax", &["text", "diagnostic", "dialect"]),
    (
        "schema",
        &[
            "files",
            "text",
            "threads",
            "diagnostic",
            "dialect",
            "syntax",
        ],
    ),
    (
        "site",
        &[
            "paths",
            "files",
            "text",
            "threads",
            "diagnostic",
            "dialect",
            "syntax",
        ],
    ),
    (
        "config",
        &[
            "paths",
            "files",
            "text",
            "threads",
            "diagnostic",
            "dialect",
            "syntax",
        ],
    ),
    (
        "rules",
        &["text", "diagnostic", "dialect", "syntax", "schema", "site"],
    ),
    ("discover", FLOORS_0_TO_4),
    ("read", FLOORS_0_TO_4),
    ("fix", FLOORS_0_TO_4),
    (
        "check",
        &[
            "paths",
            "files",
            "text",
            "threads",
            "files",
            "diagnostic",
            "dialect",
            "syntax",
            "schema",
            "site",
            "config",
            "rules",
            "discover",
            "read",
        ],
    ),
    ("report", &["text", "threads", "diagnostic", "rules"]),
    ("cli", ALL_BUT_THE_TOP),
    ("lsp", ALL_BUT_THE_TOP),
];

const FLOORS_0_TO_4: &[&str] = &[
    "paths",
    "files",
    "text",
    "threads",
    "files",
    "diagnostic",
    "dialect",
    "syntax",
    "schema",
    "site",
    "config",
    "rules",
];

const ALL_BUT_THE_TOP: &[&str] = &[
    "paths",
    "files",
    "text",
    "threads",
    "files",
    "diagnostic",
    "dialect",
    "syntax",
    "schema",
    "site",
    "config",
    "rules",
    "discover",
    "read",
    "check",
    "fix",
    "report",
];

/// Libraries that one place alone names, so that they can be exchanged there.
const WALLED_IN: &[(&str, &str)] = &[
    ("granit_parser", "syntax/yaml"),
    ("miette", "report"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
];

#[test]
fn no_room_imports_from_above() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut climbs = Vec::new();
    for file in rust_files(&source) {
        let relative = file.strip_prefix(&source).unwrap();
        let room = room_of(relative);
        // The program and the list of rooms stand outside of the house.
        if matches!(room.as_str(), "main" | "lib") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            climbs.push(format!("{}: the room has no floor yet", relative.display()));
            continue;
        };
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            if import != room && !allowed.contains(&import.as_str()) {
                climbs.push(format!(
                    "{}: `{room}` must not import `{import}`",
                    relative.display()
                ));
            }
        }
    }
    assert!(climbs.is_empty(), "\n{}", climbs.join("\n"));
}

#[test]
fn libraries_stay_behind_their_walls() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut strays = Vec::new();
    for file in rust_files(&source) {
        let relative = file.strip_prefix(&source).unwrap();
        let code = code_of(&fs::read_to_string(&file).unwrap());
        for (library, home) in WALLED_IN {
            let at_home = relative.with_extension("").starts_with(home);
            let names = mentions(&code, library);
            if names && !at_home {
                strays.push(format!(
                    "{}: only {home} may name `{library}`",
                    relative.display()
                ));
            }
        }
    }
    assert!(strays.is_empty(), "\n{}", strays.join("\n"));
}

#[test]
fn the_allowed_imports_have_no_circle() {
    for (room, allowed) in ROOMS {
        for lower in *allowed {
            let (_, theirs) = ROOMS.iter().find(|(name, _)| name == lower).unwrap();
            assert!(
                !theirs.contains(room),
                "{room} and {lower} import each other"
            );
        }
    }
}

#[test]
fn imports_are_found_however_they_are_written() {
    let code = r#"
        //! See [`crate::cli`].
        use crate::text::{Span, SourceId};
        pub(crate) use crate::{
            diagnostic::{Diagnostic, Fix}, // crate::report
            dialect::Value as V,
            syntax,
        };
        /* crate::check */
        const GLOB: &str = "**/*.md"; const RAW: &str = r"\";
        const C: (char, char) = ('"', '\''); // "
        fn f() -> crate::schema::Store { $crate::site::x(crate :: rules::Y) }
        mod tests { use crate::{config}; }
        const NOT_AN_IMPORT: &str = "crate::discover";
    "#;
    let expected = [
        "config",
        "diagnostic",
        "dialect",
        "rules",
        "schema",
        "site",
        "syntax",
        "text",
    ];
    assert_eq!(imports(code), expected.map(str::to_owned).into());
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// `config` for both `config.rs` and `config/layer.rs`.
fn room_of(relative: &Path) -> String {
    let first = relative.components().next().unwrap();
    let first = Path::new(first.as_os_str()).with_extension("");
    first.to_string_lossy().into_owned()
}

/// The rooms that a file's code names after `crate::`, at the top of a `use` or anywhere else.
fn imports(text: &str) -> BTreeSet<String> {
    let code = code_of(text);
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let path = &code[at + "crate::".len()..];
        match path.strip_prefix('{') {
            Some(group) => rooms.extend(heads(group)),
            None => rooms.extend(identifier(path)),
        }
    }
    rooms
}

/// The first name of each member of a brace group, from after its `{`.
fn heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut at_head = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_head = true,
            _ if at_head && depth == 0 => {
                heads.extend(identifier(&group[at..]));
                at_head = false;
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    // A name in capitals or with a `!` is an item of the crate itself, not a room.
    let name = &text[..end];
    let room = name.starts_with(|c: char| c.is_ascii_lowercase()) && !text[end..].starts_with('!');
    room.then(|| name.to_owned())
}

/// Whether code names a library: `name::` that is no part of a longer path or name.
fn mentions(code: &str, library: &str) -> bool {
    let path = format!("{library}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        !before.is_alphanumeric() && before != '_' && before != ':'
    })
}

/// The text without comments, the insides of strings, and white space around `::`, braces and
/// commas.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (skipped, kept) = match rest {
            _ if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), ""),
            _ if rest.starts_with("/*") => (after(rest, 2, "*/"), " "),
            _ if rest.starts_with("r\"") || rest.starts_with("r#") => (raw_string(rest), "\"\""),
            _ if c == '"' => (string(rest), "\"\""),
            _ if c == '\'' => (character(rest), "' "),
            _ => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        code.push_str(kept);
        rest = &rest[skipped..];
    }
    let words: Vec<_> = code.split_whitespace().collect();
    let mut code = words.join(" ");
    for mark in ["::", "{", ","] {
        code = code.replace(&format!(" {mark}"), mark);
        code = code.replace(&format!("{mark} "), mark);
    }
    code
}

/// The offset after the first `end` from offset `from` on.
fn after(text: &str, from: usize, end: &str) -> usize {
    let found = text[from..].find(end);
    found.map_or(text.len(), |at| from + at + end.len())
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn raw_string(text: &str) -> usize {
    let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
    if !text[1 + hashes..].starts_with('"') {
        return 1;
    }
    after(text, 2 + hashes, &format!("\"{}", &text[1..=hashes]))
}

/// A character literal, or the quote alone where it begins a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, c))) => after(text, at + c.len_utf8(), "'"),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}
