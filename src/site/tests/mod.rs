//! Tests of sites of every generator.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

mod address;
mod dates;
mod documentation;
mod plain_paths;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::uploads::Candidate;
use super::*;
use crate::diagnostic::Diagnostic;
use crate::text::SourceMap;

/// A site of these files; those whose names end with a slash are folders.
fn site(files: &[(&str, &str)]) -> (TempDir, Site, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let options = SiteOptions {
        root: folder.path(),
        display_root: "".as_ref(),
        generator: None,
        dialect: None,
        uploads: &[],
        boundary: crate::files::Boundary::none(),
        working_directory: folder.path(),
    };
    let (site, diagnostics) = Site::open(options, &SourceMap::default());
    (folder, site, diagnostics)
}

fn pages(folder: &TempDir, site: &Site, paths: &[(&str, bool)]) {
    for (path, expected) in paths {
        let place = site.place(&folder.path().join(path)).into_owned();
        assert_eq!(place.is_rendered(), *expected, "{path}: {place:?}");
    }
}

fn found(folder: &TempDir, site: &Site, page: &str, paths: &[&str]) {
    for path in paths {
        let lookup = site.look_up(&folder.path().join(page), path, &|| BundleAddress::None);
        assert_eq!(lookup, Lookup::Found, "{path} from {page}");
    }
}

fn missing(folder: &TempDir, site: &Site, page: &str, path: &str) -> Option<Candidate> {
    match site.look_up(&folder.path().join(page), path, &|| BundleAddress::None) {
        Lookup::Missing { candidate, .. } => candidate,
        other => panic!("{path}: {other:?}"),
    }
}

#[test]
fn each_generator_is_known_by_its_configuration() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("_config.yml", "title: x")], "jekyll"),
        (&[("hugo.yaml", "title: x")], "hugo"),
        (
            &[("config.toml", "baseURL = 'x'"), ("content/a.md", "")],
            "hugo",
        ),
        (
            &[("config/_default/config.toml", ""), ("content/a.md", "")],
            "hugo",
        ),
        (
            &[("config.toml", "# x\nbase_url = 'x'"), ("content/a.md", "")],
            "zola",
        ),
        (&[("zola.toml", "")], "zola"),
        (&[("config.toml", "[extra]\nbase_url = 'x'")], "none"),
        (&[("astro.config.mjs", "")], "astro"),
        (&[("docusaurus.config.ts", "")], "docusaurus"),
        (&[(".vitepress/config.mts", "")], "vitepress"),
        (&[("mkdocs.yml", "site_name: x")], "mkdocs"),
        (&[(".eleventy.js", "")], "eleventy"),
        (&[("eleventy.config.mjs", "")], "eleventy"),
        // `_config.yml` says how GitHub publishes what another generator builds.
        (
            &[("_config.yml", "theme: x"), ("mkdocs.yml", "site_name: x")],
            "mkdocs",
        ),
        (
            &[("_config.yml", ""), ("docusaurus.config.js", "")],
            "docusaurus",
        ),
        (&[("readme.md", "")], "none"),
    ];
    for (files, expected) in cases {
        let (folder, site, _) = site(files);
        let generator = site.generator();
        let name = generator.map_or("none", |generator| generator.name());
        assert_eq!(name, *expected, "{files:?}");
        assert!(generator.is_none_or(|generator| generator.has_root(folder.path())));
    }
    for generator in generators::ALL {
        assert_eq!(generator_named(generator.name()), Some(*generator));
    }
}

#[test]
fn folders_that_generators_fill_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    assert!(is_generated(Path::new("a/_site")));
    assert!(is_generated(Path::new("a/.docusaurus")));
    assert!(!is_generated(Path::new("a/public")));
    for (config, output) in [
        ("hugo.toml", "public"),
        ("astro.config.mjs", "dist"),
        ("docusaurus.config.js", "build"),
        ("mkdocs.yml", "site"),
        ("zola.toml", "public"),
    ] {
        assert!(!is_output(&root.join(output)), "{output}");
        fs::write(root.join(config), "").unwrap();
        assert!(is_output(&root.join(output)), "{output}");
        fs::remove_file(root.join(config)).unwrap();
    }
}

#[test]
fn hugo() {
    let (folder, site, diagnostics) = site(&[
        (
            "hugo.toml",
            "baseURL = 'https://example.org/ports/'\ntheme = 'harbour'\n\
             [cascade.params]\nregion = 'west'\n\
             [languages.fr]\ncontentDir = 'inhalt/fr'\n\
             [[module.mounts]]\nsource = 'shared/img'\ntarget = 'static/img'\n",
        ),
        (
            "content/news/_index.md",
            "---\ncascade:\n- author: Port office\n---\n",
        ),
        ("content/news/quay/index.md", ""),
        ("content/news/quay/plan.png", ""),
        ("content/news/tides.md", ""),
        ("static/press/plan.pdf", ""),
        ("assets/images/pier.jpg", ""),
        ("shared/img/gull.png", ""),
        ("themes/harbour/static/logo.svg", ""),
        ("public/news/x.md", ""),
    ]);
    assert_eq!(diagnostics, []);
    pages(
        &folder,
        &site,
        &[
            ("content/news/tides.md", true),
            ("inhalt/fr/a.md", true),
            ("archetypes/default.md", false),
            ("README.md", false),
            ("public/news/x.md", false),
            ("themes/harbour/content/a.md", false),
        ],
    );
    let page = "content/news/quay/index.md";
    found(
        &folder,
        &site,
        page,
        &[
            "plan.png",
            "/press/plan.pdf",
            "/images/pier.jpg",
            "/img/gull.png",
            "/logo.svg",
            "/news/quay/plan.png",
            "/ports/press/plan.pdf",
            "/news/tides",
            "/news/tides/",
        ],
    );
    let near = missing(&folder, &site, page, "/press/Plan.pdf").unwrap();
    assert_eq!(near.path, "static/press/plan.pdf");
    // What cascades give is laid under the page.
    let text = "title: Quay\n";
    let block = crate::syntax::Block::whole(crate::syntax::Syntax::Yaml, text);
    let parsed = crate::syntax::parse(text, &block, site.dialect(), crate::text::SourceId::PAGE);
    let mut document = parsed.document.unwrap();
    let (path, sources) = (folder.path().join(page), SourceMap::default());
    let of_folder = site.folder_defaults(path.parent().unwrap(), &sources);
    let _ = site.with_defaults(&mut document, &site.place(&path), of_folder.as_deref());
    let keys = document.members(document.root()).iter();
    let keys: Vec<_> = keys.map(|member| &*member.key.text).collect();
    assert_eq!(keys, ["title", "author", "region"]);
    assert_eq!(site.external_source_of(&path, "author"), None);
}

#[test]
fn astro() {
    let (folder, site, _) = site(&[
        ("astro.config.mjs", "export default { base: '/docs' }"),
        (
            "src/content.config.ts",
            "const a = defineCollection({ loader: glob({ base: './notes' }), schema: z.object({ \
             title: z.string(), layout: z.string().default('x') }) })",
        ),
        ("src/content/blog/a.md", ""),
        ("src/content/blog/a.png", ""),
        ("src/assets/b.png", ""),
        ("public/c.png", ""),
    ]);
    pages(
        &folder,
        &site,
        &[
            ("src/content/blog/a.md", true),
            ("src/pages/about.md", true),
            ("src/content/blog/_draft.md", false),
            ("notes/x.md", true),
            ("README.md", false),
            ("dist/x.md", false),
        ],
    );
    let page = "src/content/blog/a.md";
    let place = site.place(&folder.path().join(page)).into_owned();
    assert_eq!(place.collection(), Some("blog"));
    found(
        &folder,
        &site,
        page,
        &[
            "./a.png",
            "../../assets/b.png",
            "/c.png",
            "/docs/c.png",
            "~/assets/b.png",
        ],
    );
    let near = missing(&folder, &site, page, "@/assets/B.png").unwrap();
    assert_eq!(
        (near.path.as_str(), near.written.as_str()),
        ("src/assets/b.png", "@/assets/b.png")
    );
    let says = |key| site.external_source_of(&folder.path().join(page), key);
    assert!(says("layout").unwrap().contains("src/content.config.ts"));
    assert_eq!(says("title"), None);
}

#[test]
fn docusaurus() {
    let (folder, site, _) = site(&[
        (
            "docusaurus.config.js",
            "module.exports = { baseUrl: '/', staticDirectories: ['static', 'files'] }",
        ),
        ("docs/intro.md", ""),
        ("docs/img/a.png", ""),
        ("static/img/b.png", ""),
        ("files/c.pdf", ""),
    ]);
    pages(
        &folder,
        &site,
        &[
            ("docs/intro.md", true),
            ("versioned_docs/version-1/intro.md", true),
            ("src/pages/about.md", true),
            ("src/components/readme.md", false),
            ("docs/_partial.mdx", false),
            ("docs/a.test.md", false),
            ("static/x.md", false),
            ("build/x.md", false),
            ("README.md", false),
            ("node_modules/a/b.md", false),
        ],
    );
    found(
        &folder,
        &site,
        "docs/intro.md",
        &[
            "./img/a.png",
            "/img/b.png",
            "/c.pdf",
            "@site/static/img/b.png",
        ],
    );
}

#[test]
fn vitepress() {
    let (folder, site, _) = site(&[
        (
            ".vitepress/config.ts",
            "export default { srcDir: './src', srcExclude: ['**/TODO.md'], \
             transformPageData(p) { p.frontmatter.author ??= 'x' } }",
        ),
        ("src/guide/a.md", ""),
        ("src/guide/a.png", ""),
        ("src/public/logo.svg", ""),
    ]);
    pages(
        &folder,
        &site,
        &[
            ("src/guide/a.md", true),
            ("src/guide/TODO.md", false),
            ("README.md", false),
            (".vitepress/theme/readme.md", false),
        ],
    );
    found(&folder, &site, "src/guide/a.md", &["a.png", "/logo.svg"]);
    let page = folder.path().join("src/guide/a.md");
    assert!(site.external_source_of(&page, "author").is_some());
    assert!(site.external_source_of(&page, "title").is_none());
}

#[test]
fn mkdocs() {
    let (folder, site, diagnostics) = site(&[
        (
            "mkdocs.yml",
            "site_name: Ports\ndocs_dir: manual\nexclude_docs: |\n  drafts/\n  *.tmp.md\n\
             markdown_extensions:\n- pymdownx.emoji:\n    emoji_index: \
             !!python/name:material.extensions.emoji.twemoji\n    emoji_generator: \
             !!python/name:material.extensions.emoji.to_svg\nsite_url: !ENV [URL, 'https://a.b/']\n",
        ),
        ("manual/a/b.md", ""),
        ("manual/a/b.png", ""),
        ("manual/a/.meta.yml", "tags: [ports]\n"),
    ]);
    assert_eq!(diagnostics, []);
    pages(
        &folder,
        &site,
        &[
            ("manual/a/b.md", true),
            ("manual/drafts/b.md", false),
            ("manual/x.tmp.md", false),
            ("docs/a.md", false),
            ("README.md", false),
        ],
    );
    found(
        &folder,
        &site,
        "manual/a/b.md",
        &["b.png", "/a/b.png", "../a/b.md"],
    );
    let page = folder.path().join("manual/a/b.md");
    assert_eq!(
        site.external_source_of(&page, "tags").unwrap(),
        "`manual/a/.meta.yml` gives `tags`, which the plugin `meta` lays under the page"
    );
}

#[test]
fn eleventy() {
    let (folder, site, _) = site(&[
        (
            "eleventy.config.js",
            "export default function (c) { c.setInputDirectory('content'); \
             c.addGlobalData('region', 'west') }",
        ),
        ("content/posts/a.md", ""),
        ("content/posts/a.png", ""),
        ("content/posts/posts.json", "{\"layout\": \"post.njk\"}"),
        (
            "content/content.11tydata.js",
            "export default { lang: 'en' }",
        ),
        ("public/b.png", ""),
        ("img/c.png", ""),
    ]);
    pages(
        &folder,
        &site,
        &[
            ("content/posts/a.md", true),
            ("content/_includes/x.md", false),
            ("README.md", false),
            ("_site/a.md", false),
        ],
    );
    found(
        &folder,
        &site,
        "content/posts/a.md",
        &["a.png", "/posts/a.png", "/b.png", "/img/c.png"],
    );
    let page = folder.path().join("content/posts/a.md");
    let says = |key| site.external_source_of(&page, key);
    assert_eq!(
        says("layout").unwrap(),
        "the data file `content/posts/posts.json` may give `layout`"
    );
    assert!(says("lang").unwrap().contains("content.11tydata.js"));
    assert!(says("region").unwrap().contains("addGlobalData"));
    assert_eq!(says("title"), None);
}

#[test]
fn zola() {
    let (folder, site, _) = site(&[
        (
            "config.toml",
            "base_url = 'https://example.org'\nignored_content = ['**/notes.md']\n",
        ),
        ("content/blog/a.md", ""),
        ("content/blog/a.png", ""),
        ("static/b.png", ""),
    ]);
    pages(
        &folder,
        &site,
        &[
            ("content/blog/a.md", true),
            ("content/blog/notes.md", false),
            ("README.md", false),
            ("templates/a.md", false),
        ],
    );
    found(
        &folder,
        &site,
        "content/blog/a.md",
        &["a.png", "/blog/a.png", "/b.png", "@/blog/a.md"],
    );
}

#[test]
fn a_broken_configuration_of_any_generator_is_one_finding() {
    for (name, text) in [
        ("hugo.toml", "title = \n"),
        ("hugo.json", "{"),
        ("mkdocs.yml", "a: [\n"),
        ("zola.toml", "\"\n"),
    ] {
        let (folder, site, diagnostics) = site(&[(name, text)]);
        assert_eq!(diagnostics.len(), 1, "{name}: {diagnostics:?}");
        assert_eq!(
            diagnostics[0].rule,
            crate::diagnostic::RuleId::InvalidConfig
        );
        let _ = site.place(&folder.path().join("content/a.md"));
    }
    // Programs are looked at, never run; whatever stands in them does no harm.
    for text in ["", "'", "export default {", "\u{feff}\0", "srcDir: '../..'"] {
        for name in [
            "astro.config.mjs",
            "docusaurus.config.js",
            ".vitepress/config.js",
            ".eleventy.js",
        ] {
            let (folder, site, diagnostics) = site(&[(name, text)]);
            assert_eq!(diagnostics, []);
            let page = folder.path().join("docs/a.md");
            let _ = (
                site.place(&page),
                site.look_up(&page, "/x.png", &|| BundleAddress::None),
            );
            assert_eq!(site.external_source_of(&page, "title"), None);
        }
    }
}
