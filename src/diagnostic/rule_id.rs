//! The table of rules: everything that is known of a rule but its documentation and its check.

use std::fmt;
use std::str::FromStr;

use super::Severity;
use crate::text::{Tolerance, nearest};

/// A name that no rule has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name as written.
    pub name: String,
    /// The nearest rule, where one is near.
    pub nearest: Option<RuleId>,
}

/// What else the table says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    NeedsSchema,
    SoftOnDrafts,
    AboutKey,
    ComparesPages,
    Failure,
}

/// A row of the table.
struct Facts {
    name: &'static str,
    severity: Option<Severity>,
    group: Group,
    properties: &'static [Property],
    summary: &'static str,
}

macro_rules! rules {
    ($($id:ident = $name:literal, $severity:expr, $group:ident, [$($property:ident),*], $summary:literal;)+) => {
        /// A rule, named after the wrong thing, so that "allow X" reads well.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $(#[doc = $summary] $id,)+
        }

        impl RuleId {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$id,)+];

            fn facts(self) -> &'static Facts {
                match self {
                    $(Self::$id => &Facts {
                        name: $name,
                        severity: $severity,
                        group: Group::$group,
                        properties: &[$(Property::$property),*],
                        summary: $summary,
                    },)+
                }
            }
        }
    };
}

const ERROR: Option<Severity> = Some(Severity::Error);
const WARNING: Option<Severity> = Some(Severity::Warning);
const OFF: Option<Severity> = None;

// Every rule: its name, its severity without configuration, its group, its properties, and the line
// that `frontlint explain` lists. The documentation and the check are in `rules/NAME.rs`.
rules! {
    UnclosedFrontMatter = "unclosed-front-matter", ERROR, Fences, [],
        "Front matter whose closing fence is missing";
    MissingFrontMatter = "missing-front-matter", ERROR, Fences, [],
        "A page without front matter in a collection that requires it";
    MisplacedFrontMatter = "misplaced-front-matter", ERROR, Fences, [],
        "Front matter that does not begin on the first line";
    MalformedFence = "malformed-fence", ERROR, Fences, [],
        "A line that is nearly a fence";
    InvalidSyntax = "invalid-syntax", ERROR, Syntax, [],
        "Front matter that cannot be parsed";
    DuplicateKey = "duplicate-key", ERROR, Syntax, [AboutKey],
        "A key that is written twice in one mapping";
    MissingKey = "missing-key", ERROR, Schema, [NeedsSchema, SoftOnDrafts, AboutKey],
        "A required key that neither the page nor a default gives";
    UnknownKey = "unknown-key", ERROR, Schema, [NeedsSchema, AboutKey],
        "A key that the schema does not allow";
    WrongType = "wrong-type", ERROR, Schema, [NeedsSchema],
        "A value of another type than the schema requires";
    InvalidFormat = "invalid-format", ERROR, Schema, [NeedsSchema],
        "A text that is not in the format that the schema requires";
    InvalidValue = "invalid-value", ERROR, Schema, [NeedsSchema],
        "A value that the schema does not list, or that is out of its bounds";
    SchemaMismatch = "schema-mismatch", ERROR, Schema, [NeedsSchema],
        "Any other disagreement with the schema";
    MissingFile = "missing-file", ERROR, Site, [NeedsSchema, SoftOnDrafts],
        "A path to a file that does not exist";
    RelativeUpload = "relative-upload", WARNING, Site, [NeedsSchema],
        "A path that works only because the template puts a `/` before it";
    MixedDefault = "mixed-default", WARNING, Site, [],
        "A mapping that is half the page's and half a default's";
    DateMismatch = "date-mismatch", WARNING, Site, [],
        "A post whose file name and `date` name different days";
    FutureDate = "future-date", WARNING, Site, [],
        "A page that the generator leaves out until its date";
    WrongOffset = "wrong-offset", WARNING, Site, [],
        "An offset from UTC that the site's time zone did not have that day";
    DuplicatePermalink = "duplicate-permalink", ERROR, Site, [ComparesPages],
        "Two pages with the same address";
    DuplicateTitle = "duplicate-title", WARNING, Site, [ComparesPages],
        "Two pages of one collection with the same title";
    AmbiguousScalar = "ambiguous-scalar", OFF, Dialect, [],
        "An unquoted value that generators read differently";
    SurprisingScalar = "surprising-scalar", ERROR, Dialect, [],
        "A value that the generator reads differently from how it looks";
    ImpossibleDate = "impossible-date", ERROR, Dialect, [],
        "A date that no calendar has";
    ZonelessDate = "zoneless-date", WARNING, Dialect, [],
        "A time of day without an offset from UTC";
    PaddedValue = "padded-value", WARNING, Hygiene, [],
        "Spaces or invisible characters around a value, or within an address";
    EmptyValue = "empty-value", OFF, Hygiene, [],
        "A key without a value";
    InvalidConfig = "invalid-config", ERROR, Meta, [Failure],
        "A mistake in frontlint.toml or in the generator's configuration";
    InvalidSchema = "invalid-schema", ERROR, Meta, [Failure],
        "A schema that cannot be loaded or compiled, or has no effect";
    UnreadableFile = "unreadable-file", ERROR, Meta, [Failure],
        "A file that cannot be read";
    UnusedSuppression = "unused-suppression", WARNING, Meta, [],
        "A suppression that suppresses nothing";
}

/// What rules are about. Of several findings about one value only those of the first group are kept;
/// the order here is that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Where front matter begins and ends.
    Fences,
    /// Whether front matter can be parsed.
    Syntax,
    /// What the schema requires.
    Schema,
    /// What front matter means to the site.
    Site,
    /// How the generator's parser reads a value.
    Dialect,
    /// What is untidy and does no harm.
    Hygiene,
    /// frontlint's own configuration and work.
    Meta,
}

impl Group {
    /// Every group, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Fences,
        Self::Syntax,
        Self::Schema,
        Self::Site,
        Self::Dialect,
        Self::Hygiene,
        Self::Meta,
    ];

    /// The name as users write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fences => "fences",
            Self::Syntax => "syntax",
            Self::Schema => "schema",
            Self::Site => "site",
            Self::Dialect => "dialect",
            Self::Hygiene => "hygiene",
            Self::Meta => "meta",
        }
    }
}

impl RuleId {
    /// The name as users write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// The severity without configuration; `None` for a rule that is off.
    #[must_use]
    pub fn default_severity(self) -> Option<Severity> {
        self.facts().severity
    }

    /// The group that the rule belongs to.
    #[must_use]
    pub fn group(self) -> Group {
        self.facts().group
    }

    /// What the rule reports, in one line.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.facts().summary
    }

    /// Whether the rule reports nothing about a page without a schema.
    #[must_use]
    pub fn needs_schema(self) -> bool {
        self.has(Property::NeedsSchema)
    }

    /// Whether findings about a draft are warnings: what is missing may still come.
    #[must_use]
    pub fn is_soft_on_drafts(self) -> bool {
        self.has(Property::SoftOnDrafts)
    }

    /// Whether a finding is about a key, present or missing, rather than about the value under it:
    /// the two are different faults.
    #[must_use]
    pub fn is_about_key(self) -> bool {
        self.has(Property::AboutKey)
    }

    /// Whether the rule compares pages with each other, in runs over the whole site only.
    #[must_use]
    pub fn compares_pages(self) -> bool {
        self.has(Property::ComparesPages)
    }

    /// Whether a finding of this rule means that frontlint could not do its job (exit status 2).
    /// Such a rule cannot be switched off.
    #[must_use]
    pub fn is_failure(self) -> bool {
        self.has(Property::Failure)
    }

    fn has(self, property: Property) -> bool {
        self.facts().properties.contains(&property)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for RuleId {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let find = |name| Self::ALL.iter().copied().find(|rule| rule.as_str() == name);
        find(name).ok_or_else(|| {
            let names = Self::ALL.iter().map(|rule| rule.as_str());
            UnknownRule {
                name: name.to_owned(),
                nearest: nearest(name, names, Tolerance::Letters(3)).and_then(find),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for &rule in RuleId::ALL {
            assert_eq!(rule.as_str().parse(), Ok(rule));
        }
    }

    #[test]
    fn no_group_has_the_name_of_a_rule() {
        for group in Group::ALL {
            assert!(group.as_str().parse::<RuleId>().is_err());
        }
        let in_groups = RuleId::ALL.iter().map(|rule| rule.group());
        assert!(
            in_groups
                .into_iter()
                .all(|group| Group::ALL.contains(&group))
        );
    }

    #[test]
    fn a_misspelt_name_finds_its_rule() {
        let error = "mising-file".parse::<RuleId>().unwrap_err();
        assert_eq!(error.nearest, Some(RuleId::MissingFile));
    }
}
