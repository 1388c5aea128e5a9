//! Invented records: articles of invented words by invented people, the same for the same seed.

use onrecord::Record;
use serde_json::{Value, json};

/// How many articles an invented day has.
const A_DAY: u64 = 400;
const ACTS: &[(&str, &str)] =
    &[("said", "say"), ("warned", "warn"), ("denied", "deny"), ("claimed", "claim"), ("announced", "announce")];
const TYPES: &[&str] = &["AGREE", "CONSULT", "ASSAULT", "PROTEST", "SANCTION", "COERCE", "AID"];
const COUNTRIES: &[&str] = &["NZ", "PT", "FI", "KE", "PE", "JP", "CA", "IE"];

struct Dice(u64);

impl Dice {
    /// A number below `sides`; xorshift.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

/// A word of two to four syllables; `rank` alone decides.
fn word(rank: u64) -> String {
    const SYLLABLES: &[&str] =
        &["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za", "du", "fe", "gi", "ho", "ju", "pa", "we", "ny"];
    let mut rest = rank + 20;
    let mut word = String::new();
    while rest > 0 {
        word += SYLLABLES[(rest % 18) as usize];
        rest /= 18;
    }
    word
}

/// Words as frequent as a language has them: rank r comes with a weight of about 1/r.
fn content(dice: &mut Dice, words: u64) -> String {
    let mut out: Vec<String> = Vec::new();
    for _ in 0..words {
        let bits = dice.roll(15);
        let rank = (1 << bits) + dice.roll(1 << bits);
        out.push(word(rank));
    }
    // One word that is in 24 % of all statements, and one that is in one of 10,000.
    if dice.roll(100) < 24 {
        out.push("government".to_owned());
    }
    if dice.roll(10_000) == 0 {
        out.push("zeppelin".to_owned());
    }
    out.join(" ")
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// Somebody; the same `number` is the same person.
fn person(number: u64) -> (String, &'static str) {
    let name =
        format!("{} {}", capitalised(&word(100 + number % 211)), capitalised(&word(2_000 + number * 7 % 30_011)));
    (name, COUNTRIES[(number % 8) as usize])
}

/// An article with twelve statements, some twenty entities and three events.
pub fn record(seed: u64) -> Record {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // The first rolls of near seeds are alike.
    for _ in 0..4 {
        dice.roll(2);
    }
    let mut page = Page::default();
    let people: Vec<u64> = (0..6)
        .map(|_| {
            let most = 1 << dice.roll(16);
            dice.roll(most)
        })
        .collect();
    let mut entities: Vec<Value> = people.iter().zip(1..).map(|(number, at)| {
        let (name, country) = person(*number);
        json!({"id": format!("e{at}"), "name": name, "kind": "person", "named": true, "roles": [], "country": country, "sector": null,
            "place": null, "mentions": []})
    }).collect();
    let (mut statements, mut events) = (Vec::new(), Vec::new());
    for at in 1..=12_u64 {
        let plain = content(&mut dice, 24);
        page.put(&(capitalised(&plain) + ". "));
        let who = dice.roll(6);
        let name = person(people[who as usize]).0;
        let said = content(&mut dice, 18);
        let content = page.put(&format!("“{}”", capitalised(&said)));
        page.put(", ");
        let source = page.put(&name);
        page.put(" ");
        let (cue, act) = ACTS[dice.roll(5) as usize];
        let cue_span = page.put(cue);
        page.put(".\n");
        entities[who as usize]["mentions"]
            .as_array_mut()
            .into_iter()
            .for_each(|all| all.push(json!({"span": source, "form": "name"})));
        statements.push(json!({
            "id": format!("s{at}"), "source": {"spans": [source], "entities": [format!("e{}", who + 1)], "because": {"rule": "source/name"}},
            "cue": {"spans": [cue_span], "lemma": act, "act": act}, "content": {"spans": [content]}, "form": "direct", "polarity": "positive",
            "parent": null, "addressee": null, "medium": null, "said_when": null, "said_where": null, "time": null, "place": null,
            "confidence": (dice.roll(400) as f64 + 600.0) / 1000.0, "because": {"rule": "statement/cued", "scores": {"cue": 0.99, "valid": 3.1, "certainty": -0.2}}
        }));
        if at % 4 == 0 {
            let trigger = page.put("met");
            page.put(" again.\n");
            events.push(json!({
                "id": format!("v{}", at / 4), "trigger": {"spans": [trigger]}, "type": TYPES[dice.roll(7) as usize], "mode": null, "contexts": [], "cameo": "04",
                "quad": 1, "actors": [{"span": source, "entity": format!("e{}", who + 1)}], "recipients": [], "time": "t1", "place": "p1", "polarity": "positive",
                "certainty": "certain", "tense": "past", "asserted_by": "document", "quantities": [], "confidence": 0.8, "because": {"rule": "event/trigger"}
            }));
        }
    }
    let time = page.put("Tuesday");
    page.put(" in ");
    let place_number = dice.roll(500);
    let place_name = capitalised(&word(50_000 + place_number));
    let place = page.put(&place_name);
    let day = 20_000 - (seed / A_DAY) % 3_000;
    let date = format!("{}-{:02}-{:02}", 2000 + day / 372 % 80, day / 31 % 12 + 1, day % 28 + 1);
    let record = json!({
        "onrecord": 1, "engine": "0.1.0", "model": "sha256:0",
        "document": {"id": format!("{seed}"), "url": format!("https://news{}.example/{seed}", seed % 40), "outlet": format!("Paper {}", seed % 40),
            "title": content(&mut dice, 8), "bylines": [], "published_at": date, "published_at_basis": "given", "language": "en", "text": page.text,
            "paragraphs": [[0, page.chars]], "sentences": [[0, page.chars]]},
        "entities": entities, "statements": statements, "events": events,
        "times": [{"id": "t1", "span": time, "type": "DATE", "value": date, "mod": null, "because": {"rule": "time/weekday"}}],
        "places": [{"id": "p1", "span": place, "name": place_name, "lat": 1.5, "lon": 2.5, "kind": "city", "country": COUNTRIES[(place_number % 8) as usize],
            "geonames": place_number + 1, "as_actor": false, "dateline": false, "because": {"rule": "place/only"}}],
        "quantities": []
    });
    serde_json::from_value(record).unwrap_or_else(|error| panic!("an invented record: {error}"))
}

/// A text as it grows.
#[derive(Default)]
struct Page {
    text: String,
    chars: usize,
}

impl Page {
    /// Adds words; returns where they stand.
    fn put(&mut self, words: &str) -> [usize; 2] {
        let start = self.chars;
        self.text += words;
        self.chars += words.chars().count();
        [start, self.chars]
    }
}
