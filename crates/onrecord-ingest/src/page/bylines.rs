//! What stands where those who signed are named → their names.
//!
//! Takes the first place that gives any: JSON-LD, `<meta>`, an element marked as byline. Addresses, the outlet's own name and the words around names go.

/// The names, in order, each once.
pub fn read(data: &[String], metas: &[String], marked: &[String], outlet: Option<&str>) -> Vec<String> {
    let places = [data, metas, marked];
    let named = places.into_iter().map(|texts| {
        let mut names: Vec<String> = Vec::new();
        for name in texts.iter().flat_map(|text| split(text)) {
            let is_outlet = outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(&name));
            if !is_outlet
                && is_name(&name)
                && names.len() < MOST
                && !names.iter().any(|known| known.eq_ignore_ascii_case(&name))
            {
                names.push(name);
            }
        }
        names
    });
    named.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// How many names are kept.
const MOST: usize = 20;

/// "By Jane Doe, Ola Berg and Kit Moss in Geneva" → three names.
fn split(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = ["by ", "by: ", "written by ", "reporting by ", "author: ", "posted by "].iter().fold(
        text.as_str(),
        |text, lead| {
            if text.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)) {
                text.get(lead.len()..).unwrap_or_default()
            } else {
                text
            }
        },
    );
    let text = text.replace(" and ", ";").replace(" & ", ";").replace(" | ", ";").replace(" with ", ";");
    let mut names = Vec::new();
    for part in text.split(';') {
        let pieces: Vec<&str> = part.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        // "Jane Doe, Ola Berg" are two, "Jane Doe, Science Correspondent" and "Jane Doe, Reuters" one.
        let first = pieces.first().copied().unwrap_or_default();
        let others = pieces.iter().skip(1).filter(|piece| looks_like_person(piece));
        names.extend(
            std::iter::once(first)
                .chain(others.copied())
                .map(|name| name.trim_matches(['.', '-', '–', '—', ' ', '/']).to_owned()),
        );
    }
    names
}

fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_address = name.contains("://") || name.contains('@') || name.contains("www.") || name.contains('/');
    (2..=60).contains(&letters)
        && name.split(' ').count() <= 8
        && !is_address
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// Two to four words that start with capitals, none of which is what people are called at work.
fn looks_like_person(name: &str) -> bool {
    const WORK: [&str; 8] =
        ["chief", "columnist", "contributor", "correspondent", "editor", "news", "reporter", "writer"];
    let words: Vec<&str> = name.split(' ').collect();
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=4).contains(&words.len())
        && words.iter().all(|word| is_capital(word))
        && !words.iter().any(|word| WORK.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::read;

    fn names(text: &str) -> Vec<String> {
        read(&[], &[text.to_owned()], &["Somebody Else".to_owned()], Some("The Valley Post"))
    }

    #[test]
    fn names_are_taken_apart_from_the_words_around_them() {
        assert_eq!(names("By Jane Doe, Ola Berg and  Kit Moss"), ["Jane Doe", "Ola Berg", "Kit Moss"]);
        assert_eq!(names("Jane Doe, Science Correspondent"), ["Jane Doe"]);
        assert_eq!(names("Jane Doe, Reuters"), ["Jane Doe"]);
        assert_eq!(names("jane doe | JANE DOE"), ["jane doe"]);
    }

    #[test]
    fn what_is_no_name_leaves_the_place_to_the_next() {
        assert_eq!(names("https://www.facebook.com/valleypost"), ["Somebody Else"]);
        assert_eq!(names("The Valley Post"), ["Somebody Else"]);
        assert_eq!(names("  "), ["Somebody Else"]);
    }
}
