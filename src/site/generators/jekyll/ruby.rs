//! Ruby's file patterns, as far as Jekyll's configuration uses them.

use glob::{MatchOptions, Pattern};

/// `File.fnmatch?(pattern, path)` without flags: `*` and `?` match a slash too.
#[derive(Debug)]
pub(super) struct FnMatch(Option<Pattern>);

impl FnMatch {
    /// A pattern that Ruby takes and this one does not matches nothing but itself, which the
    /// callers test for anyway.
    pub(super) fn new(pattern: &str) -> Self {
        let has_meta = pattern.contains(['*', '?', '[', '\\']);
        Self(
            has_meta
                .then(|| Pattern::new(&translate(pattern, false)).ok())
                .flatten(),
        )
    }

    pub(super) fn matches(&self, path: &str) -> bool {
        const OPTIONS: MatchOptions = MatchOptions {
            case_sensitive: true,
            require_literal_separator: false,
            require_literal_leading_dot: false,
        };
        self.0
            .as_ref()
            .is_some_and(|pattern| pattern.matches_with(path, OPTIONS))
    }
}

/// `Dir.glob(pattern)`: braces, `**/`, and names that begin with a dot only where the pattern says
/// so.
#[derive(Debug)]
pub(super) struct DirGlob {
    /// Each with whether it asks for folders only, by a slash at its end.
    patterns: Vec<(Pattern, bool)>,
    /// What every match begins with.
    literal: String,
}

impl DirGlob {
    pub(super) fn new(pattern: &str) -> Self {
        let literal = pattern
            .find(['*', '?', '[', '{', '\\'])
            .map_or(pattern, |end| &pattern[..end]);
        Self {
            patterns: braces(pattern, 8)
                .iter()
                .flat_map(|one| trailing_folders(one))
                .filter_map(|one| {
                    let pattern = Pattern::new(&translate(&one, true)).ok()?;
                    Some((pattern, one.ends_with('/')))
                })
                .collect(),
            literal: literal.trim_end_matches('/').to_owned(),
        }
    }

    /// Whether the pattern finds a path relative to the source. `is_there` returns whether there is
    /// such a file or folder; a folder, where it is asked for one.
    pub(super) fn finds(&self, path: &str, is_there: &dyn Fn(bool) -> bool) -> bool {
        const OPTIONS: MatchOptions = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        path.starts_with(&self.literal)
            && self
                .patterns
                .iter()
                .any(|(pattern, folder)| pattern.matches_with(path, OPTIONS) && is_there(*folder))
    }
}

/// `x/**/` finds the folder `x` itself and all below it.
fn trailing_folders(pattern: &str) -> Vec<String> {
    match pattern.strip_suffix("**/") {
        Some("") => vec!["**/*/".to_owned()],
        Some(base) if base.ends_with('/') => vec![base.to_owned(), format!("{base}**/*/")],
        _ => vec![pattern.to_owned()],
    }
}

/// Ruby's pattern language into the `glob` crate's: `**` only as a whole segment before a slash,
/// `[!…]` for `[^…]`, `[x]` for `\x`.
fn translate(pattern: &str, recursive: bool) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '*' => {
                let mut stars = 1;
                while rest.next_if_eq(&'*').is_some() {
                    stars += 1;
                }
                let segment = out.is_empty() || out.ends_with('/');
                let whole = stars == 2 && segment && rest.peek() == Some(&'/');
                out.push_str(if recursive && whole { "**" } else { "*" });
            }
            '[' => {
                out.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    out.push('!');
                }
            }
            '\\' => match rest.next() {
                Some(escaped @ ('*' | '?' | '[')) => {
                    out.push('[');
                    out.push(escaped);
                    out.push(']');
                }
                Some(escaped) => out.push(escaped),
                None => {}
            },
            other => out.push(other),
        }
    }
    // A trailing slash asks for folders; a folder's path is compared without it.
    if recursive && out.len() > 1 && out.ends_with('/') {
        out.pop();
    }
    out
}

/// `a{b,c}` as `ab` and `ac`; no more than a thousand of them.
fn braces(pattern: &str, depth: usize) -> Vec<String> {
    let unchanged = || vec![pattern.to_owned()];
    let Some(open) = pattern.find('{') else {
        return unchanged();
    };
    let mut level = 0_usize;
    let mut cuts = vec![open];
    let mut close = None;
    for (at, character) in pattern.char_indices().skip_while(|(at, _)| *at < open) {
        match character {
            '{' => level += 1,
            '}' => {
                level -= 1;
                if level == 0 {
                    close = Some(at);
                    break;
                }
            }
            ',' if level == 1 => cuts.push(at),
            _ => {}
        }
    }
    let (Some(close), Some(depth)) = (close, depth.checked_sub(1)) else {
        return unchanged();
    };
    cuts.push(close);
    let mut all = Vec::new();
    for cut in cuts.windows(2) {
        let one = [
            &pattern[..open],
            &pattern[cut[0] + 1..cut[1]],
            &pattern[close + 1..],
        ]
        .concat();
        all.extend(braces(&one, depth));
        if all.len() > 1000 {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dir_glob_as_ruby_has_it() {
        for (pattern, path, expected) in [
            ("_posts/*", "_posts/a.md", true),
            ("_posts/*", "_posts/sub/a.md", false),
            ("_posts/**/*", "_posts/a.md", true),
            ("_posts/**/*", "_posts/sub/deep/a.md", true),
            ("_posts/**", "_posts/sub/a.md", false),
            ("_posts/**/", "_posts", true),
            ("_posts/**/", "_posts/sub", true),
            ("_posts/**/", "_posts/sub/deep", true),
            ("**/", "a/b", true),
            ("*/special", "section/special", true),
            ("a*c/**/d", "abc/d", true),
            ("_posts/*", "_posts/.hidden", false),
            ("{a,b{c,d}}/*", "bd/x", true),
            ("{a,b}/*", "c/x", false),
            ("x[^ab]*", "xcd", true),
            ("x[ab]*", "xcd", false),
            ("x\\**", "x*y", true),
            ("x\\**", "xzy", false),
        ] {
            assert_eq!(
                DirGlob::new(pattern).finds(path, &|_| true),
                expected,
                "{pattern} {path}"
            );
        }
    }

    #[test]
    fn fnmatch_crosses_slashes() {
        assert!(FnMatch::new("/*.log").matches("/a/b/c.log"));
        assert!(FnMatch::new("/a/**/x").matches("/a/b/c/x"));
        assert!(!FnMatch::new("/a").matches("/a"));
    }
}
