//! Hugo: the content folder, the static and asset folders, module mounts and themes.

pub(in crate::site) mod address;
mod address_config;

use std::path::Path;

use super::{Generator, Profile};
use crate::site::folders::{Folders, Ignored};
use crate::site::load::{has_folder, leads_out};
use crate::site::settings::{Opening, Settings, folder, mount};
use crate::syntax::{CloseRule, FenceRules, OpenRule};

/// What Hugo is known by: `hugo.*`, before 0.110 `config.*`, or a folder of them
/// (<https://gohugo.io/configuration/introduction/>). `config.*` is anybody's, so that a folder
/// `content` has to stand beside it.
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::Hugo,
    configs: CONFIGS,
    is_root,
    output: &["public", "resources"],
    fences: &FENCES,
    pages: "`content/`, `contentDir` of each language, module mounts onto `content`",
    uploads: "`static/`, `assets/`, the same of a theme, module mounts, files beside a page \
              (page bundles)",
    elsewhere: "`cascade` in the configuration or in an `_index.md` above the page",
};

/// Hugo's lexer skips a byte order mark and blanks before the fence, compares three bytes of a
/// line with the closing fence, and stops where none comes: `lexFrontMatterSection` in
/// <https://github.com/gohugoio/hugo/blob/master/parser/pageparser/pagelexer_intro.go>.
static FENCES: FenceRules = FenceRules {
    generator: "Hugo",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
        OpenRule::Json,
        OpenRule::WithMetadata,
        OpenRule::Indented,
        OpenRule::AtAnySign,
    ],
    closes: &[CloseRule::WithTrailingText, CloseRule::OnlyByFence],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "stops with an error",
};

const CONFIGS: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/hugo.yml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "config/_default/config.yml",
];

fn is_root(root: &Path, name: &str) -> bool {
    // A folder `config` that leads out, in which nothing is looked up, may be anybody's as well.
    let is_hugos = name.contains("hugo.") && !(name.contains('/') && leads_out(root, "config"));
    is_hugos || has_folder(root, "content")
}

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> (Folders, Settings) {
    let settings = PROFILE
        .config(opening.root)
        .map(|name| opening.settings(name))
        .unwrap_or_default();
    let text = |key: &str| settings.text(&[key]);
    let dir = |key: &str, default: &str| {
        let written = text(key).unwrap_or_else(|| default.to_owned());
        folder(&written).unwrap_or_else(|| default.to_owned())
    };
    let mut content = vec![dir("contentDir", "content")];
    let mut static_dirs = statics(&settings, &[]);
    if static_dirs.is_empty() {
        static_dirs.push("static".to_owned());
    }
    if let Some((document, languages)) = settings.value(&["languages"]) {
        for language in document.members(languages) {
            let name = language.key.text.as_ref();
            let own = settings.text(&["languages", name, "contentDir"]);
            content.extend(own.as_deref().and_then(folder));
            static_dirs.extend(statics(&settings, &["languages", name]));
        }
    }
    let mut served: Vec<(String, String)> = static_dirs
        .into_iter()
        .map(|folder| (String::new(), folder))
        .collect();
    let assets = dir("assetDir", "assets");
    let mut others = opening.existing(&[&assets]);
    for theme in settings.texts(&["theme"]) {
        let theme = format!("{}/{theme}", dir("themesDir", "themes"));
        others.extend(opening.existing(&[&format!("{theme}/static"), &format!("{theme}/assets")]));
    }
    // Page bundles, under the URLs of their pages.
    others.extend(opening.existing(&[&content[0]]));
    served.extend(others.into_iter().map(|folder| (String::new(), folder)));
    mounts(&settings, &mut content, &mut served);
    content.dedup();
    let source = content[0].clone();
    let folders = Folders {
        content,
        apart: vec![dir("publishDir", "public"), "resources".to_owned()],
        ignored: Ignored::Nothing,
        source,
        base: mount(&text("baseURL").unwrap_or_default()),
        served,
        config: settings.source,
        ..Folders::default()
    };
    (folders, settings)
}

/// `staticDir` and `staticDir0` to `staticDir10`
/// (<https://gohugo.io/configuration/all/#staticdir>).
fn statics(settings: &Settings, above: &[&str]) -> Vec<String> {
    let names = (0..=10).map(|number| format!("staticDir{number}"));
    let names = std::iter::once("staticDir".to_owned()).chain(names);
    names
        .flat_map(|name| {
            let keys: Vec<&str> = above.iter().copied().chain([name.as_str()]).collect();
            settings.texts(&keys)
        })
        .filter_map(|written| folder(&written))
        .collect()
}

/// `module.mounts`: folders of the project that stand for those that Hugo knows
/// (<https://gohugo.io/configuration/module/#mounts>).
fn mounts(settings: &Settings, content: &mut Vec<String>, served: &mut Vec<(String, String)>) {
    let Some((document, list)) = settings.value(&["module", "mounts"]) else {
        return;
    };
    for &item in document.items(list) {
        let text = |key| {
            let member = document.get(item, key)?;
            document.string(member.value)
        };
        let (Some(source), Some(target)) = (text("source").and_then(folder), text("target")) else {
            continue;
        };
        let (kind, below) = target.split_once('/').unwrap_or((target, ""));
        match kind {
            "content" if !content.contains(&source) => content.push(source),
            "static" | "assets" => served.push((below.to_owned(), source)),
            _ => {}
        }
    }
}
