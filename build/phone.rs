//! Reads the telephone metadata and writes it as Rust.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor, Format};

use crate::compile::Programs;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Stands for "no program".
const NONE: u16 = u16::MAX;

/// The Rust source of the table.
pub fn table() -> Outcome<String> {
    let mut programs = Programs::default();
    let mut kinds: Vec<(u32, u16)> = Vec::new();
    let mut formats: Vec<(u16, u16, bool)> = Vec::new();
    let mut regions = String::new();
    let mut codes: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    let mut count = 0;

    for code in 1..1000_u16 {
        for meta in DATABASE.by_code(&code).unwrap_or_default() {
            codes.entry(code).or_default().push(count);
            count += 1;
            region(meta, &mut programs, &mut kinds, &mut formats, &mut regions)?;
        }
    }

    let mut out = String::new();
    writeln!(
        out,
        "static CODE: [u16; {}] = {:?};",
        programs.code.len(),
        programs.code
    )?;
    writeln!(
        out,
        "static KINDS: [(u32, u16); {}] = {kinds:?};",
        kinds.len()
    )?;
    writeln!(
        out,
        "static LAYOUTS: [(u16, u16, bool); {}] = {formats:?};",
        formats.len()
    )?;
    writeln!(out, "static REGIONS: [Region; {count}] = [\n{regions}];")?;
    writeln!(
        out,
        "static CALLING_CODES: [(u16, u16, u16); {}] = [",
        codes.len()
    )?;
    for (code, members) in codes {
        let first = members.first().ok_or("a calling code without a region")?;
        writeln!(out, "({code}, {first}, {}),", first + members.len())?;
    }
    writeln!(out, "];")?;
    Ok(out)
}

fn region(
    meta: &Metadata,
    programs: &mut Programs,
    kinds: &mut Vec<(u32, u16)>,
    formats: &mut Vec<(u16, u16, bool)>,
    out: &mut String,
) -> Outcome<()> {
    let descriptors = meta.descriptors();
    // These are the kinds that make a number valid; the others only add to the possible lengths.
    let deciding = [
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
    ];
    let others = [
        Some(descriptors.general()),
        descriptors.emergency(),
        descriptors.short_code(),
        descriptors.standard_rate(),
    ];

    let first_kind = kinds.len();
    let (mut lengths, mut local) = (0, 0);
    for descriptor in deciding.into_iter().flatten() {
        let program = programs.add(descriptor.national_number().as_str())?;
        let kind = (bits(descriptor.possible_length()), program);
        if !kinds[first_kind..].contains(&kind) {
            kinds.push(kind);
        }
    }
    for descriptor in deciding.into_iter().chain(others).flatten() {
        lengths |= bits(descriptor.possible_length());
        local |= bits(descriptor.possible_local_length());
    }
    // What is local for one kind may be a full number of another.
    local &= !lengths;

    let first_format = formats.len();
    for format in meta.formats() {
        let leading = match format.leading_digits().last() {
            Some(pattern) => programs.add(pattern.as_str())?,
            None => NONE,
        };
        let pattern = programs.add(format.pattern().as_str())?;
        formats.push((leading, pattern, wants_prefix(meta, format)));
    }

    let parsing = match (meta.national_prefix_for_parsing(), meta.national_prefix()) {
        (Some(pattern), _) => programs.add(pattern.as_str())?,
        (None, Some(prefix)) => programs.add(prefix)?,
        (None, None) => NONE,
    };
    let groups = meta
        .national_prefix_for_parsing()
        .map_or(0, |pattern| pattern.captures_len() - 1);
    let international = match meta.international_prefix() {
        Some(pattern) => programs.add(pattern.as_str())?,
        None => NONE,
    };
    let leading = match meta.leading_digits() {
        Some(pattern) => programs.add(pattern.as_str())?,
        None => NONE,
    };
    let general = programs.add(descriptors.general().national_number().as_str())?;
    writeln!(
        out,
        "Region {{ id: {:?}, calling_code: {}, prefix: {:?}, parsing: {parsing}, groups: {groups}, \
         transform: {:?}, international: {international}, leading: {leading}, general: {general}, \
         lengths: {lengths}, local: {local}, kinds: ({first_kind}, {}), layouts: ({first_format}, {}), \
         example: {:?} }},",
        meta.id(),
        meta.country_code(),
        meta.national_prefix().unwrap_or_default(),
        meta.national_prefix_transform_rule().unwrap_or_default(),
        kinds.len(),
        formats.len(),
        descriptors
            .fixed_line()
            .or(descriptors.mobile())
            .and_then(Descriptor::example)
            .unwrap_or_default(),
    )?;
    Ok(())
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
