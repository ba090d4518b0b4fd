//! Counts of the values of many pages, which threads make each for themselves and then add up.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// How many places are remembered of one kind of value: one more than an outlier has.
const MOST_PLACES: usize = 3;

/// A key with more different texts than this has no examples.
const MOST_TEXTS: usize = 1000;

/// Longer texts are no examples.
const LONGEST_EXAMPLE: usize = 60;

/// The formats of which all texts of a key may be, in the order in which they are tried.
pub(super) const FORMATS: [&str; 4] = ["timestamp", "email", "uri", "phone"];

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValuePlace {
    /// As shown to users.
    pub path: PathBuf,
    /// From 1 on.
    pub line: usize,
}

/// What JSON Schema takes a value for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonKind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Mapping,
    Null,
}

impl JsonKind {
    pub(super) const ALL: [Self; 7] = [
        Self::Text,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::List,
        Self::Mapping,
        Self::Null,
    ];

    /// The name of the type in a schema.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::List => "array",
            Self::Mapping => "object",
            Self::Null => "null",
        }
    }

    /// What users call it, after "is".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Mapping => "a mapping",
            Self::Null => "empty",
        }
    }
}

/// The pages of one collection.
#[derive(Debug, Default)]
pub(super) struct PagesTally {
    pub(super) pages: Vec<PageKeys>,
    pub(super) root: MappingTally,
    /// Whether the generator refuses a date where text is wanted.
    pub(super) refuses_dates_as_text: bool,
}

/// The keys of one page that have a value.
#[derive(Debug)]
pub(super) struct PageKeys {
    pub(super) path: PathBuf,
    pub(super) is_draft: bool,
    /// Hashes of their names.
    pub(super) filled: Box<[u64]>,
}

/// The mappings at one place of many pages.
#[derive(Debug, Default)]
pub(super) struct MappingTally {
    /// How many there are on pages that are no drafts.
    pub(super) published: u32,
    /// By the key as the generator compares it.
    pub(super) keys: HashMap<String, KeyTally>,
}

/// The values of one key.
#[derive(Debug, Default)]
pub(super) struct KeyTally {
    /// How often it has a value that is not empty, on pages that are no drafts.
    pub(super) filled: u32,
    /// How often a page gives it itself.
    pub(super) own: u32,
    /// How it is written, where that differs.
    pub(super) spellings: HashMap<String, u32>,
    pub(super) value: ValueTally,
}

/// Values at one place of many pages.
#[derive(Debug, Default)]
pub(super) struct ValueTally {
    /// In the order of [`JsonKind::ALL`].
    kinds: [KindTally; JsonKind::ALL.len()],
    pub(super) texts: TextTally,
    pub(super) items: Option<Box<ValueTally>>,
    pub(super) mappings: Option<Box<MappingTally>>,
}

/// Values of one kind.
#[derive(Debug, Default)]
pub(super) struct KindTally {
    pub(super) values: u32,
    pub(super) pages: u32,
    /// The page that was counted last, by its number within the thread.
    last_page: u32,
    pub(super) places: Vec<ValuePlace>,
}

/// Texts, dates among them.
#[derive(Debug, Default)]
pub(super) struct TextTally {
    pub(super) values: u32,
    /// What the parser reads as a date.
    pub(super) timestamps: u32,
    /// How many are of each format of [`FORMATS`].
    pub(super) fits: [u32; FORMATS.len()],
    /// Paths of files that exist, and of files that do not.
    pub(super) found_paths: u32,
    pub(super) missing_paths: u32,
    /// URLs to elsewhere, which a path may be.
    pub(super) urls: u32,
    /// Whether one is too long for an example, or there are too many different ones.
    pub(super) is_free: bool,
    pub(super) counts: HashMap<String, u32>,
}

impl ValueTally {
    pub(super) fn kind(&self, kind: JsonKind) -> &KindTally {
        &self.kinds[kind as usize]
    }

    /// Counts a value of this kind on a page of this number; `place` finds its line.
    pub(super) fn count(
        &mut self,
        kind: JsonKind,
        page: u32,
        path: &Path,
        line: impl Fn() -> usize,
    ) {
        let tally = &mut self.kinds[kind as usize];
        tally.values += 1;
        // One place a page, so that those of an outlier are the same for any number of threads.
        if tally.last_page != page {
            tally.last_page = page;
            tally.pages += 1;
            if tally.places.len() < MOST_PLACES {
                let path = path.to_owned();
                tally.places.push(ValuePlace { path, line: line() });
            }
        }
    }

    fn add(&mut self, other: Self) {
        for (own, other) in self.kinds.iter_mut().zip(other.kinds) {
            own.values += other.values;
            own.pages += other.pages;
            own.places.extend(other.places);
            own.places.sort();
            own.places.truncate(MOST_PLACES);
        }
        self.texts.add(other.texts);
        add_boxed(&mut self.items, other.items, Self::add);
        add_boxed(&mut self.mappings, other.mappings, MappingTally::add);
    }
}

fn add_boxed<T>(own: &mut Option<Box<T>>, other: Option<Box<T>>, add: fn(&mut T, T)) {
    match (own.as_mut(), other) {
        (Some(own), Some(other)) => add(own, *other),
        (None, other) => *own = other,
        (Some(_), None) => {}
    }
}

impl MappingTally {
    fn add(&mut self, other: Self) {
        self.published += other.published;
        for (name, other) in other.keys {
            let own = self.keys.entry(name).or_default();
            own.filled += other.filled;
            own.own += other.own;
            add_counts(&mut own.spellings, other.spellings);
            own.value.add(other.value);
        }
    }
}

impl TextTally {
    /// Counts a text for the examples.
    pub(super) fn count_text(&mut self, text: &str) {
        if self.is_free {
            return;
        }
        if let Some(count) = self.counts.get_mut(text) {
            *count += 1;
            return;
        }
        self.counts.insert(text.to_owned(), 1);
        self.forget_if_free(text.len() > LONGEST_EXAMPLE);
    }

    fn forget_if_free(&mut self, is_long: bool) {
        if is_long || self.counts.len() > MOST_TEXTS {
            self.is_free = true;
            self.counts = HashMap::new();
        }
    }

    fn add(&mut self, other: Self) {
        self.values += other.values;
        self.timestamps += other.timestamps;
        for (own, other) in self.fits.iter_mut().zip(other.fits) {
            *own += other;
        }
        self.found_paths += other.found_paths;
        self.missing_paths += other.missing_paths;
        self.urls += other.urls;
        add_counts(&mut self.counts, other.counts);
        self.forget_if_free(self.is_free || other.is_free);
    }
}

fn add_counts(own: &mut HashMap<String, u32>, other: HashMap<String, u32>) {
    for (text, count) in other {
        *own.entry(text).or_default() += count;
    }
}

impl PagesTally {
    pub(super) fn add(&mut self, other: Self) {
        self.pages.extend(other.pages);
        self.root.add(other.root);
        self.refuses_dates_as_text |= other.refuses_dates_as_text;
    }
}
