//! Braces of a glob.

/// How many patterns the braces of one may stand for.
const MOST_ALTERNATIVES: usize = 1000;

/// `a.{md,markdown}` as `a.md` and `a.markdown`. A brace without its partner is an ordinary character.
pub(super) fn expand(pattern: &[u8]) -> Vec<Vec<u8>> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        let Some((start, end, commas)) = first_braces(&pattern) else {
            done.push(pattern);
            continue;
        };
        if done.len() + open.len() + commas.len() > MOST_ALTERNATIVES {
            done.push(pattern);
            continue;
        }
        let mut from = start + 1;
        for comma in commas.into_iter().chain([end]) {
            open.push(
                [
                    &pattern[..start],
                    &pattern[from..comma],
                    &pattern[end + 1..],
                ]
                .concat(),
            );
            from = comma + 1;
        }
    }
    done
}

/// The outermost braces that begin first, with the commas between them.
fn first_braces(pattern: &[u8]) -> Option<(usize, usize, Vec<usize>)> {
    let start = memchr::memchr(b'{', pattern)?;
    let mut depth = 0_usize;
    let mut commas = Vec::new();
    for (at, byte) in pattern.iter().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some((start, at, commas)),
            b'}' => depth -= 1,
            b',' if depth == 1 => commas.push(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_expanded() {
        let expanded = |pattern: &str| {
            let mut all: Vec<_> = expand(pattern.as_bytes())
                .into_iter()
                .map(|pattern| String::from_utf8(pattern).unwrap())
                .collect();
            all.sort();
            all
        };
        assert_eq!(expanded("*.{md,markdown}"), ["*.markdown", "*.md"]);
        assert_eq!(expanded("{a,b{c,d}}/x"), ["a/x", "bc/x", "bd/x"]);
        assert_eq!(expanded("a{b"), ["a{b"]);
        assert_eq!(expanded("a}b{c}"), ["a}bc"]);
        assert!(expanded(&"{a,b}".repeat(64)).len() <= MOST_ALTERNATIVES + 64);
    }
}
