//! What the environment says about colours and characters.

use std::ffi::OsString;

use clap::ColorChoice;

use crate::cli::Environment;

/// The variables that programs read before they write to a terminal.
#[derive(Debug, Default)]
pub(super) struct Preferences {
    no_color: Option<OsString>,
    force_color: Option<OsString>,
    term: Option<OsString>,
    locale: Option<OsString>,
    is_windows_terminal: bool,
}

impl Preferences {
    pub(super) fn read(environment: Environment<'_>) -> Self {
        let set = |name| environment(name).filter(|value| !value.is_empty());
        Self {
            no_color: set("NO_COLOR"),
            force_color: set("FORCE_COLOR"),
            term: set("TERM"),
            locale: set("LC_ALL")
                .or_else(|| set("LC_CTYPE"))
                .or_else(|| set("LANG")),
            is_windows_terminal: set("WT_SESSION").is_some(),
        }
    }

    pub(super) fn wants_color(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color.is_some() => false,
            ColorChoice::Auto => match &self.force_color {
                Some(value) => value != "0" && value != "false",
                None => is_terminal && self.term.as_deref() != Some("dumb".as_ref()),
            },
        }
    }

    /// Lines are drawn in ASCII only where the terminal says that it can do no better: a container
    /// without a locale is usually seen through a terminal that reads UTF-8.
    pub(super) fn has_unicode(&self, is_terminal: bool) -> bool {
        if !is_terminal {
            return true;
        }
        if cfg!(windows) {
            return self.is_windows_terminal || self.term.is_some();
        }
        // The console of Linux lacks the characters of boxes in most fonts.
        if self.term.as_deref() == Some("linux".as_ref()) {
            return false;
        }
        self.locale.as_ref().is_none_or(|locale| {
            let locale = locale.to_string_lossy().to_ascii_lowercase();
            locale.ends_with("utf-8") || locale.ends_with("utf8")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Preferences {
        Preferences::read(&|name| {
            let of_name = variables.iter().find(|(known, _)| *known == name);
            of_name.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn colour_is_for_terminals_unless_the_environment_says_otherwise() {
        use ColorChoice::{Always, Auto, Never};
        for (variables, choice, is_terminal, expected) in [
            (&[][..], Auto, true, true),
            (&[], Auto, false, false),
            (
                &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")],
                Auto,
                true,
                false,
            ),
            (&[("NO_COLOR", "1")], Always, false, true),
            (&[("FORCE_COLOR", "1")], Auto, false, true),
            (&[("FORCE_COLOR", "1")], Never, true, false),
            (&[("FORCE_COLOR", "0")], Auto, true, false),
            (&[("TERM", "dumb")], Auto, true, false),
        ] {
            let preferences = with(variables);
            let wanted = preferences.wants_color(choice, is_terminal);
            assert_eq!(wanted, expected, "{variables:?} {choice} {is_terminal}");
        }
    }

    #[cfg(not(windows))]
    #[test]
    fn ascii_only_where_the_terminal_says_so() {
        for (locale, expected) in [
            ("", true),
            ("fr_FR.UTF-8", true),
            ("C.utf8", true),
            ("C", false),
            ("fr_FR.ISO-8859-15", false),
        ] {
            assert_eq!(with(&[("LANG", locale)]).has_unicode(true), expected);
        }
        assert!(with(&[("LANG", "C")]).has_unicode(false));
        assert!(!with(&[("TERM", "linux")]).has_unicode(true));
    }
}
