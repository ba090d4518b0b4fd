//! Every key of frontlint.toml: what reads it, what the schema says of it and what a misspelt key
//! is compared with.

use crate::dialect::Dialect;

/// The names `dialect` may have.
pub(super) const DIALECTS: &[&str] = &{
    let mut names = [""; Dialect::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = Dialect::ALL[index].as_str();
        index += 1;
    }
    names
};

/// What a value has to be.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// Any text.
    Text,
    /// The name of a site generator.
    Generator,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A list of patterns.
    Patterns,
    /// A number of bytes.
    Bytes,
    /// URL prefixes and folders.
    Uploads,
    /// Rules and what is configured for them.
    Rules,
    /// The name of a rule.
    Rule,
    /// A JSON pointer.
    Pointer,
    /// A list of tables.
    Tables(&'static [Key]),
}

/// One key.
pub(super) struct Key {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// For the schema: shown by editors beside the key.
    pub about: &'static str,
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key {
        name,
        shape,
        required: false,
        about,
    }
}

const fn required(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key {
        name,
        shape,
        required: true,
        about,
    }
}

/// The largest `max-front-matter`, well within what a span can count.
pub(super) const MOST_BYTES: i64 = 1 << 30;

pub(super) const FRONT_MATTER: &[&str] = &["required", "optional"];

pub(super) const ROOT: &[Key] = &[
    key(
        "generator",
        Shape::Generator,
        "The site generator. Found from its own configuration file by default.",
    ),
    key(
        "dialect",
        Shape::Choice(DIALECTS),
        "The parser whose reading of plain scalars counts. That of the generator by default.",
    ),
    key(
        "exclude",
        Shape::Patterns,
        "Files and folders that a walk leaves out, as in .gitignore, relative to this file.",
    ),
    key(
        "extend-exclude",
        Shape::Patterns,
        "More patterns beside those of `exclude`; of use on the command line.",
    ),
    key(
        "baseline",
        Shape::Text,
        "A file of findings that are known, as --write-baseline writes it, relative to this file.",
    ),
    key(
        "max-front-matter",
        Shape::Bytes,
        "How many bytes of a file are searched for the closing fence. 1048576 by default.",
    ),
    key(
        "uploads",
        Shape::Uploads,
        "URL prefixes and the folders they are served from, beside those of the generator.",
    ),
    key(
        "collections",
        Shape::Tables(COLLECTION),
        "Files that belong together. The first entry that matches a file is the file's.",
    ),
    key(
        "rules",
        Shape::Rules,
        "The severity of each rule: error, warning or off.",
    ),
    key(
        "ignore",
        Shape::Tables(IGNORE),
        "Findings that are known and accepted. Entries that suppress nothing are reported.",
    ),
];

pub(super) const COLLECTION: &[Key] = &[
    required("name", Shape::Text, "The name shown in messages."),
    required(
        "files",
        Shape::Patterns,
        "Which files belong to it, relative to this file.",
    ),
    key(
        "schema",
        Shape::Text,
        "`bundled:NAME`, or the path of a JSON Schema in JSON, YAML or TOML, relative to this \
         file.",
    ),
    key(
        "front-matter",
        Shape::Choice(FRONT_MATTER),
        "Whether a file without front matter is a finding. Optional by default.",
    ),
    key(
        "rules",
        Shape::Rules,
        "The severity of each rule for these files.",
    ),
];

pub(super) const IGNORE: &[Key] = &[
    required(
        "path",
        Shape::Text,
        "A pattern for the files it is about, relative to this file.",
    ),
    required(
        "rule",
        Shape::Rule,
        "The rule whose findings it suppresses.",
    ),
    key(
        "pointer",
        Shape::Pointer,
        "The value it is about, as a JSON pointer: /files/0/file. Every value by default.",
    ),
    key("reason", Shape::Text, "Why, for those who come after."),
];

pub(super) const RULE_OPTIONS: &[Key] = &[required(
    "severity",
    Shape::Choice(super::Setting::NAMES),
    "error, warning or off.",
)];
