//! What each `because` of a record means: the text behind `onrecord explain RULE`.
//!
//! One entry for each rule or model head that an item can come from. A test proves that the engine names no other.

/// One rule or model head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as `because.rule` gives it.
    pub name: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    /// How it decides.
    pub how: &'static str,
    /// A sentence it applies to.
    pub example: &'static str,
    /// Where it is known to fail.
    pub limits: &'static str,
}

/// Every rule, sorted by name.
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rule of that name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

pub(crate) const PLACE_ARTICLE: &str = "place/article";
pub(crate) const PLACE_CONTAINED: &str = "place/contained";
pub(crate) const PLACE_LARGEST: &str = "place/largest";
pub(crate) const PLACE_LISTED: &str = "place/listed";
pub(crate) const PLACE_NAMED_FOR: &str = "place/named-for";
pub(crate) const PLACE_ONLY: &str = "place/only";
pub(crate) const PLACE_SAME_NAME: &str = "place/same-name";
pub(crate) const PLACE_UNKNOWN: &str = "place/unknown";
pub(crate) const AUTHOR: &str = "speaker/author";
pub(crate) const NAMED: &str = "speaker/name";
pub(crate) const NOMINAL: &str = "speaker/nominal";
pub(crate) const PRONOUN: &str = "speaker/pronoun";
pub(crate) const QUOTED: &str = "speaker/quoted";
pub(crate) const CUED: &str = "statement/cued";
pub(crate) const NESTED: &str = "statement/nested";
pub(crate) const POSTED: &str = "statement/posted";
pub(crate) const SIGNED: &str = "statement/signed";
pub(crate) const TURN: &str = "statement/turn";

const RULES: &[Rule] = &[
    Rule {
        name: PLACE_ARTICLE,
        finds: "which of several places of one name is meant, by what the article speaks of",
        how: "Each place of that name weighs by how many people live there, whether the article names its state or province, and how near it lies to other \
              places of the article. Peoples, the dateline and the address of the outlet count for a state.",
        example: "Police in Lagos said the bus had come from Benin City; the driver was from Warri, in Nigeria's south.",
        limits: "An article that speaks of two places of one name without saying so; a small town in an article about a large one far away.",
    },
    Rule {
        name: PLACE_CONTAINED,
        finds: "which place is meant, by what stands behind it",
        how: "Behind the name and a comma stands the state, province, county or city that it lies in, or an abbreviation of it.",
        example: "The plant in Paris, Texas, employs 200.",
        limits: "Lists (\"Lebanon, Syria\") of which one happens to lie in the next.",
    },
    Rule {
        name: PLACE_LARGEST,
        finds: "which of several places of one name is meant, where nothing else tells",
        how: "Nothing in the article speaks for any of them: the one where most people live, states and capitals before others.",
        example: "He was born in Birmingham.",
        limits: "Every town that has a larger namesake.",
    },
    Rule {
        name: PLACE_LISTED,
        finds: "a state, region, disputed area, sea, river or landmark",
        how: "The name, or an abbreviation as it is printed, stands in the tables of states and regions; these come before towns of the same name. A disputed \
              place has no country, but those who claim or administer it.",
        example: "The ferry crossed the Sea of Azov.",
        limits: "Points are the middle of an area, to half a degree.",
    },
    Rule {
        name: PLACE_NAMED_FOR,
        finds: "where a building is whose name begins with that of a town",
        how: "No table knows the building, but the words before its kind are a town that the article names or that many people live in; the point is the town's.",
        example: "The flight landed at Nairobi International Airport.",
        limits: "Buildings named for a town far away.",
    },
    Rule {
        name: PLACE_ONLY,
        finds: "a place whose name no other bears",
        how: "The gazetteer has one place of that name.",
        example: "The convoy left Zhytomyr at dawn.",
        limits: "Villages of the same name that the gazetteer leaves out: it has towns of 1,000 people and more.",
    },
    Rule {
        name: PLACE_SAME_NAME,
        finds: "which place is meant, by another mention of it",
        how: "The article says elsewhere where the place of that name lies; the same name is the same place all through an article.",
        example: "The plant in Paris, Texas, employs 200. Paris has no other.",
        limits: "Articles that compare two places of one name.",
    },
    Rule {
        name: PLACE_UNKNOWN,
        finds: "a place that no table knows",
        how: "The head for names calls it a place. It has no point.",
        example: "They met in the hamlet of Upper Lorne.",
        limits: "Names that are no places, where the head is wrong.",
    },
    Rule {
        name: AUTHOR,
        finds: "who \"I\" is outside quotation marks",
        how: "The next short paragraph that opens with a person's full name is taken for a signature; failing that, a note on the author in the last \
              four paragraphs (\"Ana Ruiz is a nurse in Leeds.\").",
        example: "I never thought I would vote again. … Ana Ruiz; Leeds",
        limits: "Columns without a signature, and letters signed by several.",
    },
    Rule {
        name: NAMED,
        finds: "who speaks, by the name in the source",
        how: "The head of the source is a name, or a noun with a name in apposition; names side by side are several speakers. Names are joined over the \
              whole article: surname and full name, initials, titles, acronyms, the names that the tables know for states and bodies. A capital that \
              speaks is its state.",
        example: "Washington, as well as its allies, pledged more aid.",
        limits: "Two people of one name; a family of which only surnames are given.",
    },
    Rule {
        name: NOMINAL,
        finds: "who speaks, by a noun: \"the minister\", \"the bank\"",
        how: "In this order: a state or body that the tables know; the government of a state; a body whose name ends in these words or holds them; one that was \
              called so before, or is of that kind; the person who has that role, preferring whoever was mentioned last; the body named last, if \
              nothing is known of what it is. What fits nobody is an entity without a name, known by these words.",
        example: "Defense Minister Ingrid Solberg resigned. The minister said she was tired.",
        limits: "Roles that everybody knows and the article does not give; two people of one role.",
    },
    Rule {
        name: PRONOUN,
        finds: "who speaks, by a pronoun: \"he\", \"they\", \"who\"",
        how: "Everybody mentioned before is weighed: how many sentences back, first in the sentence, the source of a statement, how often named, inside quotation marks or not, whose \
              words the pronoun stands in, and whether titles, roles and earlier pronouns agree with it; a given name only adds weight. \"Who\" is the last \
              person named before it in its sentence.",
        example: "Mayor Ito met Governor Moss. She said the talks went well.",
        limits: "Two people of one gender in one sentence; people named only later.",
    },
    Rule {
        name: QUOTED,
        finds: "who \"I\" and \"we\" are inside a statement",
        how: "Whoever makes the statement around the word.",
        example: "“I am not surprised,” Ito said. “We knew.”",
        limits: "Quotations inside quotations that were not found.",
    },
    Rule {
        name: CUED,
        finds: "a statement by its cue: a verb, noun, preposition or colon that reports",
        how: "The reader model's cue head marks the cue; its argument head, given that cue, marks the source and the content, and says how likely it is \
              that the cue is one. Spans are then taken to whole words and settled against the quotation marks of the article: a quotation that is \
              reported is taken with its marks, one that runs over paragraphs is taken whole. The confidence is calibrated on articles that the model was not trained on.",
        example: "Turnout was the lowest since independence, the electoral commission said.",
        limits: "A speaker named two or more sentences before the quotation, and quotations without any cue.",
    },
    Rule {
        name: NESTED,
        finds: "a statement inside the content of another: A said that B said",
        how: "The content of a statement is read once more, as if it were a text of its own, by the same two heads. What is found there carries the outer \
              statement as its parent, and the outer one's content still holds it.",
        example: "The minister said that the union had threatened to strike.",
        limits: "Less sure than statements of the article itself: the corpus that the model learnt from marks outer statements only.",
    },
    Rule {
        name: POSTED,
        finds: "a message posted under its author's name, with no verb to report it",
        how: "A name of up to six words with a handle in brackets is the source: where it starts a paragraph, the rest of it or the paragraph under it is \
              the content; behind a dash, the words before the dash or the paragraph above. A date behind the handle belongs to nobody. There is no cue.",
        example: "Harbour Watch (@harbourwatch) The last ferry has left.",
        limits: "Only posts that give the handle, and one paragraph of them.",
    },
    Rule {
        name: SIGNED,
        finds: "a quotation signed with a name behind a dash",
        how: "A quotation of at least three words, a dash, and a capitalised signature of up to twelve words that ends the line. The dash is the cue.",
        example: "“I will not vote this time.” — Ada Okoro, 43",
        limits: "Signatures that run on into a sentence are left to the model.",
    },
    Rule {
        name: TURN,
        finds: "a turn of a transcript or an interview",
        how: "A paragraph that starts with a name in capitals and a colon, in a document with at least three of them. The colon is the cue, \
              the rest of the paragraph the content.",
        example: "MARTINEZ: I never saw the memo.",
        limits: "Questions and answers under Q and A, which name nobody; turns that go on in the next paragraph without the name; names not in capitals.",
    },
];

#[cfg(test)]
mod tests {
    use super::rules;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(rules().is_sorted_by(|a, b| a.name < b.name));
    }
}
