//! Tests of addresses that no record holds: what a configuration leaves certain, and generators
//! without a record.

use super::*;
use crate::syntax::{Extraction, extract, parse};
use crate::text::SourceId;

/// The files of a page's address and of those that lead to it.
fn files(folder: &TempDir, site: &Site, path: &str, text: &str) -> (Option<String>, Vec<String>) {
    let path = folder.path().join(path);
    let place = site.place(&path);
    let rules = site.fence_rules_at(&place);
    let Extraction::Found(block) = extract(text.as_bytes(), true, rules) else {
        panic!("{text} has no front matter")
    };
    let parsed = parse(text, &block, site.dialect(), SourceId::PAGE);
    let of_folder = site.folder_defaults(path.parent().unwrap(), &SourceMap::default());
    let mut page = parsed.document.unwrap();
    let _ = site.with_defaults(&mut page, &place, of_folder.as_deref());
    let addresses = site.addresses(&page, &place);
    let redirects = addresses.redirects.into_iter();
    let redirects = redirects.map(|(pointer, address)| format!("{pointer} {}", address.file));
    (addresses.own.map(|own| own.file), redirects.collect())
}

/// Asserts the file of each page, whose front matter is these lines.
fn own(config: (&str, &str), cases: &[(&str, &str, &str)]) {
    let (folder, site, diagnostics) = site(&[config]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let fence = if site.generator_name() == "Zola" {
        "+++"
    } else {
        "---"
    };
    for (path, lines, expected) in cases {
        let text = format!("{fence}\n{lines}\n{fence}\n");
        let (own, _) = files(&folder, &site, path, &text);
        assert_eq!(own.as_deref().unwrap_or(""), *expected, "{path}: {lines}");
    }
}

#[test]
fn hugo_is_silent_where_the_configuration_moves_pages() {
    let page = "---\nurl: /u/\naliases: /old\n---\n";
    let named = "---\ntitle: x\naliases: [/old]\n---\n";
    // What is said of a `url`, of a name and of a section, and whether aliases count.
    for (config, expected) in [
        ("", "unsa"),
        ("permalinks:\n  posts: /:slug/", "u--a"),
        ("uglyURLs: true", "u---"),
        ("uglyURLs:\n  posts: true", "u---"),
        ("uglyURLs: false", "unsa"),
        ("_merge: deep", "----"),
        ("disableAliases: true", "uns-"),
        ("disableKinds: [section, RSS]", "un-a"),
        ("disableKinds: [RSS]", "unsa"),
        ("disableKinds: page", "----"),
        ("frontmatter:\n  date: [':filename', ':default']", "unsa"),
        ("frontmatter:\n  date: [date, ':default']", "unsa"),
        ("ignoreFiles: ['\\.Rmd$']", "----"),
        ("cascade:\n  build:\n    render: never", "----"),
        ("languages:\n  en:\n    weight: 1", "unsa"),
        ("languages:\n  en:\n    contentDir: english", "----"),
        ("languages:\n  fr:\n    weight: 1", "----"),
        ("languages:\n  en: {}\n  fr: {}", "unsa"),
        ("defaultContentLanguageInSubdir: true", "----"),
        ("outputs:\n  home: [HTML, RSS, JSON]", "unsa"),
        ("outputs:\n  page: [HTML, AMP]", "unsa"),
        ("outputs:\n  section: [JSON]", "un-a"),
        ("outputFormats:\n  HTML:\n    baseName: i", "----"),
        ("outputFormats:\n  Search:\n    baseName: i", "unsa"),
        ("mediaTypes:\n  text/html:\n    suffixes: [asp]", "----"),
        (
            "module:\n  mounts:\n  - source: content\n    target: content/blog",
            "unsa",
        ),
        (
            "module:\n  mounts:\n  - source: files\n    target: static",
            "unsa",
        ),
        ("title: [", "----"),
    ] {
        let (folder, site, _) = site(&[("hugo.yaml", config), ("content/a.md", "")]);
        let says = |path, text| files(&folder, &site, path, text);
        let (url, aliases) = says("content/posts/a.md", page);
        let marks = [
            ('u', url.is_some()),
            ('n', says("content/posts/a.md", named).0.is_some()),
            ('s', says("content/posts/_index.md", named).0.is_some()),
            ('a', !aliases.is_empty()),
        ];
        let said: String = marks
            .iter()
            .map(|&(mark, is)| if is { mark } else { '-' })
            .collect();
        assert_eq!(said, expected, "{config}");
    }
    for (file, is_certain) in [
        ("config/_default/permalinks.yaml", true),
        ("config/production/hugo.yaml", true),
        ("config/_default/hugo.yaml", true),
        ("config/_default/menus.en.yaml", true),
    ] {
        let files_of_site = [("hugo.yaml", "title: x"), ("content/a.md", ""), (file, "")];
        let (folder, site, _) = site(&files_of_site);
        let (url, _) = files(&folder, &site, "content/a.md", page);
        assert_eq!(url.is_some(), is_certain, "{file}");
    }
}

#[test]
fn hugo_says_nothing_of_pages_that_are_kept_back_or_moved() {
    let config = ("hugo.yaml", "removePathAccents: true");
    let path = "content/posts/a.md";
    own(
        config,
        &[
            (path, "build: {list: never}", "/posts/a/index.html"),
            (path, "_build: {render: never}", ""),
            (path, "_build: {render: link}", ""),
            (path, "build: never", ""),
            (path, "headless: true", ""),
            (path, "headless: false", "/posts/a/index.html"),
            (path, "Outputs: [json]", ""),
            (path, "outputs: [HTML]", "/posts/a/index.html"),
            (path, "expiryDate: 2020-01-01", ""),
            (path, "expiryDate: ''", "/posts/a/index.html"),
            (path, "path: elsewhere", ""),
            (path, "slug: {a: b}", ""),
            (path, "url: [a]", ""),
            (path, "url: https://example.org/", ""),
            (path, "url: /:slug/", ""),
            ("content/index.md", "title: x", ""),
            ("content/_index.md", "title: x", "/index.html"),
            ("content/posts/a.en.md", "title: x", ""),
            ("content/posts/a.org", "title: x", ""),
            ("content/posts/é.md", "title: x", ""),
            ("static/a.md", "title: x", ""),
        ],
    );
}

#[test]
fn zola() {
    let config = ("config.toml", "base_url = 'https://example.org'");
    own(
        config,
        &[
            ("content/_index.md", "", "/index.html"),
            ("content/press/_index.md", "", "/press/index.html"),
            ("content/press/_index.md", "render = false", ""),
            ("content/press/opening.md", "", "/press/opening/index.html"),
            (
                "content/press/opening/index.md",
                "",
                "/press/opening/index.html",
            ),
            ("content/index.md", "", ""),
            ("content/2024-05-23-opening.md", "", "/opening/index.html"),
            (
                "content/2024-05-23_opening/index.md",
                "",
                "/opening/index.html",
            ),
            (
                "content/2024-13-23-opening.md",
                "",
                "/2024-13-23-opening/index.html",
            ),
            ("content/2024-05-23.md", "", "/2024-05-23/index.html"),
            ("content/a.md", "slug = 'b'", "/b/index.html"),
            ("content/a.md", "slug = 'Bé b'", ""),
            ("content/press/a.md", "path = '/b/c'", "/b/c/index.html"),
            (
                "content/press/a.md",
                "path = 'b/c/'\nslug = 'd'",
                "/b/c/index.html",
            ),
            ("content/press/a.md", "path = ''", ""),
            ("content/press/a.fr.md", "", ""),
            ("content/press/under_score.md", "", ""),
            ("content/Press/a.md", "", ""),
        ],
    );
    let keeps = "base_url = 'x'\n[slugify]\npaths_keep_dates = true";
    own(
        ("config.toml", keeps),
        &[("content/2024-05-23-a.md", "", "/2024-05-23-a/index.html")],
    );
    let (folder, site, _) = site(&[config]);
    let text = "+++\naliases = ['a', '/b/c/', 'd/e.html', '../f', ' g', '.html', 5]\n+++\n";
    let (_, aliases) = files(&folder, &site, "content/x.md", text);
    assert_eq!(
        aliases,
        [
            "/aliases/0 /a/index.html",
            "/aliases/1 /b/c/index.html",
            "/aliases/2 /d/e.html"
        ]
    );
}

#[test]
fn eleventy() {
    own(
        (".eleventy.js", ""),
        &[
            ("a.md", "permalink: /press/", "/press/index.html"),
            ("a.md", "permalink: press/index.html", "/press/index.html"),
            ("a.md", "permalink: press/a.html", "/press/a.html"),
            ("a.md", "permalink: false", ""),
            ("a.md", "permalink: /{{ page.fileSlug }}/", ""),
            ("a.md", "permalink: '/{% x %}/'", ""),
            ("a.md", "permalink: ../a/", ""),
            ("a.md", "permalink: {build: /a/}", ""),
            ("a.md", "permalink: /a/\npagination: {data: x}", ""),
            ("a.md", "eleventyComputed: {}\npermalink: /a/", ""),
            ("a.md", "title: x", ""),
            ("_includes/a.md", "permalink: /press/", ""),
        ],
    );
}

#[test]
fn docusaurus() {
    let cases = [
        ("docs/a.md", "slug: /b", "docs/b"),
        ("blog/a.md", "slug: /b", "blog/b"),
        ("docs/a.md", "slug: b", ""),
        ("docs/a.md", "title: x", ""),
        ("docs/_a.md", "slug: /b", ""),
        (
            "versioned_docs/version-1/a.md",
            "slug: /b",
            "/version-1/docs/b",
        ),
        ("src/pages/a.md", "slug: /b", ""),
    ];
    own(("docusaurus.config.js", "export default {}"), &cases);
    let split = "plugins: [['x', { path: 'docs/api', routeBasePath: 'api' }]]";
    own(
        ("docusaurus.config.js", split),
        &[("docs/api/a.md", "slug: /b", "")],
    );
}

#[test]
fn generators_that_are_not_known_so_well_have_no_addresses() {
    for config in ["mkdocs.yml", ".vitepress/config.js", "astro.config.mjs"] {
        own(
            (config, ""),
            &[("docs/a.md", "permalink: /a/\nurl: /b/\nslug: /c", "")],
        );
    }
}
