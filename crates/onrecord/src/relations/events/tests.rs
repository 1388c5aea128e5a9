use super::confidence::LEAST;
use super::{Event, events};
use crate::document::{Document, Span};
use crate::relations::Statement;
use crate::relations::found::FoundEvent;

/// Scores by which the heads are sure of a type and mode.
fn scores(kind: &str, mode: &str) -> Vec<f32> {
    let rows: Vec<[&str; 3]> = crate::tables::rows(onrecord_data::EVENT_LABELS).collect();
    rows.iter()
        .map(|row| match *row {
            ["valid", ..] => 4.0,
            ["kind", k, m] => 8.0 * f32::from(k == kind && m == mode),
            [_, "past" | "certain" | "positive", _] => 2.0,
            ["context", ..] => -4.0,
            _ => 0.0,
        })
        .collect()
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    Span::new(start, start + words.len())
}

/// The events of `text`, of which the heads mark (trigger, type, mode).
fn found(text: &str, marked: &[(&str, &str, &str)], statements: &[Statement], least: Option<f64>) -> Vec<Event> {
    let mark = |&(trigger, kind, mode): &(&str, &str, &str)| FoundEvent {
        trigger: span(text, trigger),
        whole: scores(kind, mode),
        odds: 1.0,
        ..FoundEvent::default()
    };
    let marked: Vec<FoundEvent> = marked.iter().map(mark).collect();
    events(&Document::new(text), &marked, statements, least)
}

fn told(text: &str, marked: &[(&str, &str, &str)]) -> Vec<String> {
    let words = |event: &Event| format!("{} {}", event.trigger.text(text), event.kind);
    found(text, marked, &[], None).iter().map(words).collect()
}

fn statement(text: &str, cue: &str, content: &str, act: &'static str) -> Statement {
    Statement {
        source: None,
        cue: Some(span(text, cue)),
        content: vec![span(text, content)],
        form: crate::relations::Form::Indirect,
        lemma: None,
        act,
        parent: None,
        confidence: 0.9,
        rule: crate::rules::CUED,
        evidence: None,
        circumstances: crate::relations::Circumstances::default(),
    }
}

#[test]
fn what_a_threat_or_demand_is_about_is_no_event() {
    let threat = ("threatened", "THREATEN", "violence");
    assert_eq!(
        told("Lorne threatened to bomb the port.", &[threat, ("bomb", "ASSAULT", "-")]),
        ["threatened THREATEN"]
    );
    let text = "The envoy demanded the immediate release of the crew.";
    assert_eq!(
        told(text, &[("demanded", "REQUEST", "yield"), ("release", "RETREAT", "release")]),
        ["demanded REQUEST"]
    );
    let text = "The junta rejected a ceasefire and shelled the port.";
    let marked = [("rejected", "REJECT", "-"), ("ceasefire", "RETREAT", "ceasefire"), ("shelled", "ASSAULT", "-")];
    assert_eq!(told(text, &marked), ["rejected REJECT", "shelled ASSAULT"]);
}

#[test]
fn what_a_demand_tells_as_having_happened_stays_an_event() {
    let text = "The envoy demanded an apology for the raid.";
    let marked = [("demanded", "REQUEST", "yield"), ("raid", "ASSAULT", "-")];
    assert_eq!(told(text, &marked), ["demanded REQUEST", "raid ASSAULT"]);
    let text = "The council agreed to meet after rebels shelled the port.";
    let marked = [("agreed", "AGREE", "-"), ("meet", "CONSULT", "-"), ("shelled", "ASSAULT", "-")];
    assert_eq!(told(text, &marked), ["agreed AGREE", "shelled ASSAULT"]);
}

#[test]
fn the_content_of_a_threatening_statement_is_no_event() {
    let text = "The general warned that his men would storm the palace.";
    let marked = [("warned", "THREATEN", "violence"), ("storm", "ASSAULT", "-")];
    let said = [statement(text, "warned", "that his men would storm the palace", "warn")];
    let kept = found(text, &marked, &said, None);
    assert_eq!(kept.len(), 1, "{kept:?}");
    // With no bar, the reader is told why.
    let all = found(text, &marked, &said, Some(0.0));
    assert_eq!((all.len(), all[1].rule, all[1].confidence), (2, "event/content", 0.0));
}

#[test]
fn the_innermost_statement_asserts() {
    let text = "The ministry said soldiers had shot two men near the port.";
    let said = [statement(text, "said", "soldiers had shot two men near the port", "say")];
    assert_eq!(found(text, &[("shot", "ASSAULT", "firearms")], &said, None)[0].asserted_by, Some(0));
    assert_eq!(found(text, &[("shot", "ASSAULT", "firearms")], &[], None)[0].asserted_by, None);
}

#[test]
fn what_is_denied_is_negative_but_not_what_a_part_in_is_denied() {
    let text = "Lorne denied that it had shelled the port.";
    let said = [statement(text, "denied", "that it had shelled the port", "deny")];
    assert!(found(text, &[("shelled", "ASSAULT", "-")], &said, None)[0].negative);
    let text = "Lorne denied any involvement in the shelling.";
    let said = [statement(text, "denied", "any involvement in the shelling", "deny")];
    assert!(!found(text, &[("shelling", "ASSAULT", "-")], &said, None)[0].negative);
}

#[test]
fn a_prison_sentence_is_a_conviction_and_an_arrest() {
    let text = "The court sentenced the editor to nine years in prison.";
    assert_eq!(told(text, &[("sentenced", "SANCTION", "convict")]), ["sentenced SANCTION", "sentenced COERCE"]);
    let text = "The court sentenced the editor to pay a fine.";
    assert_eq!(told(text, &[("sentenced", "SANCTION", "convict")]), ["sentenced SANCTION"]);
}

/// One trigger of a type and mode in `text`, as "words TYPE mode".
#[track_caller]
fn coded(text: &str, trigger: &str, heads: &str, expected: &str) {
    let (kind, mode) = heads.split_once(' ').unwrap_or((heads, "-"));
    let one = &found(text, &[(trigger, kind, mode)], &[], None)[0];
    assert_eq!(format!("{} {} {}", one.trigger.text(text), one.kind, one.mode.unwrap_or("-")), expected, "{text}");
}

#[test]
fn what_the_codebook_files_elsewhere() {
    coded("The bloc imposed sanctions on two banks.", "imposed", "SANCTION", "imposed COERCE restrict");
    coded("The bloc cut its aid after the sanctions.", "cut", "SANCTION discontinue", "cut SANCTION discontinue");
    coded("The bloc cut its aid to the port.", "cut", "SANCTION discontinue", "cut SANCTION discontinue");
    coded("Lorne sent 200 peacekeepers to the delta.", "sent", "MOBILIZE troops", "sent AID -");
    coded("Lorne sent 200 soldiers to the delta.", "sent", "MOBILIZE troops", "sent MOBILIZE troops");
    coded("Lorne withdrew its observers from the delta.", "withdrew", "RETREAT withdraw", "withdrew SANCTION withdraw");
    coded("Lorne withdrew from a post held by observers.", "withdrew", "RETREAT withdraw", "withdrew RETREAT withdraw");
    coded("Lorne took in 300 refugees.", "took in", "RETREAT access", "took in AID -");
    coded("Lorne agreed to release the crew.", "agreed to release", "CONCEDE", "agreed to release AGREE -");
    coded("Lorne will release the crew.", "release", "CONCEDE", "release CONCEDE -");
}

#[test]
fn what_somebody_will_not_end_is_refused() {
    coded("The dockers will not end the strike.", "strike", "PROTEST strike", "end the strike REJECT yield");
    coded("Lorne refused to lift its blockade.", "blockade", "COERCE restrict", "lift its blockade REJECT yield");
    coded("The dockers will end the strike.", "strike", "PROTEST strike", "strike PROTEST strike");
    coded("The talks will not end after the strike.", "strike", "PROTEST strike", "strike PROTEST strike");
}

#[test]
fn of_two_triggers_on_one_word_the_surer_stays() {
    let text = "A counter-attack followed.";
    let kept = found(text, &[("counter", "ASSAULT", "-"), ("attack", "AID", "-")], &[], None);
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].confidence >= LEAST);
}

#[test]
fn a_long_sentence_takes_time_in_its_length() {
    let text = "They agreed to bomb and ".repeat(3000);
    let mark = |(start, _): (usize, &str)| FoundEvent {
        trigger: Span::new(start, start + 6),
        whole: scores("AGREE", "-"),
        ..FoundEvent::default()
    };
    let marked: Vec<FoundEvent> = text.match_indices("agreed").map(mark).collect();
    assert!(events(&Document::new(text.clone()), &marked, &[], Some(0.0)).len() > 1000);
}

#[test]
fn what_says_where_is_no_actor() {
    let text = "Girls were taken in the town of Lorne.";
    let mark = |actor: &str| FoundEvent {
        trigger: span(text, "taken"),
        whole: scores("ASSAULT", "abduct"),
        odds: 1.0,
        actors: vec![span(text, actor)],
        ..FoundEvent::default()
    };
    let actors = |actor| events(&Document::new(text), &[mark(actor)], &[], None).remove(0).actors.len();
    assert_eq!((actors("the town of Lorne"), actors("Girls")), (0, 1));
}
