//! The pages of a press room, made up: releases with front matter and text, each unlike the others.
//!
//! Owns what a page looks like, for `generate` and for the benchmarks of the parts; writes no file.

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
pub struct Numbers(pub u64);

impl Numbers {
    /// A number from 0 to below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// So many words, broken into lines of some 76 bytes that begin with `indent`.
    pub fn words(&mut self, count: u64, out: &mut String, indent: &str) {
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

/// How many pictures, and how many files, the pages of a site of this size refer to.
pub fn uploads(documents: u64) -> u64 {
    documents.div_ceil(4).min(2_000)
}

/// The page of this number in a site of so many documents: front matter and text.
pub fn page(number: u64, documents: u64) -> String {
    let mut numbers = Numbers(number);
    let uploads = uploads(documents);
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
