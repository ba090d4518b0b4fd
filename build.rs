//! Writes the table of telephone numbers that `schema::formats::phone` answers from, so that the
//! program need not load the metadata when it runs, and the table of the bundled schemas.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads its environment, writes a file and prints to cargo"
)]

#[path = "build/phone.rs"]
mod phone;
#[path = "build/schemas.rs"]
mod schemas;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=schemas");
    let folder = std::env::var("OUT_DIR")?;
    let folder = Path::new(&folder);
    std::fs::write(folder.join("phone_table.rs"), phone::table()?)?;
    let root = std::env::var("CARGO_MANIFEST_DIR")?;
    let schemas = schemas::table(&Path::new(&root).join("schemas"))?;
    std::fs::write(folder.join("bundled_schemas.rs"), schemas)?;
    Ok(())
}
