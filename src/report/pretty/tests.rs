//! Tests of the pretty report.

use proptest::prelude::*;

use super::super::testing::{Case, all_cases, arbitrary, case, render};
use super::super::{Format, Style};

fn plain(width: usize) -> Style {
    Style {
        width,
        ..Style::default()
    }
}

macro_rules! snapshots {
    ($($test:ident: $name:literal;)+) => {
        $(#[test]
        fn $test() {
            let cases: [Case; 1] = [case($name)];
            insta::assert_snapshot!($name, render(Format::Pretty, plain(80), &cases));
        })+
    };
}

snapshots! {
    missing_file: "missing-file";
    decomposed_accents: "accents";
    wide_characters: "emoji";
    tabs: "tab";
    carriage_returns: "crlf";
    byte_order_mark: "bom";
    long_line: "long-line";
    long_line_with_two_labels: "long-line-two-labels";
    absent_value: "absent-value";
    end_of_file: "end-of-file";
    labels_in_other_files: "other-files";
    several_labels: "several-labels";
    labels_far_apart: "far-labels";
    overlapping_labels: "overlapping";
    several_lines: "several-lines";
    many_lines: "many-lines";
    control_characters: "control";
    no_place: "placeless";
    empty_file: "empty-file";
    beyond_the_end: "beyond-the-end";
}

#[test]
fn narrow() {
    insta::assert_snapshot!(render(Format::Pretty, plain(40), &all_cases()));
}

#[test]
fn ascii() {
    let style = Style {
        unicode: false,
        ..plain(60)
    };
    let text = render(
        Format::Pretty,
        style,
        &[case("control"), case("several-lines"), case("long-line")],
    );
    insta::assert_snapshot!(text);
}

#[test]
fn colour() {
    let style = Style {
        color: true,
        ..plain(80)
    };
    let text = render(
        Format::Pretty,
        style,
        &[
            case("missing-file"),
            case("several-labels"),
            case("control"),
        ],
    );
    insta::assert_snapshot!(text.replace('\u{1b}', "<ESC>"));
}

#[test]
fn without_colour_no_control_character_is_written() {
    for width in [0, 20, 33, 40, 80, 500] {
        for unicode in [true, false] {
            let style = Style {
                unicode,
                ..plain(width)
            };
            for case in all_cases() {
                let name = case.name;
                let text = render(Format::Pretty, style, &[case]);
                let bad = |c: char| c != '\n' && c.is_control();
                assert!(!text.contains(bad), "{name} at {width}: {text}");
            }
        }
    }
}

#[test]
fn underlines_stand_under_their_bytes() {
    for (name, under) in [
        ("accents", " : b"),
        ("emoji", "[fête"),
        ("missing-file", "/uploads"),
    ] {
        let text = render(Format::Pretty, plain(80), &[case(name)]);
        let lines: Vec<_> = text.lines().collect();
        let at = lines.iter().position(|line| line.contains('┬')).unwrap();
        let above = lines[at - 1];
        let before = &above[..above.rfind(under).unwrap()];
        let underline = lines[at].find('─').or_else(|| lines[at].find('┬')).unwrap();
        assert_eq!(
            textwrap::core::display_width(before),
            textwrap::core::display_width(&lines[at][..underline]),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_and_any_labels_are_survived(
        text in "([a-z:é\u{301}🎉日\u{200d}\u{1b} ]{0,12}|[ \t]{0,3}|\r|\r\n|\n|\u{feff}|[a-z ]{60,90}|\\PC){0,12}",
        labels in prop::collection::vec((0u32..400, 0u32..400, "[a-z é\n]{0,30}"), 0..5),
        width in 0usize..130,
        unicode: bool,
    ) {
        let style = Style { unicode, ..plain(width) };
        for &format in Format::ALL {
            let text = render(format, style, &[arbitrary(&text, &labels)]);
            prop_assert!(!text.contains(|c: char| c != '\n' && c.is_control()));
            prop_assert!(!text.contains("Failed to read"));
        }
        let lines = render(Format::Concise, style, &[arbitrary(&text, &labels)]);
        prop_assert_eq!(lines.lines().count(), 1);
    }
}
