//! Dialects against records of the real parsers.
