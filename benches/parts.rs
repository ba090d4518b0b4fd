//! How long each part takes for one page: `cargo bench --bench parts`.
//!
//! Every group has its `floor`: the validation of the same bytes as UTF-8; for `resolve`, a look at
//! the first byte of every scalar; for `report`, a copy of the front matter. Divan prints no ratios:
//! a part's ratio to its floor is its median divided by that of the row of the same name under
//! `floor`, and both come from the same run. Where throughput is shown, it counts the bytes of the front matter,
//! fences included. `cargo bench --bench parts -- validate` measures one group.
//!
//! Files are not read here, and upload folders not looked into; `benches/whole/run` does that.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark, whose inputs are its own"
)]

#[path = "parts/cases.rs"]
mod cases;
#[path = "whole/pages.rs"]
mod pages;

use std::time::Duration;

use divan::counter::BytesCount;
use divan::{Bencher, Divan, black_box};

/// How long a row is measured for at least; a hundred looks alone would be over in no time.
const LEAST: Duration = Duration::from_millis(300);

fn main() {
    Divan::default().min_time(LEAST).config_with_args().main();
}

/// Looks at every byte of what a part looks at.
fn floor_of(bencher: Bencher<'_, '_>, text: &str) {
    let bytes = text.as_bytes();
    bencher
        .counter(BytesCount::of_slice(bytes))
        .bench(|| std::str::from_utf8(black_box(bytes)).is_ok());
}

/// Finding the fences.
mod extract {
    use frontlint::testing::syntax::extract;

    use super::cases::{FENCES, Page, clean, wrong_fences};
    use super::{Bencher, BytesCount, black_box, floor_of};

    fn pages() -> Vec<Page> {
        [clean(), wrong_fences()].concat()
    }

    #[divan::bench(args = pages())]
    fn floor(bencher: Bencher<'_, '_>, page: &Page) {
        floor_of(bencher, page.head());
    }

    #[divan::bench(name = "extract", args = pages())]
    fn part(bencher: Bencher<'_, '_>, page: &Page) {
        let bytes = page.text.as_bytes();
        bencher
            .counter(BytesCount::of_str(page.head()))
            .bench(|| extract(black_box(bytes), true, &FENCES));
    }
}

/// From the block to the tree, its scalars resolved as Jekyll resolves them.
mod parse {
    use frontlint::testing::dialect::Dialect;
    use frontlint::testing::syntax::parse;
    use frontlint::testing::text::SourceId;

    use super::cases::{Page, clean, other_syntaxes, wrong_syntax};
    use super::{Bencher, BytesCount, black_box, floor_of};

    fn pages() -> Vec<Page> {
        [clean(), wrong_syntax(), other_syntaxes()].concat()
    }

    #[divan::bench(args = pages())]
    fn floor(bencher: Bencher<'_, '_>, page: &Page) {
        floor_of(bencher, page.head());
    }

    #[divan::bench(name = "parse", args = pages())]
    fn part(bencher: Bencher<'_, '_>, page: &Page) {
        let block = page.block();
        bencher.counter(BytesCount::of_str(page.head())).bench(|| {
            parse(
                black_box(&page.text),
                &block,
                Dialect::Jekyll,
                SourceId::PAGE,
            )
        });
    }
}

/// The type of every key and scalar of a page.
mod resolve {
    use divan::counter::ItemsCount;

    use super::cases::{Scalars, scalars};
    use super::{Bencher, black_box};

    #[divan::bench(args = scalars())]
    fn floor(bencher: Bencher<'_, '_>, scalars: &Scalars) {
        let all = &scalars.all;
        bencher.counter(ItemsCount::new(all.len())).bench(|| {
            for (text, _) in black_box(all) {
                black_box(text.as_bytes().first());
            }
        });
    }

    #[divan::bench(name = "resolve", args = scalars())]
    fn part(bencher: Bencher<'_, '_>, scalars: &Scalars) {
        let all = &scalars.all;
        bencher.counter(ItemsCount::new(all.len())).bench(|| {
            for (text, style) in black_box(all) {
                black_box(scalars.dialect.resolve(text, *style, None));
            }
        });
    }
}

/// A tree against the schema of press releases.
mod validate {
    use super::cases::{AllThere, Page, SCHEMA, clean, wrong_values};
    use super::{Bencher, BytesCount, black_box, floor_of};

    fn pages() -> Vec<Page> {
        [clean(), wrong_values()].concat()
    }

    #[divan::bench(args = pages())]
    fn floor(bencher: Bencher<'_, '_>, page: &Page) {
        floor_of(bencher, page.head());
    }

    #[divan::bench(name = "validate", args = pages())]
    fn part(bencher: Bencher<'_, '_>, page: &Page) {
        let (schema, _) = &*SCHEMA;
        let document = page.document();
        let is_clean = schema.validate(&document, &AllThere, "Jekyll").is_empty();
        assert_ne!(is_clean, page.to_string().contains("broken"), "{page}");
        bencher
            .counter(BytesCount::of_str(page.head()))
            .bench(|| schema.validate(black_box(&document), &AllThere, "Jekyll"));
    }
}

/// Findings into words, places and excerpts; a page without findings is never reported.
mod report {
    use std::sync::Arc;

    use frontlint::testing::report::{Format, Outputs, Style, Summary};
    use frontlint::testing::text::{ColumnUnit, SourceFile, Sources};

    use super::cases::{AllThere, Page, SCHEMA, wrong_values};
    use super::{Bencher, black_box};

    #[divan::bench(args = wrong_values())]
    fn floor(bencher: Bencher<'_, '_>, page: &Page) {
        let mut out: Vec<u8> = Vec::new();
        let head = page.head();
        bencher.bench_local(|| {
            out.clear();
            out.extend_from_slice(black_box(head).as_bytes());
            black_box(&out);
        });
    }

    #[divan::bench(args = wrong_values())]
    fn pretty(bencher: Bencher<'_, '_>, page: &Page) {
        write(bencher, page, Format::Pretty);
    }

    #[divan::bench(args = wrong_values())]
    fn concise(bencher: Bencher<'_, '_>, page: &Page) {
        write(bencher, page, Format::Concise);
    }

    #[divan::bench(args = wrong_values())]
    fn json(bencher: Bencher<'_, '_>, page: &Page) {
        write(bencher, page, Format::Json);
    }

    fn write(bencher: Bencher<'_, '_>, page: &Page, format: Format) {
        let (schema, others) = &*SCHEMA;
        let findings = schema.validate(&page.document(), &AllThere, "Jekyll");
        let mut summary = Summary::default();
        // A file keeps its line starts once it was asked for them.
        let file = || Arc::new(SourceFile::new("_communiques/2024-a.markdown", page.head()));
        let mut out = Vec::new();
        bencher.with_inputs(file).bench_local_values(|file| {
            out.clear();
            let sources = Sources::new(&file, others);
            let mut outputs = Outputs::new(ColumnUnit::Scalar);
            outputs.add(format, Style::default(), &mut out);
            outputs.write([(sources, black_box(findings.as_slice()))], &mut summary)
        });
    }
}
