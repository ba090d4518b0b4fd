//! Reads as much of a file as its front matter needs.
//!
//! Owns how much of a page is read, and the check that the front matter is UTF-8. Must not parse it.

mod encoding;
mod unreadable;

use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::diagnostic::{Diagnostic, RuleId};
use crate::files::{self, Boundary};
use crate::syntax::{Extraction, FenceRules, extract};
use crate::text::SourceId;

/// How many bytes are read at first; the front matter of nearly every page ends in them. Twice as many
/// take noticeably longer: the system copies them from memory that is in no cache.
const FIRST: usize = 2048;

/// The beginning of a file.
#[derive(Debug)]
pub struct Head {
    /// Where the front matter is, or what is wrong with it; never [`Extraction::Incomplete`].
    pub extraction: Extraction,
    /// The file up to the end of the line with the closing fence, or as far as the findings point
    /// into it. Where that is not UTF-8, the wrong bytes are `?` and there is no block.
    pub text: String,
}

/// Reads one file after another into the same memory.
#[derive(Debug, Default)]
pub struct Reader {
    /// Begins with what was read of the file; the rest is left from earlier files.
    buffer: Vec<u8>,
    /// How much was read.
    filled: usize,
}

impl Reader {
    /// A reader that allocates with its first file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the beginning of a file that the command line names, wherever it is; `max` bytes at
    /// most.
    ///
    /// # Errors
    /// An `unreadable-file` finding about the file as a whole.
    pub fn read(
        &mut self,
        path: &Path,
        rules: &FenceRules,
        max: usize,
    ) -> Result<Head, Box<Diagnostic>> {
        let opened = files::open(path).map_err(|error| unreadable::unopened(path, &error));
        self.read_opened(&mut opened?, rules, max)
    }

    /// As [`Self::read`], for a file found on a walk: a regular file, or a link, which must not lead
    /// out of `within`.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_walked(
        &mut self,
        path: &Path,
        within: &Boundary,
        rules: &FenceRules,
        max: usize,
    ) -> Result<Head, Box<Diagnostic>> {
        let opened = files::open_walked(path, within);
        let opened = opened.map_err(|error| unreadable::unopened(path, &error));
        self.read_opened(&mut opened?, rules, max)
    }

    /// Reads the beginning of a stream, and then the rest of it, so that its writer does not fail.
    ///
    /// # Errors
    /// An `unreadable-file` finding.
    pub fn read_stream(
        &mut self,
        stream: &mut dyn Read,
        rules: &FenceRules,
        max: usize,
    ) -> Result<Head, Box<Diagnostic>> {
        let failed = |error: io::Error| unreadable::failed(&error);
        let head = self.head(stream, true, rules, max).map_err(failed)?;
        io::copy(stream, &mut io::sink()).map_err(failed)?;
        Ok(head)
    }

    fn read_opened(
        &mut self,
        file: &mut dyn Read,
        rules: &FenceRules,
        max: usize,
    ) -> Result<Head, Box<Diagnostic>> {
        let head = self.head(file, false, rules, max);
        head.map_err(|error| unreadable::failed(&error))
    }

    fn head(
        &mut self,
        file: &mut dyn Read,
        in_pieces: bool,
        rules: &FenceRules,
        max: usize,
    ) -> io::Result<Head> {
        self.filled = 0;
        let mut want = FIRST.min(max);
        // The first piece mostly has the closing fence in it. Then it does not matter whether the
        // file ends there, which would take another call into the system to know.
        let mut complete = self.fill(file, want, in_pieces)?;
        loop {
            if let Some(diagnostic) = encoding::utf_16(self.bytes(), rules) {
                let broken = Extraction::Broken(Box::new(diagnostic), None);
                return Ok(self.finish(broken));
            }
            match extract(self.bytes(), complete, rules) {
                Extraction::Incomplete if self.filled >= max => {
                    // What was read is taken for the whole file; the message says so.
                    let extraction = match extract(self.bytes(), true, rules) {
                        Extraction::Broken(diagnostic, None) => {
                            Extraction::Broken(Box::new(too_long(*diagnostic, max)), None)
                        }
                        Extraction::Incomplete => Extraction::Absent,
                        other => other,
                    };
                    return Ok(self.finish(extraction));
                }
                Extraction::Incomplete if !complete => {
                    if self.filled >= want {
                        want = want.saturating_mul(4).min(max);
                    }
                    complete = self.fill(file, want, true)?;
                }
                Extraction::Incomplete => return Ok(self.finish(Extraction::Absent)),
                extraction => return Ok(self.finish(extraction)),
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// Reads until the buffer holds `want` bytes or the file is known to end; unless `all` of them are
    /// wanted, until there is anything. Returns whether the file ended.
    fn fill(&mut self, file: &mut dyn Read, want: usize, all: bool) -> io::Result<bool> {
        if self.buffer.len() < want {
            self.buffer.resize(want, 0);
        }
        let mut ended = false;
        while self.filled < want && !ended {
            match file.read(&mut self.buffer[self.filled..want]) {
                Ok(0) => ended = true,
                Ok(count) => {
                    self.filled += count;
                    if !all {
                        break;
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(ended)
    }

    /// Cuts the text after the front matter, or the last place that a finding points at, and checks
    /// that it is UTF-8.
    fn finish(&self, extraction: Extraction) -> Head {
        let needed = match &extraction {
            Extraction::Found(block) => block.close.range().end,
            Extraction::Broken(diagnostic, block) => {
                let block = block.map_or(0, |block| block.close.range().end);
                block.max(last_label(diagnostic))
            }
            Extraction::Absent | Extraction::Foreign | Extraction::Incomplete => 0,
        };
        let (needed, rest) = self.bytes().split_at(needed.min(self.filled));
        let line_end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let bytes = &self.buffer[..needed.len() + line_end];
        let valid = match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => {
                return Head {
                    extraction,
                    text: text.to_owned(),
                };
            }
            Err(error) => error.valid_up_to(),
        };
        let extraction = match extraction {
            // Only the front matter has to be UTF-8; the wrong byte follows the closing fence.
            Extraction::Found(block) if valid >= block.close.range().end => {
                Extraction::Found(block)
            }
            Extraction::Found(_) => {
                Extraction::Broken(Box::new(encoding::not_utf_8(bytes, valid)), None)
            }
            Extraction::Broken(diagnostic, _) => Extraction::Broken(diagnostic, None),
            other => other,
        };
        Head {
            extraction,
            text: encoding::without_wrong_bytes(bytes),
        }
    }
}

fn last_label(diagnostic: &Diagnostic) -> usize {
    diagnostic
        .primary
        .iter()
        .chain(&diagnostic.related)
        .filter(|label| label.source == SourceId::PAGE)
        .map(|label| label.span.range().end)
        .max()
        .unwrap_or(0)
}

/// Rewords the finding about a fence that is not closed within the bytes that are read.
fn too_long(mut diagnostic: Diagnostic, max: usize) -> Diagnostic {
    if diagnostic.rule != RuleId::UnclosedFrontMatter {
        return diagnostic;
    }
    diagnostic.message = format!(
        "no line closes the front matter in the first {max} bytes, where frontlint stops looking"
    );
    let raise = "if the front matter is really longer than that, raise `max-front-matter` in \
                 frontlint.toml";
    diagnostic.help = Some(match diagnostic.help {
        Some(help) => format!("{help}; {raise}"),
        None => raise.to_owned(),
    });
    diagnostic
}

#[cfg(test)]
mod tests;
