//! Makes a site to measure on: `generate FOLDER DOCUMENTS`.
//!
//! Sizes and shapes are those of a real press room: three releases in four have no contact of
//! their own, most have a picture and a document, titles are long and bodies run to a few
//! kilobytes. One page in a hundred has a fault. The same arguments give the same bytes.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a helper of the benchmarks"
)]

use std::fs;
use std::io::Result;
use std::path::Path;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(documents)) = (
        arguments.next(),
        arguments.next().and_then(|it| it.parse::<u64>().ok()),
    ) else {
        eprintln!("usage: generate FOLDER DOCUMENTS");
        std::process::exit(2);
    };
    let folder = Path::new(&folder);
    let pages = folder.join("_communiques");
    fs::create_dir_all(&pages)?;
    fs::create_dir_all(folder.join("_uploads"))?;
    fs::write(folder.join("_config.yml"), CONFIG)?;
    fs::write(folder.join("frontlint.toml"), SETTINGS)?;
    for upload in 0..documents.div_ceil(4).min(2_000) {
        fs::write(folder.join(format!("_uploads/visuel-{upload}.jpg")), "")?;
        fs::write(folder.join(format!("_uploads/communique-{upload}.pdf")), "")?;
    }
    for number in 0..documents {
        let year = 2015 + number % 10;
        let name = format!("{year}-communique-sur-le-numerique-{number}.markdown");
        fs::write(pages.join(name), page(number, documents))?;
    }
    Ok(())
}

const SETTINGS: &str = "[[collections]]\nname = \"communiques\"\n\
    files = [\"_communiques/**/*.markdown\"]\nschema = \"bundled:press-release\"\n\
    front-matter = \"required\"\n";

const CONFIG: &str = "collections:\n  communiques:\n    output: true\n  uploads:\n    output: true\n\
    defaults:\n- scope:\n    path: ''\n    type: communiques\n  values:\n    layout: communique\n    \
    contact-presse:\n      name: Service de presse\n      email: presse@ministere.example\n      \
    tel:\n      - 01 99 00 12 34\n";

const WORDS: [&str; 16] = [
    "le",
    "numérique",
    "de",
    "l’État",
    "accélère",
    "la",
    "transformation",
    "publique",
    "pour",
    "les",
    "usagers",
    "avec",
    "une",
    "nouvelle",
    "démarche",
    "simplifiée",
];

/// A small generator of numbers (SplitMix64, Steele et al. 2014), so that no page is like another.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn words(&mut self, count: u64, out: &mut String, indent: &str) {
        let mut column = 0;
        for word in 0..count {
            if column > 76 {
                out.push('\n');
                out.push_str(indent);
                column = 0;
            } else if word > 0 {
                out.push(' ');
            }
            let next = WORDS[usize::try_from(self.below(16)).unwrap_or(0)];
            out.push_str(next);
            column += next.len() + 1;
        }
    }
}

fn page(number: u64, documents: u64) -> String {
    let mut numbers = Numbers(number);
    let uploads = documents.div_ceil(4).min(2_000);
    let mut text = "---\ntitle: ".to_owned();
    let title = 8 + numbers.below(24);
    numbers.words(title, &mut text, "  ");
    let (month, day) = (1 + numbers.below(12), 1 + numbers.below(28));
    let year = 2015 + number % 10;
    let faulty = number % 100 == 7;
    text.push_str(&format!(
        "\ndate: {year}-{month:02}-{day:02} 14:00:00 +01:00\n"
    ));
    text.push_str("categories:\n- Communiqué de presse\ntags:\n- Transformation numérique\n");
    if numbers.below(2) == 0 {
        text.push_str("chapeau-text: '");
        let lead = 30 + numbers.below(80);
        numbers.words(lead, &mut text, "  ");
        text.push_str("'\n");
    }
    if numbers.below(4) == 0 {
        text.push_str(
            "contact-presse:\n  name: Direction du numérique\n  tel:\n  - 01 99 00 12 35\n",
        );
        text.push_str("  email: numerique@ministere.example\n");
    }
    let image = numbers.below(uploads);
    text.push_str(&format!(
        "une-ou-diaporama:\n- image: \"/uploads/visuel-{image}.jpg\"\n  legende: \n  alternative-textuelle: Une réunion\n"
    ));
    let file = if faulty {
        uploads + 1
    } else {
        numbers.below(uploads)
    };
    text.push_str(&format!(
        "files:\n- file: \"/uploads/communique-{file}.pdf\"\n  nom: Télécharger le communiqué de presse\n---\n\n"
    ));
    for _ in 0..3 + numbers.below(12) {
        let paragraph = 40 + numbers.below(120);
        numbers.words(paragraph, &mut text, "");
        text.push_str("\n\n");
    }
    text
}
