//! The formats of JSON Schema that are rare in front matter. The crate jsonschema checks them; the
//! words for what is wrong are here.

use std::sync::OnceLock;

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::Problem;
use super::text::{named, strip_invisible, visible_code};

/// A format, what it is called, and what one looks like.
#[derive(Debug)]
pub(super) struct Standard {
    name: &'static str,
    what: &'static str,
    example: &'static str,
    validator: OnceLock<Option<Validator>>,
}

const fn standard(name: &'static str, what: &'static str, example: &'static str) -> Standard {
    Standard {
        name,
        what,
        example,
        validator: OnceLock::new(),
    }
}

static STANDARD: [Standard; 16] = [
    standard("duration", "a duration", "P1Y2M3DT4H5M6S"),
    standard("email", "an e-mail address", "name@example.org"),
    standard("hostname", "a host name", "www.example.org"),
    standard("idn-email", "an e-mail address", "name@example.org"),
    standard("idn-hostname", "a host name", "www.example.org"),
    standard("ipv4", "an IPv4 address", "192.0.2.1"),
    standard("ipv6", "an IPv6 address", "2001:db8::1"),
    standard("iri", "a URL", "https://example.org/page"),
    standard("iri-reference", "a URL or a path", "/page"),
    standard("json-pointer", "a JSON pointer", "/files/0/name"),
    standard("regex", "a regular expression", "^[a-z]+$"),
    standard("relative-json-pointer", "a relative JSON pointer", "1/name"),
    standard("uri", "a URL", "https://example.org/page"),
    standard("uri-reference", "a URL or a path", "/page"),
    standard("uri-template", "a URI template", "/page/{name}"),
    standard("uuid", "a UUID", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
];

/// The format of this name, where it is among these.
pub(super) fn find(name: &str) -> Option<&'static Standard> {
    STANDARD.iter().find(|standard| standard.name == name)
}

/// Their names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    STANDARD.iter().map(|standard| standard.name)
}

/// Whether `text` is of the format; so is any text where the format is not among these.
pub(super) fn accepts(name: &str, text: &str) -> bool {
    let validator = find(name).and_then(|standard| {
        let build = || {
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(&json!({ "format": name }))
                .ok()
        };
        standard.validator.get_or_init(build).as_ref()
    });
    validator.is_none_or(|validator| validator.is_valid(&Value::String(text.to_owned())))
}

impl Standard {
    /// Checks a text against the format.
    pub(super) fn check(&self, text: &str) -> Result<(), Problem> {
        let (standard, name) = (self, self.name);
        if accepts(name, text) {
            return Ok(());
        }
        let shown = visible_code(text);
        let problem = |message: String| Err(Problem::new(message));
        if text.is_empty() {
            return problem(format!("an empty text is not {}", standard.what));
        }
        if let Some((c, rest)) = strip_invisible(text)
            && accepts(name, &rest)
        {
            return Err(Problem::new(format!("{shown} holds {}", named(c))).replace(rest));
        }
        let trimmed = text.trim();
        if trimmed.len() < text.len() && accepts(name, trimmed) {
            let blanks = format!("{shown} has blanks at its ends");
            return Err(Problem::new(blanks).replace(trimmed));
        }
        if matches!(name, "uri" | "uri-reference" | "iri" | "iri-reference") {
            return Err(explain_url(name, text, standard));
        }
        let example = format!("write it like `{}`", standard.example);
        Err(Problem::new(format!("{shown} is not {}", standard.what)).help(example))
    }
}

fn explain_url(name: &str, text: &str, standard: &Standard) -> Problem {
    let shown = visible_code(text);
    let encoded: String = text.chars().map(encode).collect();
    let foreign = text.chars().find(|&c| encode(c).len() > c.len_utf8());
    if let Some(c) = foreign
        && accepts(name, &encoded)
    {
        let c_encoded = encode(c);
        return Problem::new(format!(
            "{} in {shown} must be written `{c_encoded}`",
            named(c)
        ))
        .replace(encoded);
    }
    let is_absolute = matches!(name, "uri" | "iri");
    let reference = if name == "uri" {
        "uri-reference"
    } else {
        "iri-reference"
    };
    if is_absolute && accepts(reference, text) {
        let message = format!("{shown} has no scheme such as `https:`");
        let help = if text.starts_with("www.") {
            format!("write {}", visible_code(&format!("https://{text}")))
        } else {
            format!(
                "write {} in full, like `{}`",
                standard.what, standard.example
            )
        };
        return Problem::new(message).help(help);
    }
    Problem::new(format!("{shown} is not {}", standard.what))
        .help(format!("write it like `{}`", standard.example))
}

/// A character as a URL holds it.
fn encode(c: char) -> String {
    let is_foreign = !c.is_ascii() || c.is_ascii_control() || " \"<>\\^`{|}".contains(c);
    if !is_foreign {
        return c.to_string();
    }
    let mut buffer = [0; 4];
    let bytes = c.encode_utf8(&mut buffer).bytes();
    bytes.map(|byte| format!("%{byte:02X}")).collect()
}
