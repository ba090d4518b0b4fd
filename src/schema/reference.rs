//! How users name a schema.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use super::bundle;
use crate::text::path_text;

/// A schema as named in a config, on the command line or by `$schema` in a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SchemaRef {
    /// `bundled:NAME`, or the URL of a bundled schema.
    Bundled(String),
    /// A file.
    File(PathBuf),
    /// A URL that is not to be fetched.
    Remote(String),
}

impl SchemaRef {
    /// Reads a reference; a path is taken relative to `base_dir`.
    #[must_use]
    pub fn parse(text: &str, base_dir: &Path) -> Self {
        if let Some(name) = text.strip_prefix("bundled:") {
            return Self::Bundled(name.to_owned());
        }
        // A one-letter scheme is the drive of a Windows path.
        let Some(url) = Url::parse(text).ok().filter(|url| url.scheme().len() > 1) else {
            return Self::File(base_dir.join(text));
        };
        if let Some(bundled) = bundle::by_uri(text) {
            return Self::Bundled(bundled.name.to_owned());
        }
        if url.scheme() == "file"
            && let Ok(path) = url.to_file_path()
        {
            return Self::File(path);
        }
        Self::Remote(text.to_owned())
    }
}

impl fmt::Display for SchemaRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bundled(name) => write!(f, "bundled:{name}"),
            Self::File(path) => f.write_str(&path_text(path)),
            Self::Remote(url) => f.write_str(url),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_paths_and_urls() {
        let parse = |text: &str| SchemaRef::parse(text, Path::new("site"));
        assert_eq!(parse("bundled:x"), SchemaRef::Bundled("x".into()));
        assert_eq!(parse("a/b.yml"), SchemaRef::File("site/a/b.yml".into()));
        assert_eq!(
            parse("https://example.org/x.json"),
            SchemaRef::Remote("https://example.org/x.json".into())
        );
        let bundled = bundle::by_name("press-release").unwrap();
        assert_eq!(
            parse(&bundled.uri()),
            SchemaRef::Bundled(bundled.name.into())
        );
        #[cfg(unix)]
        assert_eq!(
            parse("file:///tmp/a%20b.json"),
            SchemaRef::File("/tmp/a b.json".into())
        );
    }
}
