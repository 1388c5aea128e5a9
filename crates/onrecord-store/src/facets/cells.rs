//! What a cell holds of a statement, an event or a document, and its bytes. Numbers are little-endian.

/// Something with a place in a block. The first byte of a cell is never 0, so that an empty slot is told from a row.
pub trait Cell: Copy {
    /// The table of its blocks.
    const TABLE: &'static str;
    /// How many bytes a cell takes.
    const SIZE: usize;
    /// How many cells a block has: as many as fit a page of the file.
    const PER_BLOCK: i64;
    /// Writes the cell over `bytes`, which are [`Cell::SIZE`].
    fn write(&self, bytes: &mut [u8]);
    /// Reads what `write` wrote; none from an empty slot.
    fn read(bytes: &[u8]) -> Option<Self>;
}

/// What statements are sifted and counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatementCell {
    /// The first speaker's number, 0 where nobody is named.
    pub speaker: u32,
    /// Whether `further_speakers` has more.
    pub has_more_speakers: bool,
    /// The outlet's number, 0 where unknown.
    pub outlet: u32,
    /// The number of the place where it was said, 0 where the text does not tell.
    pub place: u32,
    /// The first speaker's country.
    pub country: [u8; 2],
    /// Place in [`ACTS`].
    pub act: u8,
    /// Place in [`FORMS`].
    pub form: u8,
    /// Whether it is said not to have been said.
    pub negated: bool,
    /// Place in [`STATUSES`].
    pub status: u8,
}

/// What events are sifted and counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventCell {
    /// Place in [`TYPES`].
    pub kind: u8,
    /// Whether it is said not to have happened.
    pub negated: bool,
    /// Place in [`STATUSES`].
    pub status: u8,
    /// Whether `further_parties` has more.
    pub has_more_parties: bool,
    /// Place in [`ASSERTERS`]; 0 in cells that were written before it was told.
    pub asserted: u8,
    /// The country of the place where it happened.
    pub country: [u8; 2],
    /// Numbers, 0 where unknown.
    pub outlet: u32,
    /// Where it happened.
    pub place: u32,
    /// The first who did it.
    pub actor: u32,
    /// The first whom it was done to.
    pub recipient: u32,
}

/// What documents are sifted and counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DocumentCell {
    /// The outlet's number, 0 where unknown.
    pub outlet: u32,
}

/// Forms of statements. Blocks hold places in these lists: names may be added at the end, never moved.
pub const FORMS: &[&str] = &["direct", "indirect", "mixed"];
/// What a person made of an item.
pub const STATUSES: &[&str] = &["", "accepted", "rejected", "edited"];
/// Who tells of an event: the article itself, or a statement in it.
pub const ASSERTERS: &[&str] = &["", "article", "statement"];
/// Acts of statements, the closed list of the record format.
#[rustfmt::skip]
pub const ACTS: &[&str] = &[
    "other", "say", "state", "announce", "report", "confirm", "deny", "admit", "claim", "insist", "explain", "reply", "ask", "demand", "urge",
    "propose", "promise", "refuse", "threaten", "warn", "accuse", "criticize", "praise", "agree", "disagree", "predict", "believe", "hope", "fear",
    "doubt", "cite", "support", "oppose",
];
/// Types of events, those of PLOVER 2.0.
#[rustfmt::skip]
pub const TYPES: &[&str] = &[
    "", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
    "MOBILIZE", "COERCE", "ASSAULT",
];

/// The place of a name in one of these lists; 0 where it is not there.
pub fn code(list: &[&str], name: &str) -> u8 {
    list.iter().position(|known| *known == name).and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

/// The two letters of a country; zeros where there is none.
pub fn country_code(country: Option<&str>) -> [u8; 2] {
    country.and_then(|country| country.as_bytes().try_into().ok()).unwrap_or_default()
}

impl EventCell {
    /// Whether a person has rejected it.
    pub fn is_rejected(&self) -> bool {
        self.status == code(STATUSES, "rejected")
    }
}

const PRESENT: u8 = 1;

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes)
}

fn put(bytes: &mut [u8], at: usize, new: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + new.len()) {
        place.copy_from_slice(new);
    }
}

impl Cell for StatementCell {
    const TABLE: &'static str = "statement_facets";
    const SIZE: usize = 16;
    const PER_BLOCK: i64 = 250;

    fn write(&self, bytes: &mut [u8]) {
        let flags = u8::from(self.negated) << 1 | u8::from(self.has_more_speakers) << 2;
        put(bytes, 0, &[PRESENT | flags | (self.form & 3) << 3 | (self.status & 3) << 5, self.act]);
        put(bytes, 2, &self.country);
        put(bytes, 4, &self.speaker.to_le_bytes());
        put(bytes, 8, &self.outlet.to_le_bytes());
        put(bytes, 12, &self.place.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let &[flags, act, a, b, ..] = bytes else { return None };
        if flags & PRESENT == 0 {
            return None;
        }
        Some(StatementCell {
            negated: flags >> 1 & 1 == 1,
            has_more_speakers: flags >> 2 & 1 == 1,
            form: flags >> 3 & 3,
            status: flags >> 5 & 3,
            act,
            country: [a, b],
            speaker: number(bytes, 4)?,
            outlet: number(bytes, 8)?,
            place: number(bytes, 12)?,
        })
    }
}

impl Cell for EventCell {
    const TABLE: &'static str = "event_facets";
    const SIZE: usize = 20;
    const PER_BLOCK: i64 = 200;

    fn write(&self, bytes: &mut [u8]) {
        let flags = u8::from(self.negated) << 1 | u8::from(self.has_more_parties) << 2;
        put(bytes, 0, &[PRESENT | flags | (self.asserted & 3) << 3 | (self.status & 3) << 5, self.kind]);
        put(bytes, 2, &self.country);
        put(bytes, 4, &self.outlet.to_le_bytes());
        put(bytes, 8, &self.place.to_le_bytes());
        put(bytes, 12, &self.actor.to_le_bytes());
        put(bytes, 16, &self.recipient.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let &[flags, kind, a, b, ..] = bytes else { return None };
        if flags & PRESENT == 0 {
            return None;
        }
        Some(EventCell {
            negated: flags >> 1 & 1 == 1,
            has_more_parties: flags >> 2 & 1 == 1,
            asserted: flags >> 3 & 3,
            status: flags >> 5 & 3,
            kind,
            country: [a, b],
            outlet: number(bytes, 4)?,
            place: number(bytes, 8)?,
            actor: number(bytes, 12)?,
            recipient: number(bytes, 16)?,
        })
    }
}

impl Cell for DocumentCell {
    const TABLE: &'static str = "document_facets";
    const SIZE: usize = 5;
    const PER_BLOCK: i64 = 800;

    fn write(&self, bytes: &mut [u8]) {
        put(bytes, 0, &[PRESENT]);
        put(bytes, 1, &self.outlet.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let outlet = number(bytes, 1)?;
        bytes.first().filter(|flags| **flags & PRESENT == PRESENT).map(|_| DocumentCell { outlet })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<C: Cell + PartialEq + std::fmt::Debug>(cell: C) {
        let mut bytes = vec![0; C::SIZE];
        assert_eq!(C::read(&bytes), None, "an empty slot is no row");
        cell.write(&mut bytes);
        assert_eq!(C::read(&bytes), Some(cell));
        assert!(C::SIZE * usize::try_from(C::PER_BLOCK).unwrap() <= 4_000, "a block fits a page of 4096 bytes");
    }

    #[test]
    fn cells_come_back() {
        let (outlet, place, country) = (70_000, 3, *b"NZ");
        let statement = StatementCell {
            speaker: u32::MAX,
            has_more_speakers: true,
            outlet,
            place,
            country,
            act: 32,
            form: 2,
            negated: true,
            status: 3,
        };
        check(statement);
        check(EventCell {
            kind: 16,
            negated: true,
            status: 2,
            has_more_parties: true,
            asserted: 2,
            country,
            outlet,
            place,
            actor: 9,
            recipient: 8,
        });
        check(DocumentCell { outlet });
    }
}
