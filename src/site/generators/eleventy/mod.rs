//! Eleventy: the input folder, and whatever code copies through.

pub(in crate::site) mod address;

use ignore::gitignore::GitignoreBuilder;

use super::{Generator, Profile, always};
use crate::site::folders::{Folders, Ignored};
use crate::site::generators::docusaurus::GRAY_MATTER;
use crate::site::settings::{Opening, folder, mount};
use crate::syntax::{FenceRules, OpenRule};

/// What Eleventy is known by (<https://www.11ty.dev/docs/config/#default-filenames>).
pub(in crate::site) static PROFILE: Profile = Profile {
    generator: Generator::Eleventy,
    configs: &[
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "eleventy.config.cjs",
    ],
    is_root: always,
    output: &["_site"],
    fences: &FENCES,
    pages: "the input folder (`input` in the configuration, else the root) without `_includes/`, \
            `_layouts/`, `_data/` and what `.eleventyignore` names",
    uploads: "`public/`, the input folder and the root: what is copied through is said in code",
    elsewhere: "directory and template data files (`posts/posts.json`, `posts.11tydata.js`), \
                `addGlobalData` in the configuration",
};

/// Eleventy reads front matter with gray-matter
/// (<https://www.11ty.dev/docs/data-frontmatter-customize/>).
static FENCES: FenceRules = FenceRules {
    generator: "Eleventy",
    opens: &[
        OpenRule::AfterByteOrderMark,
        OpenRule::WithLanguage,
        OpenRule::WithAddedLanguage,
    ],
    ..GRAY_MATTER
};

pub(in crate::site) fn open(opening: &mut Opening<'_>) -> Folders {
    let config = PROFILE
        .config(opening.root)
        .map(|name| opening.program(name))
        .unwrap_or_default();
    // https://www.11ty.dev/docs/config/#input-directory and the same for the output
    let dir = |property, function| {
        let written = config.argument(function).or(config.property(property));
        written.and_then(folder)
    };
    let input = dir("input", "setInputDirectory").unwrap_or_default();
    let output = dir("output", "setOutputDirectory").unwrap_or_else(|| "_site".to_owned());
    let base = mount(config.property("pathPrefix").unwrap_or_default());
    let mut served = opening.existing(&["public"]);
    served.push(input.clone());
    if !input.is_empty() {
        served.push(String::new());
    }
    // Patterns are relative to the project, paths to the input folder.
    let mut list = GitignoreBuilder::new("");
    let ignored = if input.is_empty() {
        for line in opening.lines(".eleventyignore") {
            // A pattern that cannot be read excludes nothing.
            let _ = list.add_line(None, &line);
        }
        list.build()
            .map_or(Ignored::Nothing, |list| Ignored::List(Box::new(list)))
    } else {
        Ignored::Nothing
    };
    Folders {
        content: vec![input.clone()],
        apart: vec![output],
        is_page: |path| {
            let mut folders = path.split('/');
            !folders.any(|name| matches!(name, "_includes" | "_layouts" | "_data"))
        },
        ignored,
        base,
        served: served.into_iter().map(|it| (String::new(), it)).collect(),
        source: input,
        ..Folders::default()
    }
}
