//! The cases themselves.

use super::*;

/// Every case, in a fixed order.
pub(in crate::report) fn all_cases() -> Vec<Case> {
    let mut cases = vec![
        missing_file(),
        accents(),
        emoji(),
        tab(),
        crlf(),
        bom(),
        long_line(),
        long_line_two_labels(),
        absent_value(),
        end_of_file(),
        other_files(),
        several_labels(),
        far_labels(),
        overlapping(),
        several_lines(),
        many_lines(),
        control(),
        placeless(),
        empty_file(),
    ];
    cases.push(beyond_the_end());
    cases
}

fn missing_file() -> Case {
    let text = "---\ntitle: Inauguration\nfiles:\n  - nom: Dossier\n    file: /uploads/Visuel-Generique.JPG\n---\n";
    page("missing-file", text, |text| {
        vec![
            Diagnostic::new(
                RuleId::MissingFile,
                "`/uploads/Visuel-Generique.JPG` does not exist",
            )
            .at(span(text, "/uploads/Visuel-Generique.JPG"))
            .label("no such file")
            .pointer("/files/0/file")
            .help("`_uploads/Visuel-Generique.jpg` does: the case of the name differs")
            .fix(Fix {
                title: "Write `/uploads/Visuel-Generique.jpg`".to_owned(),
                edits: vec![Edit {
                    source: SourceId::PAGE,
                    span: span(text, "JPG"),
                    content: "jpg".to_owned(),
                }],
                applicability: Applicability::Safe,
            }),
            Diagnostic::new(RuleId::MissingKey, "`contact-presse` is missing")
                .at(span(text, "---"))
                .pointer(""),
        ]
    })
}

fn accents() -> Case {
    let text = "---\ntitle: Re\u{301}ussite de l’e\u{301}te\u{301} : bilan\n---\n";
    page("accents", text, |text| {
        vec![
            Diagnostic::new(
                RuleId::InvalidSyntax,
                "`: ` inside an unquoted title starts a nested mapping",
            )
            .at(span(text, " : b"))
            .label("here")
            .help("quote the value: `title: \"Réussite de l’été : bilan\"`"),
        ]
    })
}

fn emoji() -> Case {
    let text = "---\ntitle: 🎉 日本 [fête\n---\n";
    page("emoji", text, |text| {
        vec![
            Diagnostic::new(RuleId::InvalidSyntax, "`[` is never closed")
                .at(span(text, "[fête"))
                .label("opened here"),
        ]
    })
}

fn tab() -> Case {
    let text = "---\nfiles:\n\t- nom:\tDossier\t# x\n---\n";
    page("tab", text, |text| {
        vec![
            Diagnostic::new(RuleId::InvalidSyntax, "a tab cannot indent YAML")
                .at(span(text, "\t- ").cover(span(text, "\t-")))
                .related(SourceId::PAGE, span(text, "Dossier"), "of this entry"),
        ]
    })
}

fn crlf() -> Case {
    let text = "---\r\ntitle: Un\r\ndate: demain\r\nlayout: x\r\n---\r\n";
    page("crlf", text, |text| {
        vec![
            Diagnostic::new(RuleId::InvalidFormat, "`demain` is not a date")
                .at(span(text, "demain"))
                .label("expected a date such as 2020-05-04"),
            Diagnostic::new(RuleId::InvalidSyntax, "this line ends too early")
                .at(span(text, "layout: x\r\n")),
        ]
    })
}

fn bom() -> Case {
    page("bom", "\u{feff}---\ntitle: x\n---\n", |text| {
        vec![
            Diagnostic::new(RuleId::MissingKey, "`date` is missing")
                .at(span(text, "---"))
                .label("add it to this front matter"),
        ]
    })
}

fn long_title() -> String {
    format!(
        "---\ntitle: {} à Marseille&nbsp;: {}\ndate: 2020-05-04\n---\n",
        "Le ministre inaugure la plateforme ".repeat(9),
        "une étape décisive pour tous ".repeat(10)
    )
}

fn long_line() -> Case {
    page("long-line", &long_title(), |text| {
        vec![
            Diagnostic::new(
                RuleId::InvalidValue,
                "the title holds the HTML entity `&nbsp;`",
            )
            .severity(Severity::Warning)
            .at(span(text, "&nbsp;"))
            .label("shown to readers as it is")
            .help("write a space, or a no-break space"),
        ]
    })
}

fn long_line_two_labels() -> Case {
    page("long-line-two-labels", &long_title(), |text| {
        let at = text.find("Le ministre").unwrap();
        let end = text.find("\ndate").unwrap();
        vec![
            Diagnostic::new(
                RuleId::InvalidValue,
                "the title is longer than 200 characters",
            )
            .at(Span::from_usize(at, end))
            .label("613 characters")
            .related(SourceId::PAGE, span(text, "&nbsp;"), "an entity, too"),
        ]
    })
}

fn absent_value() -> Case {
    let text = "---\ntitle:\ndate: 2020-05-04\n---\n";
    page("absent-value", text, |text| {
        vec![
            Diagnostic::new(
                RuleId::WrongType,
                "`title` is empty, which YAML reads as null; expected text",
            )
            .at(Span::empty(span(text, "title:").end))
            .label("a value is missing here")
            .help("write `title: \"\"` or delete the line"),
        ]
    })
}

fn end_of_file() -> Case {
    let text = "---\ntitle: x";
    page("end-of-file", text, |text| {
        vec![
            Diagnostic::new(
                RuleId::UnclosedFrontMatter,
                "front matter opened with `---` is never closed",
            )
            .at(Span::empty(u32::try_from(text.len()).unwrap()))
            .label("the file ends here")
            .related(SourceId::PAGE, span(text, "---"), "opened here")
            .help("add `---` on line 3"),
        ]
    })
}

fn other_files() -> Case {
    let text = "---\ntitle: x\ncontact-presse:\n  name: Cabinet\n---\n";
    let mut case = page("other-files", text, |_| Vec::new());
    let config = "title: Presse\ndefaults:\n  - scope:\n      path: \"\"\n    values:\n      contact-presse:\n        email: presse@exemple.gouv.fr\n";
    let schema = "{\n  \"required\": [\"title\"]\n}\n";
    let config_id = case
        .others
        .add(Arc::new(SourceFile::new("_config.yml", config)));
    let schema_id = case
        .others
        .add(Arc::new(SourceFile::new("schemas/press.json", schema)));
    case.diagnostics = vec![
        Diagnostic::new(
            RuleId::MixedDefault,
            "`contact-presse` is half this page's and half a default's",
        )
        .at(span(text, "name: Cabinet"))
        .label("from this page")
        .related(
            config_id,
            span(config, "email: presse@exemple.gouv.fr"),
            "from the defaults",
        )
        .related(schema_id, span(schema, "\"title\""), "required here")
        .fix(Fix {
            title: "Remove the default".to_owned(),
            edits: vec![Edit {
                source: config_id,
                span: span(config, "email: presse@exemple.gouv.fr"),
                content: String::new(),
            }],
            applicability: Applicability::DisplayOnly,
        }),
        Diagnostic::new(RuleId::WrongType, "the default `email` is wrong").at_source(
            config_id,
            span(config, "presse@exemple.gouv.fr"),
            "reaches 73 pages",
        ),
    ];
    case
}

fn several_labels() -> Case {
    let text = "---\ntitle: un\ndate: 2020-05-04\ntitle: deux\n---\n";
    page("several-labels", text, |text| {
        let second = text.rfind("title").unwrap();
        vec![
            Diagnostic::new(RuleId::DuplicateKey, "`title` is written twice")
                .at(Span::from_usize(second, second + 5))
                .label("Jekyll takes this one")
                .related(SourceId::PAGE, span(text, "title"), "first written here"),
            Diagnostic::new(RuleId::InvalidValue, "two on one line")
                .at(span(text, "04"))
                .label("the day")
                .related(SourceId::PAGE, span(text, "2020"), "the year"),
        ]
    })
}

fn far_labels() -> Case {
    let text = format!("---\ntitle: un\n{}title: deux\n---\n", "x: 1\n".repeat(120));
    page("far-labels", &text, |text| {
        let second = text.rfind("title").unwrap();
        vec![
            Diagnostic::new(RuleId::DuplicateKey, "`title` is written twice")
                .at(Span::from_usize(second, second + 5))
                .label("Jekyll takes this one")
                .related(SourceId::PAGE, span(text, "title"), "first written here"),
        ]
    })
}

fn overlapping() -> Case {
    let text = "---\ntel: '01 70 20 30 40 '\n---\n";
    page("overlapping", text, |text| {
        vec![
            Diagnostic::new(RuleId::InvalidFormat, "not a telephone number")
                .at(span(text, "'01 70 20 30 40 '"))
                .label("expected a number as written in France")
                .related(SourceId::PAGE, span(text, " '"), "a space at the end"),
        ]
    })
}

fn several_lines() -> Case {
    let text = "---\nchapeau: |\n  Première ligne\n  Seconde ligne\n\ndate: 2020-05-04\n---\n";
    page("several-lines", text, |text| {
        let block = Span::new(span(text, "|").start, span(text, "date").start);
        vec![
            Diagnostic::new(RuleId::WrongType, "expected a list, found text")
                .at(block)
                .label("this text")
                .related(SourceId::PAGE, span(text, "Seconde"), "its second line"),
        ]
    })
}

fn many_lines() -> Case {
    let items = "  - nom: Dossier de presse\n    file: /uploads/a.pdf\n".repeat(20);
    let text = format!("---\nfiles:\n{items}date: 2020-05-04\n---\n");
    page("many-lines", &text, |text| {
        let list = Span::new(span(text, "- nom").start, span(text, "date").start);
        vec![
            Diagnostic::new(RuleId::InvalidValue, "20 files, at most 10 are shown")
                .at(list)
                .label("this list"),
        ]
    })
}

fn control() -> Case {
    let text = "---\ntitle: a\u{1b}[31mb\u{7}\u{202e}c\rd\n---\n";
    page("control", text, |text| {
        vec![
            Diagnostic::new(
                RuleId::InvalidValue,
                "`a\u{1b}[31mb\u{7}\u{202e}c\rd\ne` holds control characters",
            )
            .at(span(text, "[31mb"))
            .label("after\u{1b}]0;owned\u{7} this")
            .help("remove\u{1b}[2J them:\n\n    title: abcd"),
        ]
    })
}

fn placeless() -> Case {
    page("placeless", "", |_| {
        vec![
            Diagnostic::new(RuleId::UnreadableFile, "permission denied")
                .help("make the file readable for you"),
        ]
    })
}

fn empty_file() -> Case {
    page("empty-file", "", |_| {
        vec![
            Diagnostic::new(RuleId::MissingFrontMatter, "the file has no front matter")
                .at(Span::empty(0))
                .label("expected `---` here"),
        ]
    })
}

/// Spans that do not fit their text must be survived.
fn beyond_the_end() -> Case {
    page("beyond-the-end", "---\ntitle: é\n---\n", |_| {
        vec![
            Diagnostic::new(RuleId::InvalidValue, "ends within a character")
                .at(Span::new(11, 12))
                .related(SourceId::PAGE, Span::new(900, 1000), "far beyond"),
        ]
    })
}
