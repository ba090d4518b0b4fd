//! Turns the patterns of the telephone metadata into the small programs that
//! `schema::formats::phone::program` runs. Each pattern is compiled once, however often it occurs.
//!
//! An instruction is a `u16`: the operation in the upper four bits, its operand in the lower
//! twelve. Jumps only go forward, so every program ends.

use std::collections::HashMap;
use std::error::Error;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

const CLASS: u16 = 0;
const DIGITS: u16 = 1;
const SPLIT: u16 = 2;
const JUMP: u16 = 3;
const SAVE: u16 = 4;
const END: u16 = 5;
const MATCH: u16 = 6;

const ANY_DIGIT: u16 = 0x3ff;

/// No prefix to take off has more groups; what others catch nobody asks for.
const GROUPS: u32 = 2;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// All programs, one after another, and where each pattern's begins.
#[derive(Default)]
pub struct Programs {
    pub code: Vec<u16>,
    starts: HashMap<String, u16>,
}

impl Programs {
    /// The start of the program for `pattern`.
    pub fn add(&mut self, pattern: &str) -> Outcome<u16> {
        let pattern: String = pattern.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(&start) = self.starts.get(&pattern) {
            return Ok(start);
        }
        let hir = ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(&pattern)?;
        let start = u16::try_from(self.code.len())?;
        self.emit(&hir)?;
        self.push(MATCH, 0)?;
        self.starts.insert(pattern, start);
        Ok(start)
    }

    fn push(&mut self, operation: u16, operand: u16) -> Outcome<()> {
        if operand >= 1 << 12 {
            return Err("a pattern is too long for its jumps".into());
        }
        self.code.push(operation << 12 | operand);
        Ok(())
    }

    /// Fills in the jump at `from` so that it leads here.
    fn land(&mut self, from: usize, operation: u16) -> Outcome<()> {
        let distance = u16::try_from(self.code.len() - from)?;
        if distance >= 1 << 12 {
            return Err("a pattern is too long for its jumps".into());
        }
        self.code[from] = operation << 12 | distance;
        Ok(())
    }

    fn emit(&mut self, hir: &Hir) -> Outcome<()> {
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                for &byte in literal.0.iter() {
                    self.push(CLASS, 1 << digit(byte)?)?;
                }
            }
            HirKind::Class(class) => match mask(class)? {
                ANY_DIGIT => self.push(DIGITS, 1)?,
                mask => self.push(CLASS, mask)?,
            },
            HirKind::Look(Look::End) => self.push(END, 0)?,
            HirKind::Repetition(repetition) => {
                let max = repetition.max.ok_or("a pattern repeats without end")?;
                if let HirKind::Class(class) = repetition.sub.kind()
                    && mask(class)? == ANY_DIGIT
                    && repetition.min > 0
                {
                    self.push(DIGITS, u16::try_from(repetition.min)?)?;
                } else {
                    for _ in 0..repetition.min {
                        self.emit(&repetition.sub)?;
                    }
                }
                let mut splits = Vec::new();
                for _ in repetition.min..max {
                    splits.push(self.code.len());
                    self.push(SPLIT, 0)?;
                    self.emit(&repetition.sub)?;
                }
                for split in splits {
                    self.land(split, SPLIT)?;
                }
            }
            HirKind::Capture(capture) => {
                if capture.index > GROUPS {
                    return self.emit(&capture.sub);
                }
                let slot = u16::try_from(capture.index * 2)?;
                self.push(SAVE, slot)?;
                self.emit(&capture.sub)?;
                self.push(SAVE, slot + 1)?;
            }
            HirKind::Concat(parts) => {
                for part in parts {
                    self.emit(part)?;
                }
            }
            HirKind::Alternation(branches) => {
                let mut jumps = Vec::new();
                for (index, branch) in branches.iter().enumerate() {
                    let last = index + 1 == branches.len();
                    let split = self.code.len();
                    if !last {
                        self.push(SPLIT, 0)?;
                    }
                    self.emit(branch)?;
                    if !last {
                        jumps.push(self.code.len());
                        self.push(JUMP, 0)?;
                        self.land(split, SPLIT)?;
                    }
                }
                for jump in jumps {
                    self.land(jump, JUMP)?;
                }
            }
            HirKind::Look(_) => return Err("a pattern looks at more than its end".into()),
        }
        Ok(())
    }
}

fn digit(byte: u8) -> Outcome<u16> {
    if byte.is_ascii_digit() {
        Ok(u16::from(byte - b'0'))
    } else {
        Err(format!("a pattern holds the byte {byte}").into())
    }
}

fn mask(class: &Class) -> Outcome<u16> {
    let Class::Bytes(class) = class else {
        return Err("a pattern holds a class beyond ASCII".into());
    };
    let mut mask = 0;
    for range in class.ranges() {
        for byte in range.start()..=range.end() {
            mask |= 1 << digit(byte)?;
        }
    }
    Ok(mask)
}
