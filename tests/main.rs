//! The one integration-test binary.

mod cli;
mod corpus;
mod fixtures;
mod hostile;
mod jekyll;
mod layers;
mod messages;
mod oracles;
mod properties;
mod readme;
mod suites;
