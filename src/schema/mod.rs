//! Schemas: the bundled ones and the user's, compiled once; the tree validated in place; violations put
//! into words. Imports `text`, `diagnostic`, `dialect` and `syntax`; not `site` or `config`.

pub mod formats;
