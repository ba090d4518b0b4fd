//! Front matter with something wrong with it, or something unusual: small changes to pages.

/// What is put into a text.
const TOKENS: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\n  ",
    "\n ",
    "\r\n",
    "\r",
    ":",
    ": ",
    ":\n",
    " :",
    "#",
    " #",
    " # c",
    "-",
    "- ",
    "\n- ",
    "\n  - ",
    "'",
    "''",
    "\"",
    "\\",
    "\\n",
    "\\\n",
    "\\u00e9",
    "\\x",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ",",
    "[]",
    "{}",
    "[a, b]",
    "{a: b}",
    "|",
    ">",
    "|-",
    "|+",
    ">-",
    "|2",
    ">1-",
    "&a ",
    "*a",
    "!t ",
    "!!str ",
    "? ",
    "?",
    "%",
    "@",
    "`",
    "~",
    "null",
    "yes",
    "<<",
    "<<: ",
    "=",
    "---",
    "...",
    "---\n",
    "...\n",
    "--- ",
    "é",
    "’",
    "漢",
    "😀",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{7f}",
    "\u{1}",
    "\u{fffe}",
    "1",
    "0",
    ".",
    "-1",
    "12:30",
    "2020-05-04",
    "a",
    "b",
    "key: ",
    "key:",
    "a: b\n",
    "{{",
    "}}",
    "{% x %}",
    "    ",
    "\n#c\n",
    "\n\n\n",
    " \n",
    "  \n",
    "\n   \n",
    "/",
    "_",
    "+",
    "(",
    "$",
];

/// An endless row of changed front matter, always the same.
pub struct Mutations {
    /// Front matter that the fast path reads.
    common: Vec<String>,
    other: Vec<String>,
    state: u64,
}

impl Mutations {
    pub fn new(common: Vec<String>, other: Vec<String>) -> Self {
        let state = std::env::var("FRONTLINT_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        Self {
            common,
            other,
            state: state.unwrap_or(0x9E37_79B9_7F4A_7C15),
        }
    }

    pub fn next(&mut self) -> String {
        let mut text = self.seed();
        for _ in 0..1 + self.below(3) {
            text = self.change(text);
        }
        if self.below(8) == 0 {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        if self.below(16) != 0 && !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// A page, or a few of its lines: small ones show more.
    fn seed(&mut self) -> String {
        let (of_common, of_other) = (self.below(self.common.len()), self.below(self.other.len()));
        let text = match self.below(8) {
            0 => self.other[of_other].clone(),
            _ => self.common[of_common].clone(),
        };
        if self.below(3) == 0 {
            return text;
        }
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        let begins: Vec<_> = (0..lines.len())
            .filter(|&index| !lines[index].starts_with([' ', '-', '\t', '\n', '\r']))
            .collect();
        if begins.is_empty() {
            return text;
        }
        let from = begins[self.below(begins.len())];
        let to = (from + 1 + self.below(6)).min(lines.len());
        lines[from..to].concat()
    }

    fn change(&mut self, mut text: String) -> String {
        let at = self.place(&text);
        match self.below(12) {
            0..=3 => text.insert_str(at, self.token()),
            4 => {
                let end = self.after(&text, at, 3);
                text.replace_range(at..end, "");
            }
            5 => {
                let end = self.after(&text, at, 2);
                text.replace_range(at..end, self.token());
            }
            6 => {
                let other = self.seed();
                let (from, to) = (self.place(&other), self.place(&other));
                text.insert_str(at, &other[from.min(to)..from.max(to)]);
            }
            7 => text.truncate(at),
            _ => text = self.change_lines(&text),
        }
        text
    }

    fn change_lines(&mut self, text: &str) -> String {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        if lines.is_empty() {
            return text.to_owned();
        }
        let (index, other) = (self.below(lines.len()), self.below(lines.len()));
        match self.below(7) {
            0 => lines.swap(index, other),
            1 => {
                lines.remove(index);
            }
            2 => lines.insert(other, lines[index].clone()),
            3 => lines[index].insert_str(0, &" ".repeat(1 + self.below(3))),
            4 => {
                let line = &lines[index];
                let spaces = line.len() - line.trim_start_matches(' ').len();
                let taken = self.below(spaces + 1);
                lines[index].replace_range(..taken, "");
            }
            5 => lines[index] = format!("{}\n", lines[index].trim_end()),
            _ => lines[index].insert_str(0, self.token()),
        }
        lines.concat()
    }

    fn token(&mut self) -> &'static str {
        TOKENS[self.below(TOKENS.len())]
    }

    /// The beginning of a character, or the end.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn after(&mut self, text: &str, at: usize, most: usize) -> usize {
        let count = 1 + self.below(most);
        let rest = &text[at..];
        at + rest
            .char_indices()
            .nth(count)
            .map_or(rest.len(), |(end, _)| end)
    }

    /// A number below `bound`, which may be 0; xorshift is random enough.
    fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % bound.max(1)
    }
}
