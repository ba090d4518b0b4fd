//! The commonest mistakes, and what frontlint says.
