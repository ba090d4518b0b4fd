//! The invariants that the fuzz targets try: those of the property tests.

#[path = "../../tests/properties/invariants/mod.rs"]
pub mod invariants;

pub mod site;
