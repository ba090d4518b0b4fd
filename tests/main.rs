//! The one integration-test binary.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

mod acceptance;
mod baseline;
mod boundary;
mod changed_lines;
mod cli;
mod corpus;
mod defaults;
mod dialect_table;
mod docs;
mod examples;
mod fast_yaml;
mod fixes;
mod fixtures;
mod formats;
mod generators;
mod harmless;
mod hostile;
mod hugo_params;
mod hugo_urls;
mod init;
mod jekyll;
mod layers;
mod left_out;
mod messages;
mod oracles;
mod properties;
mod readme;
mod rule_docs;
#[path = "../src/text/sampling.rs"]
mod sampling;
mod schemas;
mod since;
#[cfg(unix)]
mod since_hostile;
mod suites;
mod support;
mod suppressions;
mod syntaxes;
mod vacuous;
