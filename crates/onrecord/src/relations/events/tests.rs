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
    assert_eq!(found(text, &[("shot", "ASSAULT", "firearms")], &said, None)[0].told_in, Some(0));
    assert_eq!(found(text, &[("shot", "ASSAULT", "firearms")], &[], None)[0].told_in, None);
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

/// Holds what one trigger with its actor is coded as, of a type and mode by the heads, to "words TYPE mode".
#[track_caller]
fn check(text: &str, trigger: &str, actor: &str, heads: &str, expected: &str) {
    let (kind, mode) = heads.split_once(' ').unwrap_or((heads, "-"));
    let marked = FoundEvent {
        trigger: span(text, trigger),
        whole: scores(kind, mode),
        odds: 1.0,
        actors: vec![span(text, actor)],
        ..FoundEvent::default()
    };
    let one = &events(&Document::new(text), &[marked], &[], Some(0.0))[0];
    assert_eq!(format!("{} {} {}", one.trigger.text(text), one.kind, one.mode.unwrap_or("-")), expected, "{text}");
}

#[test]
fn sanctions_imposed_are_coercion() {
    check("The bloc imposed new sanctions on two banks.", "imposed", "The bloc", "SANCTION", "imposed COERCE restrict");
    check("The bloc blacklisted two banks.", "blacklisted", "The bloc", "SANCTION", "blacklisted COERCE restrict");
    check("The bloc cut its aid after the sanctions.", "cut", "The bloc", "SANCTION", "cut SANCTION -");
    check("The bank was fined for violating sanctions.", "fined", "The bank", "SANCTION", "fined SANCTION -");
    check("Lorne retaliated for the sanctions.", "retaliated", "Lorne", "SANCTION", "retaliated SANCTION -");
}

#[test]
fn peacekeepers_are_lent_and_not_massed() {
    check("Lorne sent 200 peacekeepers to the delta.", "sent", "Lorne", "MOBILIZE troops", "sent AID -");
    check("Peacekeepers arrived in the delta.", "arrived", "Peacekeepers", "MOBILIZE troops", "arrived AID -");
    check(
        "Lorne sent troops to the peacekeeping force in the delta.",
        "sent",
        "Lorne",
        "MOBILIZE troops",
        "sent AID -",
    );
    check("Lorne will send 200 peacekeepers.", "send", "Lorne", "MOBILIZE troops", "send AGREE -");
    check("Lorne will not send 200 peacekeepers.", "send", "Lorne", "MOBILIZE troops", "send REJECT assist");
    check(
        "Rebels massed troops against the peacekeepers.",
        "massed",
        "Rebels",
        "MOBILIZE troops",
        "massed MOBILIZE troops",
    );
    check(
        "Rebels sent fighters around a peacekeeping base.",
        "sent",
        "Rebels",
        "MOBILIZE troops",
        "sent MOBILIZE troops",
    );
    check(
        "Police in helmets massed outside.",
        "massed",
        "Police in helmets",
        "MOBILIZE troops",
        "massed MOBILIZE troops",
    );
}

#[test]
fn observers_called_home_are_a_tie_cut() {
    check(
        "Lorne withdrew its observers from the delta.",
        "withdrew",
        "Lorne",
        "RETREAT withdraw",
        "withdrew SANCTION withdraw",
    );
    check(
        "Lorne withdrew from a post held by observers.",
        "withdrew",
        "Lorne",
        "RETREAT withdraw",
        "withdrew RETREAT withdraw",
    );
    check(
        "Rebels withdrew to let inspectors in.",
        "withdrew",
        "Rebels",
        "RETREAT withdraw",
        "withdrew RETREAT withdraw",
    );
    check(
        "The militia surrendered to observers.",
        "surrendered",
        "The militia",
        "RETREAT withdraw",
        "surrendered RETREAT withdraw",
    );
    check("Observers left the polling station.", "left", "Observers", "RETREAT withdraw", "left RETREAT withdraw");
}

#[test]
fn refugees_let_in_are_helped() {
    check("Lorne took in 300 refugees.", "took in", "Lorne", "RETREAT access", "took in AID -");
    check("Lorne accepted thousands of refugees.", "accepted", "Lorne", "AGREE", "accepted AID -");
    check("Lorne will not accept refugees.", "accept", "Lorne", "AGREE", "accept REJECT assist");
    check("Lorne welcomed the release of refugees.", "welcomed", "Lorne", "SUPPORT", "welcomed SUPPORT -");
    check("Migrants welcomed the ruling.", "welcomed", "Migrants", "SUPPORT", "welcomed SUPPORT -");
    check(
        "The minister admitted that refugees had been beaten.",
        "admitted",
        "The minister",
        "CONCEDE",
        "admitted CONCEDE -",
    );
}

#[test]
fn who_agrees_to_yield_has_agreed() {
    check("Lorne agreed on Monday to release the crew.", "agreed", "Lorne", "CONCEDE", "agreed AGREE -");
    check("Lorne agreed to the demands of the crew.", "agreed", "Lorne", "CONCEDE", "agreed CONCEDE -");
    check("Lorne will release the crew.", "release", "Lorne", "CONCEDE", "release CONCEDE -");
    check(
        "Lorne let the ceasefire agreement take effect.",
        "agreement",
        "Lorne",
        "RETREAT withdraw",
        "agreement RETREAT withdraw",
    );
}

/// As `check`, of what the heads take for an agreement of Lorne’s.
#[track_caller]
fn agreed(text: &str, trigger: &str, expected: &str) {
    check(text, trigger, "Lorne", "AGREE", expected);
}

#[test]
fn an_agreement_that_is_reached_is_final() {
    agreed("Lorne has reached a new fishing deal with Tarn.", "deal", "deal SUPPORT -");
    agreed("Lorne and Tarn sealed the pact on Monday.", "sealed", "sealed SUPPORT -");
    agreed("A deal between Lorne and Tarn was finally reached.", "deal", "deal SUPPORT -");
    agreed("A deal with Lorne has already been reached.", "reached", "reached SUPPORT -");
    agreed("An accord was finally concluded by Lorne.", "accord", "accord SUPPORT -");
    agreed("Lorne hopes to reach a deal.", "deal", "deal AGREE -");
    agreed("Lorne offered a deal to end the strike.", "deal", "deal AGREE -");
    agreed("Talks with Lorne ended without reaching a deal.", "deal", "deal AGREE -");
    agreed("Lorne has not yet reached a deal.", "deal", "deal AGREE -");
    agreed("Lorne might have reached a deal.", "deal", "deal AGREE -");
    agreed("A deal with Lorne may be reached.", "deal", "deal AGREE -");
    agreed("Lorne agreed on a new trade deal.", "agreed", "agreed SUPPORT -");
    agreed("Lorne agreed to share the catch.", "agreed", "agreed AGREE -");
    agreed("Signatories of the treaty with Lorne have agreed to cut tariffs.", "agreed", "agreed AGREE -");
    agreed("The deal with Lorne has reached parliament.", "deal", "deal AGREE -");
    agreed("A deal with Lorne has yet to be reached.", "deal", "deal AGREE -");
    agreed("Lorne held talks aimed at reaching a deal.", "deal", "deal AGREE -");
    agreed("Lorne reached no agreement with Tarn.", "reached", "reached AGREE -");
    agreed("Lorne agreed the deal was unfair.", "agreed", "agreed AGREE -");
    agreed("A deal of Lorne to end the strike was reached on Monday.", "deal", "deal SUPPORT -");
    agreed("Lorne reached a deal Monday.", "reached", "reached SUPPORT -");
    agreed("Lorne agreed to sign a treaty.", "agreed", "agreed AGREE -");
    agreed("Lorne would agree to a deal.", "agree", "agree AGREE -");
}

#[test]
fn an_agreement_that_is_not_reached_is_refused() {
    agreed("Lorne and Tarn failed to reach an agreement.", "agreement", "agreement REJECT -");
    agreed("Lorne could not agree with Tarn on the quota.", "agree", "agree REJECT -");
    agreed("Lorne was unable to reach a deal.", "reach", "reach REJECT -");
    agreed("An agreement with Lorne could not be reached.", "agreement", "agreement REJECT -");
    agreed("Lorne denied that it had agreed to pay.", "agreed", "agreed AGREE -");
    agreed("Lorne is unlikely to reach a deal.", "deal", "deal AGREE -");
    agreed("Lorne’s envoy could not agree more.", "agree", "agree AGREE -");
}

#[test]
fn what_is_demanded_and_granted_is_conceded() {
    agreed("Lorne accepted the main demands of the dockers.", "accepted", "accepted CONCEDE -");
    agreed("Lorne agreed to the dockers’ demands.", "agreed", "agreed CONCEDE -");
    agreed("Lorne gave the envoy written permission to stay.", "gave", "gave CONCEDE -");
    agreed("Lorne accepted an invitation to the port.", "accepted", "accepted AGREE -");
    agreed("Lorne agreed to demand a ceasefire.", "agreed", "agreed AGREE -");
    agreed("Lorne agreed to discuss the dockers’ demands.", "agreed", "agreed AGREE -");
    agreed("Lorne agreed to dockers’ demands.", "agreed", "agreed CONCEDE -");
    agreed("Lorne approved the loan at the request of Tarn.", "approved", "approved AGREE -");
    agreed("Lorne gave the envoy a written promise.", "gave", "gave AGREE -");
    agreed("Lorne gave no permission to land.", "gave", "gave AGREE -");
    agreed("Lorne agreed conditions for a visit.", "agreed", "agreed AGREE -");
}

#[test]
fn what_somebody_will_not_end_is_refused() {
    check("The dockers will not end the strike.", "strike", "dockers", "PROTEST strike", "end the strike REJECT yield");
    check(
        "Lorne refused to lift its blockade.",
        "blockade",
        "Lorne",
        "COERCE restrict",
        "lift its blockade REJECT yield",
    );
    check("The dockers will end the strike.", "strike", "dockers", "PROTEST strike", "strike PROTEST strike");
    check("The march will not end in violence.", "violence", "march", "ASSAULT", "violence ASSAULT -");
    check(
        "Police would not remove the blockade by truckers.",
        "blockade",
        "truckers",
        "PROTEST obstruct",
        "blockade PROTEST obstruct",
    );
    check("The talks will not end after the strike.", "strike", "talks", "PROTEST strike", "strike PROTEST strike");
}

#[test]
fn what_is_but_asked_is_no_event() {
    let shot = ("shot", "ASSAULT", "firearms");
    let shoot = ("shoot", "ASSAULT", "firearms");
    assert!(told("Did the guards shoot two men?", &[shoot]).is_empty());
    assert_eq!(told("Why did the guards shoot two men?", &[shoot]), ["shoot ASSAULT"]);
    assert_eq!(told("Was he there after guards shot two men?", &[shot]), ["shot ASSAULT"]);
    let asked = ("asked", "REQUEST", "assist");
    assert!(told("The host asked the mayor whether she would run.", &[asked]).is_empty());
    assert!(told("The host asked about the port.", &[asked]).is_empty());
    assert_eq!(told("The mayor asked the host to leave.", &[asked]), ["asked REQUEST"]);
    assert_eq!(told("The mayor asked for help.", &[asked]), ["asked REQUEST"]);
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
