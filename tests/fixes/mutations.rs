//! Pages with faults of known mends in random places: every one is mended, and every other value,
//! comment and byte stays.

use std::fs;

use proptest::prelude::*;

use crate::support::Site;

/// A key with its value as it should be, and ways to spoil it that have a mend.
struct Entry {
    good: &'static str,
    spoilt: &'static [&'static str],
}

const ENTRIES: &[Entry] = &[
    Entry {
        good: "title: 'Archive: the opening'\n",
        spoilt: &[
            "title: Archive: the opening\n",
            "title: \"Archive: the opening\n",
        ],
    },
    Entry {
        good: "date: 2024-05-23 10:00:00 +02:00\n",
        spoilt: &[],
    },
    Entry {
        good: "chapeau: \"L'été\"\n",
        spoilt: &["chapeu: \"L'été\"\n", "chapeau: 'L'été'\n"],
    },
    Entry {
        good: "image: /uploads/release.pdf\nposition: 1\n",
        spoilt: &[
            "image: /uploads/Release.pdf\nposition: 1\n",
            "image: \"uploads/release.pdf\"\nposition: 1\n",
            "image: /uploads/release.pdf\nposition: '1'\n",
        ],
    },
    Entry {
        good: "published: true\n",
        spoilt: &["published: oui\n", "published: 'true'\n", "published: 1\n"],
    },
    Entry {
        good: "tags: [one, two]\n",
        spoilt: &["tags: [one, two\n"],
    },
    Entry {
        good: "contact-presse:\n  name: Camille\n  email: c@archives.example\n  tel: '0170203040'\n",
        spoilt: &[
            "contact-presse:\n  name: Camille\n  email: c@archives.example\n  tel: 0170203040\n",
            "contact-presse:\n  name: Camille\n  email: 'c@archives.example\u{a0}'\n  tel: '0170203040'\n",
            "contact-presse:\n  name: Camille\n  emial: c@archives.example\n  tel: '0170203040'\n",
        ],
    },
];

const OPENINGS: &[&str] = &["---\n", "----\n", "\n\n---\n", "\u{feff}---\n"];
const CLOSINGS: &[&str] = &["---\n", "----\n"];
const COMMENTS: &[&str] = &["", "# a comment\n", "\n", "  # 'another: one\n"];

#[derive(Debug)]
struct Page {
    text: String,
    good: String,
}

fn pages() -> impl Strategy<Value = (Page, Vec<u8>)> {
    let order = Just((0..ENTRIES.len()).collect::<Vec<_>>()).prop_shuffle();
    let spoilt =
        proptest::collection::vec(proptest::option::weighted(0.4, 0..3_usize), ENTRIES.len());
    let comments = proptest::collection::vec(0..COMMENTS.len(), ENTRIES.len());
    let fences = (0..OPENINGS.len(), 0..CLOSINGS.len());
    let body = proptest::collection::vec(any::<u8>(), 0..40);
    (order, spoilt, comments, fences, any::<bool>(), body).prop_map(
        |(order, spoilt, comments, (open, close), windows, mut body)| {
            let mut text = OPENINGS[open].to_owned();
            let mut good = "---\n".to_owned();
            let mut open_end = false;
            for index in order {
                let entry = &ENTRIES[index];
                let comment = COMMENTS[comments[index]];
                text.push_str(comment);
                good.push_str(comment);
                let wrong = spoilt[index].and_then(|way| entry.spoilt.get(way));
                // Two quotes or brackets without partners: where each ends is anybody's guess.
                let wrong = wrong.filter(|wrong| !(open_end && has_no_end(wrong)));
                open_end |= wrong.is_some_and(|wrong| has_no_end(wrong));
                text.push_str(wrong.unwrap_or(&entry.good));
                good.push_str(entry.good);
            }
            text.push_str(CLOSINGS[close]);
            good.push_str("---\n");
            if windows {
                text = text.replace('\n', "\r\n");
                good = good.replace('\n', "\r\n");
            }
            // Nothing in the body may pass for a fence.
            body.retain(|byte| !b"-\xe2".contains(byte));
            body.insert(0, b'B');
            (Page { text, good }, body)
        },
    )
}

fn has_no_end(line: &str) -> bool {
    let odd = |c: char| line.matches(c).count() % 2 == 1;
    odd('"') || odd('\'') || line.matches('[').count() != line.matches(']').count()
}

/// The values of a front matter as another reader has them.
fn values(text: &str) -> serde_yaml::Value {
    let text = text.trim_start_matches('\u{feff}').trim();
    let inner = text.trim_start_matches("---").trim_end_matches("---");
    serde_yaml::from_str(inner).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

fn comments(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim_end);
    lines
        .filter(|line| line.trim_start().starts_with('#'))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_was_spoilt_is_mended_and_nothing_else_changes((page, body) in pages()) {
        let mut bytes = page.text.clone().into_bytes();
        bytes.extend(&body);
        let site = Site::press_room().with_pictures().with("_communiques/a.md", &bytes);
        let fix = ["check", "--fix", "--unsafe-fixes", "--output-format", "concise"];
        let run = site.run(&fix);
        let after = fs::read(site.path("_communiques/a.md")).unwrap();
        prop_assert_eq!(&run.stdout, "", "{}\nbecame\n{}", page.text, String::from_utf8_lossy(&after));
        prop_assert!(after.ends_with(&body), "the body changed");
        let head = std::str::from_utf8(&after[..after.len() - body.len()]).unwrap();
        prop_assert_eq!(values(head), values(&page.good), "{}\nbecame\n{}", page.text, head);
        prop_assert_eq!(comments(head), comments(&page.text));
        let windows = page.text.contains('\r');
        prop_assert_eq!(head.replace("\r\n", "").contains('\n'), !windows);
        site.run(&fix);
        prop_assert_eq!(fs::read(site.path("_communiques/a.md")).unwrap(), after);
    }
}
