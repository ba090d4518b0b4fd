//! Tests of the upload index.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

/// A generator that publishes nothing that begins with an underscore.
fn no_underscore(_: &str, path: &str) -> bool {
    !path.starts_with('_')
}

/// A site with files `/uploads/x` in `_uploads/x`, and the rest under its own path.
fn site(files: &[&str], base: &str) -> (TempDir, Uploads) {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        write(folder.path(), file);
    }
    let root = folder.path().to_owned();
    let roots = vec![
        UploadRoot::new(
            "/uploads/",
            root.clone(),
            "_uploads",
            "_uploads".into(),
            None,
        ),
        UploadRoot::new("", root.clone(), "", String::new(), Some(String::new())),
    ];
    let folders = Folders {
        base: base.to_owned(),
        has_bare_urls: false,
        ..Folders::default()
    };
    let uploads = Uploads::new(root, String::new(), &folders, roots);
    (folder, uploads)
}

fn write(root: &Path, file: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, "").unwrap();
}

/// What the search says; the plain way must say the same, or nothing.
fn look(uploads: &Uploads, path: &str) -> Lookup {
    let before = uploads.surely_has(path, &no_underscore);
    let found = uploads.look_up(Some(&[b"_communiques"]), path, &no_underscore, &|| {
        BundleAddress::None
    });
    for plainly in [before, uploads.surely_has(path, &no_underscore)] {
        assert!(!plainly || found == Lookup::Found, "{path}: {found:?}");
    }
    found
}

fn candidate(uploads: &Uploads, path: &str) -> (String, String, Difference) {
    match look(uploads, path) {
        Lookup::Missing {
            candidate: Some(found),
            ..
        } => (found.path, found.written, found.why),
        other => panic!("{path}: {other:?}"),
    }
}

fn missing(looked_for: &str) -> Lookup {
    Lookup::Missing {
        looked_for: looked_for.into(),
        candidate: None,
    }
}

#[test]
fn finds_files_however_their_path_is_written() {
    let (_folder, uploads) = site(
        &[
            "_uploads/a b.pdf",
            "_uploads/é’(2).PNG",
            "_uploads/what?#1.pdf",
            "_uploads/100%.pdf",
            "_uploads/a+b.pdf",
            "_uploads/sub/deep.pdf",
            "_uploads/fonds:deux.pdf",
            "assets/logo.svg",
            "about/index.html",
            "_communiques/beside.pdf",
        ],
        "/presse",
    );
    for path in [
        "/uploads/a b.pdf",
        "/uploads/a%20b.pdf",
        "/uploads/%C3%A9%E2%80%99(2).PNG",
        "/uploads/what%3F%231.pdf?v=2#page=3",
        "/uploads/100%.pdf",
        "/uploads/100%25.pdf",
        "/uploads/a+b.pdf",
        "/uploads//sub/./deep.pdf",
        "/uploads/sub/../sub/deep.pdf",
        "  /uploads/a+b.pdf ",
        "/uploads/fonds:deux.pdf",
        "/assets/logo.svg",
        "/about/",
        "/presse/uploads/a+b.pdf",
        "beside.pdf",
        "./beside.pdf",
        "../uploads/a+b.pdf",
        "../_uploads/a+b.pdf",
    ] {
        assert_eq!(look(&uploads, path), Lookup::Found, "{path}");
    }
    assert_eq!(
        look(&uploads, "uploads/a%20b.pdf#x"),
        Lookup::FoundAtRootOnly {
            written: "/uploads/a%20b.pdf#x".into()
        }
    );
    assert_eq!(
        look(&uploads, "/uploads/sub"),
        Lookup::Folder {
            folder: "_uploads/sub".into()
        }
    );
    assert_eq!(
        look(&uploads, "/uploads/a%2Bc.docx"),
        missing("_uploads/a+c.docx")
    );
    assert_eq!(
        look(&uploads, "/uploads/a+b.pdf/x"),
        missing("_uploads/a+b.pdf/x")
    );
    // Without a folder, beside the page.
    assert_eq!(
        look(&uploads, "nowhere.pdf"),
        missing("_communiques/nowhere.pdf")
    );
    assert_eq!(
        look(&uploads, "uploads/nowhere.pdf"),
        missing("_uploads/nowhere.pdf")
    );
}

#[test]
fn names_the_file_that_was_meant() {
    let (_folder, uploads) = site(
        &[
            "_uploads/Visuel-Generique.jpg",
            "_uploads/re\u{301}sultats.pdf",
            "_uploads/a%20b.pdf",
            "_uploads/c#1.pdf",
            "_uploads/dossier.docx",
            "_uploads/2018/Bilan.pdf",
        ],
        "",
    );
    let cases = [
        (
            "/uploads/Visuel-Generique.JPG",
            "_uploads/Visuel-Generique.jpg",
            "/uploads/Visuel-Generique.jpg",
            Difference::Case,
        ),
        (
            "uploads/visuel-generique.jpg",
            "_uploads/Visuel-Generique.jpg",
            "uploads/Visuel-Generique.jpg",
            Difference::Case,
        ),
        (
            "/uploads/r\u{e9}sultats.pdf",
            "_uploads/re\u{301}sultats.pdf",
            "/uploads/re\u{301}sultats.pdf",
            Difference::Normalisation,
        ),
        (
            "/uploads/a%20b.pdf",
            "_uploads/a%20b.pdf",
            "/uploads/a%2520b.pdf",
            Difference::Encoding,
        ),
        (
            "/uploads/c#1.pdf",
            "_uploads/c#1.pdf",
            "/uploads/c%231.pdf",
            Difference::Encoding,
        ),
        (
            "/uploads/dossier.doc",
            "_uploads/dossier.docx",
            "/uploads/dossier.docx",
            Difference::Extension,
        ),
        (
            "/uploads/Visuel-Generiques.jpg",
            "_uploads/Visuel-Generique.jpg",
            "/uploads/Visuel-Generique.jpg",
            Difference::Spelling,
        ),
        (
            "/Uploads/2018/bilan.pdf?v=1",
            "_uploads/2018/Bilan.pdf",
            "/uploads/2018/Bilan.pdf?v=1",
            Difference::Case,
        ),
        (
            "/upload/2018/Bilan.pdf",
            "_uploads/2018/Bilan.pdf",
            "/uploads/2018/Bilan.pdf",
            Difference::Spelling,
        ),
        (
            "\\uploads\\2018\\Bilan.pdf",
            "_uploads/2018/Bilan.pdf",
            "/uploads/2018/Bilan.pdf",
            Difference::Backslash,
        ),
        (
            "/_uploads/dossier.docx",
            "_uploads/dossier.docx",
            "/uploads/dossier.docx",
            Difference::ServedElsewhere,
        ),
    ];
    for (path, file, written, why) in cases {
        assert_eq!(
            candidate(&uploads, path),
            (file.into(), written.into(), why),
            "{path}"
        );
    }
    let found = look(&uploads, "/uploads/Visuel-Generique.JPG")
        .problem("/uploads/Visuel-Generique.JPG")
        .unwrap();
    assert_eq!(
        found.problem.message,
        "`/uploads/Visuel-Generique.JPG` does not exist"
    );
    assert_eq!(
        found.problem.help.as_deref(),
        Some(
            "`_uploads/Visuel-Generique.jpg` does: the case of the name differs; write \
             `/uploads/Visuel-Generique.jpg`"
        )
    );
}

#[test]
fn names_the_file_beside_the_page_and_in_folders_nearby() {
    let (_folder, uploads) = site(
        &[
            "_communiques/Cover.jpg",
            "_communiques/img/plan.png",
            "_communiques/img/logo.png",
            "_communiques/two/logo.png",
            "_communiques/images/other.png",
            "assets/post.jpg",
            "_uploads/2018/Bilan.pdf",
            "_uploads/2019/Annexe.pdf",
            "_uploads/top.pdf",
        ],
        "",
    );
    use Difference::{Case, Extension, Folder};
    for (path, file, written, why) in [
        ("cover.jpg", "_communiques/Cover.jpg", "Cover.jpg", Case),
        ("./Cover.JPG", "_communiques/Cover.jpg", "./Cover.jpg", Case),
        (
            "./Cover.jpeg",
            "_communiques/Cover.jpg",
            "./Cover.jpg",
            Extension,
        ),
        (
            "img/Plan.png?v=1",
            "_communiques/img/plan.png",
            "img/plan.png?v=1",
            Case,
        ),
        (
            "../Assets/post.jpg",
            "assets/post.jpg",
            "../assets/post.jpg",
            Case,
        ),
        (
            "./images/plan.png",
            "_communiques/img/plan.png",
            "./img/plan.png",
            Folder,
        ),
        (
            "./nowhere/plan.png",
            "_communiques/img/plan.png",
            "./img/plan.png",
            Folder,
        ),
        (
            "./plan.png",
            "_communiques/img/plan.png",
            "./img/plan.png",
            Folder,
        ),
        (
            "./no/Cover.jpg",
            "_communiques/Cover.jpg",
            "./Cover.jpg",
            Folder,
        ),
        (
            "/uploads/Bilan.pdf",
            "_uploads/2018/Bilan.pdf",
            "/uploads/2018/Bilan.pdf",
            Folder,
        ),
        (
            "/uploads/2021/Annexe.pdf",
            "_uploads/2019/Annexe.pdf",
            "/uploads/2019/Annexe.pdf",
            Folder,
        ),
        (
            "/uploads/2019/top.pdf",
            "_uploads/top.pdf",
            "/uploads/top.pdf",
            Folder,
        ),
    ] {
        assert_eq!(
            candidate(&uploads, path),
            (file.into(), written.into(), why),
            "{path}"
        );
    }
    // Several folders have one of that name, and a picture beside one page is none of another's.
    for path in ["./logo.png", "./more/logo.png", "/uploads/2018/Annexe.pdf"] {
        let lookup = look(&uploads, path);
        assert!(
            matches!(
                lookup,
                Lookup::Missing {
                    candidate: None,
                    ..
                }
            ),
            "{path}: {lookup:?}"
        );
    }
}

#[test]
fn an_absent_root_is_told_once() {
    let (_folder, uploads) = site(&["index.md"], "");
    for path in ["/uploads/a.pdf", "/uploads/b.pdf", "uploads/c.pdf"] {
        assert_eq!(
            look(&uploads, path),
            Lookup::RootAbsent {
                folder: "_uploads".into()
            }
        );
    }
    assert_eq!(uploads.absent_roots(), [("_uploads".to_owned(), 3)]);
}

#[test]
fn hostile_paths_look_at_nothing() {
    let (_folder, uploads) = site(&["_uploads/a.pdf"], "");
    let before = uploads.directories.count();
    for path in [
        "/../etc/passwd".to_owned(),
        "../../etc/passwd".into(),
        "/%252e%252e/etc/passwd".into(),
        "/uploads/%2e%2e/%2e%2e/x".into(),
        "/a\0b".into(),
        "/%00".into(),
        "x".repeat(1 << 20),
        "/../".repeat(1 << 18),
        "C:\\x".into(),
    ] {
        assert!(matches!(look(&uploads, &path), Lookup::Refused { .. }));
        assert!(
            look(&uploads, &path)
                .problem(&path)
                .unwrap()
                .problem
                .message
                .len()
                < 1000
        );
    }
    assert_eq!(
        look(&uploads, "https://example.org/../../x"),
        Lookup::External
    );
    assert_eq!(uploads.directories.count(), before);
    look(&uploads, "/uploads/a.pdf");
    assert_eq!(uploads.directories.count(), before + 2);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_site_only() {
    use std::os::unix::fs::symlink;
    let (folder, uploads) = site(&["_uploads/real/a.pdf"], "");
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "secret.pdf");
    let at = folder.path().join("_uploads");
    symlink(at.join("real"), at.join("inside")).unwrap();
    symlink("real/a.pdf", at.join("b.pdf")).unwrap();
    symlink(outside.path(), at.join("outside")).unwrap();
    symlink(at.join("loop"), at.join("loop")).unwrap();
    symlink(&at, at.join("self")).unwrap();
    symlink("gone.pdf", at.join("dangling.pdf")).unwrap();
    assert_eq!(look(&uploads, "/uploads/inside/a.pdf"), Lookup::Found);
    assert_eq!(look(&uploads, "/uploads/b.pdf"), Lookup::Found);
    assert_eq!(
        look(&uploads, "/uploads/self/self/self/b.pdf"),
        Lookup::Found
    );
    assert_eq!(
        look(&uploads, "/uploads/outside/secret.pdf"),
        Lookup::Refused {
            why: Refusal::LinkLeavesSite
        }
    );
    assert!(matches!(
        look(&uploads, "/uploads/loop/x"),
        Lookup::Missing { .. }
    ));
    assert!(matches!(
        look(&uploads, "/uploads/dangling.pdf"),
        Lookup::Missing { .. }
    ));
}

#[test]
fn the_plain_way_finds_what_is_written_as_it_is_named() {
    let (_folder, uploads) = site(
        &[
            "_uploads/a b.pdf",
            "_uploads/\u{e9}.pdf",
            "_uploads/sub/deep.pdf",
            "_uploads/100%.pdf",
            "assets/logo.svg",
            "_hidden/x.svg",
            "top.svg",
        ],
        "/presse",
    );
    let plainly = |path: &str| uploads.surely_has(path, &no_underscore);
    for path in [
        "/uploads/a b.pdf",
        "/uploads/\u{e9}.pdf",
        "/uploads/sub/deep.pdf",
        "/assets/logo.svg",
        "/top.svg",
    ] {
        assert!(plainly(path) && plainly(path), "{path}");
        assert_eq!(look(&uploads, path), Lookup::Found, "{path}");
    }
    for path in [
        "/uploads/A b.pdf",
        "/uploads/e\u{301}.pdf",
        "/uploads/a b.pdf ",
        "/uploads/100%.pdf",
        "/uploads/sub",
        "/uploads/sub/",
        "/uploads//sub/deep.pdf",
        "/uploads/./sub/deep.pdf",
        "/uploads/sub/../sub/deep.pdf",
        "//uploads/sub/deep.pdf",
        "/_hidden/x.svg",
        "uploads/a b.pdf",
        "top.svg",
        "/",
        "",
    ] {
        assert!(!plainly(path), "{path}");
        look(&uploads, path);
    }
}
