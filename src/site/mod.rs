//! The site a page belongs to: its generator, collections, defaults and upload roots. Imports `text`,
//! `diagnostic`, `dialect` and `syntax`; not `schema` or `config`.
