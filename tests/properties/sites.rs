//! Whole small sites made at random, for [`invariants::site`](super::invariants::site).

use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::invariants::{self, Run};
use super::noise;
use crate::sampling::cases;
use crate::support;

/// How long one run of the program may take. A debug build is many times slower.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });

/// The largest resident set, in KiB.
const MOST_MEMORY: u64 = 500 * 1024;

const CONFIGURATIONS: &[&str] = &[
    "",
    "collections:\n  notes:\n    output: true\ndefaults:\n- scope: {path: ''}\n  values: {lang: fr}\n",
    "baseURL = 'https://example.org/'\ndefaultContentLanguage = 'fr'\n",
    "site_name: a\nplugins:\n- blog\n",
    "export default { srcDir: '.' }\n",
    "base_url = 'https://example.org'\n",
];

const COLLECTION: &str = "[[collections]]\nname = 'all'\nfiles = ['**/*.{md,mdx,markdown}']\n";

const SETTINGS: &[&str] = &[
    "schema = 'schema.json'\n",
    "schema = 'bundled:press-release'\nfront-matter = 'required'\n",
    "schema = 'schema.json'\nrules = { unknown-key = 'error', padded-value = 'error' }\n",
    "schema = '../schema.json'\n",
];

const GENERAL: &[&str] = &[
    "",
    "baseline = 'baseline.json'\n",
    "exclude = ['*/b*']\n",
    "[uploads]\n'/up/' = 'up'\n",
    "max-front-matter = 64\n",
    "[[ignore]]\npath = '**'\nrule = 'wrong-type'\n",
];

const SCHEMAS: &[&str] = &[
    r##"{"required": ["title"], "properties": {"title": {"type": "string"}, "date": {"format": "timestamp"}}}"##,
    r##"{"properties": {"title": {"type": "integer"}, "image": {"format": "existing-path"}}, "additionalProperties": false}"##,
    r##"{"$defs": {"t": {"properties": {"a": {"anyOf": [{"$ref": "#/$defs/t"}, {"$ref": "#/$defs/t"}]}}}}, "$ref": "#/$defs/t"}"##,
    r##"{"oneOf": [{"required": ["title"]}, {"required": ["a"]}], "properties": {"title": {"pattern": "(?=x)a"}}, "unevaluatedProperties": false}"##,
    r##"{"$ref": "other.json"}"##,
    "{",
];

const BASELINES: &[&str] = &[
    r#"{"version": 1, "findings": []}"#,
    r#"{"version": 1, "findings": [{"path": "a.md", "rule": "wrong-type", "pointer": "/title", "message": "x"}]}"#,
    "[]",
];

/// A text, mostly as it is, at times with noise in the middle.
fn with_noise(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    let noise = prop_oneof![5 => Just(String::new()), 1 => noise::body()];
    (select(texts), noise, any::<prop::sample::Index>()).prop_map(|(text, noise, place)| {
        let place = place.index(text.len() + 1);
        format!("{}{noise}{}", &text[..place], &text[place..])
    })
}

fn frontlint_toml() -> impl Strategy<Value = String> {
    (with_noise(GENERAL), with_noise(SETTINGS))
        .prop_map(|(general, settings)| format!("{general}{COLLECTION}{settings}"))
}

/// The bytes of a trial; see [`invariants::site`](super::invariants::site).
pub fn trial() -> impl Strategy<Value = Vec<u8>> {
    const GENERATORS: RangeInclusive<u8> = b'0'..=b'8';
    let pages = vec(noise::page(), 1..5);
    let settings = (
        with_noise(CONFIGURATIONS),
        option::weighted(0.8, frontlint_toml()),
        with_noise(SCHEMAS),
        with_noise(BASELINES),
        select(vec!["", "a.md\n", "*.mdx\n!b\n", "/notes/\n"]),
    );
    (GENERATORS, settings, pages).prop_map(|(generator, settings, pages)| {
        let (configuration, own, schema, baseline, ignored) = settings;
        let own = own.unwrap_or_default();
        let mut parts = vec![configuration, own, schema, baseline, ignored.to_owned()];
        parts.extend(pages);
        let mut bytes = vec![generator];
        bytes.extend(parts.join("\u{1f}").into_bytes());
        bytes
    })
}

/// Runs the program as users do, under the limits.
pub fn program(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = support::frontlint();
    command.current_dir(folder).args(arguments);
    let run = support::run(command, b"");
    assert!(run.time < LONGEST, "took {:?}", run.time);
    assert!(
        run.peak_kib.unwrap_or(0) < MOST_MEMORY,
        "{:?}",
        run.peak_kib
    );
    Run {
        status: run.status,
        stdout: run.stdout,
        stderr: run.stderr,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(5, 16), max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_site_is_checked_and_fixed(data in trial()) {
        invariants::site(&data, &mut program);
    }
}
