//! Which rules may have something to say of a scalar by itself, wherever it stands.
//!
//! Asked of all scalars of a page at once: nearly all pages have none that is any rule's concern. What
//! concerns a rule is told in the rule's own file.

use super::{impossible_date, padded_value, surprising_scalar, zoneless_date};
use crate::dialect::Value;
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
        // Most are texts that look like one, which a few of their bytes tell.
        if matches!(scalar.value, Value::String) && is_usual(&scalar.text) {
            return;
        }
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

/// For each byte, whether a text is neither padded nor a date that begins with it.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let begin = byte as u8;
        begins[byte] = padded_value::is_seen(begin) && !impossible_date::begins_date(begin);
        byte += 1;
    }
    begins
};

/// Whether a text surely concerns no rule.
#[inline]
fn is_usual(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    BEGINS[usize::from(first)]
        && padded_value::is_seen(last)
        && !surprising_scalar::may_be_word(text)
        && padded_value::shows_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Style;

    #[test]
    fn usual_texts_concern_no_rule() {
        let parts = [
            "",
            "a",
            "no",
            "2024-02-30",
            " ",
            "é",
            "\u{a0}",
            "\u{200b}",
            "/b",
            "two words",
        ];
        let mut texts = vec![String::new()];
        for _ in 0..3 {
            let longer = |text: &String| parts.map(|next| format!("{text}{next}"));
            texts = texts.iter().flat_map(longer).collect();
        }
        let mut usual = 0;
        for text in texts.iter().filter(|text| is_usual(text)) {
            let scalar = Scalar {
                text: text.as_str().into(),
                style: Style::Plain,
                value: Value::String,
            };
            assert!(!padded_value::may_be_padded(&scalar), "{text:?}");
            assert!(!impossible_date::may_be_impossible(&scalar), "{text:?}");
            assert!(!zoneless_date::may_be_zoneless(&scalar), "{text:?}");
            assert!(!surprising_scalar::may_surprise(&scalar), "{text:?}");
            usual += 1;
        }
        assert!(usual > 100, "{usual}");
    }
}
