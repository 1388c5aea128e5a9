//! What people type → what FTS5 understands. Nothing that is typed is an error of syntax.
//!
//! Words must all be there, in any order; "words in marks" as they stand; `-word` or `-"words"` must not be there; `pref*` stands for all words that
//! begin so. Everything else is taken as the words in it: `AND`, `NEAR(`, `title:` and brackets mean nothing of their own.

use crate::StoreError;

/// How many words and phrases a search may have.
const MOST: usize = 100;

/// Two expressions of FTS5.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What must be there; none where nothing was asked for.
    pub wanted: Option<String>,
    /// What must not be there.
    pub unwanted: Option<String>,
}

impl Typed {
    /// Both in one, where something must be there.
    pub fn expression(&self) -> Option<String> {
        let wanted = self.wanted.as_ref()?;
        Some(match &self.unwanted {
            Some(unwanted) => format!("({wanted}) NOT ({unwanted})"),
            None => wanted.clone(),
        })
    }
}

/// Reads what somebody typed.
///
/// # Errors
/// [`StoreError::Query`] for more than a hundred words.
pub fn parse(typed: &str) -> Result<Typed, StoreError> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (is_unwanted, body) = match rest.strip_prefix(['-', '−']) {
            Some(body) if body.starts_with(|c: char| !c.is_whitespace()) => (true, body),
            _ => (false, rest),
        };
        let (term, after) = term(body);
        rest = after.trim_start();
        if let Some(term) = term {
            if is_unwanted { unwanted.push(term) } else { wanted.push(term) }
        }
    }
    if wanted.len() + unwanted.len() > MOST {
        return Err(StoreError::Query(format!(
            "{} words to search for, but at most {MOST} can be",
            wanted.len() + unwanted.len()
        )));
    }
    let joined = |terms: Vec<String>, by: &str| (!terms.is_empty()).then(|| terms.join(by));
    Ok(Typed { wanted: joined(wanted, " AND "), unwanted: joined(unwanted, " OR ") })
}

/// The first word or phrase of `text` as FTS5 writes it, none where it has no letter or digit; and what follows.
fn term(text: &str) -> (Option<String>, &str) {
    if let Some(inside) = text.strip_prefix(['"', '“', '”', '„']) {
        let end = inside.find(['"', '“', '”']).unwrap_or(inside.len());
        let (phrase, after) = inside.split_at(end);
        let after = after.strip_prefix(['"', '“', '”']).unwrap_or(after);
        return (quoted(phrase), after);
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„')).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    let plain = word.trim_end_matches('*');
    let is_prefix = plain.len() < word.len() && plain.ends_with(char::is_alphanumeric);
    (quoted(plain).map(|plain| if is_prefix { plain + " *" } else { plain }), after)
}

/// A string of FTS5, which takes it apart into words as it did with the texts.
fn quoted(words: &str) -> Option<String> {
    let kept: String = words.chars().map(|c| if c == '\0' { ' ' } else { c }).collect();
    kept.contains(char::is_alphanumeric).then(|| format!("\"{}\"", kept.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expression: &str) {
        assert_eq!(
            parse(typed).unwrap().expression().as_deref(),
            Some(expression).filter(|e| !e.is_empty()),
            "{typed}"
        );
    }

    #[test]
    fn words_phrases_prefixes_and_what_must_not_be_there() {
        check("harbour master", r#""harbour" AND "master""#);
        check(r#""harbour master" quay"#, r#""harbour master" AND "quay""#);
        check("“harbour master”quay", r#""harbour master" AND "quay""#);
        check("harb* -quay", r#"("harb" *) NOT ("quay")"#);
        check(r#"harbour -"north quay" -boat"#, r#"("harbour") NOT ("north quay" OR "boat")"#);
        check("well-known", r#""well-known""#);
    }

    #[test]
    fn signs_of_the_query_language_are_words() {
        check("NEAR(a b) title:x ^c", r#""NEAR(a" AND "b)" AND "title:x" AND "^c""#);
        check("a AND OR NOT", r#""a" AND "AND" AND "OR" AND "NOT""#);
        check("* \" - -- ( ) …", "");
        check("a\0b \"unclosed", "\"a b\" AND \"unclosed\"");
    }
}
