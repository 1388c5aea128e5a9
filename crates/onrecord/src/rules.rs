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

pub(crate) const EVENT_CODEBOOK: &str = "event/codebook";
pub(crate) const EVENT_CONTENT: &str = "event/content";
pub(crate) const EVENT_HEAD: &str = "event/head";
pub(crate) const EVENT_LEXICON: &str = "event/lexicon";
pub(crate) const EVENT_OVERLAP: &str = "event/overlap";
pub(crate) const EVENT_PRISON: &str = "event/prison";
pub(crate) const EVENT_QUESTION: &str = "event/question";
pub(crate) const EVENT_REFUSAL: &str = "event/refusal";
pub(crate) const EVENT_SAYING: &str = "event/saying";
pub(crate) const PLACE_ARTICLE: &str = "place/article";
pub(crate) const PLACE_CONTAINED: &str = "place/contained";
pub(crate) const PLACE_LARGEST: &str = "place/largest";
pub(crate) const PLACE_LISTED: &str = "place/listed";
pub(crate) const PLACE_NAMED_FOR: &str = "place/named-for";
pub(crate) const PLACE_ONLY: &str = "place/only";
pub(crate) const PLACE_SAME_NAME: &str = "place/same-name";
pub(crate) const PLACE_UNKNOWN: &str = "place/unknown";
pub(crate) const PUBLISHED_DATELINE: &str = "published/dateline";
pub(crate) const PUBLISHED_WEEKDAY: &str = "published/weekday";
pub(crate) const QUANTITY_BARE: &str = "quantity/bare";
pub(crate) const QUANTITY_COUNT: &str = "quantity/count";
pub(crate) const QUANTITY_MEASURE: &str = "quantity/measure";
pub(crate) const QUANTITY_MONEY: &str = "quantity/money";
pub(crate) const QUANTITY_RANGE: &str = "quantity/range";
pub(crate) const AUTHOR: &str = "speaker/author";
pub(crate) const INTERVIEW: &str = "speaker/interview";
pub(crate) const NAMED: &str = "speaker/name";
pub(crate) const NOMINAL: &str = "speaker/nominal";
pub(crate) const PRONOUN: &str = "speaker/pronoun";
pub(crate) const QUOTED: &str = "speaker/quoted";
pub(crate) const CUED: &str = "statement/cued";
pub(crate) const NESTED: &str = "statement/nested";
pub(crate) const POSTED: &str = "statement/posted";
pub(crate) const SIGNED: &str = "statement/signed";
pub(crate) const TURN: &str = "statement/turn";
pub(crate) const TIME_CALENDAR: &str = "time/calendar";
pub(crate) const TIME_CONTEXT: &str = "time/context";
pub(crate) const TIME_LENGTH: &str = "time/length";
pub(crate) const TIME_OPEN: &str = "time/open";
pub(crate) const TIME_PUBLICATION: &str = "time/publication";
pub(crate) const TIME_SET: &str = "time/set";
pub(crate) const TIME_VAGUE: &str = "time/vague";

const RULES: &[Rule] = &[
    Rule {
        name: EVENT_CODEBOOK,
        finds: "an event that PLOVER files under another type than its words suggest",
        how: "As event/head, but a line of the codebook, or of its map from CAMEO's codes, says otherwise: sanctions and embargoes imposed are COERCE restrict (163), peacekeepers sent are AID \
              (074) and taken home SANCTION withdraw (1661), refugees let in are AID, who agrees to yield (035: \"agreed to release\") has but agreed: AGREE, an agreement that is reached is final: SUPPORT (057), \
              and who grants what was demanded, or gives permission, yields: CONCEDE (083).",
        example: "The union imposed sanctions on two banks.",
        limits: "Looks at the trigger, its parties and the few words behind it.",
    },
    Rule {
        name: EVENT_CONTENT,
        finds: "why a trigger is no event: it is but what a demand, threat, promise or refusal is about",
        how: "It lies in the content of the statement that the demand or threat makes, or is its infinitive or object, and no word between shows that it has happened (\"after\", \"which\", \
              \"an apology for\"). Its confidence is 0; `read --least-confidence 0` shows it.",
        example: "The rebels threatened to bomb the port.",
        limits: "Happenings told inside a demand by a bare noun (\"demanded that the attack be condemned\").",
    },
    Rule {
        name: EVENT_HEAD,
        finds: "an event by its trigger: a verb or noun that tells of one of the sixteen types of PLOVER 2.0",
        how: "The reader model's trigger head marks the trigger; its party head, given that trigger, marks actors and recipients, and says whether it is one, of which type and mode, when and how \
              surely it happens, and in which contexts. The confidence is a curve over the scores, over whether the table of event words has the type for the trigger, and over how many other \
              triggers of the article are sure; types that the table has for the trigger gain a little. `scores` has the parts: `cue` the mean probability of the trigger's word pieces, `valid` the log odds that it is one, `kind` the probability of the type, \
              `certainty` the log probability of exactly these parties. Tense, certainty and polarity are set by the words of the verb group where those tell them. To see why a trigger was not \
              coded, read with `--least-confidence 0`: every trigger is kept, with its scores, and those that a rule dropped name it.",
        example: "Police detained three journalists outside the parliament.",
        limits: "Metaphor and sport; happenings told without a word of their own; parties named in another sentence.",
    },
    Rule {
        name: EVENT_LEXICON,
        finds: "an event whose type or mode the table of event words decided",
        how: "As event/head, and the trigger's words stand in the table: its types gain a little on the others, and its mode is taken where the heads give none. This rule is named where that \
              made a difference.",
        example: "The army shelled the village.",
        limits: "Words are read without their sentence.",
    },
    Rule {
        name: EVENT_OVERLAP,
        finds: "why a trigger is no event: it shares a word with one that is surer",
        how: "Of two triggers on one word the surer stays. The confidence of the other is 0; `read --least-confidence 0` shows it.",
        example: "A counter-attack followed. (counter; attack)",
        limits: "Words that tell of two happenings at once.",
    },
    Rule {
        name: EVENT_PRISON,
        finds: "the arrest in a sentence to prison",
        how: "PLOVER codes a conviction with prison twice: SANCTION convict, and COERCE arrest with the same trigger, actors and recipients.",
        example: "The court sentenced the editor to nine years in prison.",
        limits: "Suspended sentences, and prison that is only asked for.",
    },
    Rule {
        name: EVENT_QUESTION,
        finds: "why a trigger is no event: it is but asked about",
        how: "Its sentence is a question to be answered with yes or no, and it stands in the clause that asks; or it is \"asked\" with what is asked (\"whether\", \"about\", \"why\") and not what is \
              asked for. Its confidence is 0; `read --least-confidence 0` shows it.",
        example: "Did the foundation refuse to turn over the files?",
        limits: "Questions without a question mark, and what they take for granted.",
    },
    Rule {
        name: EVENT_REFUSAL,
        finds: "a refusal, by a negated grant that is still to come",
        how: "As event/head, but what is told is that somebody will not give, meet, join, release, withdraw or yield, or not end what they do, or has failed to agree: PLOVER codes that as REJECT (assist, \
              meet, yield), and nothing is denied by it.",
        example: "The president said he would not lift the embargo.",
        limits: "Predictions (\"the talks will not bring peace\").",
    },
    Rule {
        name: EVENT_SAYING,
        finds: "why a trigger is no event: it is but the cue of a statement that says, reports, explains or denies",
        how: "It lies in the cue of a statement whose act no type of PLOVER is about and that is surer than 0.7, and the table of event words does not have it; \"deny\" of such a statement \
              is no refusal, whatever the table says. Its confidence is 0; `read --least-confidence 0` shows it.",
        example: "The envoy noted that the bridge was closed.",
        limits: "Cues that the statement heads miss.",
    },
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
        name: PUBLISHED_DATELINE,
        finds: "the day of publication, where nobody gives it, by the text's own dateline",
        how: "A whole date in a line to itself among the first four or last two paragraphs, or before the dash of the first paragraph's dateline.",
        example: "OSLO, May 3, 2021 (AP) - The ferry strike is over.",
        limits: "Dates of a photograph or of a later correction that have a line to themselves.",
    },
    Rule {
        name: PUBLISHED_WEEKDAY,
        finds: "the day of publication, where nobody gives it, by a weekday that the text also tells as a date",
        how: "A weekday that is just past is given with its day and month elsewhere, or is said to have begun what lasts from a certain day on. The latest year of \
              the text, or the next one, is taken if no other year soon after has that weekday on that day. News is taken to be published on the latest day it tells of.",
        example: "Polls opened on Friday. … The polls are open between May 3 and 5. … In April 2019 the council had voted for them.",
        limits: "Reports written days later; texts that tell no year.",
    },
    Rule {
        name: QUANTITY_BARE,
        finds: "a number with nothing beside it that it counts",
        how: "Kept where the text shows that it is an amount: it is bounded (\"at least 90\"), written with separators or decimals, a thousand or more and no year, or tells a toll (\"12 \
              dead\", \"killing 30\").",
        example: "The collapse left 12 dead and at least 90 in hospital.",
        limits: "Small numbers without any of these are left out; the unit of a number named earlier is not carried on.",
    },
    Rule {
        name: QUANTITY_COUNT,
        finds: "a number with the noun that it counts",
        how: "The noun is the plural behind the number, with the adjectives and nouns before it, or the plural behind \"of\"; behind \"one\", the first words that look like a noun. \
              Ordinals, years, scores, ages, \"one of the …\" and numbers in names count nothing.",
        example: "Some 300 striking nurses met 21 of the managers.",
        limits: "Compounds of a number word and a singular (\"six-party talks\"); nouns without a plural that the tables do not know.",
    },
    Rule {
        name: QUANTITY_MEASURE,
        finds: "a number with a unit of measure, a percentage, or an age",
        how: "The longest unit of the table behind the number, with \"per day\" and the like. Minutes and longer stretches of time are left to the times.",
        example: "The tunnel is 14 km long and lies 80 metres deep.",
        limits: "Units are read by their form alone: a ton is metric, a gallon American, a degree an angle unless a scale is named.",
    },
    Rule {
        name: QUANTITY_MONEY,
        finds: "a sum of money",
        how: "A sign, letters or an ISO 4217 code before the number, or a code or name behind it. A bare \"$\" is the US dollar, a bare \"rupee\" the Indian one, and so on: what world news \
              means most; \"pounds\" are money from a million on.",
        example: "The ministry set aside €3bn, or 3.2 billion Swiss francs.",
        limits: "Which dollar an article from elsewhere means by \"$\".",
    },
    Rule {
        name: QUANTITY_RANGE,
        finds: "two numbers that are the ends of a range",
        how: "\"to\", \"or\", a dash or \"between … and\" between two numbers of one unit, the lower first. Behind a verb of change, \"from … to …\" is two quantities.",
        example: "Between 300 and 400 boats carried five to six tonnes each.",
        limits: "Ranges told in more words (\"from 5 at first up to as many as 20\").",
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
        name: INTERVIEW,
        finds: "who answers in an interview of questions and answers",
        how: "Where paragraphs begin with \"Q:\" and somebody answers as \"I\" or is asked as \"you\", \"A\" is the one person said above the first question to be spoken to (\"spoke to\", \"interview with\"), \
              or else the only one named in full there; and so is \"you\" in a question. Where it could be several, nobody is.",
        example: "Ada Holm ran the laboratory for six years. … Q: Why did you resign? A: I was tired.",
        limits: "Interviews with several people; whoever asks has no name.",
    },
    Rule {
        name: NAMED,
        finds: "who speaks, by the name in the source",
        how: "The head of the source is a name, or a noun with a name in apposition; names side by side are several speakers. Names are joined over the \
              whole article: surname and full name, initials, titles, acronyms, the names that the tables know for states and bodies. A capital that \
              speaks is its state. Of a family of which a woman and a man are named in full, the first pronoun beside a lone family name tells who is meant; else whoever is named most.",
        example: "Washington, as well as its allies, pledged more aid.",
        limits: "Two people of one name; a family of which only surnames are given.",
    },
    Rule {
        name: NOMINAL,
        finds: "who speaks, by a noun: \"the minister\", \"the bank\"",
        how: "In this order: a state or body that the tables know; the government of a state; a body whose name ends in these words or holds them; one that was \
              called so before, or is of that kind; the person who has that role, preferring whoever was mentioned last, and the one at home before one whose country is told; whom \
              a description fits (\"the former senator\"); the place or body named last; who is named only below, where the noun stands in the lead. A panel of a \
              court is the court. What fits nobody is an entity without a name, known by these words.",
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
    Rule {
        name: TIME_CALENDAR,
        finds: "a date that the words tell in full",
        how: "Year, month and day, or as much of them as is told, in words or numbers. Of dates in numbers the month is taken to stand first, unless it cannot.",
        example: "The treaty of 4 May 1990 lapsed in 2015.",
        limits: "Dates in numbers written with the day first (03/04/2021 in British papers).",
    },
    Rule {
        name: TIME_CONTEXT,
        finds: "a time counted from what the text talked about before",
        how: "The last date within three sentences that is fine enough. A year before a quarter is that quarter of the year before.",
        example: "The bridge closed on May 3. Two days later it fell.",
        limits: "Two stories told in turns.",
    },
    Rule {
        name: TIME_LENGTH,
        finds: "how long something takes",
        how: "A number with a unit of time; X for one that is vague. Ages of people are left out.",
        example: "The strike lasted two weeks.",
        limits: "Lengths without a unit (\"between two and six\").",
    },
    Rule {
        name: TIME_OPEN,
        finds: "a time of which the text tells only a part",
        how: "Neither the day of publication nor a date before it is known, or the length is vague: XXXX stands for what is not told, or there is no value.",
        example: "She left on Friday. (in a text without any date)",
        limits: "",
    },
    Rule {
        name: TIME_PUBLICATION,
        finds: "a time counted from the day of publication",
        how: "Weekdays are the nearest on the side that the clause looks to, past or coming, by the verbs around them; days and months without a year likewise, \
              unless the other side is much nearer. Weeks are those of ISO 8601.",
        example: "The court will rule next Tuesday.",
        limits: "Clauses whose verb does not show whether they look ahead (\"the talks open Monday\"): taken as past.",
    },
    Rule {
        name: TIME_SET,
        finds: "how often something happens",
        how: "\"every\", \"each\", plural weekdays, \"daily\" and its like, and \"a week\" behind a number.",
        example: "The ferry sails twice a week, and on Sundays.",
        limits: "Habits that no such word tells.",
    },
    Rule {
        name: TIME_VAGUE,
        finds: "a time without a date: past, present or to come",
        how: "\"recently\", \"now\", \"in the future\", \"recent months\": PAST_REF, PRESENT_REF, FUTURE_REF.",
        example: "The mayor has recently resigned.",
        limits: "Adjectives (\"the current owner\") are left out.",
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
