//! Schemas: the bundled ones and the user's, compiled once; the tree validated in place; violations put
//! into words. Imports `text`, `diagnostic`, `dialect` and `syntax`; not `site` or `config`.

mod budget;
mod bundle;
mod compiled;
mod explain;
mod fast;
mod format_keyword;
pub mod formats;
mod guard;
mod instance;
mod known_keys;
mod lint;
mod patterns;
mod reference;
mod resources;
mod sizes;
mod store;
mod subschemas;
#[cfg(test)]
mod tests;
mod validate;

pub use bundle::bundled;
pub use compiled::Schema;
pub use explain::Violations;
pub use formats::Paths;
pub use reference::SchemaRef;
pub use store::{Options, Store};
