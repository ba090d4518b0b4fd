//! The keywords of schemas: those of the drafts of JSON Schema, of OpenAPI, and frontlint's own.

use jsonschema::Draft;

use super::slips;

/// A keyword.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keyword {
    pub(super) name: &'static str,
    /// The first and the last draft in which the validator heeds it.
    pub(super) since: Draft,
    pub(super) until: Draft,
    pub(super) role: Role,
    pub(super) subschemas: Subschemas,
}

/// What a keyword does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A value may fail it.
    Assertion,
    /// Its subschemas are about the value itself: a value may fail them.
    InPlace,
    /// It leads to another schema about the value itself.
    Reference,
    /// It words or weighs a finding, or is shown with it.
    Wording,
    /// No value can fail it.
    Annotation,
}

/// Where the value of a keyword holds schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subschemas {
    None,
    /// It is one, or a list of them.
    Value,
    /// Those under its keys; a list under a key is one of names.
    Members,
}

const fn keyword(name: &'static str, role: Role, subschemas: Subschemas) -> Keyword {
    Keyword {
        name,
        since: Draft::Draft4,
        until: Draft::Unknown,
        role,
        subschemas,
    }
}

const fn assertion(name: &'static str) -> Keyword {
    keyword(name, Role::Assertion, Subschemas::None)
}

const fn applicator(name: &'static str) -> Keyword {
    keyword(name, Role::Assertion, Subschemas::Value)
}

const fn by_key(name: &'static str) -> Keyword {
    keyword(name, Role::Assertion, Subschemas::Members)
}

const fn in_place(name: &'static str) -> Keyword {
    keyword(name, Role::InPlace, Subschemas::Value)
}

const fn reference(name: &'static str) -> Keyword {
    keyword(name, Role::Reference, Subschemas::None)
}

const fn wording(name: &'static str) -> Keyword {
    keyword(name, Role::Wording, Subschemas::None)
}

const fn annotation(name: &'static str) -> Keyword {
    keyword(name, Role::Annotation, Subschemas::None)
}

impl Keyword {
    const fn since(self, since: Draft) -> Self {
        Self { since, ..self }
    }

    const fn until(self, until: Draft) -> Self {
        Self { until, ..self }
    }

    /// Whether the validator heeds it in a draft; in one that frontlint does not know, it may.
    pub(super) fn is_of(&self, draft: Draft) -> bool {
        draft == Draft::Unknown || (self.since..=self.until).contains(&draft)
    }
}

/// In alphabetical order.
static KEYWORDS: &[Keyword] = &[
    annotation("$anchor"),
    annotation("$comment"),
    keyword("$defs", Role::Annotation, Subschemas::Members),
    annotation("$dynamicAnchor"),
    reference("$dynamicRef").since(Draft::Draft202012),
    annotation("$id"),
    annotation("$recursiveAnchor"),
    reference("$recursiveRef")
        .since(Draft::Draft201909)
        .until(Draft::Draft201909),
    reference("$ref"),
    annotation("$schema"),
    annotation("$vocabulary"),
    applicator("additionalItems").until(Draft::Draft201909),
    applicator("additionalProperties"),
    in_place("allOf"),
    in_place("anyOf"),
    assertion("const").since(Draft::Draft6),
    applicator("contains").since(Draft::Draft6),
    annotation("contentEncoding"),
    annotation("contentMediaType"),
    annotation("contentSchema"),
    annotation("default"),
    keyword("definitions", Role::Annotation, Subschemas::Members),
    by_key("dependencies"),
    assertion("dependentRequired").since(Draft::Draft201909),
    by_key("dependentSchemas").since(Draft::Draft201909),
    annotation("deprecated"),
    wording("description"),
    annotation("discriminator"),
    in_place("else").since(Draft::Draft7),
    assertion("enum"),
    wording("errorMessage"),
    annotation("example"),
    annotation("examples"),
    assertion("exclusiveMaximum"),
    assertion("exclusiveMinimum"),
    annotation("externalDocs"),
    assertion("format"),
    annotation("id"),
    keyword("if", Role::Annotation, Subschemas::Value).since(Draft::Draft7),
    applicator("items"),
    assertion("maxContains").since(Draft::Draft201909),
    assertion("maxItems"),
    assertion("maxLength"),
    assertion("maxProperties"),
    assertion("maximum"),
    assertion("minContains").since(Draft::Draft201909),
    assertion("minItems"),
    assertion("minLength"),
    assertion("minProperties"),
    assertion("minimum"),
    assertion("multipleOf"),
    applicator("not"),
    annotation("nullable"),
    in_place("oneOf"),
    assertion("pattern"),
    by_key("patternProperties"),
    applicator("prefixItems").since(Draft::Draft202012),
    by_key("properties"),
    applicator("propertyNames").since(Draft::Draft6),
    annotation("readOnly"),
    assertion("required"),
    in_place("then").since(Draft::Draft7),
    annotation("title"),
    assertion("type"),
    applicator("unevaluatedItems").since(Draft::Draft201909),
    applicator("unevaluatedProperties").since(Draft::Draft201909),
    assertion("uniqueItems"),
    annotation("writeOnly"),
    wording("x-severity"),
    annotation("xml"),
];

/// The keyword of this name.
pub(super) fn find(name: &str) -> Option<&'static Keyword> {
    let index = KEYWORDS.binary_search_by_key(&name, |keyword| keyword.name);
    index.ok().and_then(|index| KEYWORDS.get(index))
}

/// The keyword that a name is a slip of. Other tools have keywords of their own, so only those that
/// are close to one with an effect are slips.
pub(super) fn slip_of(name: &str) -> Option<&'static str> {
    let meant = KEYWORDS
        .iter()
        .filter(|keyword| keyword.role != Role::Annotation)
        .map(|keyword| keyword.name)
        .filter(|name| !matches!(*name, "then" | "else" | "not"));
    slips::usual(name).or_else(|| slips::nearest(name, meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(KEYWORDS.is_sorted_by_key(|keyword| keyword.name));
    }

    #[test]
    fn slips_of_keywords() {
        for (name, meant) in [
            ("requird", "required"),
            ("require", "required"),
            ("Required", "required"),
            ("propertys", "properties"),
            ("porperties", "properties"),
            ("additionalproperties", "additionalProperties"),
            ("aditionalPropertis", "additionalProperties"),
            ("additional_properties", "additionalProperties"),
            ("patern", "pattern"),
            ("minLenght", "minLength"),
            ("max-length", "maxLength"),
            ("maximun", "maximum"),
            ("enums", "enum"),
            ("item", "items"),
            ("oneof", "oneOf"),
            ("ref", "$ref"),
            ("Ref", "$ref"),
            ("typ", "type"),
            ("tpe", "type"),
            ("tye", "type"),
            ("emun", "enum"),
            ("enm", "enum"),
            ("enu", "enum"),
            ("nto", "not"),
            ("Not", "not"),
            ("Then", "then"),
            ("xseverity", "x-severity"),
            ("X-Severity", "x-severity"),
            ("x-errorMessage", "errorMessage"),
            ("x-error-message", "errorMessage"),
            ("error_message", "errorMessage"),
            ("$reff", "$ref"),
            ("formt", "format"),
            ("errorMesage", "errorMessage"),
            ("x-sevrity", "x-severity"),
            ("x_severity", "x-severity"),
            ("unevaluatedProprties", "unevaluatedProperties"),
        ] {
            assert_eq!(slip_of(name), Some(meant), "{name}");
        }
    }

    #[test]
    fn words_of_other_tools_are_none() {
        for name in [
            "markdownDescription",
            "tip",
            "top",
            "num",
            "note",
            "rel",
            "x-type",
            "x-error",
            "defaultSnippets",
            "enumDescriptions",
            "enumNames",
            "propertyOrder",
            "tsType",
            "typeof",
            "instanceof",
            "multiple",
            "container",
            "options",
            "order",
            "label",
            "widget",
            "group",
            "hint",
            "href",
            "count",
            "menu",
            "comment",
            "titre",
            "x-order",
            "x-format",
            "x-required",
            "intellij:enumMetadata",
            "formatMinimum",
            "patternRequired",
            "regexp",
            "range",
            "when",
            "property",
            "optionalProperties",
            "elements",
            "values",
            "severity",
            "readonly",
            "components",
            "definition",
        ] {
            assert_eq!(slip_of(name), None, "{name}");
        }
    }
}
