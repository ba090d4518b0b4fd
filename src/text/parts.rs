//! Looking at a text some bytes at once.

/// Whether all the parts of `N` bytes that cover a text fit. Each begins with the last `shared` bytes
/// of the one before; the last may have more in common with it, and a text that is shorter is a part
/// by itself. That the parts have a known length lets the processor look at all their bytes together.
#[inline]
pub fn all_parts<const N: usize>(text: &[u8], shared: usize, fits: impl Fn(&[u8]) -> bool) -> bool {
    let Some(last) = text.len().checked_sub(N) else {
        return fits(text);
    };
    let mut start = 0;
    while let Some(part) = text.get(start..).and_then(<[u8]>::first_chunk::<N>) {
        if !fits(part) {
            return false;
        }
        if start == last {
            break;
        }
        start = last.min(start + N.saturating_sub(shared).max(1));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_and_pair_is_looked_at() {
        for length in 0..70 {
            let text: Vec<u8> = (0..length).collect();
            assert!(all_parts::<16>(&text, 0, |part| part.len() <= 16));
            for wrong in 0..length {
                assert!(!all_parts::<16>(&text, 0, |part| !part.contains(&wrong)));
                let has_pair = |part: &[u8]| part.windows(2).any(|pair| pair == [wrong, wrong + 1]);
                let has_next = wrong + 1 < length;
                assert_eq!(all_parts::<17>(&text, 1, |part| !has_pair(part)), !has_next);
            }
        }
    }
}
