//! Where permalinks lead.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod articles;

use articles::invented;
use onrecord_store::search::{self, Query};
use onrecord_store::{Item, NewDocument, Permalinks, Store, Withdrawal};

const NOW: &str = "2026-03-12T09:00:00Z";

#[test]
fn a_permalink_is_known_without_a_store_and_leads_back_to_its_item() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let record = invented("Ada Holm", "The quay is closed");
    let links = Permalinks::of(&record);
    assert!(store.item(&links.document).unwrap().is_none());
    let mut writer = store.writer().unwrap();
    assert_eq!(writer.add(&NewDocument::new(record.clone(), NOW)).unwrap().id, links.document);
    writer.commit().unwrap();
    let hit = search::statements(&store.readers().get(None).unwrap(), &Query::text("quay")).unwrap().items.remove(0);
    assert_eq!(links.of_statements(&record).get("s1"), Some(&hit.id.as_str()));
    assert!(matches!(store.item(&links.document).unwrap(), Some(Item::Document)));
    assert!(matches!(store.item(&hit.id).unwrap(), Some(Item::Statement(id)) if id == "s1"));
    assert!(matches!(store.item(&hit.speakers[0].id).unwrap(), Some(Item::Subject)));
    for nothing in ["", "é", "nowhere", &hit.id[..15], "aaaaaaaaaaaaaaaaaa"] {
        assert!(store.item(nothing).unwrap().is_none(), "{nothing}");
    }
    let withdrawal = Withdrawal { who: "desk".to_owned(), why: "wrong".to_owned(), at: NOW.to_owned() };
    assert!(writer.delete(&links.document, &withdrawal).unwrap());
    writer.commit().unwrap();
    assert!(matches!(store.item(&hit.id).unwrap(), Some(Item::Withdrawn(left)) if left.why == "wrong"));
}
