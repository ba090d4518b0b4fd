//! JSON that a terminal can show: what JSON lets through and a terminal would obey is escaped. The
//! values stay the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::visible::{self, Notation};

/// Writes a value on one line, without a line break at its end.
pub(super) fn write<T: Serialize>(out: &mut dyn Write, value: &T) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Harmless);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        let mut from = 0;
        while let Some((at, c)) = visible::find(fragment, from) {
            let mut escape = String::new();
            Notation::Json.push(&mut escape, c);
            writer.write_all(&fragment.as_bytes()[from..at])?;
            writer.write_all(escape.as_bytes())?;
            from = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }
}
