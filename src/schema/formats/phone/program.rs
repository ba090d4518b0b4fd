//! Runs the programs that `build.rs` makes of the metadata's patterns, over strings of digits.
//!
//! Knows nothing of telephone numbers. A program only jumps forward, so that it ends on any input;
//! one that is damaged fails to match.

use std::ops::Range;

/// The operations, in the upper four bits of an instruction; `build/compile.rs` writes them.
const CLASS: u16 = 0;
const DIGITS: u16 = 1;
const SPLIT: u16 = 2;
const JUMP: u16 = 3;
const SAVE: u16 = 4;
const END: u16 = 5;
const MATCH: u16 = 6;

/// Two for each group that programs save, and two that stay empty.
const SLOTS: usize = 6;

/// Where a program matched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Offset of the first digit after the match.
    pub(super) end: usize,
    slots: [Option<usize>; SLOTS],
}

impl Match {
    /// What group `index` (from 1) caught.
    pub(super) fn group(&self, index: usize) -> Option<Range<usize>> {
        let start = (*self.slots.get(index * 2)?)?;
        let end = (*self.slots.get(index * 2 + 1)?)?;
        Some(start..end)
    }
}

/// Runs programs over one string of digits.
pub(super) struct Run<'a> {
    code: &'a [u16],
    text: &'a [u8],
    whole: bool,
    /// How many digits any attempt so far got past.
    pub(super) furthest: usize,
}

impl<'a> Run<'a> {
    /// A run over `text`, which holds ASCII digits. With `whole`, a match must take all of it.
    pub(super) fn new(code: &'a [u16], text: &'a str, whole: bool) -> Self {
        Self {
            code,
            text: text.as_bytes(),
            whole,
            furthest: 0,
        }
    }

    /// The match of the program at `start`, from the beginning of the text.
    pub(super) fn find(&mut self, start: u16) -> Option<Match> {
        let fresh = Match {
            end: 0,
            slots: [None; SLOTS],
        };
        self.step(usize::from(start), fresh)
    }

    fn step(&mut self, mut at: usize, mut state: Match) -> Option<Match> {
        loop {
            let instruction = *self.code.get(at)?;
            let operand = usize::from(instruction & 0xfff);
            at += 1;
            match instruction >> 12 {
                CLASS => {
                    let digit = self.text.get(state.end)?.wrapping_sub(b'0');
                    if digit > 9 || operand & (1 << digit) == 0 {
                        return None;
                    }
                    self.pass(&mut state, 1);
                }
                DIGITS => {
                    let left = self.text.len().saturating_sub(state.end);
                    if left < operand {
                        self.pass(&mut state, left);
                        return None;
                    }
                    self.pass(&mut state, operand);
                }
                SPLIT => {
                    if let Some(found) = self.step(at, state) {
                        return Some(found);
                    }
                    at += operand.checked_sub(1)?;
                }
                JUMP => at += operand.checked_sub(1)?,
                SAVE => *state.slots.get_mut(operand)? = Some(state.end),
                END if state.end == self.text.len() => {}
                MATCH if !self.whole || state.end == self.text.len() => return Some(state),
                _ => return None,
            }
        }
    }

    fn pass(&mut self, state: &mut Match, digits: usize) {
        state.end += digits;
        self.furthest = self.furthest.max(state.end);
    }
}
