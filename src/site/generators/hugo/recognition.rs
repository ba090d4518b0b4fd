//! Whether a configuration of a common name is Hugo's.

use std::path::Path;

use crate::files;
use crate::site::config_file::boundary_around;

/// Settings at the root of a configuration that other programs do not have, in small letters
/// (<https://gohugo.io/configuration/all/>). What others have too is left out: `title`, `theme`,
/// `author`, `params`, `languages`, `menu`, `build`, `server` and the like.
const OWN_SETTINGS: &[&str] = &[
    "baseurl",
    "builddrafts",
    "buildexpired",
    "buildfuture",
    "canonifyurls",
    "cascade",
    "contentdir",
    "defaultcontentlanguage",
    "defaultcontentlanguageinsubdir",
    "disablealiases",
    "disablehugogeneratorinject",
    "disablekinds",
    "disqusshortname",
    "enableemoji",
    "enablegitinfo",
    "enableinlineshortcodes",
    "enablerobotstxt",
    "frontmatter",
    "googleanalytics",
    "hascjklanguage",
    "ignorefiles",
    "imaging",
    "languagecode",
    "mainsections",
    "markup",
    "mediatypes",
    "outputformats",
    "outputs",
    "paginate",
    "paginatepath",
    "permalinks",
    "pluralizelisttitles",
    "publishdir",
    "pygmentscodefences",
    "pygmentsstyle",
    "relativeurls",
    "rsslimit",
    "sectionpagesmenu",
    "staticdir",
    "summarylength",
    "taxonomies",
    "themesdir",
    "titlecasestyle",
    "uglyurls",
];

/// Whether a configuration has a setting of Hugo's own at its root. One that cannot be read may: what
/// is wrong with it is reported where it is read.
pub(super) fn has_own_setting(root: &Path, config: &str) -> bool {
    let Ok(bytes) = files::read(&root.join(config), &boundary_around(root)) else {
        return true;
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().map(|line| match config.ends_with("json") {
        true => line.trim_start_matches([' ', '\t', '{']),
        false => line,
    });
    lines.any(|line| {
        let line = line.trim_start_matches(['[', '"', '\'']);
        let end = line
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(line.len());
        let is_key = line[end..]
            .trim_start_matches(['"', '\'', ' '])
            .starts_with([':', '=', ']', '.']);
        is_key && OWN_SETTINGS.contains(&line[..end].to_ascii_lowercase().as_str())
    })
}
