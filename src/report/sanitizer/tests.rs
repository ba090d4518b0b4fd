//! Tests of what a stream lets through.

use proptest::prelude::*;

use super::super::testing::{arbitrary, files};
use super::super::{Format, Outputs, Style, Summary, own_commands};
use super::*;
use crate::text::ColumnUnit;

fn through(
    text: impl AsRef<[u8]>,
    set: impl Fn(Sanitizer<&mut Vec<u8>>) -> Sanitizer<&mut Vec<u8>>,
) -> String {
    let mut out = Vec::new();
    let mut sanitizer = set(Sanitizer::new(&mut out, Notation::Text));
    sanitizer.write_all(text.as_ref()).unwrap();
    sanitizer.flush().unwrap();
    drop(sanitizer);
    String::from_utf8(out).unwrap()
}

fn plain(text: impl AsRef<[u8]>) -> String {
    through(text, |sanitizer| sanitizer)
}

fn logged(text: &str) -> String {
    through(text, |sanitizer| {
        sanitizer.into_log(vec!["::own::".to_owned()])
    })
}

#[test]
fn ordinary_text_passes() {
    for text in [
        "",
        "a",
        "a\n\tb\r\nc",
        "été « 新闻 👩\u{200d}💻 »\n",
        "::x ##[y]\n",
    ] {
        assert_eq!(plain(text), text);
    }
}

#[test]
fn hidden_characters_and_bytes_are_shown() {
    assert_eq!(
        plain("a\u{1b}[31m\u{202e}\rb\u{200b}\n"),
        "a␛[31m\\u{202e}␍b\\u{200b}\n"
    );
    assert_eq!(plain(b"caf\xe9\n\xff"), "caf\\xE9\n\\xFF");
    let controls = through("a\u{1b}b\u{200b}\n", |writer| {
        writer.with_controls_only(true)
    });
    assert_eq!(controls, "a␛b\u{200b}\n");
}

#[test]
fn only_colours_that_hide_nothing_pass_and_only_where_wanted() {
    let text = "\u{1b}[1;31merror\u{1b}[0m \u{1b}[8mhidden\u{1b}]0;title\u{7}\n";
    assert_eq!(
        through(text, |writer| writer.with_color(true)),
        "\u{1b}[1;31merror\u{1b}[0m ␛[8mhidden␛]0;title␇\n"
    );
    assert_eq!(plain(text), "␛[1;31merror␛[0m ␛[8mhidden␛]0;title␇\n");
}

#[test]
fn a_log_finds_no_command_but_ours() {
    for (text, shown) in [
        ("::error::x\n", ":\\u{3a}error::x\n"),
        ("a\n \u{a0}\t::error::x", "a\n \u{a0}\t:\\u{3a}error::x"),
        ("a ::b: :: c\n: :\n", "a ::b: :: c\n: :\n"),
        ("a ##[b]###[c] # #[\n", "a ##\\u{5b}b]###\\u{5b}c] # #[\n"),
        ("##\n[a]", "##\n[a]"),
        (
            "::own::a ##[b]\n ::own::a\n",
            "::own::a ##\\u{5b}b]\n :\\u{3a}own::a\n",
        ),
        ("a\r::b", "a␍::b"),
        ("\u{85}::b\u{2028}::c", "\\u{85}::b\\u{2028}::c"),
    ] {
        assert_eq!(logged(text), shown, "{text:?}");
    }
    let colored = through("\u{1b}[1m::error::x\n", |it| {
        it.with_color(true).into_log(Vec::new())
    });
    assert_eq!(colored, "\u{1b}[1m:\\u{3a}error::x\n");
}

#[test]
fn json_and_xml_keep_their_values() {
    let text = |notation, text: &str| {
        let mut out = Vec::new();
        let mut sanitizer = Sanitizer::new(&mut out, notation).into_log(Vec::new());
        sanitizer.write_all(text.as_bytes()).unwrap();
        drop(sanitizer);
        String::from_utf8(out).unwrap()
    };
    assert_eq!(
        text(Notation::Json, "\"##[\u{202e}\""),
        r###""##\u005b\u202e""###
    );
    assert_eq!(
        text(Notation::Xml, "<a>\n::b ##[c]</a>"),
        "<a>\n:&#58;b ##&#91;c]</a>"
    );
}

/// As GitHub's runner reads a log: the rule of [`super`], written another way.
fn is_obeyed(line: &str) -> bool {
    line.trim_start().starts_with("::") || line.contains("##[")
}

fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0001}')
}

const HOSTILE: &str = "(::|::error::|##\\[|#|\\[|:|\n|\r\n|\r| |\t|\u{a0}|\u{1b}\\[8m|\u{1b}|m|\u{7}|\u{85}|\u{9b}2J|\u{202e}|\u{2028}|\u{200b}|\u{200d}|\u{e0001}|\u{feff}|é|👩|a|::own::|\\]\\]>|<|&|\"|%|`){0,24}";

proptest! {
    #[test]
    fn pieces_make_no_difference(text in HOSTILE, cut in 0usize..100, color: bool) {
        let whole = through(&text, |writer| writer.with_color(color).into_log(vec!["::own::".to_owned()]));
        let cut = cut.min(text.len());
        let mut out = Vec::new();
        let mut sanitizer = Sanitizer::new(&mut out, Notation::Text)
            .with_color(color)
            .into_log(vec!["::own::".to_owned()]);
        sanitizer.write_all(&text.as_bytes()[..cut]).unwrap();
        sanitizer.write_all(&text.as_bytes()[cut..]).unwrap();
        drop(sanitizer);
        prop_assert_eq!(String::from_utf8(out).unwrap(), whole);
    }

    #[test]
    fn a_long_line_is_as_safe_as_a_short_one(text in HOSTILE, fill in 0usize..12) {
        let text = text.replace("::own::", "");
        let long = format!("{}{text}", " ".repeat(CAPACITY - fill));
        for line in logged(&long).split(['\n', '\r']) {
            prop_assert!(!is_obeyed(line), "{}", line.trim());
        }
    }

    #[test]
    fn whatever_a_page_holds_no_format_writes_a_command_or_a_hidden_character(
        text in HOSTILE,
        labels in prop::collection::vec((0u32..40, 0u32..40, HOSTILE), 0..3),
        color: bool,
        width in 20usize..120,
    ) {
        let codes = STYLES.join("|");
        let own_styles = regex::Regex::new(&format!("\u{1b}\\[(?:{codes})(?:;(?:{codes}))*m")).unwrap();
        for &format in Format::ALL {
            let style = Style {
                color, width, ..Style::default() };
            let own = if format == Format::Github { own_commands() } else { Vec::new() };
            let mut out = Vec::new();
            let sanitizer = Sanitizer::new(&mut out, format.notation());
            let sanitizer = sanitizer.with_color(color).into_log(own.clone());
            let mut outputs = Outputs::new(ColumnUnit::Scalar);
            outputs.add(format, style, sanitizer);
            let cases = [arbitrary(&text, &labels)];
            outputs.write(files(&cases), &mut Summary::default()).unwrap();
            let written = String::from_utf8(out).unwrap();
            for line in written.split(['\n', '\r']) {
                let is_own = own.iter().any(|own| line.starts_with(own)) && !line.contains("##[");
                prop_assert!(is_own || !is_obeyed(line), "{}: {}", format, line);
            }
            let seen = if color {
                own_styles.replace_all(&written, "").into_owned()
            } else {
                written.clone()
            };
            prop_assert!(!seen.contains(is_hostile), "{}: {:?}", format, seen);
            if format.notation() == Notation::Json {
                let lines: Vec<&str> = match format {
                    Format::Jsonl => written.lines().collect(),
                    _ => vec![&written],
                };
                for line in lines {
                    let parsed: Result<serde_json::Value, _> = serde_json::from_str(line);
                    prop_assert!(parsed.is_ok(), "{}: {}", format, line);
                }
            }
        }
    }
}
