//! What happened: one entry for each happening, with its type, who did it to whom, when and where, who asserts it, and what is not plain about it.
//!
//! Mentions of one happening stand together under the first.

use onrecord::record::{Certainty, Event, Party, Polarity, Tense};

use super::{INDENT, Sheet, Style, one_line};

impl Sheet<'_> {
    /// The events under their heading; nothing where there are none.
    pub(super) fn events(&mut self) {
        let record = self.record;
        let known = |first: &str| record.events.iter().any(|event| event.id == first);
        let is_first = |event: &&Event| event.same_as.as_deref().is_none_or(|first| !known(first));
        let firsts: Vec<&Event> = record.events.iter().filter(is_first).collect();
        if firsts.is_empty() {
            return;
        }
        self.lines.push(String::new());
        self.paragraph("What happened", 0, Some(Style::Bold));
        for event in firsts {
            self.event(event);
        }
    }

    /// An event with its details, and the words of its other mentions.
    pub(super) fn event(&mut self, event: &Event) {
        let mentions = self.record.events.iter();
        let again = mentions.filter(|other| other.same_as.as_deref() == Some(event.id.as_str()));
        let again: Vec<String> = again.map(|other| self.quoted(&other.trigger.spans)).collect();
        let title = self.event_title(event);
        self.paragraph(&title, INDENT, None);
        let mut details = self.event_details(event);
        if !again.is_empty() {
            details.push(format!("also “{}”", again.join("”, “")));
        }
        self.paragraph(&details.join(" · "), 2 * INDENT, Some(Style::Dim));
    }

    /// `“detained”  COERCE arrest: Police → three journalists`.
    fn event_title(&self, event: &Event) -> String {
        let mode = event.mode.as_deref().map(|mode| format!(" {}", one_line(mode))).unwrap_or_default();
        let (actors, recipients) = (self.parties(&event.actors), self.parties(&event.recipients));
        let who = match (actors.is_empty(), recipients.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!(": {actors}"),
            (true, false) => format!(": → {recipients}"),
            (false, false) => format!(": {actors} → {recipients}"),
        };
        format!("“{}”  {}{mode}{who}", self.quoted(&event.trigger.spans), one_line(&event.kind))
    }

    fn parties(&self, parties: &[Party]) -> String {
        let words = parties.iter().map(|party| {
            let words = self.quoted(&[party.span]);
            let entity = self.record.entities.iter().find(|entity| Some(&entity.id) == party.entity.as_ref());
            let name = entity.filter(|entity| entity.named).map(|entity| one_line(&entity.name));
            match name.filter(|name| !words.to_lowercase().contains(&name.to_lowercase())) {
                Some(name) => format!("{words} ({name})"),
                None => words,
            }
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// `2021-05-10 · Lagos · 12 dead · says: the ministry · denied · 88%`.
    fn event_details(&self, event: &Event) -> Vec<String> {
        let record = self.record;
        let mut details = Vec::new();
        let time = record.times.iter().find(|time| Some(&time.id) == event.time.as_ref());
        details.extend(time.map(|time| time.value.as_deref().map_or_else(|| self.quoted(&[time.span]), one_line)));
        let place = record.places.iter().find(|place| Some(&place.id) == event.place.as_ref());
        details.extend(place.map(|place| one_line(&place.name)));
        let toll = &event.toll;
        for (what, ids) in
            [("dead", &toll.dead), ("injured", &toll.injured), ("arrested", &toll.arrested), ("took part", &toll.size)]
        {
            let counted = record.quantities.iter().filter(|quantity| ids.contains(&quantity.id));
            details.extend(counted.map(|quantity| format!("{what}: {}", self.quoted(&[quantity.span]))));
        }
        if let Some(statement) = record.statements.iter().find(|statement| statement.id == event.asserted_by) {
            let source = self.quoted(&statement.source.spans);
            details.push(format!("says {}", if source.is_empty() { "somebody unnamed".to_owned() } else { source }));
        }
        details.extend(status(event).into_iter().map(str::to_owned));
        let first = event.trigger.spans.first().and_then(|&span| self.paragraph_of(span));
        details.extend(first.map(|number| format!("¶{number}")));
        details.push(format!("{:.0}%", event.confidence * 100.0));
        details
    }
}

/// What is not plain: it happened, for certain.
fn status(event: &Event) -> Vec<&'static str> {
    let negative = (event.polarity == Polarity::Negative).then_some("did not happen");
    let tense = match event.tense {
        Tense::Past => None,
        Tense::Ongoing => Some("goes on"),
        Tense::Future => Some("is to come"),
        Tense::Hypothetical => Some("need not be"),
    };
    let certainty = match event.certainty {
        Certainty::Certain => None,
        Certainty::Probable => Some("probable"),
        Certainty::Possible => Some("possible"),
    };
    [negative, tense, certainty].into_iter().flatten().collect()
}
