//! Real press releases, where they are at hand.
