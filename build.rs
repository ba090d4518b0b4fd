//! Writes the table of telephone numbers that `schema::formats::phone` answers from, so that the
//! program need not load the metadata when it runs.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads its environment, writes a file and prints to cargo"
)]

#[path = "build/phone.rs"]
mod phone;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("phone_table.rs"), phone::table()?)?;
    Ok(())
}
