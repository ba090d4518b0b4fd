//! Reads the telephone metadata and writes it as Rust.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Write as _;

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor, Format};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Stands for "no pattern".
const NONE: u16 = u16::MAX;

/// All patterns, each once, and the tables whose rows several regions share.
#[derive(Default)]
struct Tables {
    patterns: Vec<String>,
    indices: HashMap<String, u16>,
    kinds: Vec<(u32, u16)>,
    layouts: Vec<String>,
    regions: String,
}

impl Tables {
    /// The index of a pattern.
    fn add(&mut self, pattern: &str) -> Outcome<u16> {
        let pattern: String = pattern.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(&index) = self.indices.get(&pattern) {
            return Ok(index);
        }
        let index = u16::try_from(self.patterns.len())?;
        self.patterns.push(pattern.clone());
        self.indices.insert(pattern, index);
        Ok(index)
    }

    /// The index of a pattern for all of a number.
    fn whole(&mut self, pattern: &str) -> Outcome<u16> {
        self.add(&format!(r"(?:{pattern})\z"))
    }

    /// The index of a pattern for the beginning of a number.
    fn beginning(&mut self, pattern: Option<&str>) -> Outcome<u16> {
        pattern.map_or(Ok(NONE), |pattern| self.add(pattern))
    }
}

/// The Rust source of the table.
pub fn table() -> Outcome<String> {
    let mut tables = Tables::default();
    let mut codes: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    let mut count = 0;
    for code in 1..1000_u16 {
        for meta in DATABASE.by_code(&code).unwrap_or_default() {
            codes.entry(code).or_default().push(count);
            count += 1;
            region(meta, &mut tables)?;
        }
    }

    let Tables {
        patterns,
        kinds,
        layouts,
        regions,
        ..
    } = tables;
    let mut out = String::new();
    let many = patterns.len();
    writeln!(out, "static PATTERNS: [Pattern; {many}] = [")?;
    for pattern in patterns {
        writeln!(out, "Pattern::new({pattern:?}),")?;
    }
    writeln!(out, "];")?;
    let many = kinds.len();
    writeln!(out, "static KINDS: [(u32, u16); {many}] = {kinds:?};")?;
    let (many, layouts) = (layouts.len(), layouts.concat());
    writeln!(out, "static LAYOUTS: [Layout; {many}] = [\n{layouts}];")?;
    writeln!(out, "static REGIONS: [Region; {count}] = [\n{regions}];")?;
    let many = codes.len();
    writeln!(out, "static CALLING_CODES: [CallingCode; {many}] = [")?;
    for (code, members) in codes {
        let first = members.first().ok_or("a calling code without a region")?;
        let end = first + members.len();
        writeln!(
            out,
            "CallingCode {{ code: {code}, regions: ({first}, {end}) }},"
        )?;
    }
    writeln!(out, "];")?;
    Ok(out)
}

fn region(meta: &Metadata, tables: &mut Tables) -> Outcome<()> {
    let descriptors = meta.descriptors();
    let (lengths, local) = lengths(meta);
    let first_kind = tables.kinds.len();
    for descriptor in deciding(meta) {
        let pattern = tables.whole(descriptor.national_number().as_str())?;
        let kind = (bits(descriptor.possible_length()), pattern);
        if !tables.kinds[first_kind..].contains(&kind) {
            tables.kinds.push(kind);
        }
    }
    let first_layout = tables.layouts.len();
    for format in meta.formats() {
        let leading = format.leading_digits().last();
        let leading = tables.beginning(leading.map(|pattern| pattern.as_str()))?;
        let pattern = tables.whole(format.pattern().as_str())?;
        let wants_prefix = wants_prefix(meta, format);
        tables.layouts.push(format!(
            "Layout {{ leading: {leading}, pattern: {pattern}, wants_prefix: {wants_prefix} }},\n"
        ));
    }
    let for_parsing = meta.national_prefix_for_parsing();
    let groups = for_parsing.map_or(0, |pattern| pattern.captures_len() - 1);
    let parsing = for_parsing
        .map(|pattern| pattern.as_str())
        .or(meta.national_prefix());
    let parsing = tables.beginning(parsing)?;
    let international = meta.international_prefix().map(|pattern| pattern.as_str());
    let international = tables.beginning(international)?;
    let leading = meta.leading_digits().map(|pattern| pattern.as_str());
    let leading = tables.beginning(leading)?;
    let general = tables.whole(descriptors.general().national_number().as_str())?;
    writeln!(
        tables.regions,
        "Region {{ id: {:?}, calling_code: {}, prefix: {:?}, parsing: {parsing}, groups: {groups}, \
         transform: {:?}, international: {international}, leading: {leading}, general: {general}, \
         lengths: {lengths}, local: {local}, kinds: ({first_kind}, {}), layouts: ({first_layout}, {}), \
         example: {:?} }},",
        meta.id(),
        meta.country_code(),
        meta.national_prefix().unwrap_or_default(),
        meta.national_prefix_transform_rule().unwrap_or_default(),
        tables.kinds.len(),
        tables.layouts.len(),
        descriptors
            .fixed_line()
            .or(descriptors.mobile())
            .and_then(Descriptor::example)
            .unwrap_or_default(),
    )?;
    Ok(())
}

/// The kinds that make a number valid; the others only add to the possible lengths.
fn deciding(meta: &Metadata) -> impl Iterator<Item = &Descriptor> {
    let descriptors = meta.descriptors();
    [
        descriptors.fixed_line(),
        descriptors.mobile(),
        descriptors.premium_rate(),
        descriptors.toll_free(),
        descriptors.shared_cost(),
        descriptors.voip(),
        descriptors.personal_number(),
        descriptors.pager(),
        descriptors.uan(),
        descriptors.voicemail(),
    ]
    .into_iter()
    .flatten()
}

/// The possible lengths of numbers, as bits, and those of numbers that are only dialled locally.
fn lengths(meta: &Metadata) -> (u32, u32) {
    let descriptors = meta.descriptors();
    let others = [
        Some(descriptors.general()),
        descriptors.emergency(),
        descriptors.short_code(),
        descriptors.standard_rate(),
    ];
    let (mut lengths, mut local) = (0, 0);
    for descriptor in deciding(meta).chain(others.into_iter().flatten()) {
        lengths |= bits(descriptor.possible_length());
        local |= bits(descriptor.possible_local_length());
    }
    // What is local for one kind may be a full number of another.
    (lengths, local & !lengths)
}

fn bits(lengths: &[u16]) -> u32 {
    lengths.iter().fold(0, |mask, length| mask | 1 << length)
}

/// Whether a number of this layout is written with the national prefix, always.
fn wants_prefix(meta: &Metadata, format: &Format) -> bool {
    let rule = format.national_prefix().unwrap_or_default();
    let names_prefix = rule.contains("$NP")
        || meta
            .national_prefix()
            .is_some_and(|prefix| !prefix.is_empty() && rule.contains(prefix));
    names_prefix && !format.is_national_prefix_optional()
}
