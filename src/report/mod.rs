//! The output formats, one file each, all from the one `Diagnostic`.
