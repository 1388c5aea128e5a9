//! The same page, ordered by who speaks: each speaker once, with all that the article has them say.

use std::collections::HashSet;

use onrecord::record::{Entity, Statement};

use super::{INDENT, Page, Record, Sheet, Style, one_line, tally};
use onrecord_tables::words::Words;

/// Sets `record` speaker by speaker, in the order in which they first speak; what nobody is named for comes last.
pub fn by_speaker(record: &Record, label: &str, page: Page) -> String {
    let mut sheet = Sheet { record, words: Words::new(&record.document.text), page, lines: Vec::new() };
    sheet.heading(label);
    let mut seen: HashSet<&str> = HashSet::new();
    for statement in &record.statements {
        for id in &statement.source.entities {
            if seen.insert(id)
                && let Some(speaker) = record.entities.iter().find(|entity| entity.id == *id)
            {
                sheet.speaker(speaker);
                sheet.words_of(|statement| statement.source.entities.contains(id));
            }
        }
    }
    if record.statements.iter().any(|statement| statement.source.entities.is_empty()) {
        sheet.lines.push(String::new());
        sheet.paragraph("No speaker known", 0, Some(Style::Dim));
        sheet.words_of(|statement| statement.source.entities.is_empty());
    }
    sheet.lines.push(String::new());
    sheet.paragraph(&tally(&record.statements), 0, Some(Style::Dim));
    sheet.lines.push(String::new());
    sheet.lines.join("\n")
}

/// What the speakers with these entity ids say in `record`.
pub fn of_speakers(record: &Record, label: &str, ids: &[&str], page: Page) -> String {
    let mut sheet = Sheet { record, words: Words::new(&record.document.text), page, lines: Vec::new() };
    sheet.heading(label);
    for speaker in record.entities.iter().filter(|entity| ids.contains(&entity.id.as_str())) {
        sheet.speaker(speaker);
        sheet.words_of(|statement| statement.source.entities.contains(&speaker.id));
    }
    sheet.lines.push(String::new());
    sheet.lines.join("\n")
}

impl Sheet<'_> {
    /// `Ada Holm  harbour master · GB · GOV`.
    fn speaker(&mut self, speaker: &Entity) {
        self.lines.push(String::new());
        let mut about: Vec<String> = speaker.roles.iter().map(|role| one_line(&role.text)).collect();
        about.dedup();
        about.extend(speaker.country.iter().chain(&speaker.sector).map(|code| one_line(code)));
        let name = self.paint(&one_line(&speaker.name), Style::Bold);
        let about = about.join(" · ");
        if about.is_empty() {
            self.lines.push(name);
        } else {
            let about = self.paint(&about, Style::Dim);
            self.lines.push(format!("{name}  {about}"));
        }
    }

    /// The statements that `theirs` picks, in the order of the text.
    fn words_of(&mut self, theirs: impl Fn(&Statement) -> bool) {
        let record = self.record;
        for statement in record.statements.iter().filter(|statement| theirs(statement)) {
            let content = self.quoted(&statement.content.spans);
            self.paragraph(&content, INDENT, None);
            let details = self.details(statement);
            self.paragraph(&details, INDENT, Some(Style::Dim));
        }
    }
}
