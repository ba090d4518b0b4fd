//! The fast path for YAML front matter against the full parser: the same tree, or none.

pub mod mutations;
pub mod pages;

use frontlint::testing::dialect::Dialect;
use frontlint::testing::syntax::{Block, Syntax, parse_both_ways};
use frontlint::testing::text::Span;

use self::mutations::Mutations;
use crate::properties::written_front_matter;
use crate::sampling;

/// A page with this front matter, whatever its lines are.
fn page(content: &str) -> (String, Block) {
    let text = format!("---\n{content}---\n");
    let end = text.len();
    let block = Block {
        syntax: Syntax::Yaml,
        open: Span::new(0, 3),
        content: Span::from_usize(4, end - 4),
        close: Span::from_usize(end - 4, end - 1),
    };
    (text, block)
}

/// In how many dialects the fast path reads the page.
fn fast_dialects(content: &str) -> usize {
    let (text, block) = page(content);
    let dialects = Dialect::ALL.iter();
    dialects
        .filter(|&&dialect| is_fast(&text, &block, dialect))
        .count()
}

/// Whether the fast path reads the page. Both paths must agree on it.
fn is_fast(text: &str, block: &Block, dialect: Dialect) -> bool {
    parse_both_ways(text, block, dialect).unwrap_or_else(|difference| panic!("{difference}"))
}

#[test]
fn every_page_reads_the_same_by_both_paths() {
    for content in pages::everywhere() {
        fast_dialects(&content);
        fast_dialects(&content.replace('\n', "\r\n"));
        let whole = Block::whole(Syntax::Yaml, &content);
        for &dialect in Dialect::ALL {
            is_fast(&content, &whole, dialect);
        }
    }
}

#[test]
fn scalars_of_the_records_read_the_same_by_both_paths() {
    // All of them take long, and are much alike.
    for text in pages::recorded()
        .into_iter()
        .step_by(sampling::cases(10, 1) as usize)
    {
        for content in [
            format!("key: {text}\n"),
            format!("{text}: value\n"),
            format!("key:\n- {text}\n- {text}\n"),
            format!("key:\n  {text}\n  more\n"),
            format!("key: [{text}, {text}]\n"),
            format!("key: {{{text}: {text}}}\n"),
            format!("key: '{text}'\n"),
            format!("key: \"{text}\"\n"),
            format!("key: |\n  {text}\n"),
        ] {
            fast_dialects(&content);
        }
    }
}

/// A fast path that always gave up would never differ.
#[test]
fn typical_pages_take_the_fast_path() {
    let pages = pages::press_room();
    for content in pages.iter().filter(|page| !page.contains("<<: *")) {
        assert_eq!(fast_dialects(content), Dialect::ALL.len(), "{content}");
    }
    for content in [
        "",
        "title: A title\n",
        "title: A title\r\ntags:\r\n- one\r\n- two\r\n",
        "title: 'It''s a title, folded\n  over two lines'\ndate: 2020-05-04\n",
        "title: \"Quoted: \\\"so\\\" \\\n  and folded\"\n# a comment\nlayout: page # another\n",
        "tags: [one, \"two\", {three: 3}]\n",
        "people:\n  - name: Ada\n    role:\n      - chair\n  -\n    name: Bob\n",
        "text: |\n  one\n\n    two\n  three\nother: >-\n  folded\n  text\nkept: |+\n  end\n\n",
        "url: https://example.org/#top\nempty:\nnone: ~\nnumber: 12\n",
    ] {
        assert_eq!(fast_dialects(content), Dialect::ALL.len(), "{content}");
    }
}

#[test]
fn the_full_parser_reads_everything_else() {
    for content in [
        "a: &anchor b\n",
        "a: *alias\n",
        "a: !tag b\n",
        "? a\n: b\n",
        "a: 1\na: 2\n",
        "<<: {a: b}\n",
        "a: b: c\n",
        "a:\n  b\n c: d\n",
        "a:\tb\n",
        "a: \u{feff}b\n",
        "a: {{ b }}\n",
        "--- a: b\n",
        "- a\n",
        "text\n",
    ] {
        assert_eq!(fast_dialects(content), 0, "{content}");
    }
}

#[test]
fn mutated_front_matter_reads_the_same_by_both_paths() {
    let count = u64::from(sampling::cases(2_000, 20_000));
    let mut seeds = pages::everywhere();
    seeds.extend(written_front_matter(count.clamp(100, 5_000) as usize));
    let (common, other) = seeds.into_iter().partition(|seed| fast_dialects(seed) > 0);
    let mut mutations = Mutations::new(common, other);
    let begin = std::time::Instant::now();
    let mut fast = 0;
    for index in 0..count {
        let (text, block) = page(&mutations.next());
        let dialect = Dialect::ALL[index as usize % Dialect::ALL.len()];
        fast += u64::from(is_fast(&text, &block, dialect));
    }
    let seconds = begin.elapsed().as_secs_f64();
    println!("{fast} of {count} mutated front matters took the fast path, {seconds:.1} s");
    assert!(fast * 4 > count, "only {fast} of {count}");
}
