//! Which versions of git can be kept from running what a repository names.

use std::fmt;

use super::failure;
use crate::diagnostic::Problem;

/// A version of git.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

/// The first with `--config-env`.
const OLDEST: Version = Version::new(2, 31, 0);

/// The first that knows `GIT_NO_LAZY_FETCH`.
const FIRST_WITHOUT_LAZY_FETCH: Version = Version::new(2, 45, 0);

/// The versions between that and [`OLDEST`] that got it afterwards, each the first of its series.
const PATCHED: [Version; 6] = [
    Version::new(2, 39, 4),
    Version::new(2, 40, 2),
    Version::new(2, 41, 1),
    Version::new(2, 42, 2),
    Version::new(2, 43, 4),
    Version::new(2, 44, 1),
];

impl Version {
    /// Before it is read.
    pub(super) const UNKNOWN: Self = Self::new(0, 0, 0);

    const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self {
            major,
            minor,
            patch,
        }
    }

    /// Reads `git version 2.47.3`, whatever follows: `2.47.3.windows.1`, `2.39.5 (Apple Git-154)`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let version = text
            .strip_prefix("git version ")?
            .split_whitespace()
            .next()?;
        let mut numbers = version.split(['.', '-']).map(|part| part.parse().ok());
        Some(Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            // `2.46.GIT` and `2.46-rc0` are builds of what becomes `2.46.0`.
            patch: numbers.next().flatten().unwrap_or(0),
        })
    }

    /// # Errors
    /// Where filters cannot be turned off whatever their names.
    pub(super) fn check_settings(self) -> Result<(), Problem> {
        if self >= OLDEST {
            return Ok(());
        }
        Err(failure(
            format!(
                "git {self} cannot be kept from running programs that a repository names; \
                 `--since` needs git {OLDEST} or newer"
            ),
            "install a newer git, or leave out `--since`",
        ))
    }

    /// # Errors
    /// Where git cannot be kept from fetching what a partial clone lacks.
    pub(super) fn check_lazy_fetch(self) -> Result<(), Problem> {
        let is_patched =
            |first: &Self| (first.major, first.minor) == (self.major, self.minor) && *first <= self;
        if self >= FIRST_WITHOUT_LAZY_FETCH || PATCHED.iter().any(is_patched) {
            return Ok(());
        }
        Err(failure(
            format!(
                "this clone is partial, and git {self} cannot be kept from fetching what it lacks; \
                 `--since` needs git {FIRST_WITHOUT_LAZY_FETCH} or newer here"
            ),
            "install a newer git, or clone without `--filter`",
        ))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_as_git_writes_them() {
        let read = |text| Version::parse(text).map(|version| version.to_string());
        for (text, version) in [
            ("git version 2.47.3\n", "2.47.3"),
            ("git version 2.47.3.windows.1\r\n", "2.47.3"),
            ("git version 2.39.5 (Apple Git-154)\n", "2.39.5"),
            ("git version 2.46.GIT", "2.46.0"),
            ("git version 2.45.0-rc1", "2.45.0"),
            ("git version 2.46.0.rc0.12.gabcdef", "2.46.0"),
            ("git version 3.0", "3.0.0"),
        ] {
            assert_eq!(read(text).as_deref(), Some(version), "{text}");
        }
        for text in [
            "",
            "git version",
            "git version x.y",
            "hub version 2.14.2",
            "2.47.3",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_too_old() {
        let version = |text: &str| Version::parse(&format!("git version {text}")).unwrap();
        for (text, settings, lazy_fetch) in [
            ("1.8.3.1", false, false),
            ("2.30.9", false, false),
            ("2.31.0", true, false),
            ("2.39.3", true, false),
            ("2.39.4", true, true),
            ("2.40.1", true, false),
            ("2.44.0", true, false),
            ("2.44.1", true, true),
            ("2.45.0", true, true),
            ("2.47.3", true, true),
            ("3.0.0", true, true),
        ] {
            assert_eq!(version(text).check_settings().is_ok(), settings, "{text}");
            assert_eq!(
                version(text).check_lazy_fetch().is_ok(),
                lazy_fetch,
                "{text}"
            );
        }
    }
}
