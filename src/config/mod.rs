//! frontlint.toml: read, checked and found for each file. Imports `text`, `diagnostic`, `dialect` and
//! `syntax`; not `schema` or `site`.
