//! Tests of reading the head of a file.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use std::fs;

use super::*;
use crate::syntax::{CloseRule, OpenRule};
use crate::text::Span;

const MAX: usize = 1 << 20;

fn rules() -> FenceRules {
    FenceRules {
        generator: "Jekyll",
        opens: &[OpenRule::AfterByteOrderMark],
        closes: &[CloseRule::Dots],
        when_missed: "copies the file as it is and drops all metadata",
        when_unclosed: "copies the file as it is and drops all metadata",
        requires_front_matter: false,
    }
}

fn read_max(bytes: &[u8], max: usize) -> Head {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, bytes).unwrap();
    let mut reader = Reader::new();
    let head = reader.read(&path, &rules(), max).unwrap();
    let streamed = reader.read_stream(&mut &*bytes, &rules(), max).unwrap();
    assert_eq!(head.text, streamed.text);
    assert_eq!(
        format!("{:?}", head.extraction),
        format!("{:?}", streamed.extraction)
    );
    head
}

fn read(bytes: &[u8]) -> Head {
    read_max(bytes, MAX)
}

fn broken(head: Head) -> Diagnostic {
    match head.extraction {
        Extraction::Broken(diagnostic, None) => *diagnostic,
        other => panic!("{other:?}"),
    }
}

fn page(content: usize, body: usize) -> Vec<u8> {
    let mut page = b"---\n".to_vec();
    while page.len() < content {
        page.extend(b"key: value # and a comment\n");
    }
    page.extend(b"---\n");
    page.resize(page.len() + body, b'x');
    page
}

#[test]
fn only_the_head_is_kept() {
    let head = read(b"---\na: \xc3\xa9\n---  \r\nbody \xff\n");
    assert_eq!(head.text, "---\na: é\n---  \r\n");
    let Extraction::Found(block) = head.extraction else {
        panic!("{head:?}");
    };
    assert_eq!(block.content.slice(&head.text), "a: é\n");
}

#[test]
fn a_long_block_is_read_to_its_end() {
    for content in [FIRST - 10, FIRST - 4, FIRST - 3, FIRST, FIRST * 5, 300_000] {
        let page = page(content, 10);
        let head = read(&page);
        assert!(matches!(head.extraction, Extraction::Found(_)), "{content}");
        assert_eq!(head.text.len(), page.len() - 10);
    }
}

#[test]
fn front_matter_beyond_the_limit_is_reported() {
    let page = page(100_000, 0);
    let finding = broken(read_max(&page, 20_000));
    assert_eq!(finding.rule, RuleId::UnclosedFrontMatter);
    assert!(finding.message.contains("in the first 20000 bytes"));
    assert!(finding.help.unwrap().contains("raise `max-front-matter`"));
    let is_found = |max| matches!(read_max(&page, max).extraction, Extraction::Found(_));
    assert!(is_found(page.len()) && !is_found(3));
    assert!(matches!(read_max(b"", 3).extraction, Extraction::Absent));
}

#[test]
fn bytes_that_are_not_utf_8_are_explained() {
    for (bytes, message, help) in [
        (
            b"---\ntitle: Communiqu\xe9 de presse\n---\n".as_slice(),
            "the byte 0xE9 is not UTF-8; in Windows-1252 it is the `é` of `Communiqué`",
            "save the file as UTF-8 instead of Windows-1252 or ISO 8859-1 (Latin-1)",
        ),
        (
            b"---\na: \xc3\xa9\nb: l\x92\xe9t\xe9\n---\n",
            "the byte 0x92 is not UTF-8; in Windows-1252 it is the `’` of `l’été`",
            "the rest is UTF-8: type the `’` of `l’été` again",
        ),
        (
            b"---\na: \xc3\xa9t\xc3\n---\n",
            "the byte 0xC3 is only the beginning of a character; the rest of it is missing",
            "write the character again, or delete what is left of it",
        ),
        (
            b"---\na: \x81\n---\n",
            "the byte 0x81 is not UTF-8",
            "save the file as UTF-8",
        ),
    ] {
        let head = read(bytes);
        assert!(head.text.contains('?'), "{:?}", head.text);
        let finding = broken(head);
        assert_eq!(finding.rule, RuleId::InvalidSyntax);
        assert_eq!(
            (finding.message.as_str(), finding.help.as_deref()),
            (message, Some(help))
        );
    }
    let finding = broken(read(b"---\ntitle: Communiqu\xe9\n---\n"));
    assert_eq!(finding.primary.unwrap().span, Span::new(20, 21));
}

#[test]
fn utf_16_has_a_message_of_its_own() {
    let text = "---\ntitle: é\n---\n";
    let units =
        |order: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(order).collect() };
    let (little, big) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
    for bytes in [
        [b"\xff\xfe".as_slice(), &little].concat(),
        [b"\xfe\xff".as_slice(), &big].concat(),
        little,
        big,
    ] {
        let finding = broken(read(&bytes));
        assert!(finding.message.contains("saved as UTF-16"), "{finding:?}");
    }
    assert!(matches!(
        read(b"\xff\xfe\xe9\x00").extraction,
        Extraction::Absent
    ));
}

fn refused(path: &Path) -> String {
    let finding = Reader::new().read(path, &rules(), MAX).unwrap_err();
    assert_eq!(finding.rule, RuleId::UnreadableFile);
    finding.message
}

#[test]
fn folders_and_missing_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(folder.path()), "this is a folder, not a file");
    assert_eq!(
        refused(&folder.path().join("gone.md")),
        "the file cannot be read: there is no such file"
    );
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_dangling_links_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe.md"))
        .status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(refused(&at("pipe.md")), "this is a named pipe, not a file");
    }
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.md")).unwrap();
    assert_eq!(refused(&at("socket.md")), "this is a socket, not a file");
    assert_eq!(
        refused(Path::new("/dev/null")),
        "this is a device, not a file"
    );
    std::os::unix::fs::symlink("gone.md", at("link.md")).unwrap();
    assert_eq!(
        refused(&at("link.md")),
        "this is a link to `gone.md`, which does not exist"
    );
    std::os::unix::fs::symlink("loop.md", at("loop.md")).unwrap();
    assert!(refused(&at("loop.md")).starts_with("the file cannot be read: "));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(
        body in proptest::collection::vec(proptest::num::u8::ANY, 0..60),
        fence in proptest::bool::ANY,
        max in 0_usize..80,
    ) {
        let start: &[u8] = if fence { b"---\na: " } else { b"" };
        let bytes = [start, &body, b"\n---\n", &body].concat();
        let head = Reader::new().read_stream(&mut bytes.as_slice(), &rules(), max).unwrap();
        assert!(head.text.len() <= max);
        assert!(!matches!(head.extraction, Extraction::Incomplete));
        if let Extraction::Found(block) = head.extraction {
            assert!(head.text.get(block.content.range()).is_some());
        }
    }
}
