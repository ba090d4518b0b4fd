//! `docs/generators.md`, made of what the code says.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::site::generators;
use crate::syntax::{CloseRule, OpenRule};

#[test]
fn the_table_of_generators_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/generators.md");
    let expected = table();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &expected).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == expected,
        "run scripts/update to write {}",
        path.display()
    );
}

fn table() -> String {
    let mut text = String::from(
        "# Generators\n\n\
         frontlint finds a site's generator from the nearest folder above a page that holds a \
         generator's configuration file. Where several stand in one folder, `_config.yml` counts \
         least. `generator = \"…\"` in `frontlint.toml` says it outright. Where there is none, the \
         root of the site is the nearest folder above the page with a `frontlint.toml`, else the \
         working directory, whatever `--config` names.\n\n\
         A configuration that is a program (`astro.config.mjs`) is never run: what it says \
         plainly, as `srcDir: 'src'`, is used, and what it computes is not seen.\n\n\
         What differs between versions of a generator holds for the version that `package.json` \
         or a lock file of npm, yarn, pnpm or bun pins, and for the newest where none is pinned.\n",
    );
    for generator in generators::ALL {
        let profile = generator.profile();
        let fences = profile.fences;
        let list = |items: &[&str]| {
            let items: Vec<_> = items.iter().map(|item| format!("`{item}`")).collect();
            items.join(", ")
        };
        let mut opens = vec!["`---` (YAML)".to_owned()];
        if fences.opens(OpenRule::WithLanguage) {
            opens.push("`---json`".to_owned());
        }
        if fences.opens(OpenRule::Toml) {
            opens.push("`+++` (TOML)".to_owned());
        }
        if fences.opens(OpenRule::Json) {
            opens.push("`{` (JSON)".to_owned());
        }
        let closes = match (
            fences.closes(CloseRule::Dots),
            fences.closes(CloseRule::WithTrailingText),
        ) {
            (true, _) => "the same, or `...` for YAML",
            (false, true) if fences.closes(CloseRule::BySign) => "any line that begins with either",
            (false, true) => "any line that begins with the same",
            (false, false) if fences.closes(CloseRule::AtEndOfLine) => {
                "any line that ends with the same"
            }
            (false, false) => "the same",
        };
        let before = match (
            fences.opens(OpenRule::AfterByteOrderMark),
            fences.opens(OpenRule::AfterEmptyLines),
        ) {
            (true, true) => "a byte order mark, blank lines",
            (true, false) => "a byte order mark",
            (false, true) => "blank lines",
            (false, false) => "nothing",
        };
        let rows = [
            ("`generator`", format!("`\"{}\"`", generator.name())),
            ("known by", list(profile.configs)),
            ("pages", profile.pages.to_owned()),
            ("files that a path names", profile.uploads.to_owned()),
            ("folders it fills, left out of a walk", list(profile.output)),
            ("opens front matter", opens.join(", ")),
            (
                "closes it",
                if fences.opens(OpenRule::Json) {
                    format!("{closes}; for JSON the `}}` that matches")
                } else {
                    closes.to_owned()
                },
            ),
            ("may stand before it", before.to_owned()),
            (
                "front matter that it does not see",
                format!("it {}", fences.when_missed),
            ),
            (
                "front matter that is not closed",
                format!("it {}", fences.when_unclosed),
            ),
            (
                "reads YAML as",
                match profile.older_dialects {
                    "" => format!("`{}`", profile.dialect),
                    older => format!("`{}`; {older}", profile.dialect),
                },
            ),
            ("reads as dates", profile.dates.to_owned()),
            ("a key can also come from", profile.other_sources.to_owned()),
        ];
        let _ = write!(text, "\n## {}\n\n| | |\n|---|---|\n", profile.display_name);
        for (what, value) in rows {
            let _ = writeln!(text, "| {what} | {value} |");
        }
    }
    text
}
