//! How the regular expressions of schemas are run.

use jsonschema::{FancyRegex, PatternOptions};

/// Steps back that a pattern may take on one value before it is given up; a fraction of a second.
/// Patterns without look-around and back-references take none: their time is linear.
const BACKTRACK_LIMIT: usize = 100_000;

/// For every validator of schemas.
pub(super) fn options() -> PatternOptions<FancyRegex> {
    PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT)
}
