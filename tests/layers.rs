//! Which modules may import which, and that no files import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// A top-level module of `src`.
struct Module {
    name: &'static str,
    /// It may import modules of lower layers only.
    layer: usize,
    /// Modules of lower layers that it must not know either.
    never: &'static [&'static str],
}

const fn module(name: &'static str, layer: usize, never: &'static [&'static str]) -> Module {
    Module { name, layer, never }
}

const MODULES: &[Module] = &[
    module("paths", 0, &[]),
    module("threads", 0, &[]),
    module("text", 1, &["paths"]),
    module("files", 2, &[]),
    module("diagnostic", 2, &["paths"]),
    module("dialect", 3, &["files", "paths"]),
    module("syntax", 4, &["files", "paths"]),
    module("schema", 5, &["paths"]),
    module("site", 5, &[]),
    module("config", 5, &[]),
    module("rules", 6, &["config", "files", "paths"]),
    module("discover", 7, &[]),
    module("read", 7, &[]),
    module("fix", 7, &[]),
    module("check", 8, &["fix"]),
    module(
        "report",
        8,
        &[
            "config", "discover", "files", "fix", "paths", "read", "schema", "site",
        ],
    ),
    module("init", 9, &[]),
    module("cli", 10, &[]),
    module("server", 10, &[]),
];

/// Files that stand above all modules: the program, and what is public for tests.
const ABOVE_ALL: &[&str] = &["main", "lib", "testing"];

/// Libraries that one place alone names, so that they can be exchanged there.
const BOUNDED_LIBRARIES: &[(&str, &str)] = &[
    ("granit_parser", "syntax/yaml"),
    ("miette", "report"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
];

#[test]
fn no_module_imports_from_above() {
    let mut climbs = Vec::new();
    for file in source_files() {
        let top = file.module.split("::").next().unwrap_or_default();
        if ABOVE_ALL.contains(&top) {
            continue;
        }
        let Some(own) = MODULES.iter().find(|module| module.name == top) else {
            climbs.push(format!(
                "{}: the module has no layer yet",
                file.path.display()
            ));
            continue;
        };
        let imported: BTreeSet<_> = paths(&file.code)
            .into_iter()
            .filter(|path| path.first().is_some_and(|first| first == "crate"))
            .filter_map(|path| path.get(1).cloned())
            .collect();
        for import in imported {
            let lower = MODULES.iter().find(|module| *module.name == import);
            let may = lower
                .is_some_and(|lower| lower.layer < own.layer && !own.never.contains(&lower.name));
            // A name that is no module is an item of the crate itself.
            let is_module = lower.is_some() || ABOVE_ALL.contains(&&*import);
            if is_module && import != own.name && !may {
                climbs.push(format!(
                    "{}: `{top}` must not import `{import}`",
                    file.path.display()
                ));
            }
        }
    }
    assert!(climbs.is_empty(), "\n{}", climbs.join("\n"));
}

#[test]
fn libraries_are_named_in_one_place() {
    let mut strays = Vec::new();
    for file in source_files() {
        for (library, home) in BOUNDED_LIBRARIES {
            let is_named = paths(&file.code)
                .iter()
                .any(|path| path.first().is_some_and(|first| first == library));
            if is_named && !file.path.with_extension("").starts_with(home) {
                strays.push(format!(
                    "{}: only {home} may name `{library}`",
                    file.path.display()
                ));
            }
        }
    }
    assert!(strays.is_empty(), "\n{}", strays.join("\n"));
}

/// Where generators are named in code: their own folders, and their parsers. Anywhere else code
/// asks a `Generator`, a `SiteModel` or a `Dialect`.
const NAME_GENERATORS: &[&str] = &["site/generators", "dialect"];

#[test]
fn generators_are_named_in_their_folders_alone() {
    // A comment may name them, and `Dialect::Jekyll` is the name of a parser.
    const ASIDE: &str = r"(?m)^\s*//.*|\s// .*|Dialect::\w+|(?s)#\[cfg\(test\)\]\s*mod \w+ \{.*";
    const NAME: &str = "(?i)jekyll|hugo|astro|docusaurus|vitepress|mkdocs|eleventy|zola";
    let (aside, name) = (Regex::new(ASIDE).unwrap(), Regex::new(NAME).unwrap());
    let mut strays = Vec::new();
    for file in source_files() {
        let is_home = |home: &&str| file.path.with_extension("").starts_with(home);
        let is_test = file.path.ends_with("testing.rs") || file.path.starts_with("report/testing");
        if is_test || NAME_GENERATORS.iter().any(is_home) {
            continue;
        }
        let code = aside.replace_all(&file.text, "");
        for found in name.find_iter(&code) {
            let line = code[..found.start()].rfind('\n').map_or(0, |at| at + 1);
            let line = code[line..].lines().next().unwrap_or_default();
            strays.push(format!("{}: {}", file.path.display(), line.trim()));
        }
    }
    assert!(strays.is_empty(), "\n{}", strays.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = source_files();
    let modules: BTreeSet<&str> = files.iter().map(|file| &*file.module).collect();
    let imports: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .map(|file| (&*file.module, imported_files(file, &modules)))
        .collect();
    let circles = circles(&imports);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn paths_are_found_however_they_are_written() {
    let code = code_of(
        r#"
        //! See [`crate::cli`].
        use crate::text::{Span, inner::{A as B, C}};
        pub(crate) use super::{
            fix, // crate::report
            self as parent,
        };
        /* crate::check */
        const GLOB: &str = "**/*.md"; const RAW: &str = r"\";
        const C: (char, char) = ('"', '\''); // "
        fn f<'a>() -> crate::schema::Store { $crate::site::x(crate :: rules::Y) }
        const NOT_AN_IMPORT: &str = "crate::discover";
        #[cfg(test)]
        mod tests { use crate::{config}; }
    "#,
    );
    let found: Vec<_> = paths(&code).iter().map(|path| path.join("::")).collect();
    for path in [
        "crate::text::Span",
        "crate::text::inner::A",
        "crate::text::inner::C",
        "super::fix",
        "super::self",
        "crate::schema::Store",
        "crate::site::x",
        "crate::rules::Y",
    ] {
        assert!(found.iter().any(|other| other == path), "{path}: {found:?}");
    }
    for name in ["cli", "report", "check", "discover", "config"] {
        assert!(!found.iter().any(|path| path.contains(name)), "{name}");
    }
}

#[test]
fn circles_are_found() {
    let imports = [
        ("a", vec!["b"]),
        ("b", vec!["c"]),
        ("c", vec!["a", "d"]),
        ("d", vec![]),
    ];
    let imports = imports
        .map(|(file, to)| (file, to.into_iter().collect()))
        .into();
    assert_eq!(circles(&imports), [BTreeSet::from(["a", "b", "c"])]);
}

struct SourceFile {
    /// Within `src`.
    path: PathBuf,
    /// `config::layer` for `config/layer.rs`, `config` for `config/mod.rs`.
    module: String,
    text: String,
    code: String,
}

/// Every file of `src` but those of unit tests.
fn source_files() -> &'static [SourceFile] {
    static FILES: LazyLock<Vec<SourceFile>> = LazyLock::new(read_source_files);
    &FILES
}

fn read_source_files() -> Vec<SourceFile> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            if stem.ends_with("tests") {
                continue;
            } else if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = code_of(&text);
                let path = path.strip_prefix(&source).unwrap().to_owned();
                let module = path
                    .with_extension("")
                    .to_str()
                    .unwrap()
                    .replace(['/', '\\'], "::");
                let module = module.strip_suffix("::mod").unwrap_or(&module).to_owned();
                files.push(SourceFile {
                    path,
                    module,
                    text,
                    code,
                });
            }
        }
    }
    files
}

/// The files that a file imports, by module: neither itself nor those whose part it is. What a module
/// re-exports counts as the module's.
fn imported_files<'m>(file: &SourceFile, modules: &BTreeSet<&'m str>) -> BTreeSet<&'m str> {
    let mut imported = BTreeSet::new();
    for path in paths(&file.code) {
        let mut parts: Vec<&str> = match path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("super" | "self") => file.module.split("::").collect(),
            _ => continue,
        };
        for part in &path {
            match part.as_str() {
                "crate" | "self" => {}
                "super" => drop(parts.pop()),
                name => parts.push(name),
            }
        }
        while !parts.is_empty() {
            if let Some(module) = modules.get(parts.join("::").as_str()) {
                let is_part_of = file.module.starts_with(&format!("{module}::"));
                if *module != file.module && !is_part_of {
                    imported.insert(*module);
                }
                break;
            }
            parts.pop();
        }
    }
    imported
}

/// The largest sets of files each of which imports, directly or not, each other.
fn circles<'m>(imports: &BTreeMap<&'m str, BTreeSet<&'m str>>) -> Vec<BTreeSet<&'m str>> {
    let reachable = |from: &'m str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            let next = imports.get(file).into_iter().flatten();
            open.extend(next.filter(|&file| reached.insert(*file)));
        }
        reached
    };
    let reached: BTreeMap<&str, _> = imports
        .keys()
        .map(|&file| (file, reachable(file)))
        .collect();
    let mut circles: Vec<BTreeSet<&str>> = Vec::new();
    for (&file, others) in &reached {
        let back = |other: &&&str| reached.get(**other).is_some_and(|back| back.contains(file));
        let circle: BTreeSet<&str> = others.iter().filter(back).copied().collect();
        if circle.contains(file) && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

/// The paths of code with at least two parts, groups in braces taken apart.
fn paths(code: &str) -> Vec<Vec<String>> {
    let is_part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut paths = Vec::new();
    // What comes before each brace that is open: a path, where the brace is a group of one.
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            _ if is_part_of_name(c) => rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if is_part_of_name(c) {
            if path.is_empty() {
                path.extend(groups.last().into_iter().flatten().cloned());
            }
            path.push(token.to_owned());
        }
        if after.starts_with("::") || token == "::" && after.starts_with(is_part_of_name) {
            continue;
        }
        match token {
            "::" if after.starts_with('{') => {
                groups.push(std::mem::take(&mut path));
                rest = &after[1..];
                continue;
            }
            "{" => groups.push(Vec::new()),
            "}" => drop(groups.pop()),
            _ => {}
        }
        if path.len() > 1 {
            paths.push(path.clone());
        }
        path.clear();
    }
    paths
}

/// The code before the unit tests, without comments and strings, and without white space around `::`
/// and braces.
fn code_of(text: &str) -> String {
    // One of them begins where no other is open, so that the first match from the left is right.
    const NOISE: &str = concat!(
        r"(?s)//[^\n]*|/\*.*?\*/",
        r#"|\br"[^"]*"|"(?:\\.|[^"\\])*""#,
        r###"|\br#".*?"#|\br##".*?"##"###,
        r"|'(?:\\[^']*'?|[^\\'])'",
    );
    static NOISE_REGEX: LazyLock<Regex> = LazyLock::new(|| Regex::new(NOISE).unwrap());
    static SPACE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s*(::|[{}])\s*").unwrap());
    static TESTS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"#\[cfg\(test\)\]\s*mod \w+\{").unwrap());
    let code = NOISE_REGEX.replace_all(text, " ");
    let code = SPACE.replace_all(&code, "$1");
    let end = TESTS.find(&code).map_or(code.len(), |tests| tests.start());
    code[..end].to_owned()
}
