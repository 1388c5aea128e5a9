//! Names as the tags have them → whole names, one kind for each spelling.

use std::collections::{HashMap, HashSet};

use super::cast::without_article;
use super::lexicon;
use super::names::Words;
use crate::document::{Document, Span, Token};
use crate::mentions::{Form, Kind, Mention};

/// The most words of a name in a headline after which it may end.
const LONGEST_NAME: usize = 4;

/// Given names that open a question more often: "Will Quint resign?"
const ASKING: [&str; 3] = ["Do", "May", "Will"];

/// Names of one spelling are of one kind: the one that the model gives them most often.
pub(super) fn names(document: &Document, mentions: &[Mention]) -> Vec<Mention> {
    let text = document.text();
    let mut kinds: HashMap<&str, HashMap<Kind, usize>> = HashMap::new();
    let tagged = || mentions.iter().filter(|mention| mention.form == Form::Name);
    for mention in tagged() {
        *kinds.entry(mention.span.text(text)).or_default().entry(mention.kind).or_default() += 1;
    }
    let most = |mention: &Mention| {
        let counts = kinds.get(mention.span.text(text))?;
        let own = counts.get(&mention.kind).copied().unwrap_or(0);
        let (kind, count) = counts.iter().max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)))?;
        (*count > own).then_some(*kind)
    };
    // "Halvorsen" beside Halvorsen Cold Chain Inc., and nobody of that name: the company.
    let first_word = |name: &str| Words::of(name).0.first().cloned().unwrap_or_default();
    let long =
        |kind: Kind| tagged().filter(move |mention| mention.kind == kind && mention.span.text(text).contains(' '));
    let companies =
        long(Kind::Organization).map(|mention| mention.span.text(text)).filter(|name| Words::of(name).is_company());
    let companies: HashSet<String> = companies.map(first_word).collect();
    let people: HashSet<String> =
        long(Kind::Person).flat_map(|mention| Words::of_person(mention.span.text(text)).0).collect();
    let is_company = |mention: &Mention| {
        let name = mention.span.text(text);
        let word = first_word(name);
        mention.kind == Kind::Person && !name.contains(' ') && companies.contains(&word) && !people.contains(&word)
    };
    let most = |mention: &Mention| if is_company(mention) { Some(Kind::Organization) } else { most(mention) };
    let kind = |mention: &Mention| {
        by_table(mention.span.text(text), mention.kind).or_else(|| most(mention)).unwrap_or(mention.kind)
    };
    let mut whole = whole_names(text, tagged().map(|mention| Mention { kind: kind(mention), ..*mention }));
    take_surnames(document, &mut whole);
    add_missed(document, &mut whole);
    take_heads(document, &mut whole);
    cut_headline(document, &mut whole);
    whole
}

/// "Mara Quint" of which the tags have but "Mara": a given name takes in the word behind it if the text has a person of that family name elsewhere.
fn take_surnames(document: &Document, names: &mut [Mention]) {
    let text = document.text();
    let families = families(text, names);
    let nexts: Vec<usize> = names.iter().skip(1).map(|name| name.span.start).chain([text.len()]).collect();
    for (name, next) in names.iter_mut().zip(nexts) {
        let given = name.span.text(text);
        if name.kind != Kind::Person || given.contains(' ') || !lexicon::is_given_name(given) {
            continue;
        }
        let rest = document.tokens_in(Span::new(name.span.end, next));
        let behind = rest.first().filter(|token| {
            let word = token.span.text(text);
            text.get(name.span.end..token.span.start) == Some(" ")
                && word.starts_with(char::is_uppercase)
                && is_of(word, &families)
        });
        if let Some(token) = behind {
            name.span.end = token.span.end;
        }
    }
}

/// Who the tags have passed over of a family of which they have somebody: "Mara Quint", a given name and the family name by themselves, and "Quint’s campaign".
fn add_missed(document: &Document, names: &mut Vec<Mention>) {
    let text = document.text();
    let families = families(text, names);
    let tokens = document.tokens();
    let is_tagged = |span: Span| {
        let next = names.partition_point(|name| name.span.end <= span.start);
        names.get(next).is_some_and(|name| name.span.overlaps(span))
    };
    let missed = |(at, pair): (usize, &[Token])| {
        let [first, second] = pair else { return None };
        let (word, behind) = (first.span.text(text), second.span.text(text));
        let relative = is_given(word) && is_of(behind, &families) && is_alone(text, tokens, at);
        let owns = first.span.end == second.span.start && matches!(behind, "'s" | "’s");
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let owner = owns && is_of(word, &families) && before.is_none_or(|before| !is_capital(text, before));
        let span = if relative { first.span.cover(second.span) } else { first.span };
        let is_one = is_capital(text, first) && (relative || owner) && !is_tagged(span);
        is_one.then_some(Mention { span, kind: Kind::Person, form: Form::Name })
    };
    let added: Vec<Mention> = tokens.windows(2).enumerate().filter_map(missed).collect();
    names.extend(added);
    names.sort_unstable_by_key(|name| name.span);
}

/// Whether the two words at a place are a name by themselves: "Camp Mara Quint" and "Mara Quint Bridge" are names of something else, "Mrs Mara Quint" is not.
fn is_alone(text: &str, tokens: &[Token], at: usize) -> bool {
    let joined = |pair: &[Token]| match pair {
        [a, b] => is_capital(text, a) && is_capital(text, b) && text.get(a.span.end..b.span.start) == Some(" "),
        _ => false,
    };
    let is_title = |word: &Token| lexicon::person_noun(&word.span.text(text).to_lowercase()).is_some();
    let before = at.checked_sub(1).and_then(|before| tokens.get(before..=at));
    let led = before.is_some_and(|pair| joined(pair) && !pair.first().is_some_and(is_title));
    let longer = tokens.get(at + 1..at + 3).is_some_and(joined);
    tokens.get(at..at + 2).is_some_and(joined) && !led && !longer
}

fn is_capital(text: &str, token: &Token) -> bool {
    token.span.text(text).starts_with(char::is_uppercase)
}

/// Whether a word is a given name, and no month and no word that asks.
fn is_given(word: &str) -> bool {
    lexicon::is_given_name(word) && !lexicon::is_time(&word.to_lowercase()) && !ASKING.contains(&word)
}

/// Whether a word ends in one of these family names.
fn is_of(word: &str, families: &HashSet<String>) -> bool {
    Words::of(word).last().is_some_and(|word| families.contains(word))
}

/// The family names of the people that the tags have.
fn families(text: &str, names: &[Mention]) -> HashSet<String> {
    let people = names.iter().filter(|name| name.kind == Kind::Person);
    people.filter_map(|name| Words::of_person(name.span.text(text)).last().map(str::to_owned)).collect()
}

/// "Senate fisheries committee" of which the tags have but "Senate fisheries": a body's name that ends in a small word takes in the noun behind it.
fn take_heads(document: &Document, names: &mut [Mention]) {
    let text = document.text();
    let is_body = |word: &str| lexicon::body_noun(word).is_some_and(|noun| noun.kind == Kind::Organization);
    let nexts: Vec<usize> = names.iter().skip(1).map(|name| name.span.start).chain([text.len()]).collect();
    for (name, next) in names.iter_mut().zip(nexts) {
        let last = name.span.text(text).rsplit_once(' ').map_or("", |(_, last)| last);
        if name.kind != Kind::Organization || !last.starts_with(char::is_lowercase) || is_body(last) {
            continue;
        }
        let behind = document.tokens_in(Span::new(name.span.end, next.max(name.span.end)));
        let head = behind
            .first()
            .filter(|token| text.get(name.span.end..token.span.start) == Some(" ") && is_body(token.span.text(text)));
        if let Some(head) = head {
            name.span.end = head.span.end;
        }
    }
}

/// "Mara Quint Slams Ferry Board": in a headline, where every longer word is capital, a person's name ends where it ends in the text below.
fn cut_headline(document: &Document, names: &mut [Mention]) {
    let text = document.text();
    let Some(&headline) = document.paragraphs().first().filter(|first| is_headline(first.text(text))) else { return };
    let people = names.iter().filter(|name| name.kind == Kind::Person && name.span.start >= headline.end);
    let below: HashSet<&str> = people.map(|name| name.span.text(text)).collect();
    let long = names.iter_mut().filter(|name| name.kind == Kind::Person && name.span.end <= headline.end);
    for name in long {
        let full = name.span.text(text);
        let ends = full.match_indices(' ').map(|(at, _)| at).skip(1).take(LONGEST_NAME);
        // "Suu Kyi" behind "Aung San" is a name by itself.
        let is_one = |end: &usize| {
            let (start, rest) = full.split_at(*end);
            below.contains(start) && !below.contains(rest.trim_start())
        };
        if let Some(end) = ends.filter(is_one).last().filter(|_| !below.contains(full)) {
            name.span.end = name.span.start + end;
        }
    }
}

fn is_headline(line: &str) -> bool {
    let capital = |word: &str| word.chars().count() < 4 || !word.starts_with(char::is_lowercase);
    !line.ends_with(['.', '!', '?', '”', '"']) && line.split_whitespace().all(capital)
}

/// What the tags part is one name: two persons are never named with nothing but a space between them, and courts are named for what they judge
/// ("Court of Appeals for the Northern Circuit").
fn whole_names(text: &str, names: impl Iterator<Item = Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for name in names {
        let gap = out.last().and_then(|last| text.get(last.span.end..name.span.start));
        let beside =
            gap.is_some_and(|gap| gap != "\n" && gap.chars().count() == 1 && gap.chars().all(char::is_whitespace));
        let for_the = matches!(gap, Some(" for the " | " for "));
        match out.last_mut() {
            Some(last) if beside && last.kind == Kind::Person && name.kind == Kind::Person => {
                last.span.end = name.span.end
            }
            Some(last) if for_the && last.kind == Kind::Organization && is_court(last.span.text(text)) => {
                last.span.end = name.span.end
            }
            _ => out.push(name),
        }
    }
    out
}

fn is_court(name: &str) -> bool {
    Words::of(name).0.iter().any(|word| matches!(word.as_str(), "court" | "tribunal"))
}

/// The kind that the tables give a name which the model takes for a place, a body or something else.
fn by_table(text: &str, kind: Kind) -> Option<Kind> {
    let bare = without_article(text);
    let acronym = bare.len() > 1 && bare.chars().all(|c| c.is_uppercase() || c == '.');
    match kind {
        Kind::Person | Kind::Group | Kind::Work => None,
        _ if lexicon::state(bare).is_some_and(|state| state.code != Some("EU")) => Some(Kind::Place),
        Kind::Other | Kind::Place if acronym && lexicon::organisation(bare).is_some() => Some(Kind::Organization),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::document::{Document, Span};
    use crate::mentions::{Form, Kind, Mention};

    /// The names of `text`, of which the tags have these words where they first stand.
    fn whole(text: &str, tags: &[(&str, Kind)]) -> Vec<String> {
        let mention = |&(name, kind): &(&str, Kind)| {
            let start = text.find(name).unwrap_or_else(|| panic!("no {name} in {text}"));
            Mention { span: Span::new(start, start + name.len()), kind, form: Form::Name }
        };
        let tags: Vec<Mention> = tags.iter().map(mention).collect();
        names(&Document::new(text), &tags).iter().map(|name| name.span.text(text).to_owned()).collect()
    }

    #[test]
    fn a_body_takes_in_the_small_noun_behind_it() {
        let text = "The Senate fisheries committee met. The Senate committee did not.";
        assert_eq!(whole(text, &[("Senate fisheries", Kind::Organization)]), ["Senate fisheries committee"]);
        assert_eq!(whole(text, &[("Senate", Kind::Organization)]), ["Senate"]);
        let text = "The Doctors without borders hospital was hit; the Senate fisheries committee board met.";
        let tags = [("Senate fisheries committee", Kind::Organization), ("Senate fisheries", Kind::Organization)];
        assert_eq!(whole(text, &tags[..1]), ["Senate fisheries committee"]);
    }

    #[test]
    fn a_name_in_a_headline_ends_as_it_does_below() {
        let check = |text: &str, tags: [&str; 2], expected: [&str; 2]| {
            let start = |at: usize| if at == 0 { text.find(tags[0]) } else { text.rfind(tags[at]) }.unwrap_or(0);
            let mention = |at: usize| Mention {
                span: Span::new(start(at), start(at) + tags[at].len()),
                kind: Kind::Person,
                form: Form::Name,
            };
            let found = names(&Document::new(text), &[mention(0), mention(1)]);
            assert_eq!(found.iter().map(|name| name.span.text(text)).collect::<Vec<_>>(), expected, "{text}");
        };
        let below = "\n\nThe chair, Mara Quint, was not pleased.";
        check(
            &format!("Mara Quint Slams Ferry Board{below}"),
            ["Mara Quint Slams", "Mara Quint"],
            ["Mara Quint", "Mara Quint"],
        );
        check(
            &format!("Mara Quint Slams was here.{below}"),
            ["Mara Quint Slams", "Mara Quint"],
            ["Mara Quint Slams", "Mara Quint"],
        );
        check(
            &format!("Mara Quint Slams the ferry board{below}"),
            ["Mara Quint Slams", "Mara Quint"],
            ["Mara Quint Slams", "Mara Quint"],
        );
    }

    #[test]
    fn a_relative_that_the_tags_have_passed_over_is_added() {
        let check = |rest: &str, added: &[&str]| {
            let text = format!("Ivo Quint resigned. {rest}");
            assert_eq!(whole(&text, &[("Ivo Quint", Kind::Person)])[1..], *added, "{text}");
        };
        check("Maria Quint’s reasons are her own.", &["Maria Quint"]);
        check("So are those of Mrs Maria Quint.", &["Maria Quint"]);
        check("Maria Holm stays.", &[]);
        check("The Maria Quint Bridge stays.", &[]);
        check("Camp Maria Quint stays.", &[]);
        check("Even so Quint’s reasons are his own.", &["Quint"]);
        check("The Harbour Quint’s windows are shut.", &[]);
        check("Will Quint be missed?", &[]);
        check("In April Quint resigned.", &[]);
    }

    #[test]
    fn a_given_name_takes_in_a_family_name_that_stands_elsewhere() {
        let text = "Maria Quint Leaves Harbour Board\nThe chair, Maria Quint, said goodbye. Quint had served since March. Maria Harbour was not there.";
        let document = Document::new(text);
        let tagged = |name: &str, nth: usize| {
            let start = text.match_indices(name).nth(nth).map_or(0, |(at, _)| at);
            Mention { span: Span::new(start, start + name.len()), kind: Kind::Person, form: Form::Name }
        };
        let mentions = [tagged("Maria", 0), tagged("Maria", 1), tagged("Quint", 2), tagged("Maria", 2)];
        let found: Vec<&str> = names(&document, &mentions).iter().map(|name| name.span.text(text)).collect();
        assert_eq!(found, ["Maria Quint", "Maria Quint", "Quint", "Maria"]);
    }
}
