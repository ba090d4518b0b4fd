//! Tests of finding the config of a file.

use super::*;

#[test]
fn the_nearest_config_governs() {
    let site = Site::new(&[
        ("frontlint.toml", "exclude = ['top.md']"),
        (".frontlint.toml", "nonsense"),
        ("a/.frontlint.toml", "exclude = ['inner.md']"),
        ("a/b/c/x.md", ""),
        ("d/x.md", ""),
    ]);
    let finder = site.finder(&[], false).unwrap();
    let inner = finder.for_file(Path::new("a/b/c/x.md")).unwrap();
    assert_eq!(inner.file.as_deref(), Some(Path::new("a/.frontlint.toml")));
    assert!(inner.is_excluded(Path::new("a/inner.md")));
    assert!(!inner.is_excluded(Path::new("inner.md")));
    let top = finder.for_file(Path::new("d/x.md")).unwrap();
    assert_eq!(top.shadowed.as_deref(), Some(Path::new(".frontlint.toml")));
    assert!(top.is_excluded(&site.folder.path().join("top.md")));
    let again = finder.for_file(&site.folder.path().join("d/y.md")).unwrap();
    assert!(Arc::ptr_eq(&top, &again));
    assert_eq!(finder.configs().len(), 2);
    assert!(finder.problems().is_empty());
}

#[test]
fn a_broken_config_is_reported_once() {
    let site = Site::new(&[("frontlint.toml", "exlude = 1"), ("a/b.md", "")]);
    let finder = site.finder(&[], false).unwrap();
    assert!(finder.for_file(Path::new("a/b.md")).is_err());
    assert!(finder.for_file(Path::new("b.md")).is_err());
    assert_eq!(finder.problems().len(), 1);
}

#[test]
fn the_command_line_lays_settings_over_the_file() {
    let site = Site::new(&[
        (
            "frontlint.toml",
            "exclude = ['a']\n[rules]\nmissing-file = 'off'",
        ),
        ("other/conf.toml", "exclude = ['c']"),
    ]);
    let arguments = ["extend-exclude = ['b']", "rules.missing-file = 'error'"];
    let finder = site.finder(&arguments, false).unwrap();
    let config = finder.for_file(Path::new("x.md")).unwrap();
    assert!(config.is_excluded(Path::new("a")) && config.is_excluded(Path::new("b")));
    assert_eq!(config.severity(RuleId::MissingFile, None), Setting::Error);

    let config = site.finder(&["exclude = ['b']"], false).unwrap();
    let config = config.for_file(Path::new("x.md")).unwrap();
    assert!(!config.is_excluded(Path::new("a")) && config.is_excluded(Path::new("b")));

    let config = site.finder(&["other/conf.toml"], false).unwrap();
    let config = config.for_file(Path::new("x.md")).unwrap();
    assert!(config.is_excluded(Path::new("other/c")) && !config.is_excluded(Path::new("a")));

    let config = site.finder(&["exclude = ['b']"], true).unwrap();
    let config = config.for_file(Path::new("x.md")).unwrap();
    assert!(config.is_excluded(Path::new("b")) && config.file.is_none());
    assert_eq!(config.severity(RuleId::MissingFile, None), Setting::Unset);
}

#[test]
fn wrong_arguments_are_reported() {
    let site = Site::new(&[("frontlint.toml", ""), ("b.toml", "")]);
    let mistakes = |arguments: &[&str], isolated| {
        let found = site.finder(arguments, isolated).unwrap_err();
        found
            .iter()
            .map(|each| show(each, &site.sources))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let all = [
        mistakes(&["exlude = 1"], false),
        mistakes(&["frontlnt.toml"], false),
        mistakes(&["exclude"], false),
        mistakes(&["frontlint.toml", "b.toml"], false),
        mistakes(&["frontlint.toml"], true),
        mistakes(&["."], false),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    1:1 'exlude' unknown key `exlude` (did you mean `exclude`?)
    1:1 '' `frontlnt.toml` does not exist (did you mean `frontlint.toml`?)
    1:1 '' `exclude` does not exist (a single setting is written `--config 'key = value'`, a file is named by its path)
    1:1 'b.toml' `--config` names a second config file (name one file; settings of your own are added with `--config 'key = value'`)
    1:1 'frontlint.toml' `--isolated` reads no config file, but `--config` names one (leave out one of the two)
    1:1 '' `.` is a folder, not a config file (-)
    "#);
}
