//! Paths that are found by one look.

use super::*;

#[test]
fn what_is_plainly_there_is_looked_up_as_found() {
    let files = [
        "_uploads/a.pdf",
        "_uploads/b c.pdf",
        "_posts/2020-01-01-a.md",
        "d.png",
    ];
    let mut all: Vec<_> = files.iter().map(|file| (*file, "")).collect();
    all.push(("_config.yml", "collections: {uploads: {output: true}}"));
    let (folder, site, _) = site(&all);
    let page = folder.path().join("_posts/2020-01-01-a.md");
    for (path, expected) in [
        ("/uploads/a.pdf", true),
        ("/uploads/b c.pdf", true),
        ("/d.png", true),
        ("https://example.org/a.pdf", true),
        ("//example.org/a.pdf", true),
        ("mailto:a@b.example", true),
        // Found or not, but not plainly so.
        ("/uploads/b%20c.pdf", false),
        ("d.png", false),
        ("/uploads/a.pdf#page=2", false),
        ("/uploads/", false),
        ("/uploads/e.pdf", false),
        ("https:/example.org", false),
        ("C:\\a.pdf", false),
        ("/../a.pdf", false),
        ("", false),
    ] {
        assert_eq!(site.surely_has(path), expected, "{path}");
        let problem = site
            .look_up(&page, path, &|| BundleAddress::None)
            .problem(path);
        assert!(!expected || problem.is_none(), "{path}: {problem:?}");
    }
}
