//! The floor under frontlint's speed: walks a site and reads the first 4 KiB of each page, and
//! does nothing with them. `floor FOLDER [THREADS]` prints the number of pages and of bytes read.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a helper of the benchmarks"
)]

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{WalkBuilder, WalkState};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let threads = arguments.next().and_then(|it| it.parse().ok()).unwrap_or(0);
    let (pages, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let buffers = Mutex::new(Vec::new());
    let walk = WalkBuilder::new(folder).threads(threads).build_parallel();
    walk.run(|| {
        let mut buffer = buffers.lock().ok().and_then(|mut all| all.pop());
        let (pages, bytes) = (&pages, &bytes);
        Box::new(move |entry| {
            let buffer = buffer.get_or_insert_with(|| vec![0_u8; 4096]);
            if let Ok(entry) = entry
                && is_page(entry.path())
                && let Ok(read) = File::open(entry.path()).and_then(|mut it| it.read(buffer))
            {
                pages.fetch_add(1, Ordering::Relaxed);
                bytes.fetch_add(read, Ordering::Relaxed);
            }
            WalkState::Continue
        })
    });
    println!("{} pages, {} bytes", pages.into_inner(), bytes.into_inner());
}

fn is_page(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "md" || extension == "markdown")
}
