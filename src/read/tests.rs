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
fn the_limit_is_told() {
    let page = page(100_000, 0);
    let head = read_max(&page, 20_000);
    let finding = broken(head);
    assert_eq!(finding.rule, RuleId::UnclosedFrontMatter);
    assert!(
        finding.message.contains("in the first 20000 bytes"),
        "{finding:?}"
    );
    assert!(finding.help.unwrap().contains("raise `max-front-matter`"));
    let exact = page.len();
    assert!(matches!(
        read_max(&page, exact).extraction,
        Extraction::Found(_)
    ));
    assert!(!matches!(
        read_max(&page, 3).extraction,
        Extraction::Found(_)
    ));
    assert!(matches!(read_max(b"", 3).extraction, Extraction::Absent));
}

#[test]
fn latin_1_is_recognised() {
    let head = read(b"---\ntitle: Communiqu\xe9 de presse\n---\n");
    assert_eq!(head.text, "---\ntitle: Communiqu? de presse\n---\n");
    let finding = broken(head);
    assert_eq!(finding.rule, RuleId::InvalidSyntax);
    assert_eq!(finding.primary.unwrap().span, Span::new(20, 21));
    assert_eq!(
        finding.message,
        "the byte 0xE9 is not UTF-8; in Windows-1252 it is the `é` of `Communiqué`"
    );
    let mixed = broken(read(b"---\na: \xc3\xa9\nb: l\x92\xe9t\xe9\n---\n"));
    assert_eq!(
        mixed.help.unwrap(),
        "the rest is UTF-8: type the `’` of `l’été` again"
    );
    let cut = broken(read(b"---\na: \xc3\xa9t\xc3\n---\n"));
    assert!(cut.message.contains("only the beginning of a character"));
    let unknown = broken(read(b"---\na: \x81\n---\n"));
    assert_eq!(unknown.message, "the byte 0x81 is not UTF-8");
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
    let plain: Vec<u8> = "é".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = [b"\xff\xfe".as_slice(), &plain].concat();
    assert!(matches!(read(&plain).extraction, Extraction::Absent));
}

#[test]
fn memory_is_used_again() {
    let mut reader = Reader::new();
    let page = page(10_000, 0);
    let head = reader
        .read_stream(&mut page.as_slice(), &rules(), MAX)
        .unwrap();
    let capacity = head.text.capacity();
    reader.recycle(head.text);
    let head = reader
        .read_stream(&mut b"none".as_slice(), &rules(), MAX)
        .unwrap();
    assert!(matches!(head.extraction, Extraction::Absent));
    assert_eq!(
        (head.text.as_str(), head.text.capacity()),
        ("none", capacity)
    );
}

#[test]
fn what_is_no_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = |path: &Path| {
        let finding = Reader::new().read(path, &rules(), MAX).unwrap_err();
        assert_eq!(finding.rule, RuleId::UnreadableFile);
        finding.message
    };
    assert_eq!(told(folder.path()), "this is a folder, not a file");
    let gone = folder.path().join("gone.md");
    assert_eq!(
        told(&gone),
        "the file cannot be read: it does not exist any more"
    );
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_dangling_links_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let told = |path: &Path| Reader::new().read(path, &rules(), MAX).unwrap_err().message;
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe.md"))
        .status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(told(&at("pipe.md")), "this is a named pipe, not a file");
    }
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.md")).unwrap();
    assert_eq!(told(&at("socket.md")), "this is a socket, not a file");
    assert_eq!(told(Path::new("/dev/null")), "this is a device, not a file");
    std::os::unix::fs::symlink("gone.md", at("link.md")).unwrap();
    assert_eq!(
        told(&at("link.md")),
        "this is a link to `gone.md`, which does not exist"
    );
    std::os::unix::fs::symlink("loop.md", at("loop.md")).unwrap();
    assert!(told(&at("loop.md")).starts_with("the file cannot be read: "));
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
