//! Looking at a text some bytes at once.

/// Whether all the parts of `N` bytes fit that cover a text. Each begins with the last `shared` bytes
/// of the one before; the last may have more in common with it. A text that is shorter is one part,
/// with letters behind it. That parts have a known length lets the processor look at all their bytes
/// together.
#[inline]
pub fn all_parts<const N: usize>(
    text: &[u8],
    shared: usize,
    fits: impl Fn(&[u8; N]) -> bool,
) -> bool {
    let Some(last) = text.len().checked_sub(N) else {
        let mut part = [b'a'; N];
        part[..text.len()].copy_from_slice(text);
        return fits(&part);
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
            let is_known = |byte: &u8| *byte < length || *byte == b'a';
            assert!(all_parts::<16>(&text, 0, |part| part.iter().all(is_known)));
            for wrong in 0..length {
                assert!(!all_parts::<16>(&text, 0, |part| !part.contains(&wrong)));
                let has_pair =
                    |part: &[u8; 17]| part.windows(2).any(|pair| pair == [wrong, wrong + 1]);
                let has_next = wrong + 1 < length;
                assert_eq!(all_parts::<17>(&text, 1, |part| !has_pair(part)), !has_next);
            }
        }
    }
}
