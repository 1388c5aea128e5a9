use super::{Happening, Surroundings, happenings};
use crate::document::{Document, Span};
use crate::mentions::{self, Form, Kind, Mention};
use crate::relations::{Certainty, Event, EventEvidence, Statement, Tense};
use crate::resolution;

struct Read {
    happenings: Vec<Happening>,
    resolved: resolution::Resolved,
    times: Vec<String>,
    places: Vec<String>,
    quantities: Vec<f64>,
}

fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    Span::new(start, start + words.len())
}

/// An event of `text`: (trigger, type, actors, recipients).
fn event(text: &str, (trigger, kind, actors, recipients): (&str, &'static str, &[&str], &[&str])) -> Event {
    Event {
        trigger: at(text, trigger),
        kind,
        mode: None,
        contexts: Vec::new(),
        actors: actors.iter().map(|words| at(text, words)).collect(),
        recipients: recipients.iter().map(|words| at(text, words)).collect(),
        tense: Tense::Past,
        certainty: Certainty::Certain,
        negative: false,
        told_in: None,
        confidence: 0.9,
        rule: crate::rules::EVENT_HEAD,
        evidence: EventEvidence::default(),
    }
}

fn read(
    text: &str,
    names: &[(&str, Kind)],
    events: &[(&str, &'static str, &[&str], &[&str])],
    said: &[Statement],
) -> Read {
    let document = Document::new(text);
    let mentions: Vec<Mention> = names
        .iter()
        .flat_map(|&(name, kind)| text.match_indices(name).map(move |(start, _)| (start, name.len(), kind)))
        .map(|(start, len, kind)| Mention { span: Span::new(start, start + len), kind, form: Form::Name })
        .collect();
    let mut events: Vec<Event> = events.iter().map(|&told| event(text, told)).collect();
    events.sort_by_key(|event| event.trigger);
    let numerals = mentions::numerals(&document);
    let expressions = mentions::times(&document, &numerals);
    let taken: Vec<Span> = expressions.iter().map(|expression| expression.span).collect();
    let dates = resolution::dates(&document, &expressions, Some("2021-05-12"));
    let resolved = resolution::resolve(&document, &mentions, said, &events);
    let places = resolution::places(&document, &mentions, said, &resolved, None);
    let quantities = mentions::quantities(&document, &numerals, &taken);
    let around = Surroundings { statements: said, dates: &dates, places: &places, quantities: &quantities };
    let happenings = happenings(&document, &events, &resolved, &around);
    Read {
        happenings,
        resolved,
        times: dates.times.iter().map(|time| time.span.text(text).to_owned()).collect(),
        places: places.iter().map(|place| place.name.clone()).collect(),
        quantities: quantities.iter().map(|quantity| quantity.value).collect(),
    }
}

impl Read {
    fn time(&self, event: usize) -> &str {
        self.happenings[event].time.map_or("none", |at| &self.times[at])
    }

    fn place(&self, event: usize) -> &str {
        self.happenings[event].place.map_or("none", |at| &self.places[at])
    }

    /// `name, country, sector` of the actors.
    fn actors(&self, event: usize) -> Vec<String> {
        let told = |at: usize| {
            let entity = &self.resolved.entities[at];
            format!("{}, {}, {}", entity.name, entity.country.unwrap_or("-"), entity.sector.unwrap_or("-"))
        };
        self.resolved.parties[event].actors.iter().map(|party| party.entity.map_or("nobody".to_owned(), told)).collect()
    }
}

#[test]
fn the_nearest_time_and_place_of_the_clause() {
    let text = "Police detained six students in Lagos on Monday and freed them in Abuja on Tuesday.";
    let names = [("Lagos", Kind::Place), ("Abuja", Kind::Place)];
    let events: [(&str, &'static str, &[&str], &[&str]); 2] =
        [("detained", "COERCE", &["Police"], &["six students"]), ("freed", "RETREAT", &["Police"], &["them"])];
    let read = read(text, &names, &events, &[]);
    assert_eq!((read.time(0), read.place(0)), ("Monday", "Lagos"));
    assert_eq!((read.time(1), read.place(1)), ("Tuesday", "Abuja"));
}

#[test]
fn never_the_time_of_saying_nor_the_dateline() {
    let text = "NAIROBI (AP) — Gunmen shot two guards, the ministry said on Monday.";
    let mut said = Statement {
        source: Some(at(text, "the ministry")),
        cue: Some(at(text, "said")),
        content: vec![at(text, "Gunmen shot two guards")],
        form: crate::relations::Form::Indirect,
        lemma: None,
        act: "say",
        parent: None,
        confidence: 0.9,
        rule: crate::rules::CUED,
        evidence: None,
        circumstances: crate::relations::Circumstances::default(),
    };
    said.circumstances.when = Some(at(text, "on Monday"));
    let document = Document::new(text);
    let mut shot = event(text, ("shot", "ASSAULT", &["Gunmen"], &["two guards"]));
    shot.told_in = Some(0);
    let numerals = mentions::numerals(&document);
    let expressions = mentions::times(&document, &numerals);
    let dates = resolution::dates(&document, &expressions, Some("2021-05-12"));
    let said = [said];
    let resolved = resolution::resolve(&document, &[], &said, std::slice::from_ref(&shot));
    let places = resolution::places(&document, &[], &said, &resolved, None);
    let around = Surroundings { statements: &said, dates: &dates, places: &places, quantities: &[] };
    let happening = happenings(&document, &[shot], &resolved, &around).remove(0);
    assert_eq!((happening.time, happening.place), (None, None));
}

#[test]
fn a_state_s_forces_have_its_country_and_the_sector_of_armies() {
    let text = "Russian forces shelled the village. Israeli airstrikes hit the port.";
    let names = [("Russian", Kind::Group), ("Israeli", Kind::Group)];
    let events: [(&str, &'static str, &[&str], &[&str]); 2] =
        [("shelled", "ASSAULT", &["Russian forces"], &[]), ("airstrikes", "ASSAULT", &["Israeli"], &[])];
    let read = read(text, &names, &events, &[]);
    assert_eq!(read.actors(0), ["Russian forces, RU, MIL"]);
    assert_eq!(read.actors(1), ["Israel, IL, -"]);
}

#[test]
fn names_side_by_side_are_several_and_pronouns_lead_back() {
    let text = "Mayor Ada Holm met Ivo Ruiz. She praised him.";
    let names = [("Ada Holm", Kind::Person), ("Ivo Ruiz", Kind::Person)];
    let events: [(&str, &'static str, &[&str], &[&str]); 2] =
        [("met", "CONSULT", &["Mayor Ada Holm", "Ivo Ruiz"], &[]), ("praised", "SUPPORT", &["She"], &["him"])];
    let read = read(text, &names, &events, &[]);
    assert_eq!(read.actors(0).len(), 2);
    assert!(read.actors(1)[0].starts_with("Ada Holm"), "{:?}", read.actors(1));
}

#[test]
fn what_leads_to_nobody_has_no_entity() {
    let text = "They looted the shop.";
    let events: [(&str, &'static str, &[&str], &[&str]); 1] = [("looted", "PROTEST", &["They"], &[])];
    assert_eq!(read(text, &[], &events, &[]).actors(0), ["nobody"]);
}

#[test]
fn the_toll_goes_by_the_words_beside_the_numbers() {
    let text = "The bombing killed 12 people and wounded 30 others; police arrested 4 suspects.";
    let events: [(&str, &'static str, &[&str], &[&str]); 2] =
        [("bombing", "ASSAULT", &[], &[]), ("arrested", "COERCE", &["police"], &["4 suspects"])];
    let read = read(text, &[], &events, &[]);
    let values = |list: &[usize]| list.iter().map(|&at| read.quantities[at]).collect::<Vec<_>>();
    let toll = &read.happenings[0].toll;
    assert_eq!((values(&toll.dead), values(&toll.injured)), (vec![12.0], vec![30.0]));
    assert_eq!(values(&read.happenings[1].toll.arrested), [4.0]);
}

#[test]
fn how_many_took_part() {
    let text = "Some 4,000 teachers marched through Lima.";
    let events: [(&str, &'static str, &[&str], &[&str]); 1] = [("marched", "PROTEST", &["Some 4,000 teachers"], &[])];
    assert_eq!(read(text, &[], &events, &[]).happenings[0].toll.size.len(), 1);
}

#[test]
fn mentions_of_one_happening_share_its_time_and_place() {
    let text = "Police detained Ada Holm. She was arrested in Lagos on Monday. Troops seized Ivo Ruiz.";
    let names = [("Ada Holm", Kind::Person), ("Lagos", Kind::Place), ("Ivo Ruiz", Kind::Person)];
    let events: [(&str, &'static str, &[&str], &[&str]); 3] = [
        ("detained", "COERCE", &["Police"], &["Ada Holm"]),
        ("arrested", "COERCE", &[], &["She"]),
        ("seized", "COERCE", &[], &["Ivo Ruiz"]),
    ];
    let read = read(text, &names, &events, &[]);
    assert_eq!(read.happenings.iter().map(|happening| happening.same_as).collect::<Vec<_>>(), [None, Some(0), None]);
    assert_eq!((read.time(0), read.place(0)), ("Monday", "Lagos"));
}

#[test]
fn the_day_of_a_trial_is_not_that_of_the_crime() {
    let text = "A court indicted Ada Holm on Monday for attacking a guard.";
    let events: [(&str, &'static str, &[&str], &[&str]); 2] =
        [("indicted", "ACCUSE", &["A court"], &["Ada Holm"]), ("attacking", "ASSAULT", &["Ada Holm"], &["a guard"])];
    let read = read(text, &[("Ada Holm", Kind::Person)], &events, &[]);
    assert_eq!((read.time(0), read.time(1)), ("Monday", "none"));
}

#[test]
fn a_definite_noun_points_back_at_the_last_event_of_its_type() {
    let text = "Gunmen ambushed Ada Holm in Lagos on Monday. The attack shook the city. A raid was planned.";
    let names = [("Ada Holm", Kind::Person), ("Lagos", Kind::Place)];
    let events: [(&str, &'static str, &[&str], &[&str]); 3] = [
        ("ambushed", "ASSAULT", &["Gunmen"], &["Ada Holm"]),
        ("attack", "ASSAULT", &[], &[]),
        ("raid", "ASSAULT", &[], &[]),
    ];
    let read = read(text, &names, &events, &[]);
    assert_eq!(read.happenings.iter().map(|happening| happening.same_as).collect::<Vec<_>>(), [None, Some(0), None]);
    assert_eq!((read.time(1), read.place(1)), ("Monday", "Lagos"));
}

#[test]
fn a_time_is_that_of_the_event_it_stands_by() {
    let text = "Lorne confirmed the release of sailors who were kidnapped in 2014. Women seized in 2015 were freed.";
    let events: [(&str, &'static str, &[&str], &[&str]); 4] = [
        ("release", "RETREAT", &["Lorne"], &[]),
        ("kidnapped", "ASSAULT", &[], &[]),
        ("seized", "ASSAULT", &[], &[]),
        ("freed", "RETREAT", &[], &["Women"]),
    ];
    let read = read(text, &[], &events, &[]);
    assert_eq!([0, 1, 2, 3].map(|at| read.time(at)), ["none", "2014", "2015", "none"]);
    let text = "Gunmen killed five guards and wounded nine on Monday.";
    let events: [(&str, &'static str, &[&str], &[&str]); 2] =
        [("killed", "ASSAULT", &["Gunmen"], &[]), ("wounded", "ASSAULT", &["Gunmen"], &[])];
    let read = self::read(text, &[], &events, &[]);
    assert_eq!([0, 1].map(|at| read.time(at)), ["Monday", "Monday"]);
}

#[test]
fn somebody_not_spoken_of_before_is_another_happening() {
    let text = "Gunmen kidnapped Ada Holm in May. Gunmen have kidnapped many other women.";
    let events: [(&str, &'static str, &[&str], &[&str]); 2] = [
        ("kidnapped Ada", "ASSAULT", &["Gunmen"], &["Ada Holm"]),
        ("kidnapped many", "ASSAULT", &["Gunmen"], &["many other women"]),
    ];
    let read = read(text, &[("Ada Holm", Kind::Person)], &events, &[]);
    assert_eq!(read.happenings[1].same_as, None);
}

#[test]
fn who_asserts_an_event() {
    let asserted = |text: &str, content: &str, told: (&str, &'static str, &str), confidence: f64| {
        let said = Statement {
            source: Some(at(text, "Lorne")),
            cue: Some(at(text, "said")),
            content: vec![at(text, content)],
            form: crate::relations::Form::Indirect,
            lemma: None,
            act: "say",
            parent: None,
            confidence,
            rule: crate::rules::CUED,
            evidence: None,
            circumstances: crate::relations::Circumstances::default(),
        };
        let document = Document::new(text);
        let (trigger, kind, actor) = told;
        let tense = if kind == "REJECT" { Tense::Hypothetical } else { Tense::Past };
        let event = Event { tense, told_in: Some(0), ..event(text, (trigger, kind, &[actor], &[])) };
        let names = ["Lorne", "Tarn"].into_iter().flat_map(|name| text.match_indices(name));
        let mention = |(start, name): (usize, &str)| Mention {
            span: Span::new(start, start + name.len()),
            kind: Kind::Place,
            form: Form::Name,
        };
        let mentions: Vec<Mention> = names.map(mention).collect();
        let dates = resolution::dates(&document, &[], None);
        let said = [said];
        let resolved = resolution::resolve(&document, &mentions, &said, std::slice::from_ref(&event));
        let places = resolution::places(&document, &mentions, &said, &resolved, None);
        let around = Surroundings { statements: &said, dates: &dates, places: &places, quantities: &[] };
        happenings(&document, &[event], &resolved, &around)[0].asserted_by
    };
    let (text, content) = ("Lorne said that Tarn had shelled the port.", "that Tarn had shelled the port");
    assert_eq!(asserted(text, content, ("shelled", "ASSAULT", "Tarn"), 0.9), Some(0));
    assert_eq!(asserted(text, content, ("shelled", "ASSAULT", "Tarn"), 0.2), None);
    // To say that one will not is to refuse; the text reports it.
    let (text, content) = ("Lorne said that Lorne’s banks would not pay.", "that Lorne’s banks would not pay");
    assert_eq!(asserted(text, content, ("pay", "REJECT", "Lorne’s"), 0.9), None);
    let (text, content) = ("Lorne said that Tarn would not pay.", "that Tarn would not pay");
    assert_eq!(asserted(text, content, ("pay", "REJECT", "Tarn"), 0.9), Some(0));
}
