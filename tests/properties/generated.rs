//! Front matter made at random, together with what it means.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A value to be written.
#[derive(Clone, Debug)]
pub enum Tree {
    Scalar(Written),
    List {
        flow: bool,
        items: Vec<Tree>,
    },
    Keys {
        flow: bool,
        members: Vec<(Key, Tree)>,
    },
}

/// A scalar in its style, with a comment after it or not.
#[derive(Clone, Debug)]
pub struct Written {
    form: Form,
    comment: bool,
}

#[derive(Clone, Debug)]
enum Form {
    Absent,
    Plain(Vec<String>),
    Single(Vec<String>),
    Double(String),
    Literal(Vec<String>, &'static str),
    Folded(Vec<String>, &'static str),
}

/// A key; made unique by the place it stands in.
#[derive(Clone, Debug)]
pub struct Key {
    word: String,
    quote: &'static str,
}

impl Key {
    pub fn text(&self, index: usize) -> String {
        format!("{}{index}", self.word)
    }

    fn write(&self, index: usize, out: &mut String) {
        let _ = write!(out, "{0}{1}{0}", self.quote, self.text(index));
    }
}

impl Written {
    /// The text that a parser reads.
    pub fn text(&self) -> String {
        match &self.form {
            Form::Absent => String::new(),
            Form::Plain(words) | Form::Single(words) => words.join(" "),
            Form::Double(text) => text.clone(),
            Form::Literal(lines, chomp) => chomped(&lines.join("\n"), chomp),
            Form::Folded(lines, chomp) => chomped(&lines.join(" "), chomp),
        }
    }

    /// Writes it after a key or a `-`; further lines are indented by `indent`.
    fn write(&self, indent: usize, flow: bool, out: &mut String) {
        let line = if flow {
            " ".to_owned()
        } else {
            format!("\n{}", " ".repeat(indent))
        };
        match &self.form {
            Form::Absent if flow => out.push_str(" ''"),
            Form::Absent => {}
            Form::Plain(words) => {
                let _ = write!(out, " {}", words.join(&line));
            }
            Form::Single(words) => {
                let text = words.join(&line).replace('\'', "''");
                let _ = write!(out, " '{text}'");
            }
            Form::Double(text) => {
                out.push_str(" \"");
                for character in text.chars() {
                    match character {
                        '"' => out.push_str("\\\""),
                        '\\' => out.push_str("\\\\"),
                        '\n' => out.push_str("\\n"),
                        'é' => out.push_str("\\u00E9"),
                        '\u{7f}' => out.push_str("\\x7F"),
                        other => out.push(other),
                    }
                }
                out.push('"');
            }
            // There are no block scalars between brackets.
            Form::Literal(..) | Form::Folded(..) if flow => {
                let form = Form::Double(self.text());
                let written = Self {
                    form,
                    comment: false,
                };
                written.write(indent, flow, out);
            }
            Form::Literal(lines, chomp) | Form::Folded(lines, chomp) => {
                let mark = match self.form {
                    Form::Literal(..) => '|',
                    _ => '>',
                };
                let _ = write!(out, " {mark}{chomp}");
                if self.comment {
                    out.push_str(" # é");
                }
                for each in lines {
                    out.push('\n');
                    if !each.is_empty() {
                        let _ = write!(out, "{}{each}", " ".repeat(indent));
                    }
                }
                return;
            }
        }
        if self.comment && !flow {
            out.push_str(" # a comment: é");
        }
    }
}

fn chomped(text: &str, chomp: &str) -> String {
    match chomp {
        "-" => text.to_owned(),
        _ => format!("{text}\n"),
    }
}

/// The members of the root, as the lines of a front matter.
pub fn write(members: &[(Key, Tree)]) -> String {
    let mut out = String::new();
    for (index, (key, value)) in members.iter().enumerate() {
        key.write(index, &mut out);
        out.push(':');
        write_block(value, 0, true, &mut out);
        out.push('\n');
    }
    out
}

/// Writes a value after `key:` or `-`, which stands at `indent`.
fn write_block(value: &Tree, indent: usize, after_key: bool, out: &mut String) {
    let step = indent + 2;
    match value {
        Tree::Scalar(scalar) => scalar.write(step, false, out),
        Tree::List { items, .. } if items.is_empty() => out.push_str(" []"),
        Tree::Keys { members, .. } if members.is_empty() => out.push_str(" {}"),
        Tree::List { flow: true, .. } | Tree::Keys { flow: true, .. } => write_flow(value, out),
        Tree::List { items, .. } => {
            // Under a key a list may stand at the column of the key.
            let column = if after_key && items.len() % 2 == 0 {
                indent
            } else {
                step
            };
            for (index, item) in items.iter().enumerate() {
                begin(index == 0 && !after_key, column, out);
                out.push('-');
                write_block(item, column, false, out);
            }
        }
        Tree::Keys { members, .. } => {
            for (index, (key, value)) in members.iter().enumerate() {
                begin(index == 0 && !after_key, step, out);
                key.write(index, out);
                out.push(':');
                write_block(value, step, true, out);
            }
        }
    }
}

/// The first entry of an item stands on the item's own line.
fn begin(on_same_line: bool, column: usize, out: &mut String) {
    if on_same_line {
        out.push(' ');
    } else {
        let _ = write!(out, "\n{}", " ".repeat(column));
    }
}

fn write_flow(value: &Tree, out: &mut String) {
    match value {
        Tree::Scalar(scalar) => scalar.write(0, true, out),
        Tree::List { items, .. } => {
            out.push_str(" [");
            for item in items {
                write_flow(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Tree::Keys { members, .. } => {
            out.push_str(" {");
            for (index, (key, value)) in members.iter().enumerate() {
                key.write(index, out);
                out.push(':');
                write_flow(value, out);
                out.push_str(", ");
            }
            out.push('}');
        }
    }
}

/// A word that may stand anywhere in an unquoted value, whatever is around it.
fn word() -> impl Strategy<Value = String> {
    "[A-Za-zéÀ’ñ漢😀👩‍🚀][a-z0-9éè’'\"_./~@%&*!?+-]{0,8}[a-z0-9é😀]"
}

fn words() -> impl Strategy<Value = Vec<String>> {
    vec(word(), 1..4)
}

fn scalar() -> impl Strategy<Value = Written> {
    let plain = prop_oneof![
        words().prop_map(Form::Plain),
        ("[a-z]{1,4}", "[a-zé]{1,4}").prop_map(|(a, b)| Form::Plain(vec![format!("{a}\t{b}")])),
        select(vec![
            "yes",
            "no",
            "~",
            "null",
            "42",
            "0171211250",
            "1.10",
            "1e3",
            "12:30",
            "2020-05-04",
            "2020-05-04 21:58:00 +02:00",
            "-1",
            "0x1F",
            ".inf",
            "on",
            "1_5",
        ])
        .prop_map(|text| Form::Plain(vec![text.to_owned()])),
    ];
    let line = "[a-zé#:'\"{\\[-][ a-zé\t#:'\"-]{0,10}[a-z😀]";
    let literal = (
        vec(prop_oneof![3 => line, 1 => Just(String::new())], 0..3),
        line,
    )
        .prop_map(|(mut lines, last)| {
            if lines.first().is_some_and(String::is_empty) {
                lines[0] = "first".to_owned();
            }
            lines.push(last);
            lines
        });
    let chomp = || select(vec!["", "-", "+"]);
    let form = prop_oneof![
        1 => Just(Form::Absent),
        6 => plain,
        3 => vec("[a-zéÀ😀][a-zé '\"#:{}-]{0,8}[a-zé😀]", 1..4).prop_map(Form::Single),
        3 => "[ -~éÀ😀\t\n]{0,24}".prop_map(Form::Double),
        2 => (literal, chomp()).prop_map(|(lines, chomp)| Form::Literal(lines, chomp)),
        2 => (vec("[a-zé][a-zé #:]{0,10}[a-z]", 1..4), chomp())
            .prop_map(|(lines, chomp)| Form::Folded(lines, chomp)),
    ];
    (form, any::<bool>()).prop_map(|(form, comment)| Written { form, comment })
}

fn key() -> impl Strategy<Value = Key> {
    let word = prop_oneof!["[a-z]{1,6}", "[a-zé][a-zé/~ _-]{0,6}", "[a-z]😀[a-z]"];
    (word, select(vec!["", "'", "\""])).prop_map(|(word, quote)| Key { word, quote })
}

/// The members of a front matter: nested groups and lists, all styles of scalars.
pub fn members() -> impl Strategy<Value = Vec<(Key, Tree)>> {
    let leaf = scalar().prop_map(Tree::Scalar);
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (any::<bool>(), vec(inner.clone(), 0..4))
                .prop_map(|(flow, items)| Tree::List { flow, items }),
            (any::<bool>(), vec((key(), inner), 0..4))
                .prop_map(|(flow, members)| Tree::Keys { flow, members }),
        ]
    });
    vec((key(), tree), 1..6)
}
