//! The log of corrections → what people read beside an item.

use std::collections::HashMap;

use onrecord_store::corrections::{Change, Correction, Logged};
use onrecord_store::views::ArticleView;

/// An entry of the log beside an item.
pub struct Entry<'a> {
    /// The entry.
    pub logged: &'a Logged,
    /// What was done, in words.
    pub said: String,
    /// What takes it back is called so; none where nothing does.
    pub undoing: Option<&'static str>,
}

/// The entries about each item of an article, by its permalink.
pub fn by_item(article: &ArticleView) -> HashMap<&str, Vec<Entry<'_>>> {
    let entries: HashMap<&str, &Correction> =
        article.corrections.iter().map(|logged| (logged.entry.id.as_str(), &logged.entry)).collect();
    let mut by_item: HashMap<&str, Vec<Entry>> = HashMap::new();
    for logged in &article.corrections {
        let mut target = &logged.entry;
        let mut undone = 0;
        while let Some(before) =
            Some(target).filter(|entry| entry.kind == "undo").and_then(|entry| entries.get(entry.item.as_str()))
        {
            target = before;
            undone += 1;
        }
        let undoing = match (logged.stands, undone) {
            (true, 0) => Some("Take back"),
            (true, 1) => Some("Put on again"),
            _ => None,
        };
        let entry = Entry { logged, said: said(&logged.entry), undoing };
        by_item.entry(target.item.as_str()).or_default().push(entry);
    }
    by_item
}

/// What an entry says, in words.
pub fn said(entry: &Correction) -> String {
    match entry.change() {
        Ok(Change::Accept) => "accepted".to_owned(),
        Ok(Change::Reject) => "rejected".to_owned(),
        Ok(Change::Reopen) => "opened again".to_owned(),
        Ok(Change::Edit(edit)) => {
            let parts =
                [("source", &edit.source), ("cue", &edit.cue), ("content", &edit.content), ("trigger", &edit.trigger)];
            let parts: Vec<_> = parts.into_iter().filter(|(_, spans)| spans.is_some()).map(|(name, _)| name).collect();
            format!("set the words of the {}", parts.join(" and the "))
        }
        Ok(Change::Attribute(speakers)) if speakers.is_empty() => "attributed it to nobody".to_owned(),
        Ok(Change::Attribute(speakers)) => {
            let names: Vec<_> = speakers.iter().map(|speaker| speaker.name.as_str()).collect();
            format!("attributed it to {}", names.join(" and "))
        }
        Ok(Change::Merge(into)) => format!("held it to be {into}"),
        Ok(Change::Apart) => "set it apart".to_owned(),
        Ok(Change::Undo) => "took a correction back".to_owned(),
        Err(_) => entry.kind.clone(),
    }
}
