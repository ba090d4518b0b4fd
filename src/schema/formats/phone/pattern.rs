//! The patterns of the metadata, each compiled when it is first needed.

use std::sync::OnceLock;

use regex_automata::hybrid::dfa::DFA;
use regex_automata::nfa::thompson::backtrack::BoundedBacktracker;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

/// A pattern of digits that begins where the text begins.
///
/// Of all engines the backtracker is the quickest to build, and a page has few numbers.
#[derive(Debug)]
pub(super) struct Pattern {
    text: &'static str,
    engine: OnceLock<Option<Box<BoundedBacktracker>>>,
}

impl Pattern {
    pub(super) const fn new(text: &'static str) -> Self {
        Self {
            text,
            engine: OnceLock::new(),
        }
    }

    /// The pattern compiled. It always compiles: a test tries all of them.
    pub(super) fn engine(&self) -> Option<&BoundedBacktracker> {
        let compile = || {
            let digits_only = syntax::Config::new().unicode(false).utf8(false);
            let mut builder = BoundedBacktracker::builder();
            builder
                .syntax(digits_only)
                .build(self.text)
                .ok()
                .map(Box::new)
        };
        self.engine.get_or_init(compile).as_deref()
    }

    pub(super) fn is_match(&self, digits: &str) -> bool {
        self.engine().is_some_and(|engine| {
            let found = engine.try_is_match(&mut engine.create_cache(), input(digits));
            found.unwrap_or(false)
        })
    }

    /// The match with its groups.
    pub(super) fn captures(&self, digits: &str) -> Option<Captures> {
        let engine = self.engine()?;
        let mut captures = engine.create_captures();
        let mut cache = engine.create_cache();
        engine
            .try_captures(&mut cache, input(digits), &mut captures)
            .ok()?;
        captures.is_match().then_some(captures)
    }

    /// How many of the first digits begin a text that matches: an automaton reads them until no
    /// such text is left.
    pub(super) fn known_digits(&self, digits: &str) -> Option<usize> {
        let automaton = DFA::builder()
            .build_from_nfa(self.engine()?.get_nfa().clone())
            .ok()?;
        let mut cache = automaton.create_cache();
        let mut state = automaton
            .start_state_forward(&mut cache, &input(digits))
            .ok()?;
        for (index, byte) in digits.bytes().enumerate() {
            state = automaton.next_state(&mut cache, state, byte).ok()?;
            if state.is_dead() {
                return Some(index);
            }
        }
        Some(digits.len())
    }
}

/// The beginning of a text: no pattern matches as many digits, and the engine takes no text of any
/// length.
fn input(digits: &str) -> Input<'_> {
    const MOST: usize = 64;
    let beginning = digits.get(..MOST).unwrap_or(digits);
    Input::new(beginning).anchored(Anchored::Yes)
}
