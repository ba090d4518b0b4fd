//! The version of an npm package that a site is built with, as its manifest and lock files pin it.
//!
//! Looks for lines of lock files rather than parse them, since they may have megabytes.

use std::path::Path;

use super::version::VersionRange;
use crate::dialect::Dialect;
use crate::files::{self, Boundary};
use crate::syntax::{Block, Document, Syntax, parse};
use crate::text::SourceId;

/// Finds the versions of a package in the text of a lock file.
type FindVersions = fn(&str, &str) -> Vec<VersionRange>;

/// The lock files of npm, yarn, pnpm and bun.
const LOCKS: &[(&str, FindVersions)] = &[
    ("package-lock.json", in_npm_lock),
    ("npm-shrinkwrap.json", in_npm_lock),
    ("yarn.lock", in_yarn_lock),
    ("pnpm-lock.yaml", in_pnpm_lock),
    ("bun.lock", in_bun_lock),
];

/// Where `package.json` lists packages.
const LISTS: &[&str] = &["dependencies", "devDependencies", "optionalDependencies"];

/// The versions of a package that the site in `root` may be built with: the one that its
/// `package.json` pins, else that of the nearest lock file, else what `package.json` allows. A
/// monorepo keeps its lock file in a folder above.
pub(super) fn version_of(root: &Path, package: &str, within: &Boundary) -> Option<VersionRange> {
    let manifest = read(root, "package.json", within);
    let written = manifest.and_then(|text| in_manifest(&text, package));
    let allowed = written.as_deref().and_then(VersionRange::of_npm);
    if allowed.is_some_and(VersionRange::is_exact) {
        return allowed;
    }
    locked(root, package, within).or(allowed)
}

fn locked(root: &Path, package: &str, within: &Boundary) -> Option<VersionRange> {
    let root = files::absolute(root);
    let limit = within.root();
    for folder in root.ancestors() {
        for (name, versions) in LOCKS {
            if let Some(text) = read(folder, name, within) {
                let versions = versions(&text, package);
                let first = versions.first().copied()?;
                // Where a monorepo locks several, which of them builds the site is not known.
                return versions.iter().all(|next| *next == first).then_some(first);
            }
        }
        if limit.is_none_or(|limit| limit == folder) {
            break;
        }
    }
    None
}

fn read(folder: &Path, name: &str, within: &Boundary) -> Option<String> {
    let bytes = files::read(&folder.join(name), within).ok()?;
    String::from_utf8(bytes).ok()
}

/// What `package.json` writes for a package.
fn in_manifest(text: &str, package: &str) -> Option<String> {
    let block = Block::whole(Syntax::Json, text);
    let document: Document<'_> = parse(text, &block, Dialect::Core, SourceId::PAGE).document?;
    LISTS.iter().find_map(|list| {
        let list = document.get(document.root(), list)?;
        let member = document.get(list.value, package)?;
        document.string(member.value).map(str::to_owned)
    })
}

/// `"node_modules/PACKAGE": {`, before version 2 `"PACKAGE": {`, and the first `"version": "…"` in it.
fn in_npm_lock(text: &str, package: &str) -> Vec<VersionRange> {
    let of = |key: String| -> Vec<VersionRange> {
        let after = text.split(&key).skip(1);
        let versions = after.filter_map(|rest| {
            let entry = rest.trim_start().strip_prefix('{')?;
            let rest = entry.split_once("\"version\":")?.1.trim_start();
            VersionRange::exact(rest.strip_prefix('"')?.split('"').next()?)
        });
        versions.collect()
    };
    let found = of(format!("node_modules/{package}\":"));
    match found.is_empty() {
        true => of(format!("\"{package}\":")),
        false => found,
    }
}

/// `"PACKAGE@RANGE":` without indentation, and below it `version "…"` or `version: …`.
fn in_yarn_lock(text: &str, package: &str) -> Vec<VersionRange> {
    let mut versions = Vec::new();
    let mut is_of_package = false;
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            is_of_package = line.split(", ").any(|entry| {
                let rest = entry.trim_start_matches('"').strip_prefix(package);
                rest.is_some_and(|rest| rest.starts_with('@'))
            });
        } else if let Some(written) = line.strip_prefix("  version")
            && is_of_package
        {
            versions.extend(VersionRange::exact(written));
            is_of_package = false;
        }
    }
    versions
}

/// `PACKAGE@VERSION:`, in older versions of pnpm `/PACKAGE@VERSION:` or `/PACKAGE/VERSION:`.
fn in_pnpm_lock(text: &str, package: &str) -> Vec<VersionRange> {
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches([' ', '\'', '"', '/']));
    let keys = lines.filter_map(|line| {
        let rest = line.strip_prefix(package)?.strip_prefix(['@', '/'])?;
        rest.starts_with(|c: char| c.is_ascii_digit())
            .then_some(rest)
    });
    keys.filter_map(VersionRange::exact).collect()
}

/// `"PACKAGE": ["PACKAGE@VERSION", …]`
fn in_bun_lock(text: &str, package: &str) -> Vec<VersionRange> {
    let key = format!("[\"{package}@");
    let versions = text.split(&key).skip(1);
    versions.filter_map(VersionRange::exact).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::version::Version;

    #[test]
    fn versions_are_found_in_every_lock_file() {
        let is_old = |versions: &[VersionRange]| -> Vec<bool> {
            let old = |range: &VersionRange| range.is_before(Version(3, 10, 2));
            versions.iter().map(old).collect()
        };
        let package = "@docusaurus/core";
        let npm = |key: &str| format!("{{\"{key}\": {{\n \"version\": \"3.10.1\",\n}},}}");
        let minified = r#"{"node_modules/@docusaurus/core":{"version":"3.10.1"}}"#.to_owned();
        let (current, old) = (
            npm("node_modules/@docusaurus/core"),
            npm("@docusaurus/core"),
        );
        for text in [current, old, minified] {
            assert_eq!(is_old(&in_npm_lock(&text, package)), [true], "{text}");
        }
        for text in [
            "# yarn\n\n\"@docusaurus/core@^3.0.0\", \"@docusaurus/core@3\":\n  version \"3.10.1\"\n",
            "\"@docusaurus/core@npm:^3.0.0\":\n  version: 3.10.1\n  resolution: x\n",
        ] {
            assert_eq!(is_old(&in_yarn_lock(text, package)), [true], "{text}");
        }
        let other = "\"@docusaurus/core-x@1\":\n  version \"1.0.0\"\n";
        assert!(in_yarn_lock(other, package).is_empty());
        for text in [
            "packages:\n\n  '@docusaurus/core@3.10.1':\n    resolution: {}\n",
            "  /@docusaurus/core@3.10.1(react@18.0.0):\n",
            "  /@docusaurus/core/3.10.1_react@18:\n",
        ] {
            assert_eq!(is_old(&in_pnpm_lock(text, package)), [true], "{text}");
        }
        let bun = "    \"@docusaurus/core\": [\"@docusaurus/core@3.10.2\", \"\", {}],\n";
        assert_eq!(is_old(&in_bun_lock(bun, package)), [false]);
    }

    #[test]
    fn a_manifest_lists_packages_in_several_places() {
        let text = r#"{"name": "x", "devDependencies": {"astro": "4.16.0"}}"#;
        assert_eq!(in_manifest(text, "astro").as_deref(), Some("4.16.0"));
        assert_eq!(in_manifest(text, "name"), None);
        assert_eq!(in_manifest("not json", "astro"), None);
    }
}
