//! Wrong defaults of a generator: told once, and only to whom they concern.

use crate::support::Site;

#[test]
fn a_wrong_default_is_told_where_the_configuration_is_named() {
    let page = "---\ntitle: A page\ndate: 2024-05-23 14:00:00 +02:00\n---\n";
    let config = "collections:\n  communiques:\n    output: true\n  uploads:\n    output: true\n\
                  defaults:\n- scope:\n    type: communiques\n  values:\n    position: first\n    \
                  contact-presse:\n      name: A\n      email: a@b.example\n      tel: 01 70 20 30 40\n";
    let site = Site::press_room()
        .with("_config.yml", config)
        .with("_communiques/a.md", page)
        .with("_communiques/b.md", page.replace("A page", "Another"));
    let rules = |arguments: &[&str]| {
        let all = [&["check", "--output-format", "json"], arguments].concat();
        let run = site.run(&all);
        let findings = run.findings();
        assert!(findings.iter().all(|it| it["path"] == "_config.yml"));
        assert_eq!(
            run.status,
            Some(i32::from(!findings.is_empty())),
            "{}",
            run.stderr
        );
        for finding in &findings {
            let help = finding["help"].as_str().unwrap();
            assert!(help.contains("this default reaches 2 pages"), "{help}");
        }
        run.rules()
    };
    assert_eq!(rules(&[]), ["wrong-type"]);
    assert!(rules(&["_communiques/a.md"]).is_empty());
    assert_eq!(rules(&["_config.yml"]), ["wrong-type"]);
    assert_eq!(rules(&["_config.yml", "_communiques/a.md"]), ["wrong-type"]);
}
