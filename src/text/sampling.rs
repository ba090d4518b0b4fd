//! How much of a slow test runs: a sample of its cases, or all of them.

/// `sample`, or `all` where `FRONTLINT_TESTS=full` is set, as `.ci/run` does.
#[allow(
    clippy::disallowed_methods,
    reason = "tests are told by the environment"
)]
pub fn cases(sample: u32, all: u32) -> u32 {
    let is_full = std::env::var_os("FRONTLINT_TESTS").is_some_and(|value| value == "full");
    if is_full { all } else { sample }
}
