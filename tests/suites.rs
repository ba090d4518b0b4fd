//! Public conformance suites, in the folder that `FRONTLINT_SUITES` names.

mod json_schema;
mod yaml;

use std::path::PathBuf;

/// A file or folder of the suites. Tests that need it are ignored unless they are asked for.
pub fn suite(name: &str) -> PathBuf {
    let suites = std::env::var_os("FRONTLINT_SUITES").expect("FRONTLINT_SUITES names the suites");
    PathBuf::from(suites).join(name)
}
