//! English names of the regions, as they are written after "in".

/// A line for each region: its ISO code and its name.
const REGIONS: &str = include_str!("regions.txt");

/// The name of the region with an upper-case ISO code; the code itself where it has no name.
pub(super) fn name(id: &'static str) -> &'static str {
    let name_in = |line: &'static str| line.strip_prefix(id)?.strip_prefix(' ');
    REGIONS.lines().find_map(name_in).unwrap_or(id)
}
