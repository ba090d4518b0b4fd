//! Versions of programs, and the ranges that a manifest writes for them.

/// A version by its first three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

/// The versions that a manifest allows: from the first on, without the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VersionRange {
    from: Version,
    to: Version,
}

/// The version that a site pins of its generator; none where it pins none, and then likely the newest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pinned(pub Option<VersionRange>);

impl Pinned {
    /// Whether it is certain to be this version or a later one.
    pub(super) fn is_since(self, version: Version) -> bool {
        self.0.is_some_and(|range| range.from >= version)
    }

    /// Whether it is certain to be older than this version.
    pub(super) fn is_before(self, version: Version) -> bool {
        self.0.is_some_and(|range| range.is_before(version))
    }
}

const NEWEST: Version = Version(u32::MAX, 0, 0);

impl VersionRange {
    /// A single version: `3.10.1`, `v3.10.1`, `extended_0.120.4`; what follows its third number
    /// does not count. `None` where a number is missing.
    pub(super) fn exact(written: &str) -> Option<Self> {
        let start = written.find(|c: char| c.is_ascii_digit())?;
        let from = match numbers(&written[start..])[..] {
            [major, minor, patch] => Version(major, minor, patch),
            _ => return None,
        };
        Some(Self {
            from,
            to: Version(from.0, from.1, from.2.saturating_add(1)),
        })
    }

    /// What npm reads as a range (<https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies>):
    /// a version, or one behind `^`, `~`, `>=` or `=`, or one whose last numbers are left out.
    /// `None` for all other ways to write one.
    pub(super) fn of_npm(written: &str) -> Option<Self> {
        let written = written.trim();
        let signs = written.len() - written.trim_start_matches(['^', '~', '>', '=', 'v']).len();
        let (sign, version) = written.split_at(signs);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '*');
        if !version.chars().all(is_plain) {
            return None;
        }
        let numbers = numbers(version);
        let from = match numbers[..] {
            [major] => Version(major, 0, 0),
            [major, minor] => Version(major, minor, 0),
            [major, minor, patch] => Version(major, minor, patch),
            _ => return None,
        };
        let after_major = Version(from.0.saturating_add(1), 0, 0);
        let after_minor = Version(from.0, from.1.saturating_add(1), 0);
        let after_patch = Version(from.0, from.1, from.2.saturating_add(1));
        let to = match (sign.trim_end_matches('v'), numbers.len()) {
            (">=", _) => NEWEST,
            ("^", _) if from.0 > 0 => after_major,
            ("^", 2..) if from.1 > 0 => after_minor,
            ("^" | "~" | "" | "=", 1) => after_major,
            ("^" | "~" | "" | "=", 2) | ("~", 3) => after_minor,
            ("^" | "" | "=", _) => after_patch,
            _ => return None,
        };
        Some(Self { from, to })
    }

    /// Whether every version of the range is older than this one.
    pub(super) fn is_before(self, version: Version) -> bool {
        self.to <= version
    }

    /// Whether a single version is allowed.
    pub(super) fn is_exact(self) -> bool {
        self.to == Version(self.from.0, self.from.1, self.from.2.saturating_add(1))
    }
}

/// The first numbers of a version, three at most; `x` and `*` end them.
fn numbers(version: &str) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(3);
    for part in version.split('.').take(3) {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = part[..digits].parse() else {
            break;
        };
        numbers.push(number);
        if digits < part.len() {
            break;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_older_where_all_of_it_is() {
        for (written, before, expected) in [
            ("3.10.1", Version(3, 10, 2), true),
            ("v3.10.1", Version(3, 10, 2), true),
            ("=3.10.2", Version(3, 10, 2), false),
            ("3.10.2", Version(3, 10, 2), false),
            ("^3.10.1", Version(3, 10, 2), false),
            ("~3.10.0", Version(3, 10, 2), false),
            ("~3.9.4", Version(3, 10, 2), true),
            ("^2.0.1", Version(3, 0, 0), true),
            ("^2", Version(3, 0, 0), true),
            ("2.x", Version(3, 0, 0), true),
            ("3", Version(3, 10, 2), false),
            (">=2.0.0", Version(3, 0, 0), false),
            ("^0.110.0", Version(0, 152, 0), true),
            ("3.10.1-rc.1", Version(3, 10, 2), true),
        ] {
            let range = VersionRange::of_npm(written).unwrap();
            assert_eq!(range.is_before(before), expected, "{written}");
        }
        for written in [
            "",
            "*",
            "latest",
            "^2 || ^3",
            "workspace:*",
            ">2",
            "1.2.3 - 4.5.6",
        ] {
            assert_eq!(VersionRange::of_npm(written), None, "{written}");
        }
    }

    #[test]
    fn a_version_has_three_numbers() {
        let exact = |written| VersionRange::exact(written).map(|range| range.from);
        assert_eq!(exact("extended_0.120.4"), Some(Version(0, 120, 4)));
        assert_eq!(exact("4.0.0-alpha.10"), Some(Version(4, 0, 0)));
        assert_eq!(exact("latest"), None);
        assert_eq!(exact("3.10"), None);
        assert_eq!(exact("99999999999.1.1"), None);
    }
}
