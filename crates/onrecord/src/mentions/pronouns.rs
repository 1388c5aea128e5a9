//! The pronouns of English that stand for somebody.

/// The grammatical person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Person {
    First,
    /// you: nobody that a report could name
    Second,
    Third,
}

/// Whether one or several are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Number {
    Singular,
    Plural,
    /// who, which, that
    Either,
}

/// What the word itself tells of who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Female,
    Male,
    /// it
    Thing,
    /// they, I, we
    Anyone,
    /// who: a person or people, named just before
    RelativePerson,
    /// which, that: anything named just before
    Relative,
}

/// A pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Pronoun {
    pub person: Person,
    pub number: Number,
    pub shape: Shape,
}

/// The pronoun that a word is, in any case.
pub(crate) fn pronoun(word: &str) -> Option<Pronoun> {
    if word.len() > 10 {
        return None;
    }
    let (person, number, shape) = match word.to_ascii_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => (Person::Third, Number::Singular, Shape::Male),
        "she" | "her" | "hers" | "herself" => (Person::Third, Number::Singular, Shape::Female),
        "it" | "its" | "itself" => (Person::Third, Number::Singular, Shape::Thing),
        "they" | "them" | "their" | "theirs" | "themselves" => (Person::Third, Number::Plural, Shape::Anyone),
        "i" | "me" | "my" | "mine" | "myself" => (Person::First, Number::Singular, Shape::Anyone),
        "we" | "us" | "our" | "ours" | "ourselves" => (Person::First, Number::Plural, Shape::Anyone),
        "you" | "your" | "yours" | "yourself" => (Person::Second, Number::Either, Shape::Anyone),
        "who" | "whom" | "whose" => (Person::Third, Number::Either, Shape::RelativePerson),
        "which" | "that" => (Person::Third, Number::Either, Shape::Relative),
        _ => return None,
    };
    // "US" is a country.
    let is_acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
    (!is_acronym).then_some(Pronoun { person, number, shape })
}

#[cfg(test)]
mod tests {
    use super::{Shape, pronoun};

    #[test]
    fn case_does_not_matter_but_capitals_do() {
        assert_eq!(pronoun("She").map(|p| p.shape), Some(Shape::Female));
        assert_eq!(pronoun("I").map(|p| p.shape), Some(Shape::Anyone));
        assert_eq!(pronoun("us").map(|p| p.shape), Some(Shape::Anyone));
        assert_eq!(pronoun("US"), None);
        assert_eq!(pronoun("spokeswoman"), None);
    }
}
