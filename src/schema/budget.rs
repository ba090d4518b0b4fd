//! What validating one page may cost: steps, errors and stack. The validator has no budget of its own,
//! but it reads the page through [`super::instance`], which counts each access here.
//!
//! Decides nothing about validity. [`within`] runs a part of the validation; where the budget is
//! spent, that part ends at once, whatever it was doing.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;
use std::thread;

use crate::syntax::NodeId;

/// Accesses to the page's values, about a second in an optimised build (20 to 60 ns each). A list of
/// 10 000 mappings against a union of 50 branches takes a fifth of it.
pub(super) const STEPS: u64 = 20_000_000;

/// Bytes of errors that the validator may hold at once, those within `anyOf` and `oneOf` included; it
/// returns no error before it has all. Those of a list of 100 000 wrong items take half of it.
const ERROR_BYTES: u64 = 110 << 20;

/// Bytes that an error takes without its paths.
const BYTES_OF_ERROR: u64 = 400;

/// Bytes that an error takes for each byte of the path to its value: there are three paths, and those
/// in the schema are longer under a recursive one.
const BYTES_OF_PATH: u64 = 10;

/// Comparisons with a value of the schema that take as long as one access. An `enum` may have
/// thousands of values, and a list as many items.
const COMPARISONS_A_STEP: u32 = 16;

/// Bytes of stack that a page may take on the thread that checks it. A level of front matter under a
/// recursive schema takes one to three kB; the smallest stack that a main thread has by default is
/// 1 MiB.
const STACK: usize = 384 << 10;

/// Bytes of stack that a page may take where [`STACK`] was too little. Its thread has a third more,
/// for what is between two accesses: a chain of [`super::guard`]'s longest.
const DEEP_STACK: usize = 48 << 20;

/// Places of one page at which something is not checked that are reported one by one.
const MOST_OMISSIONS: usize = 100;

/// What was not checked about a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// More accesses than [`STEPS`].
    Steps,
    /// More errors than [`ERROR_BYTES`] hold.
    Errors,
    /// More stack than there is.
    Depth,
    /// The subschema is a long chain, or applies others too often; see [`super::guard`].
    Subschema,
    /// The pattern may take too long on a text of so many characters; it is tried on `most`.
    LongText {
        /// The pattern.
        pattern: String,
        /// The length of the text, in characters.
        len: usize,
        /// The greatest length at which the pattern is tried, in characters.
        most: usize,
    },
    /// The pattern was given up on this text.
    SlowPattern(String),
}

/// An [`Excess`], and the value it is about.
#[derive(Clone, Debug)]
pub(super) struct Omission {
    /// The value; for a key, its mapping.
    pub(super) node: NodeId,
    /// The key, where a key was not checked.
    pub(super) key: Option<String>,
    pub(super) excess: Excess,
}

/// What is left for one page.
pub(super) struct Budget {
    steps: Cell<u64>,
    error_bytes: Cell<u64>,
    /// The address below which the stack must not grow. Stacks grow down wherever this runs.
    lowest: Cell<usize>,
    /// What it costs to look at a member of a mapping.
    member_steps: Cell<usize>,
    comparisons: Cell<u32>,
    omissions: RefCell<Omissions>,
}

/// What was not checked of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Omissions {
    /// The first of them.
    pub(super) first: Vec<Omission>,
    /// The value where the first of the others is.
    pub(super) next: Option<NodeId>,
    known: HashSet<(NodeId, Option<String>)>,
}

impl Omissions {
    /// Whether all was checked.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// How many there are beside the first.
    pub(super) fn more(&self) -> usize {
        self.known.len() - self.first.len()
    }
}

impl Budget {
    /// The budget of a page.
    pub(super) fn new() -> Self {
        Self {
            steps: Cell::new(STEPS),
            error_bytes: Cell::new(ERROR_BYTES),
            lowest: Cell::new(0),
            member_steps: Cell::new(0),
            comparisons: Cell::new(0),
            omissions: RefCell::default(),
        }
    }

    /// Counts a look at a member of a mapping.
    #[inline]
    pub(super) fn member(&self, mapping: NodeId) {
        self.spend(mapping, self.member_steps.get());
    }

    /// Has each look at a member cost so many steps more, for the patterns that its key is tested
    /// against.
    pub(super) fn set_member_steps(&self, steps: usize) {
        self.member_steps.set(steps);
    }

    /// Counts a comparison with a value of the schema.
    #[inline]
    pub(super) fn compare(&self, node: NodeId) {
        let comparisons = self.comparisons.get() + 1;
        if comparisons == COMPARISONS_A_STEP {
            self.step(node);
        }
        self.comparisons.set(comparisons % COMPARISONS_A_STEP);
    }

    /// Counts one access to a value.
    #[inline]
    pub(super) fn step(&self, node: NodeId) {
        let left = self.steps.get();
        if left == 0 || stack_address() < self.lowest.get() {
            self.end(node);
        }
        self.steps.set(left - 1);
    }

    /// Counts an access that costs as much as `steps` do.
    #[inline]
    pub(super) fn spend(&self, node: NodeId, steps: usize) {
        let left = self.steps.get().saturating_sub(steps as u64);
        self.steps.set(left);
        self.step(node);
    }

    /// Counts an error about a value that a path of so many bytes leads to.
    pub(super) fn error(&self, node: NodeId, path_bytes: usize) {
        let bytes = BYTES_OF_ERROR + BYTES_OF_PATH * path_bytes as u64;
        match self.error_bytes.get().checked_sub(bytes) {
            Some(left) => self.error_bytes.set(left),
            None => end(node, Excess::Errors),
        }
    }

    #[cold]
    fn end(&self, node: NodeId) -> ! {
        let excess = match self.steps.get() {
            0 => Excess::Steps,
            _ => Excess::Depth,
        };
        end(node, excess)
    }

    /// Remembers what is not checked about a value, which is taken to be valid.
    pub(super) fn omit(&self, node: NodeId, key: Option<&str>, excess: Excess) {
        let mut omissions = self.omissions.borrow_mut();
        let key = key.map(str::to_owned);
        if !omissions.known.insert((node, key.clone())) {
            return;
        }
        if omissions.first.len() < MOST_OMISSIONS {
            omissions.first.push(Omission { node, key, excess });
        } else {
            omissions.next.get_or_insert(node);
        }
    }

    /// What was omitted so far.
    pub(super) fn omissions(&self) -> Omissions {
        self.omissions.borrow().clone()
    }
}

/// Leaves the innermost [`within`]. The validator's recursion has no other way out: its branches
/// multiply without a look at the value, so that no answer ends them.
#[cold]
fn end(node: NodeId, excess: Excess) -> ! {
    // No message is printed, as a panic would.
    panic::resume_unwind(Box::new(Omission {
        node,
        key: None,
        excess,
    }))
}

/// Runs a part of the validation on the stack of this thread.
///
/// # Errors
///
/// What the page's budget was spent on.
pub(super) fn within<T>(budget: &Budget, run: impl FnOnce() -> T) -> Result<T, Omission> {
    within_stack(budget, STACK, run)
}

/// Runs a part of the validation with a budget made by `run`, on a stack that is large enough for any
/// page that is not nested without sense.
///
/// # Errors
///
/// What the page's budget was spent on, as [`within`]; [`Excess::Depth`] at `root` where no thread
/// can be started.
pub(super) fn with_deep_stack<T: Send>(
    root: NodeId,
    run: impl FnOnce() -> Result<T, Omission> + Send,
) -> Result<T, Omission> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(DEEP_STACK / 3 * 4);
        let Ok(thread) = thread.spawn_scoped(scope, run) else {
            return Err(Omission {
                node: root,
                key: None,
                excess: Excess::Depth,
            });
        };
        thread
            .join()
            .unwrap_or_else(|panic| panic::resume_unwind(panic))
    })
}

/// As [`within`], on the stack that [`with_deep_stack`] provides.
pub(super) fn within_deep<T>(budget: &Budget, run: impl FnOnce() -> T) -> Result<T, Omission> {
    within_stack(budget, DEEP_STACK, run)
}

fn within_stack<T>(budget: &Budget, stack: usize, run: impl FnOnce() -> T) -> Result<T, Omission> {
    budget.lowest.set(stack_address().saturating_sub(stack));
    panic::catch_unwind(AssertUnwindSafe(run)).map_err(|payload| {
        match payload.downcast::<Omission>() {
            Ok(omission) => *omission,
            Err(panic) => panic::resume_unwind(panic),
        }
    })
}

/// Where the stack is now.
#[inline]
fn stack_address() -> usize {
    let here = 0_u8;
    ptr::from_ref(&here).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_cost_a_part_of_a_step() {
        let budget = Budget::new();
        let node = crate::schema::tests::parse("---\na: 1\n").root();
        for _ in 0..10 * COMPARISONS_A_STEP {
            budget.compare(node);
        }
        assert_eq!(budget.steps.get(), STEPS - 10);
    }
}
