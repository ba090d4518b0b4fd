//! Public conformance suites, where they are at hand.

mod json_schema;
mod yaml;

use std::path::PathBuf;

#[allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "the environment says where the suites are, and what is left out is told"
)]
/// A folder of `FRONTLINT_SUITES`; says so and gives `None` where that is not set.
fn suite(name: &str) -> Option<PathBuf> {
    let found = std::env::var_os("FRONTLINT_SUITES").map(|root| PathBuf::from(root).join(name));
    if found.is_none() {
        println!("FRONTLINT_SUITES is not set: {name} is not run");
    }
    found
}
