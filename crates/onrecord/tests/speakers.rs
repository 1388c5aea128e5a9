//! Who "he" is: short texts through the whole engine, and the speaker of each statement beside its words.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use onrecord::record::{CharSpan, Polarity, Record};
use onrecord::{Article, Reader};

fn read(text: &str) -> Record {
    Reader::new().unwrap().read(&Article { text: text.to_owned(), ..Article::default() })
}

fn words(record: &Record, spans: &[CharSpan]) -> String {
    let chars: Vec<char> = record.document.text.chars().collect();
    spans.iter().map(|span| chars[span.start..span.end].iter().collect::<String>()).collect::<Vec<_>>().join(" … ")
}

/// Source and speakers of every statement that names a source.
fn speakers(record: &Record) -> Vec<(String, String)> {
    let name = |id: &String| record.entities.iter().find(|entity| entity.id == *id).unwrap().name.clone();
    let sourced = record.statements.iter().filter(|statement| !statement.source.spans.is_empty());
    sourced
        .map(|s| (words(record, &s.source.spans), s.source.entities.iter().map(name).collect::<Vec<_>>().join(", ")))
        .collect()
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let found = speakers(&read(text));
    for (source, speaker) in expected {
        let wanted = ((*source).to_owned(), (*speaker).to_owned());
        assert!(found.contains(&wanted), "{wanted:?} is not among {found:?}");
    }
}

#[test]
fn surnames_pronouns_and_titles_lead_to_the_full_name() {
    check(
        "Harbour Minister Ingrid Solberg said on Monday that the port would reopen. “We are ready,” she said.\n\
         Solberg told reporters that repairs had cost more than planned. The minister said that she would publish the bill.",
        &[
            ("Harbour Minister Ingrid Solberg", "Ingrid Solberg"),
            ("she", "Ingrid Solberg"),
            ("Solberg", "Ingrid Solberg"),
            ("The minister", "Ingrid Solberg"),
        ],
    );
}

#[test]
fn of_a_couple_the_pronouns_tell_who_is_meant() {
    check(
        "Peter Holm sold the mill. Peter Holm had run it for years, and Anna Holm had kept its books. Holm said that she would keep the house.\n\n\
         The mayor was pleased. In his letter, Holm thanked the town. A Holm aide said he was glad.",
        &[("Holm", "Anna Holm"), ("Holm", "Peter Holm")],
    );
}

#[test]
fn families_of_one_surname_stay_apart() {
    let record = read(
        "Anna Petrova said the house was empty. Her brother, Viktor Petrov, denied that. “I was there,” Mr. Petrov said. Ms. Petrova said she did not believe him.",
    );
    let names: Vec<&str> =
        record.entities.iter().filter(|entity| entity.named).map(|entity| entity.name.as_str()).collect();
    assert_eq!(names, ["Anna Petrova", "Viktor Petrov"]);
}

#[test]
fn a_name_misspelt_once_is_nobody_new() {
    check(
        "The pilot, Ada Solberg, said the buoy was dark. Solbreg told the court that nobody had answered her call.",
        &[("Solbreg", "Ada Solberg")],
    );
}

#[test]
fn a_campaign_is_one_body_however_it_is_called() {
    check(
        "Ines Calder’s campaign said on Monday that she would debate. Her rival, Tomas Reel, said that he had not been asked.\n\
         “We asked him twice,” the Calder campaign said in a statement. Reel’s campaign denied that.\n\
         The campaign said that it had kept the letters.",
        &[
            ("Ines Calder’s campaign", "Ines Calder’s campaign"),
            ("the Calder campaign", "Ines Calder’s campaign"),
            ("Reel’s campaign", "Reel’s campaign"),
            ("The campaign", "Reel’s campaign"),
        ],
    );
}

#[test]
fn capitals_and_governments_speak_for_their_states() {
    check(
        "Moscow said on Friday that it would respond. Kyiv denied the claim. The Polish government said it would not take part, and Washington pledged more aid.",
        &[
            ("Moscow", "Russia"),
            ("Kyiv", "Ukraine"),
            ("The Polish government", "Poland"),
            ("Washington", "United States"),
        ],
    );
}

#[test]
fn several_may_speak_at_once() {
    check(
        "The United Kingdom and France said they would send ships. Germany, as well as its partners in the north, including Denmark, said it would not.",
        &[
            ("The United Kingdom and France", "United Kingdom, France"),
            ("Germany, as well as its partners in the north, including Denmark", "Germany, Denmark, partners"),
        ],
    );
}

#[test]
fn sources_without_a_name_are_entities_without_one() {
    let record =
        read("Officials said the bridge was closed. A person familiar with the matter said that a bolt had failed.");
    let unnamed: Vec<&str> =
        record.entities.iter().filter(|entity| !entity.named).map(|entity| entity.name.as_str()).collect();
    assert_eq!(unnamed, ["Officials", "person"]);
}

#[test]
fn acronyms_are_their_long_form() {
    let record = read(
        "The Northport Dockers’ Union said it would strike. The NDU said talks had failed. Thousands work in the port, the union said.",
    );
    let speakers: Vec<String> = speakers(&record).into_iter().map(|(_, speaker)| speaker).collect();
    assert_eq!(speakers, ["Northport Dockers’ Union"; 3]);
}

#[test]
fn who_answers_in_an_interview_is_whom_it_introduces() {
    check(
        "Dr. Ada Holm ran the harbour laboratory in Lorne for six years. In March Holm resigned. She spoke to us by video.\n\n\
         Q: You wrote that you were asked to wait. By whom?\n\n\
         A: By a deputy director. I said that the samples could wait.\n\n\
         Q: The ministry says the call was about checking the results.\n\n\
         A: The results had been checked twice already.",
        &[("A", "Ada Holm"), ("I", "Ada Holm"), ("You", "Ada Holm"), ("Q", "Q"), ("The ministry", "ministry")],
    );
}

#[test]
fn an_answer_has_all_its_paragraphs_up_to_the_next_question() {
    let record = read(
        "Ada Holm ran the harbour laboratory in Lorne for six years. She spoke to us by video.\n\n\
         Q: You resigned in March. Why?\n\nA: I was tired.\n\nThe samples could wait, and people drink water every day.\n\n\
         Q: And now?\n\nA: I grow beans.",
    );
    let answers = record.statements.iter().filter(|s| words(&record, &s.source.spans) == "A");
    let said: Vec<String> = answers.map(|s| words(&record, &s.content.spans)).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("tired") && said[0].contains("every day"), "{said:?}");
    assert!(said[1].contains("beans"), "{said:?}");
}

/// Who "A" is, with this above the questions.
fn answers(introduction: &str, answer: &str) -> String {
    let text =
        format!("{introduction}\n\nQ: What happened in March?\n\nA: {answer}\n\nQ: And after that?\n\nA: Nothing.");
    let found = speakers(&read(&text));
    found.into_iter().find(|(source, _)| source == "A").map(|(_, speaker)| speaker).unwrap_or_default()
}

#[test]
fn an_answer_is_nobody_s_where_it_could_be_several() {
    assert_eq!(
        answers("Jonas Thiel of the Lorne Gazette spoke to Ada Holm about her years at the laboratory.", "I resigned."),
        "Ada Holm"
    );
    assert_eq!(answers("By Jonas Thiel\n\nAda Holm ran the laboratory for six years.", "I resigned."), "Ada Holm");
    assert_eq!(
        answers("Mara Quint has written a life of Otto Brandt. Brandt died in 1911.", "I read his letters."),
        "A"
    );
    // An explanation, and no interview.
    assert_eq!(answers("Ada Holm faces a second trial.", "The court adjourned the case."), "A");
}

#[test]
fn what_was_not_said_is_negative() {
    let record = read(
        "The ministry declined to comment on the report. The company did not say when it would pay. The mayor said it had paid.",
    );
    let polarity: Vec<(String, Polarity)> =
        record.statements.iter().map(|s| (words(&record, &s.source.spans), s.polarity)).collect();
    let of = |source: &str| polarity.iter().find(|(words, _)| words == source).map(|(_, polarity)| *polarity);
    assert_eq!(of("The ministry"), Some(Polarity::Negative), "{polarity:?}");
    assert_eq!(of("The company"), Some(Polarity::Negative), "{polarity:?}");
    assert_eq!(of("The mayor"), Some(Polarity::Positive), "{polarity:?}");
}

#[test]
fn to_whom_how_when_and_where_stand_beside_the_cue() {
    let record = read(
        "“The dam holds,” engineer Paul Osei told reporters in Accra on Tuesday. The owners said in a statement late on Monday that it would be watched.",
    );
    let span = |span: Option<CharSpan>| span.map(|span| words(&record, &[span])).unwrap_or_default();
    let found: Vec<[String; 4]> = record
        .statements
        .iter()
        .map(|s| [span(s.addressee), span(s.medium), span(s.said_when), span(s.said_where)])
        .collect();
    assert_eq!(found, [["reporters", "", "on Tuesday", "Accra"], ["", "a statement", "late on Monday", ""]]);
}

#[test]
fn a_noun_in_the_lead_is_who_is_named_below() {
    check(
        "A federal appeals court ruled on Friday that the ferry tax was unlawful.\n\
         The Court of Appeals for the Northern Circuit said that the council had never asked the voters.",
        &[("A federal appeals court", "Court of Appeals for the Northern Circuit")],
    );
}

#[test]
fn a_panel_speaks_for_its_court() {
    check(
        "A three-judge panel of the Lorne Supreme Court said on Monday that the vote must be held again.",
        &[("A three-judge panel of the Lorne Supreme Court", "Lorne Supreme Court")],
    );
}

#[test]
fn kin_are_who_stands_beside_them_and_lend_their_name() {
    let record = read(
        "My parents, Ana and Ivo Holm, kept a light on the pier for forty years. \"Nobody drowns on our watch,\" my father used to say. My mother said that he was boasting.",
    );
    let found = speakers(&record);
    for wanted in [("my father", "Ivo Holm"), ("My mother", "Ana Holm")] {
        assert!(found.contains(&(wanted.0.to_owned(), wanted.1.to_owned())), "{wanted:?} is not among {found:?}");
    }
}

#[test]
fn the_president_of_an_article_at_home_has_no_country_beside_his_title() {
    check(
        "President Ada Moreno met the Finnish president, Otto Brandt, in Lorne on Tuesday.\n\
         The two spoke for an hour about the gas pipeline, the border and the price of grain, and then walked through the old town with the mayor.\n\
         Later the president said that she would visit every port before the winter.",
        &[("the president", "Ada Moreno")],
    );
}

#[test]
fn a_mayor_is_no_president() {
    check(
        "President Ada Moreno came to Lorne on Tuesday. The mayor said that the visit had been short. The president, she added, had been kind.",
        &[("The mayor", "mayor")],
    );
}
