//! The version of Hugo that a site is built with.

use crate::files;
use crate::site::config_file::Opening;
use crate::site::version::{Pinned, Version, VersionRange};

/// Hugo reads YAML with goccy/go-yaml since, with yaml.v2 before
/// (<https://github.com/gohugoio/hugo/releases/tag/v0.152.0>).
pub(super) const GOCCY_SINCE: Version = Version(0, 152, 0);

/// Hugo refuses content in HTML since, unless `security.allowContent` allows it: "Disallow HTML
/// content by default" in <https://github.com/gohugoio/hugo/releases/tag/v0.162.0>.
pub(super) const REFUSES_HTML_SINCE: Version = Version(0, 162, 0);

/// The package of npm that has Hugo's own versions.
const NPM_PACKAGE: &str = "hugo-extended";

/// Files that say which Hugo to install, beside the workflows of GitHub.
const FILES: &[&str] = &["netlify.toml", ".tool-versions", "mise.toml"];
const WORKFLOWS: &str = ".github/workflows";

/// How their lines begin: of netlify.toml and mise.toml, of workflows, and of .tool-versions.
const NAMES: &[&str] = &["HUGO_VERSION", "hugo-version", "hugo", "gohugo", "\"hugo\""];

/// The version that a file of the site names; none where several are named.
pub(super) fn pinned(opening: &Opening<'_>) -> Pinned {
    let of_npm = opening.npm_version(NPM_PACKAGE);
    if of_npm.0.is_some() {
        return of_npm;
    }
    let mut versions = FILES.iter().flat_map(|name| versions_in(opening, name));
    let first = versions.next();
    let rest: Vec<_> = versions.collect();
    if let Some(first) = first {
        let is_one = rest.iter().all(|version| *version == first);
        return Pinned(is_one.then_some(first));
    }
    let names = opening.names(WORKFLOWS);
    let names = names.iter().map(|name| format!("{WORKFLOWS}/{name}"));
    let versions: Vec<_> = names.flat_map(|name| versions_in(opening, &name)).collect();
    let first = versions.first().copied();
    let is_one = versions.iter().all(|version| Some(*version) == first);
    Pinned(first.filter(|_| is_one))
}

fn versions_in(opening: &Opening<'_>, name: &str) -> Vec<VersionRange> {
    let bytes = files::read(&opening.root.join(name), opening.boundary);
    let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    text.lines().filter_map(version_in).collect()
}

/// The version on a line `HUGO_VERSION = "0.120.4"`, `hugo-version: '0.120.4'` or `hugo 0.120.4`.
fn version_in(line: &str) -> Option<VersionRange> {
    let line = line.trim_start();
    let rest = NAMES.iter().find_map(|name| {
        let rest = line.strip_prefix(name)?;
        rest.starts_with([' ', ':', '=']).then_some(rest)
    })?;
    let written = rest.trim_start_matches([' ', ':', '=', '"', '\'']);
    let is_version = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let plain = [written, written.trim_start_matches("extended_")]
        .into_iter()
        .find(is_version)?;
    VersionRange::exact(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_a_version() {
        for (line, expected) in [
            ("  HUGO_VERSION = \"0.161.1\"", true),
            ("      HUGO_VERSION: 0.161.1", true),
            ("          hugo-version: '0.161.1'", true),
            ("hugo extended_0.161.1", true),
            ("HUGO_VERSION = \"0.162.0\"", false),
            ("hugo-version: latest", false),
            ("HUGO_ENV = \"0.1.1\"", false),
            ("hugo --minify 0.1.1", false),
            ("hugo: 0.161", false),
        ] {
            let range = version_in(line);
            let is_old = range.is_some_and(|range| range.is_before(REFUSES_HTML_SINCE));
            assert_eq!(is_old, expected, "{line}");
        }
    }
}
