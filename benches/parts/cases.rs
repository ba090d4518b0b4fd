//! The front matter that is measured: a short, a typical and a long press release, in order and
//! broken, made anew in each run.
//!
//! Owns the inputs and what has to be done to them before the part that is measured begins.

use std::fmt::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use frontlint::testing::diagnostic::PathProblem;
use frontlint::testing::dialect::{Dialect, Style};
use frontlint::testing::schema::{Paths, Schema, SchemaRef, Store};
use frontlint::testing::syntax::{
    Block, CloseRule, Document, Extraction, FenceRules, Kind, OpenRule, extract, parse,
};
use frontlint::testing::text::{SourceId, SourceMap};

use super::pages::{self, Numbers};

/// The size of the site that the typical page is taken from.
const DOCUMENTS: u64 = 10_000;

/// Fences as Jekyll reads them, and those of TOML and JSON besides.
pub static FENCES: FenceRules = FenceRules {
    generator: "Jekyll",
    opens: &[OpenRule::AfterByteOrderMark, OpenRule::Toml, OpenRule::Json],
    closes: &[CloseRule::Dots],
    when_missed: "copies the file as it is and drops all metadata",
    when_unclosed: "copies the file as it is and drops all metadata",
    requires_front_matter: false,
};

/// A page under the name that its row has.
#[derive(Clone)]
pub struct Page {
    name: &'static str,
    pub text: String,
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl Page {
    /// Where the front matter is.
    pub fn block(&self) -> Block {
        match extract(self.text.as_bytes(), true, &FENCES) {
            Extraction::Found(block) | Extraction::Broken(_, Some(block)) => block,
            other => panic!("no front matter in {self}: {other:?}"),
        }
    }

    /// The page up to the end of its front matter, or all of it where that does not end: what a
    /// part has to look at.
    pub fn head(&self) -> &str {
        let end = match extract(self.text.as_bytes(), true, &FENCES) {
            Extraction::Found(block) => Some(block.close.range().end),
            _ => self.text.find("\n---\n").map(|at| at + 4),
        };
        &self.text[..end.unwrap_or(self.text.len())]
    }

    /// The tree as Jekyll reads it.
    pub fn document(&self) -> Document<'_> {
        let parsed = parse(&self.text, &self.block(), Dialect::Jekyll, SourceId::PAGE);
        let document = parsed.document;
        document.unwrap_or_else(|| panic!("{self} is broken: {:?}", parsed.diagnostics))
    }

    fn with(&self, name: &'static str, from: &str, to: &str) -> Self {
        assert!(self.text.contains(from), "{self} has no {from:?}");
        let text = self.text.replacen(from, to, 1);
        Self { name, text }
    }
}

/// Title, date and contact.
fn short() -> Page {
    let mut text = "---\ntitle: ".to_owned();
    Numbers(1).words(9, &mut text, "  ");
    text.push_str("\ndate: 2024-03-12 09:30:00 +01:00\n");
    text.push_str(CONTACT);
    text.push_str("---\n\n");
    Numbers(2).words(300, &mut text, "");
    Page {
        name: "short",
        text,
    }
}

/// The first generated page with a lead and a contact of its own.
fn typical() -> Page {
    let mut all = (0..DOCUMENTS).map(|number| pages::page(number, DOCUMENTS));
    let has_all =
        |text: &String| text.contains("chapeau-text") && text.contains("\ncontact-presse");
    Page {
        name: "typical",
        text: all.find(has_all).unwrap_or_default(),
    }
}

/// A release with a slide show, many documents, a lead of several paragraphs and comments.
fn long() -> Page {
    let mut numbers = Numbers(3);
    let mut text =
        "---\n# The titles of slide shows are written by the photographers.\ntitle: \"".to_owned();
    numbers.words(20, &mut text, "  ");
    text.push_str("\"\ndate: 2024-03-12 09:30:00 +01:00\ncategories: [Dossier de presse]\ntags:\n");
    for _ in 0..12 {
        text.push_str("- ");
        numbers.words(3, &mut text, "  ");
        text.push('\n');
    }
    text.push_str("chapeau-text: |\n");
    for _ in 0..4 {
        text.push_str("  ");
        numbers.words(60, &mut text, "  ");
        text.push_str("\n\n");
    }
    text.push_str(CONTACT);
    text.push_str("une-ou-diaporama:\n");
    for picture in 0..24 {
        let _ = write!(
            text,
            "- image: \"/uploads/visuel-{picture}.jpg\"\n  legende: '"
        );
        numbers.words(9, &mut text, "    ");
        text.push_str("'\n  alternative-textuelle: ");
        numbers.words(6, &mut text, "    ");
        text.push('\n');
    }
    text.push_str("files:\n");
    for file in 0..24 {
        let _ = write!(
            text,
            "- file: /uploads/communique-{file}.pdf # in French\n  nom: "
        );
        numbers.words(5, &mut text, "    ");
        text.push('\n');
    }
    text.push_str("---\n\n");
    numbers.words(600, &mut text, "");
    Page { name: "long", text }
}

const CONTACT: &str = "contact-presse:\n  name: Direction du numérique\n  tel:\n  \
    - 01 99 00 12 35\n  email: numerique@ministere.example\n";

/// Pages in order.
pub fn clean() -> Vec<Page> {
    vec![short(), typical(), long()]
}

/// Pages whose fences are wrong.
pub fn wrong_fences() -> Vec<Page> {
    let (typical, long) = (typical(), long());
    vec![
        typical.with("typical, four dashes", "---\n", "----\n"),
        typical.with("typical, never closed", "\n---\n", "\n"),
        long.with("long, never closed", "\n---\n", "\n"),
    ]
}

/// Pages with a fault of YAML in the last line of the front matter.
pub fn wrong_syntax() -> Vec<Page> {
    let fault = "\nsource: Direction : presse\n---\n";
    let broken = |page: Page, name| page.with(name, "\n---\n", fault);
    vec![
        broken(short(), "short, broken"),
        broken(typical(), "typical, broken"),
        broken(long(), "long, broken"),
    ]
}

/// Pages with a misspelt key, an address and a telephone number that are none, and values of
/// another type.
pub fn wrong_values() -> Vec<Page> {
    let broken = |page: Page, name| {
        page.with(name, "\ntitle:", "\ntitre:")
            .with(name, "+01:00", "vers midi")
            .with(name, "numerique@", "numerique.")
            .with(name, "01 99 00 12 35", "01 99 OO 12 35")
            .with(name, "name: Direction du numérique", "name: 2024")
    };
    vec![
        broken(short(), "short, broken"),
        broken(typical(), "typical, broken"),
        broken(long(), "long, broken"),
    ]
}

/// The typical page in TOML and JSON.
pub fn other_syntaxes() -> Vec<Page> {
    // TOML has no null.
    let page = typical().with("typical", "legende: \n", "legende: Une séance\n");
    let yaml = page.block().content.slice(&page.text);
    let value: serde_json::Value = serde_yaml::from_str(yaml).expect("it is YAML");
    let toml = toml::to_string(&value).expect("TOML can say it");
    let json = serde_json::to_string_pretty(&value).expect("JSON can say it");
    vec![
        Page {
            name: "typical, TOML",
            text: format!("+++\n{toml}+++\n\n"),
        },
        Page {
            name: "typical, JSON",
            text: format!("{json}\n\n"),
        },
    ]
}

/// The scalars of a page, to be read as a dialect reads them.
#[derive(Clone)]
pub struct Scalars {
    name: String,
    pub dialect: Dialect,
    pub all: Vec<(String, Style)>,
}

impl fmt::Display for Scalars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name)
    }
}

/// Pages of all lengths for Jekyll and YAML 1.2, the typical one for every dialect.
pub fn scalars() -> Vec<Scalars> {
    let mut rows = Vec::new();
    for page in clean() {
        for &dialect in Dialect::ALL {
            if page.name == "typical" || matches!(dialect, Dialect::Jekyll | Dialect::Core) {
                rows.push(Scalars {
                    name: format!("{page}, {dialect}"),
                    dialect,
                    all: scalars_of(&page),
                });
            }
        }
    }
    rows
}

/// Keys and values, in no order that matters.
fn scalars_of(page: &Page) -> Vec<(String, Style)> {
    let document = page.document();
    let mut scalars = Vec::new();
    let mut open = vec![document.root()];
    while let Some(id) = open.pop() {
        match &document.node(id).kind {
            Kind::Scalar(scalar) => scalars.push((scalar.text.to_string(), scalar.style)),
            Kind::Sequence(_) => open.extend(document.items(id)),
            Kind::Mapping(_) => {
                for member in document.members(id) {
                    scalars.push((member.key.text.to_string(), Style::Plain));
                    open.push(member.value);
                }
            }
        }
    }
    scalars
}

/// The schema of press releases, compiled once, and the files that its findings point into.
pub static SCHEMA: LazyLock<(Arc<Schema>, Arc<SourceMap>)> = LazyLock::new(|| {
    let sources = Arc::new(SourceMap::default());
    let reference = SchemaRef::parse("bundled:press-release", Path::new(""));
    let schema = Store::new(Arc::clone(&sources)).load(&reference);
    (schema.expect("it is bundled"), sources)
});

/// Upload folders in which every file is there, so that no disk is measured.
pub struct AllThere;

impl Paths for AllThere {
    fn look_up(&self, _: &str) -> Option<PathProblem> {
        None
    }
}
