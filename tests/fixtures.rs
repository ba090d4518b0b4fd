//! Whole sites and single files under `fixtures/`.
