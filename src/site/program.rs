//! What a configuration that is a program says plainly: texts written beside a name.
//!
//! Runs nothing. A value that is computed is not seen, and the generator's default stands.

/// The words, texts and signs of a program in JavaScript or TypeScript, without its comments.
#[derive(Debug, Default)]
pub(super) struct Program {
    tokens: Vec<Token>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

impl Program {
    pub(super) fn new(source: &str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => {
                    rest[2..].find("*/").map_or(rest.len(), |at| at + 4)
                }
                '"' | '\'' | '`' => {
                    let (text, length) = text(rest, first);
                    tokens.push(Token::Text(text));
                    length
                }
                _ if is_word(first) => {
                    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                    tokens.push(Token::Word(rest[..length].to_owned()));
                    length
                }
                _ => {
                    if !first.is_whitespace() {
                        tokens.push(Token::Sign(first));
                    }
                    first.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        Self { tokens }
    }

    /// The text of the first property of this name: `outDir: './dist'`.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        self.properties(name).next()
    }

    /// The texts of all properties of this name.
    pub(super) fn properties(&self, name: &str) -> impl Iterator<Item = &str> {
        self.after(name, ':').filter_map(|rest| match rest.first() {
            Some(Token::Text(text)) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The texts of a property that is a list: `staticDirectories: ['static', 'public']`.
    pub(super) fn list(&self, name: &str) -> Option<Vec<&str>> {
        list(self.after(name, ':'))
    }

    /// The texts of a list that a function is called with: `setTemplateFormats(["md"])`.
    pub(super) fn list_argument(&self, function: &str) -> Option<Vec<&str>> {
        list(self.after(function, '('))
    }

    /// The text that a function is called with: `setInputDirectory("src")`.
    pub(super) fn argument(&self, function: &str) -> Option<&str> {
        self.after(function, '(')
            .find_map(|rest| match rest.first() {
                Some(Token::Text(text)) => Some(text.as_str()),
                _ => None,
            })
    }

    /// The files of the site that the program imports: `from './a.js'`, `require('./a')`.
    pub(super) fn imports(&self) -> impl Iterator<Item = &str> {
        let texts = self.tokens.iter().zip(self.tokens.iter().skip(1));
        texts
            .filter_map(|(before, token)| match (before, token) {
                (Token::Word(word), Token::Text(text)) if word == "from" || word == "import" => {
                    Some(text.as_str())
                }
                (Token::Sign('('), Token::Text(text)) => Some(text.as_str()),
                _ => None,
            })
            .filter(|text| text.starts_with("./") || text.starts_with("../"))
    }

    /// Whether a name stands anywhere in the program.
    pub(super) fn mentions(&self, name: &str) -> bool {
        self.tokens.iter().any(|token| is_named(token, name))
    }

    /// Whether a property of this name has a method called on it before the next comma on its
    /// level: `draft: z.boolean().default(false)`.
    pub(super) fn property_calls(&self, name: &str, method: &str) -> bool {
        self.after(name, ':').any(|rest| {
            let mut depth = 0_i32;
            let own = rest.iter().take_while(|token| {
                match token {
                    Token::Sign('(' | '[' | '{') => depth += 1,
                    Token::Sign(')' | ']' | '}') => depth -= 1,
                    _ => {}
                }
                depth >= 0 && !(depth == 0 && **token == Token::Sign(','))
            });
            own.into_iter().any(|token| is_named(token, method))
        })
    }

    /// What follows a name and a sign.
    fn after<'p>(&'p self, name: &str, sign: char) -> impl Iterator<Item = &'p [Token]> {
        self.tokens
            .windows(2)
            .enumerate()
            .filter(move |(_, pair)| is_named(&pair[0], name) && pair[1] == Token::Sign(sign))
            .filter_map(|(at, _)| self.tokens.get(at + 2..))
    }
}

/// The texts of the first list that something begins with.
fn list<'p>(mut rests: impl Iterator<Item = &'p [Token]>) -> Option<Vec<&'p str>> {
    let rest = rests.find(|rest| rest.first() == Some(&Token::Sign('[')))?;
    let items = rest.iter().take_while(|token| **token != Token::Sign(']'));
    let texts = items.filter_map(|token| match token {
        Token::Text(text) => Some(text.as_str()),
        Token::Word(_) | Token::Sign(_) => None,
    });
    Some(texts.collect())
}

fn is_named(token: &Token, name: &str) -> bool {
    match token {
        Token::Word(word) => word == name,
        Token::Text(text) => text == name,
        Token::Sign(_) => false,
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// A text and its length with both quotes. One that is not closed ends with its line.
fn text(rest: &str, quote: char) -> (String, usize) {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            _ if character == quote => return (text, at + 1),
            '\n' if quote != '`' => return (text, at),
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => text.push(character),
        }
    }
    (text, rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_properties_are_read_and_computed_ones_are_not() {
        let program = Program::new(
            "// outDir: 'commented'\nexport default { /* base: '/x' */ outDir: './out',\n  \"base\": \
             `/docs/`, dir: { input: get('x') }, srcDir: join(a, 'b'), s: ['a', \"b\"], q: 'it\\'s' }\n\
             eleventyConfig.setInputDirectory( \"src\" ); const schema = { draft: \
             z.boolean().default(false), title: z.string() }",
        );
        assert_eq!(program.property("outDir"), Some("./out"));
        assert_eq!(program.property("base"), Some("/docs/"));
        assert_eq!(program.property("input"), None);
        assert_eq!(program.property("srcDir"), None);
        assert_eq!(program.list("s"), Some(vec!["a", "b"]));
        assert_eq!(program.property("q"), Some("it's"));
        assert_eq!(program.argument("setInputDirectory"), Some("src"));
        assert!(program.property_calls("draft", "default"));
        assert!(!program.property_calls("title", "default"));
        for hostile in ["'", "/*", "\\", "é: '", "a: [", "\"\\", "`${", "//"] {
            let _ = Program::new(hostile).list("a");
        }
    }
}
