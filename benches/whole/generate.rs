//! Makes a site to measure on: `generate FOLDER DOCUMENTS`.
//!
//! Sizes and shapes are those of a real press room: three releases in four have no contact of
//! their own, most have a picture and a document, titles are long and bodies run to a few
//! kilobytes. One page in a hundred has a fault. The same arguments give the same bytes.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a helper of the benchmarks"
)]

#[path = "pages.rs"]
mod pages;

use std::fs;
use std::io::Result;
use std::path::Path;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(documents)) = (
        arguments.next(),
        arguments.next().and_then(|it| it.parse::<u64>().ok()),
    ) else {
        eprintln!("usage: generate FOLDER DOCUMENTS");
        std::process::exit(2);
    };
    let folder = Path::new(&folder);
    let releases = folder.join("_communiques");
    fs::create_dir_all(&releases)?;
    fs::create_dir_all(folder.join("_uploads"))?;
    fs::write(folder.join("_config.yml"), CONFIG)?;
    fs::write(folder.join("frontlint.toml"), SETTINGS)?;
    for upload in 0..pages::uploads(documents) {
        fs::write(folder.join(format!("_uploads/visuel-{upload}.jpg")), "")?;
        fs::write(folder.join(format!("_uploads/communique-{upload}.pdf")), "")?;
    }
    for number in 0..documents {
        let year = 2015 + number % 10;
        let name = format!("{year}-communique-sur-le-numerique-{number}.markdown");
        fs::write(releases.join(name), pages::page(number, documents))?;
    }
    Ok(())
}

const SETTINGS: &str = "[[collections]]\nname = \"communiques\"\n\
    files = [\"_communiques/**/*.markdown\"]\nschema = \"bundled:press-release\"\n\
    front-matter = \"required\"\n";

const CONFIG: &str = "collections:\n  communiques:\n    output: true\n  uploads:\n    output: true\n\
    defaults:\n- scope:\n    path: ''\n    type: communiques\n  values:\n    layout: communique\n    \
    contact-presse:\n      name: Service de presse\n      email: presse@ministere.example\n      \
    tel:\n      - 01 99 00 12 34\n";
