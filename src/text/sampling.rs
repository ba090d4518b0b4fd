//! How much of a slow test runs: a sample of its cases, or all of them.

/// `sample`, or `all` where `FRONTLINT_TESTS=full` is set, as `.ci/run` does.
#[allow(
    clippy::disallowed_methods,
    reason = "tests are told by the environment"
)]
pub fn cases(sample: usize, all: usize) -> usize {
    let is_full = std::env::var_os("FRONTLINT_TESTS").is_some_and(|value| value == "full");
    if is_full { all } else { sample }
}
