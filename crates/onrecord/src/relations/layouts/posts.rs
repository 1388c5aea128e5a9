//! Messages posted under their author's name, with no verb to report them: "Harbour Watch (@harbourwatch)" and the post.
//!
//! Two layouts, both as the networks' own embeds print them: the author with the handle in brackets before the post, in the same paragraph or as
//! a paragraph of its own; or after it, behind a dash and before the date.

use super::{Layout, trimmed};
use crate::document::{Document, Span};

/// The longest an author's name may be, in words.
const LONGEST_NAME_WORDS: usize = 6;

/// The posts of a document.
pub(super) fn posts(document: &Document) -> Vec<Layout> {
    let paragraphs = document.paragraphs();
    let found = paragraphs.iter().enumerate().filter_map(|(at, &paragraph)| {
        let author = author(document.text(), paragraph)?;
        let post = trimmed(document.text(), post_of(document, at, paragraph, &author)?)?;
        Some(Layout { source: author.name, cue: None, content: vec![post] })
    });
    found.collect()
}

/// The words that an author line stands over, before or under.
fn post_of(document: &Document, at: usize, paragraph: Span, author: &Author) -> Option<Span> {
    let (text, paragraphs) = (document.text(), document.paragraphs());
    let before = Span::new(paragraph.start, author.dash.unwrap_or(author.name.start));
    let after = Span::new(author.after_date, paragraph.end);
    let empty = |span: Span| span.text(text).trim().is_empty();
    match author.dash {
        Some(_) if empty(before) => paragraphs.get(at.checked_sub(1)?).copied(),
        Some(_) => Some(before),
        None if !before.is_empty() => None,
        None if empty(after) => paragraphs.get(at + 1).copied(),
        None => Some(after),
    }
}

/// Where a paragraph names the author of a post.
struct Author {
    /// Name and handle with its brackets.
    name: Span,
    /// Where the dash before the name stands.
    dash: Option<usize>,
    /// Where a date behind the handle ends.
    after_date: usize,
}

/// The first author of a paragraph whose name starts it or stands behind a dash.
fn author(text: &str, paragraph: Span) -> Option<Author> {
    let words = paragraph.text(text);
    let open = words.find("(@")?;
    let handle_end = open + words.get(open..)?.find(')')? + 1;
    let is_handle = words.get(open + 2..handle_end - 1)?.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let before = words.get(..open)?;
    let dash = before.rfind(['—', '–', '―']);
    let name_start =
        dash.map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let name = before.get(name_start..)?;
    let starts = name_start + (name.len() - name.trim_start().len());
    let lower = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    // A name may have one small word in it ("de", "of"); a sentence has more.
    let capital = name.split_whitespace().next().is_some_and(|word| !lower(&word))
        && name.split_whitespace().filter(lower).count() <= 1;
    let short = (1..=LONGEST_NAME_WORDS).contains(&name.split_whitespace().count());
    if !is_handle || !capital || !short {
        return None;
    }
    let name = Span::new(paragraph.start + starts, paragraph.start + handle_end);
    Some(Author {
        name,
        dash: dash.map(|at| paragraph.start + at),
        after_date: name.end + date_bytes(words.get(handle_end..)?),
    })
}

/// The length of a date line such as " December 28, 2017" or " · 28 Dec 2017" at the start of `rest`: a month with a day; 0 if there is none.
fn date_bytes(rest: &str) -> usize {
    let (mut end, mut has_month, mut has_day) = (0, false, false);
    for word in rest.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
        let is_year = number && bare.len() == 4;
        let fits = bare.is_empty()
            || (number && !has_day && bare.len() <= 2)
            || (is_year && has_month)
            || (is_month(bare) && !has_month);
        if !fits {
            break;
        }
        (has_month, has_day) = (has_month || is_month(bare), has_day || (number && !is_year));
        end += word.len();
        if is_year {
            break;
        }
    }
    if has_month && has_day { end } else { 0 }
}

/// Whether a word is a month's name, whole or in three letters.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    MONTHS.iter().any(|month| *month == word || (word.len() == 3 && month.starts_with(&word)))
}

#[cfg(test)]
mod tests {
    use super::posts;
    use crate::document::Document;

    fn posted(text: &str) -> Vec<(String, String)> {
        let document = Document::new(text);
        let words = |span: crate::document::Span| span.text(text).to_owned();
        posts(&document).into_iter().map(|p| (words(p.source), p.content.iter().map(|&c| words(c)).collect())).collect()
    }

    #[test]
    fn layouts_of_an_embedded_post() {
        let expected = [("Ana Reis (@ana_reis)".to_owned(), "The bridge is closed.".to_owned())];
        assert_eq!(posted("Ana Reis (@ana_reis)\nThe bridge is closed.\nTraffic is heavy."), expected);
        assert_eq!(posted("Ana Reis (@ana_reis) May 3, 2024 The bridge is closed."), expected);
        assert_eq!(posted("The bridge is closed. — Ana Reis (@ana_reis) May 3, 2024"), expected);
        assert_eq!(posted("The bridge is closed.\n\n— Ana Reis (@ana_reis) May 3, 2024"), expected);
    }

    #[test]
    fn a_number_that_starts_a_post_is_no_date() {
        let expected = [("Ana Reis (@ana_reis)".to_owned(), "12 people died. Mayor says 300 fled.".to_owned())];
        assert_eq!(posted("Ana Reis (@ana_reis) 12 people died. Mayor says 300 fled."), expected);
    }

    #[test]
    fn a_handle_in_running_text_is_no_post() {
        assert_eq!(posted("Readers can write to the editor (@desk) at any time."), []);
        assert_eq!(posted("You can follow Ana Reis (@ana_reis) for more."), []);
    }
}
