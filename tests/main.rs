//! The one integration-test binary.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write what they like"
)]

mod cli;
mod corpus;
mod fixtures;
mod hostile;
mod layers;
mod messages;
mod oracles;
mod properties;
mod readme;
mod suites;
