//! What holds for any bytes whatsoever: nothing panics, every place lies in the text and between
//! characters, and the same bytes give the same result twice.
//!
//! Each function takes the bytes of one trial and panics where something does not hold. The first
//! byte chooses among the settings, `0` for the first and so on; the rest is the text. The property
//! tests and the targets in `fuzz/` call the same functions.

mod check;
mod extraction;
mod parse;
mod places;
mod site;

pub use check::check;
pub use extraction::extraction;
pub use parse::{FENCES, fast, json, toml, yaml};
pub use site::{Run, site};

use std::fmt::Debug;

/// The setting that the first byte chooses, and the text.
fn chosen(data: &[u8]) -> (usize, &[u8]) {
    match data.split_first() {
        Some((first, rest)) => (usize::from(first.wrapping_sub(b'0')), rest),
        None => (0, &[]),
    }
}

/// The result of a function that must not depend on anything but the text.
fn twice<T: Debug>(of: impl Fn() -> T) -> T {
    let one = of();
    let other = of();
    let (shown, again) = (format!("{one:?}"), format!("{other:?}"));
    assert!(shown == again, "two results:\n{shown}\n{again}");
    one
}
