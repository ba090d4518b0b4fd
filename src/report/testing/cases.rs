//! The cases themselves.

use super::*;

/// Every case, in a fixed order.
pub(in crate::report) fn all_cases() -> Vec<Case> {
    let cases = [characters(), lines(), labels(), odd_places()];
    let mut cases: Vec<_> = cases.into_iter().flatten().collect();
    cases.insert(0, missing_file());
    cases.insert(10, other_files());
    cases
}

impl Case {
    /// Adds a finding at the first place of `needle`.
    fn finding(mut self, rule: RuleId, message: &str, needle: &str) -> Self {
        let at = span(self.page.text(), needle);
        self.diagnostics.push(Diagnostic::new(rule, message).at(at));
        self
    }

    /// Adds to the last finding.
    fn with(mut self, add: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        let last = self.diagnostics.pop().unwrap();
        self.diagnostics.push(add(last));
        self
    }

    fn label(self, words: &str) -> Self {
        self.with(|finding| finding.label(words))
    }

    fn help(self, help: &str) -> Self {
        self.with(|finding| finding.help(help))
    }

    /// Moves the last finding.
    fn at(self, span: Span) -> Self {
        self.with(|finding| finding.at(span))
    }

    fn related(self, needle: &str, words: &str) -> Self {
        let at = span(self.page.text(), needle);
        self.with(|finding| finding.related(SourceId::PAGE, at, words))
    }
}

fn missing_file() -> Case {
    let text = "---\ntitle: Inauguration\nfiles:\n  - nom: Dossier\n    file: /uploads/Visuel-Generique.JPG\n---\n";
    let edit = Edit {
        source: SourceId::PAGE,
        span: span(text, "JPG"),
        content: "jpg".to_owned(),
    };
    let fix = Fix {
        title: "Write `/uploads/Visuel-Generique.jpg`".to_owned(),
        edits: vec![edit],
        applicability: Applicability::Safe,
    };
    let message = "`/uploads/Visuel-Generique.JPG` does not exist";
    let path = "/uploads/Visuel-Generique.JPG";
    Case::of("missing-file", text)
        .finding(RuleId::MissingFile, message, path)
        .label("no such file")
        .help("`_uploads/Visuel-Generique.jpg` does: the case of the name differs")
        .with(|finding| finding.pointer("/files/0/file").fix(fix))
        .finding(RuleId::MissingKey, "`contact-presse` is missing", "---")
        .with(|finding| finding.pointer(""))
}

/// Characters of other widths than one byte or column.
fn characters() -> Vec<Case> {
    let accents = "---\ntitle: Re\u{301}ussite de l’e\u{301}te\u{301} : bilan\n---\n";
    let nested = "`: ` inside an unquoted title starts a nested mapping";
    let emoji = "---\ntitle: 🎉 日本 [fête\n---\n";
    let tab = "---\nfiles:\n\t- nom:\tDossier\t# x\n---\n";
    let crlf = "---\r\ntitle: Un\r\ndate: demain\r\nlayout: x\r\n---\r\n";
    vec![
        Case::of("accents", accents)
            .finding(RuleId::InvalidSyntax, nested, " : b")
            .label("here")
            .help("quote the value: `title: \"Réussite de l’été : bilan\"`"),
        Case::of("emoji", emoji)
            .finding(RuleId::InvalidSyntax, "`[` is never closed", "[fête")
            .label("opened here"),
        Case::of("tab", tab)
            .finding(RuleId::InvalidSyntax, "a tab cannot indent YAML", "\t- ")
            .related("Dossier", "of this entry"),
        Case::of("crlf", crlf)
            .finding(RuleId::InvalidFormat, "`demain` is not a date", "demain")
            .label("expected a date such as 2020-05-04")
            .finding(
                RuleId::InvalidSyntax,
                "this line ends too early",
                "layout: x\r\n",
            ),
        Case::of("bom", "\u{feff}---\ntitle: x\n---\n")
            .finding(RuleId::MissingKey, "`date` is missing", "---")
            .label("add it to this front matter"),
    ]
}

/// Lines that are too long, and places without bytes.
fn lines() -> Vec<Case> {
    let long = format!(
        "---\ntitle: {} à Marseille&nbsp;: {}\ndate: 2020-05-04\n---\n",
        "Le ministre inaugure la plateforme ".repeat(9),
        "une étape décisive pour tous ".repeat(10)
    );
    let title = Span::from_usize(
        long.find("Le ministre").unwrap(),
        long.find("\ndate").unwrap(),
    );
    let entity = "the title holds the HTML entity `&nbsp;`";
    let too_long = "the title is longer than 200 characters";
    let empty = "`title` is empty, which YAML reads as null; expected text";
    let open = "front matter opened with `---` is never closed";
    vec![
        Case::of("long-line", &long)
            .finding(RuleId::InvalidValue, entity, "&nbsp;")
            .with(|finding| finding.severity(Severity::Warning))
            .label("shown to readers as it is")
            .help("write a space, or a no-break space"),
        Case::of("long-line-two-labels", &long)
            .finding(RuleId::InvalidValue, too_long, "Le ministre")
            .at(title)
            .label("613 characters")
            .related("&nbsp;", "an entity, too"),
        Case::of("absent-value", "---\ntitle:\ndate: 2020-05-04\n---\n")
            .finding(RuleId::WrongType, empty, "title:")
            .at(Span::empty(10))
            .label("a value is missing here")
            .help("write `title: \"\"` or delete the line"),
        Case::of("end-of-file", "---\ntitle: x")
            .finding(RuleId::UnclosedFrontMatter, open, "x")
            .at(Span::empty(12))
            .label("the file ends here")
            .related("---", "opened here")
            .help("add `---` on line 3"),
    ]
}

fn other_files() -> Case {
    let text = "---\ntitle: x\ncontact-presse:\n  name: Cabinet\n---\n";
    let config = "title: Presse\ndefaults:\n  - scope:\n      path: \"\"\n    values:\n      contact-presse:\n        email: presse@exemple.gouv.fr\n";
    let schema = "{\n  \"required\": [\"title\"]\n}\n";
    let case = Case::of("other-files", text);
    let add = |path: &str, text: &str| case.others.add(Arc::new(SourceFile::new(path, text)));
    let (config_id, schema_id) = (
        add("_config.yml", config),
        add("schemas/press.json", schema),
    );
    let email = span(config, "email: presse@exemple.gouv.fr");
    let fix = Fix {
        title: "Remove the default".to_owned(),
        edits: vec![Edit {
            source: config_id,
            span: email,
            content: String::new(),
        }],
        applicability: Applicability::DisplayOnly,
    };
    let mixed = "`contact-presse` is half this page's and half a default's";
    let address = span(config, "presse@exemple.gouv.fr");
    case.finding(RuleId::MixedDefault, mixed, "name: Cabinet")
        .label("from this page")
        .with(|finding| finding.related(config_id, email, "from the defaults"))
        .with(|finding| finding.related(schema_id, span(schema, "\"title\""), "required here"))
        .with(|finding| finding.fix(fix))
        .finding(RuleId::WrongType, "the default `email` is wrong", "x")
        .with(|finding| finding.at_source(config_id, address, "reaches 73 pages"))
}

/// Several labels, and labels of several lines.
fn labels() -> Vec<Case> {
    let twice = "---\ntitle: un\ndate: 2020-05-04\ntitle: deux\n---\n";
    let far = format!("---\ntitle: un\n{}title: deux\n---\n", "x: 1\n".repeat(120));
    let second = |text: &str| {
        let start = text.rfind("title").unwrap();
        Span::from_usize(start, start + 5)
    };
    let duplicate = |case: Case, at: Span| {
        case.finding(RuleId::DuplicateKey, "`title` is written twice", "title")
            .at(at)
            .label("Jekyll takes this one")
            .related("title", "first written here")
    };
    let block = "---\nchapeau: |\n  Première ligne\n  Seconde ligne\n\ndate: 2020-05-04\n---\n";
    let items = "  - nom: Dossier de presse\n    file: /uploads/a.pdf\n".repeat(20);
    let list = format!("---\nfiles:\n{items}date: 2020-05-04\n---\n");
    let before_date =
        |text: &str, from: &str| Span::new(span(text, from).start, span(text, "date").start);
    vec![
        duplicate(Case::of("several-labels", twice), second(twice))
            .finding(RuleId::InvalidValue, "two on one line", "04")
            .label("the day")
            .related("2020", "the year"),
        duplicate(Case::of("far-labels", &far), second(&far)),
        Case::of("overlapping", "---\ntel: '01 70 20 30 40 '\n---\n")
            .finding(
                RuleId::InvalidFormat,
                "not a telephone number",
                "'01 70 20 30 40 '",
            )
            .label("expected a number as written in France")
            .related(" '", "a space at the end"),
        Case::of("several-lines", block)
            .finding(RuleId::WrongType, "expected a list, found text", "|")
            .at(before_date(block, "|"))
            .label("this text")
            .related("Seconde", "its second line"),
        Case::of("many-lines", &list)
            .finding(
                RuleId::InvalidValue,
                "20 files, at most 10 are shown",
                "- nom",
            )
            .at(before_date(&list, "- nom"))
            .label("this list"),
    ]
}

/// Control characters, findings without a place, and spans that do not fit their text.
fn odd_places() -> Vec<Case> {
    let control = "---\ntitle: a\u{1b}[31mb\u{7}\u{202e}c\rd\n---\n";
    let message = "`a\u{1b}[31mb\u{7}\u{202e}c\rd\ne` holds control characters";
    let mut placeless = Case::of("placeless", "");
    let denied = Diagnostic::new(RuleId::UnreadableFile, "permission denied");
    placeless.diagnostics = vec![denied.help("make the file readable for you")];
    let absent = "the file has no front matter";
    vec![
        Case::of("control", control)
            .finding(RuleId::InvalidValue, message, "[31mb")
            .label("after\u{1b}]0;owned\u{7} this")
            .help("remove\u{1b}[2J them:\n\n    title: abcd"),
        placeless,
        Case::of("empty-file", "")
            .finding(RuleId::MissingFrontMatter, absent, "")
            .label("expected `---` here"),
        Case::of("beyond-the-end", "---\ntitle: é\n---\n")
            .finding(RuleId::InvalidValue, "ends within a character", "é")
            .at(Span::new(11, 12))
            .with(|finding| finding.related(SourceId::PAGE, Span::new(900, 1000), "far beyond")),
    ]
}
