//! Zola: `content` with the files beside its pages, and `static`.

pub(in crate::site) mod address;

use std::path::Path;

use super::{Generator, Profile};
use crate::files;
use crate::site::folders::{Folders, Ignored};
use crate::site::load::around;
use crate::site::settings::{Opening, Settings, folder, mount};
use crate::syntax::{FenceRules, OpenRule};

/// What Zola is known by: `zola.toml`, or a `config.toml` with `base_url`, the one setting that it
/// asks for (<https://www.getzola.org/documentation/getting-started/configuration/>).
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::Zola,
    configs: &["zola.toml", "config.toml"],
    is_root,
    output: &["public"],
    fences: &FENCES,
    pages: "`.md` files of `content/` without those of `ignored_content`",
    uploads: "`static/`, the same of the theme, files beside a page in `content/`, and paths that \
              begin with `@/`",
    elsewhere: "nothing",
};

/// Zola skips a byte order mark and white space before the fence, and stops at a file of `content`
/// without front matter: `split_content` in
/// <https://github.com/getzola/zola/blob/master/components/content/src/front_matter/split.rs>.
static FENCES: FenceRules = FenceRules {
    generator: "Zola",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::AfterEmptyLines,
        OpenRule::Toml,
    ],
    when_missed: "stops with an error, since every page needs front matter",
    when_unclosed: "stops with an error, since every page needs front matter",
    ..FenceRules::STRICT
};

fn is_root(root: &Path, name: &str) -> bool {
    if name != "config.toml" {
        return true;
    }
    let bytes = files::read(&root.join(name), &around(root)).ok();
    let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return false;
    };
    text.lines()
        .map(str::trim_start)
        .take_while(|line| !line.starts_with('['))
        .any(|line| {
            line.strip_prefix("base_url")
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        })
}

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> (Folders, Settings) {
    let settings = PROFILE
        .config(opening.root)
        .map(|name| opening.settings(name))
        .unwrap_or_default();
    let output = settings.text(&["output_dir"]);
    let output = output.as_deref().and_then(folder);
    let mut served = vec!["static".to_owned()];
    if let Some(theme) = settings.text(&["theme"]) {
        served.extend(opening.existing(&[&format!("themes/{theme}/static")]));
    }
    served.extend(opening.existing(&["content"]));
    let ignored = settings.texts(&["ignored_content"]);
    let folders = Folders {
        content: vec!["content".to_owned()],
        apart: vec![output.unwrap_or_else(|| "public".to_owned())],
        is_page: |path| Path::new(path).extension().is_some_and(|end| end == "md"),
        ignored: Ignored::globs(ignored.iter().map(String::as_str)),
        source: "content".to_owned(),
        base: mount(&settings.text(&["base_url"]).unwrap_or_default()),
        served: served.into_iter().map(|it| (String::new(), it)).collect(),
        aliases: vec![("@", "content".to_owned())],
        config: settings.source,
        ..Folders::default()
    };
    (folders, settings)
}
