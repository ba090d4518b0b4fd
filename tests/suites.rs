//! Public conformance suites, where they are at hand.

mod yaml;
