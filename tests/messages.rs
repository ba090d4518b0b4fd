//! The commonest mistakes, and what frontlint says: each message is read as the author of the
//! page would read it. `scripts/update` writes the snapshots.

use crate::support::Site;

/// A name, and the page as its author saved it. The corpus of mistakes is that of public issue
/// trackers and of the YAML test suite's refusals.
const MISTAKES: &[(&str, &str)] = &[
    (
        "colon in a title",
        "---\ntitle: Archive: the opening\ndate: 2024-05-23\n---\n",
    ),
    (
        "apostrophe in single quotes",
        "---\ntitle: 'L'archive ouvre'\ndate: 2024-05-23\n---\n",
    ),
    (
        "quote never closed",
        "---\ntitle: \"The archive opens\ndate: 2024-05-23\n---\n",
    ),
    (
        "quotes around a part of the value",
        "---\ntitle: \"Archive\" opens today\ndate: 2024-05-23\n---\n",
    ),
    (
        "tab as indentation",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n\tname: Camille\n---\n",
    ),
    (
        "liquid in a value",
        "---\ntitle: {{ page.name }}\ndate: 2024-05-23\n---\n",
    ),
    (
        "at sign begins a value",
        "---\ntitle: x\ndate: 2024-05-23\nauthor: @camille\n---\n",
    ),
    (
        "asterisks begin a value",
        "---\ntitle: **The archive** opens\ndate: 2024-05-23\n---\n",
    ),
    (
        "no blank after the colon",
        "---\ntitle:The archive opens\ndate: 2024-05-23\n---\n",
    ),
    (
        "a key less indented than its neighbours",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n    name: Camille\n  email: c@archives.example\n---\n",
    ),
    (
        "bracket never closed",
        "---\ntitle: x\ndate: 2024-05-23\ntags: [archive, opening\n---\n",
    ),
    (
        "front matter never closed",
        "---\ntitle: x\ndate: 2024-05-23\n\nThe archive opens today.\n",
    ),
    (
        "byte order mark",
        "\u{feff}---\ntitle: x\ndate: 2024-05-23\n---\n",
    ),
    (
        "blank line before the fence",
        "\n---\ntitle: x\ndate: 2024-05-23\n---\n",
    ),
    ("four dashes", "----\ntitle: x\ndate: 2024-05-23\n---\n"),
    (
        "key written twice",
        "---\ntitle: x\ndate: 2024-05-23\ntitle: y\n---\n",
    ),
    ("no date", "---\ntitle: The archive opens\n---\n"),
    ("title left empty", "---\ntitle:\ndate: 2024-05-23\n---\n"),
    ("a date in words", "---\ntitle: x\ndate: tuesday\n---\n"),
    (
        "a day that does not exist",
        "---\ntitle: x\ndate: 2023-02-30\n---\n",
    ),
    (
        "misspelt key",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n  name: Camille\n  mail: c@archives.example\n  tel: 01 70 20 30 40\n---\n",
    ),
    (
        "telephone number without quotes",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n  name: Camille\n  email: c@archives.example\n  tel: 0171211250\n---\n",
    ),
    (
        "telephone number with a letter",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n  name: Camille\n  email: c@archives.example\n  tel: O1 70 20 30 40\n---\n",
    ),
    (
        "address without at sign",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n  name: Camille\n  email: c.archives.example\n  tel: 01 70 20 30 40\n---\n",
    ),
    (
        "file in another case",
        "---\ntitle: x\ndate: 2024-05-23\nimage: /uploads/Release.PDF\n---\n",
    ),
    (
        "a contact of one's own without e-mail",
        "---\ntitle: x\ndate: 2024-05-23\ncontact-presse:\n  name: Camille\n  tel: 01 70 20 30 40\n---\n",
    ),
    (
        "a text where a number belongs",
        "---\ntitle: x\ndate: 2024-05-23\nposition: first\n---\n",
    ),
    (
        "a boolean in French",
        "---\ntitle: x\ndate: 2024-05-23\npublished: oui\n---\n",
    ),
    (
        "an item with neither file nor link",
        "---\ntitle: x\ndate: 2024-05-23\nfiles:\n- nom: The release\n---\n",
    ),
];

#[test]
fn each_says_what_is_wrong_and_what_to_write() {
    for (name, page) in MISTAKES {
        let site = Site::press_room().with("_communiques/release.md", page);
        let run = site.run(&["check", "_communiques/release.md"]);
        assert_message(name, page, &run.stdout);
    }
}

fn assert_message(name: &str, page: &str, message: &str) {
    let text = format!("{page}\n{}\n{message}\n", "=".repeat(80));
    insta::assert_snapshot!(name.replace([' ', '\''], "-"), text);
}

#[test]
fn an_upload_without_the_slash_that_the_others_have() {
    let page = "---\ntitle: x\ndate: 2024-05-23\nimage: uploads/release.pdf\n---\n";
    let site = Site::press_room().with_pictures();
    let site = site.with("_communiques/release.md", page);
    let run = site.run(&["check"]);
    assert_message("upload without its slash", page, &run.stdout);
    // How the other pages write theirs is not known here.
    let run = site.run(&["check", "_communiques/release.md"]);
    assert_eq!(run.stdout, "");
}
