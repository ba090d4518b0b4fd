//! Writing about many files on several threads. What is written is the same as on one.

use std::io;
use std::sync::{Mutex, PoisonError};

use super::Reporter;
use crate::diagnostic::Diagnostic;
use crate::text::Sources;
use crate::threads;

/// How many files are written about together: what they give is held in memory.
pub(super) const BATCH: usize = 512;

/// Fewer files than this are not worth starting a thread for.
const SHARE: usize = 24;

/// What is written about files, in pieces to be put one after another. `None` where they are to be
/// written one by one: because they are few, or because the format does not allow it. `jobs` is the
/// number of threads; 0 is one a processor.
pub(super) fn texts(
    reporter: &dyn Reporter,
    files: &[(Sources<'_>, &[Diagnostic])],
    jobs: usize,
) -> Option<Vec<io::Result<Vec<u8>>>> {
    let threads = threads::count(jobs).min(files.len() / SHARE);
    if threads < 2 {
        return None;
    }
    let shares = files.chunks(files.len().div_ceil(threads));
    let shares: Option<Vec<_>> = shares.map(|it| Some((reporter.fork()?, it))).collect();
    // Each thread takes the next share until none is left, however many threads there are.
    let shares = Mutex::new(shares?.into_iter().enumerate());
    let next = || shares.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut texts = Vec::new();
        while let Some((index, (reporter, share))) = next() {
            texts.push((index, text(reporter, share)));
        }
        texts
    };
    let mut texts: Vec<_> = threads::run(threads - 1, work)
        .into_iter()
        .flatten()
        .collect();
    texts.sort_by_key(|(index, _)| *index);
    Some(texts.into_iter().map(|(_, text)| text).collect())
}

fn text(
    mut reporter: Box<dyn Reporter + Send>,
    files: &[(Sources<'_>, &[Diagnostic])],
) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for (sources, diagnostics) in files {
        reporter.file(&mut text, sources, diagnostics)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::super::testing::all_cases;
    use super::super::{Counting, Format, Style, Summary, reporter};
    use super::*;

    #[test]
    fn every_format_is_the_same_on_several_threads() {
        let cases = all_cases();
        let sources: Vec<_> = cases.iter().map(|it| it.sources()).collect();
        let each = sources.iter().zip(&cases);
        let files: Vec<_> = each
            .map(|(sources, it)| (*sources, it.diagnostics.as_slice()))
            .cycle()
            .take(2 * BATCH + SHARE)
            .collect();
        for &format in Format::ALL {
            let style = Style::default();
            let mut one_by_one = Vec::new();
            let mut written = reporter(format, style);
            for (sources, diagnostics) in &files {
                written.file(&mut one_by_one, sources, diagnostics).unwrap();
            }
            let mut together = Vec::new();
            let mut counting = Counting::new();
            counting.add(format, style, &mut together);
            counting.files(&files, 2).unwrap();
            let mut summary = Summary::default();
            counting.finish(&mut summary).unwrap();
            drop(counting);
            written.finish(&mut one_by_one, &summary).unwrap();
            assert!(one_by_one == together, "{}", format.as_str());
        }
    }
}
