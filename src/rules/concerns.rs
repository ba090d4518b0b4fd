//! Which rules may have something to say of a scalar by itself, wherever it stands.
//!
//! Asked of all scalars of a page at once: nearly all pages have none that is any rule's concern. What
//! concerns a rule is told in the rule's own file.

use super::{impossible_date, padded_value, surprising_scalar, zoneless_date};
use crate::syntax::{Document, Kind, Scalar};

/// A rule that looks at every scalar.
#[derive(Clone, Copy, Debug)]
pub(super) enum Concern {
    Padded = 1,
    Impossible = 1 << 1,
    Zoneless = 1 << 2,
    Surprising = 1 << 3,
}

/// The rules that some scalar of a page may concern.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Concerns(u8);

impl Concerns {
    /// Those of all scalars of a page, and some that nothing leads to any more.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut concerns = Self::default();
        for node in document.nodes() {
            if let Kind::Scalar(scalar) = &node.kind {
                concerns.add(scalar);
            }
        }
        concerns
    }

    /// Whether a rule may have something to say.
    pub(super) fn has(self, concern: Concern) -> bool {
        self.0 & concern as u8 != 0
    }

    #[inline]
    fn add(&mut self, scalar: &Scalar<'_>) {
        for (concern, is_concerned) in [
            (Concern::Padded, padded_value::may_be_padded(scalar)),
            (
                Concern::Impossible,
                impossible_date::may_be_impossible(scalar),
            ),
            (Concern::Zoneless, zoneless_date::may_be_zoneless(scalar)),
            (Concern::Surprising, surprising_scalar::may_surprise(scalar)),
        ] {
            self.0 |= u8::from(is_concerned) * concern as u8;
        }
    }
}
