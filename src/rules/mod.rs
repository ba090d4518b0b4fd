//! The rules: what each is, why it matters, and the check where it has one of its own.
