//! Draws a configuration and schemas from the pages of a site.
//!
//! One file a step: the collections of the site (`collections`), the values of their pages counted
//! (`observe` into a `tally`), a schema made of the counts (`infer`), and the files as text
//! (`config_text`, `ordered_json`). Writes nothing and formats no findings; both are for `cli`.

mod collection;
mod collections;
mod config_text;
mod formats;
mod infer;
mod infer_keys;
mod infer_value;
mod observe;
mod ordered_json;
mod tally;

pub use infer_keys::Outlier;

use crate::check::Checker;
use crate::discover::Found;
use collections::find;
use infer::{Inference, schema_of};

/// What the command line asks for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether keys that no page has are refused.
    pub closed: bool,
    /// The share of the pages, in percent, from which on a key that they have is required.
    pub required: u8,
    /// How many threads to use; 0 is one a processor.
    pub threads: usize,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Relative to the working directory, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// One collection and what was drawn from it.
#[derive(Debug)]
pub struct DrawnCollection {
    /// The file with its schema; `None` where the bundled schema stays as it is.
    pub schema: Option<String>,
    /// The bundled schema that it begins with.
    pub base: Option<&'static str>,
    /// How many pages with front matter there are.
    pub pages: usize,
    /// The keys that are required.
    pub required: Vec<String>,
    /// How many keys the schema describes.
    pub keys: usize,
    /// What is unlike the rest.
    pub outliers: Vec<Outlier>,
}

/// What was drawn from a site.
#[derive(Debug)]
pub struct Drawn {
    /// The generators of the pages, as users know them.
    pub generators: Vec<&'static str>,
    /// The collections, in the order of the configuration.
    pub collections: Vec<DrawnCollection>,
    /// The schemas, and last the configuration.
    pub files: Vec<NewFile>,
}

/// Draws a configuration and schemas from the pages of `found`, which have been gathered. `None` where
/// no page has front matter.
#[must_use]
pub fn draw(checker: &Checker<'_>, found: &Found, options: Options) -> Option<Drawn> {
    let plan = find(checker, found);
    let tallies = observe::count(checker, found, &plan, options.threads);
    let mut drawn = Drawn {
        generators: plan.generators.clone(),
        collections: Vec::new(),
        files: Vec::new(),
    };
    let mut entries = Vec::new();
    for (collection, tally) in plan.collections.iter().zip(&tallies) {
        if tally.pages.is_empty() {
            continue;
        }
        let patterns = collection.patterns();
        if let Some(base) = collection.base.filter(|_| collection.is_well_known()) {
            entries.push(config_text::Entry {
                name: collection.name.clone(),
                patterns,
                schema: format!("bundled:{base}"),
                pages: tally.pages.len(),
            });
            drawn.collections.push(DrawnCollection {
                schema: None,
                base: Some(base),
                pages: tally.pages.len(),
                required: Vec::new(),
                keys: 0,
                outliers: Vec::new(),
            });
            continue;
        }
        let inference = Inference {
            patterns: &patterns,
            base: collection.base,
            options,
        };
        let schema = schema_of(tally, &inference);
        let path = format!("schemas/{}.schema.json", collection.name);
        entries.push(config_text::Entry {
            name: collection.name.clone(),
            patterns,
            schema: path.clone(),
            pages: tally.pages.len(),
        });
        drawn.files.push(NewFile {
            path: path.clone(),
            text: schema.text,
        });
        drawn.collections.push(DrawnCollection {
            schema: Some(path),
            base: collection.base,
            pages: tally.pages.len(),
            required: schema.required,
            keys: schema.keys,
            outliers: schema.outliers,
        });
    }
    if drawn.collections.is_empty() {
        return None;
    }
    drawn.files.push(NewFile {
        path: "frontlint.toml".to_owned(),
        text: config_text::text(&plan.generators, &entries),
    });
    Some(drawn)
}

/// The setting that names a baseline, to stand first in `frontlint.toml`.
#[must_use]
pub fn with_baseline(config: &str, baseline: &str) -> String {
    config_text::with_baseline(config, baseline)
}
