//! MkDocs: one folder of pages, with their files among them.

use ignore::gitignore::GitignoreBuilder;

use super::{Generator, Profile, always};
use crate::site::folders::{Folders, Ignored};
use crate::site::settings::{Opening, Settings, folder, mount};
use crate::syntax::{CloseRule, FenceRules, OpenRule};

/// What MkDocs is known by (<https://www.mkdocs.org/user-guide/configuration/>).
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::MkDocs,
    configs: &["mkdocs.yml", "mkdocs.yaml"],
    is_root: always,
    output: &["site"],
    fences: &FENCES,
    pages: "`docs/` (`docs_dir`) without what `exclude_docs` names",
    uploads: "`docs/` (`docs_dir`), and files beside a page",
    elsewhere: "a `.meta.yml` above the page, with the plugin `meta` of Material for MkDocs",
};

/// MkDocs reads a page as `utf-8-sig` and compares its beginning with `YAML_RE` in
/// <https://github.com/mkdocs/mkdocs/blob/master/mkdocs/utils/meta.py>: `---`, closed by `---` or
/// `...`.
static FENCES: FenceRules = FenceRules {
    generator: "MkDocs",
    opens: &[OpenRule::AfterByteOrderMark],
    closes: &[
        CloseRule::Dots,
        CloseRule::OnlyBeforeLineBreak,
        CloseRule::OnlyAfterContent,
    ],
    when_missed: "prints these lines as text and drops all metadata",
    when_unclosed: "prints these lines as text and drops all metadata",
};

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> (Folders, Settings) {
    let settings = PROFILE
        .config(opening.root)
        .map(|name| opening.settings(name))
        .unwrap_or_default();
    let dir = |key, default: &str| {
        let written = settings.text(&[key]);
        let written = written.as_deref().and_then(folder);
        written.unwrap_or_else(|| default.to_owned())
    };
    let docs = dir("docs_dir", "docs");
    let mut list = GitignoreBuilder::new("");
    for line in settings
        .text(&["exclude_docs"])
        .unwrap_or_default()
        .lines()
        .chain(["/templates/"])
    {
        // A pattern that cannot be read excludes nothing.
        let _ = list.add_line(None, line);
    }
    let ignored = list
        .build()
        .map_or(Ignored::Nothing, |list| Ignored::List(Box::new(list)));
    let folders = Folders {
        content: vec![docs.clone()],
        apart: vec![dir("site_dir", "site")],
        ignored,
        source: docs.clone(),
        base: mount(&settings.text(&["site_url"]).unwrap_or_default()),
        served: vec![(String::new(), docs)],
        config: settings.source,
        ..Folders::default()
    };
    (folders, settings)
}
