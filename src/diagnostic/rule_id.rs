//! The name and default severity of every rule.

use std::fmt;
use std::str::FromStr;

use super::Severity;

/// A name that no rule has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name as written.
    pub name: String,
    /// The nearest rule, where one is near.
    pub nearest: Option<RuleId>,
}

macro_rules! rule_ids {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:expr;)+) => {
        /// A rule, named after the wrong thing, so that "allow X" reads well.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $($(#[$doc])* $variant,)+
        }

        impl RuleId {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name as users write it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The severity without configuration; `None` for a rule that is off.
            #[must_use]
            pub fn default_severity(self) -> Option<Severity> {
                match self { $(Self::$variant => $severity,)+ }
            }
        }
    };
}

const ERROR: Option<Severity> = Some(Severity::Error);
const WARNING: Option<Severity> = Some(Severity::Warning);
const OFF: Option<Severity> = None;

rule_ids! {
    /// A fence that opens and never closes.
    UnclosedFrontMatter = "unclosed-front-matter", ERROR;
    /// No front matter where a collection requires it.
    MissingFrontMatter = "missing-front-matter", ERROR;
    /// Front matter that does not begin on the first line.
    MisplacedFrontMatter = "misplaced-front-matter", ERROR;
    /// A first or last line that is nearly a fence.
    MalformedFence = "malformed-fence", ERROR;
    /// Front matter that does not parse.
    InvalidSyntax = "invalid-syntax", ERROR;
    /// A key written twice in one mapping.
    DuplicateKey = "duplicate-key", ERROR;
    /// A required key that neither the page nor a default gives.
    MissingKey = "missing-key", ERROR;
    /// A key that the schema does not know.
    UnknownKey = "unknown-key", ERROR;
    /// A value of another type than the schema wants.
    WrongType = "wrong-type", ERROR;
    /// A text that is not of the format the schema wants.
    InvalidFormat = "invalid-format", ERROR;
    /// A value outside what the schema lists or bounds.
    InvalidValue = "invalid-value", ERROR;
    /// Any other disagreement with the schema.
    SchemaMismatch = "schema-mismatch", ERROR;
    /// A path to a file that is not there.
    MissingFile = "missing-file", ERROR;
    /// A path found only because the template puts a `/` before it.
    RelativeUpload = "relative-upload", WARNING;
    /// A mapping that is half the page's and half a default's.
    MixedDefault = "mixed-default", WARNING;
    /// A post whose file name and `date` name different days.
    DateMismatch = "date-mismatch", WARNING;
    /// A page that the generator leaves out until its date.
    FutureDate = "future-date", WARNING;
    /// An offset that the site's time zone did not have that day.
    WrongOffset = "wrong-offset", WARNING;
    /// Two pages with one address.
    DuplicatePermalink = "duplicate-permalink", ERROR;
    /// Two pages of one collection with one title.
    DuplicateTitle = "duplicate-title", WARNING;
    /// A value that generators read differently.
    AmbiguousScalar = "ambiguous-scalar", OFF;
    /// A value that this generator makes something else of than it looks.
    SurprisingScalar = "surprising-scalar", ERROR;
    /// A date that no calendar has.
    ImpossibleDate = "impossible-date", ERROR;
    /// A time of day without an offset from UTC.
    ZonelessDate = "zoneless-date", WARNING;
    /// A value with blanks or invisible characters around it, or within an address.
    PaddedValue = "padded-value", WARNING;
    /// A key without a value.
    EmptyValue = "empty-value", OFF;
    /// A broken frontlint.toml or generator configuration.
    InvalidConfig = "invalid-config", ERROR;
    /// A schema that does not load or compile, or has no effect.
    InvalidSchema = "invalid-schema", ERROR;
    /// A file that cannot be read.
    UnreadableFile = "unreadable-file", ERROR;
    /// A suppression that suppresses nothing.
    UnusedSuppression = "unused-suppression", WARNING;
}

/// What rules are about. Of several findings about one value only those of the first group speak;
/// the order here is that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Where front matter begins and ends.
    Fences,
    /// Whether it can be read at all.
    Syntax,
    /// What the schema asks for.
    Schema,
    /// What it means to the site.
    Site,
    /// What the generator's parser makes of a value.
    Dialect,
    /// What is untidy and does no harm by itself.
    Hygiene,
    /// frontlint's own configuration and work.
    Meta,
}

impl RuleId {
    /// The group that the rule belongs to.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::UnclosedFrontMatter
            | Self::MissingFrontMatter
            | Self::MisplacedFrontMatter
            | Self::MalformedFence => Group::Fences,
            Self::InvalidSyntax | Self::DuplicateKey => Group::Syntax,
            Self::MissingKey
            | Self::UnknownKey
            | Self::WrongType
            | Self::InvalidFormat
            | Self::InvalidValue
            | Self::SchemaMismatch => Group::Schema,
            Self::MissingFile
            | Self::RelativeUpload
            | Self::MixedDefault
            | Self::DateMismatch
            | Self::FutureDate
            | Self::WrongOffset
            | Self::DuplicatePermalink
            | Self::DuplicateTitle => Group::Site,
            Self::AmbiguousScalar
            | Self::SurprisingScalar
            | Self::ImpossibleDate
            | Self::ZonelessDate => Group::Dialect,
            Self::PaddedValue | Self::EmptyValue => Group::Hygiene,
            Self::InvalidConfig
            | Self::InvalidSchema
            | Self::UnreadableFile
            | Self::UnusedSuppression => Group::Meta,
        }
    }

    /// Whether a finding of this rule means that frontlint could not do its job (exit status 2).
    /// Such a rule cannot be switched off.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(
            self,
            Self::InvalidConfig | Self::InvalidSchema | Self::UnreadableFile
        )
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
        let found = Self::ALL.iter().copied().find(|rule| rule.as_str() == name);
        found.ok_or_else(|| UnknownRule {
            name: name.to_owned(),
            nearest: nearest(name),
        })
    }
}

fn nearest(name: &str) -> Option<RuleId> {
    RuleId::ALL
        .iter()
        .copied()
        .map(|rule| (strsim::osa_distance(name, rule.as_str()), rule))
        .filter(|(distance, _)| *distance <= 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, rule)| rule)
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
    fn a_misspelt_name_finds_its_rule() {
        let error = "mising-file".parse::<RuleId>().unwrap_err();
        assert_eq!(error.nearest, Some(RuleId::MissingFile));
    }
}
