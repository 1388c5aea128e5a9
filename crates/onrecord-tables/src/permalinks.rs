//! What an item is made from → its id, and where it can be found.
//!
//! An id depends on the article's id and text and on where the item stands in it: on nothing that another run, machine or selection would change. The address in
//! front of it is the user's.

use onrecord::record::CharSpan;
use sha2::{Digest, Sha256};

/// The first half of a SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub(crate) [u8; 16]);

impl Id {
    /// 32 hexadecimal digits.
    pub fn hex(self) -> String {
        hex(&self.0)
    }

    /// The first 63 bits, as a number that is never negative.
    pub fn number(self) -> u64 {
        self.0.iter().take(8).fold(0, |number: u64, &byte| number << 8 | u64::from(byte)) & (u64::MAX >> 1)
    }

    pub(crate) fn of(hash: Sha256) -> Id {
        let mut id = [0; 16];
        id.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
        Id(id)
    }

    /// The id of an item of the article with that print; `again` tells apart what is alike in all else.
    pub(crate) fn of_item(print: &[u8], kind: Item, words: &[&str], spans: &[CharSpan], again: u32) -> Id {
        let mut hash = Sha256::new().chain_update(print).chain_update(kind.letter()).chain_update([0]);
        for text in words {
            hash.update(text);
            hash.update([0]);
        }
        for span in spans {
            hash.update((span.start as u64).to_be_bytes());
            hash.update((span.end as u64).to_be_bytes());
        }
        Id::of(hash.chain_update(again.to_be_bytes()))
    }
}

/// What an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// An article.
    Document,
    /// A statement.
    Statement,
    /// Something that happened, or one mention of it.
    Event,
    /// Somebody or something that is spoken of.
    Entity,
    /// One mention of a place.
    Place,
    /// One time expression.
    Time,
}

impl Item {
    /// How it is called in a permalink.
    pub fn letter(self) -> &'static str {
        match self {
            Item::Document => "d",
            Item::Statement => "s",
            Item::Event => "v",
            Item::Entity => "e",
            Item::Place => "p",
            Item::Time => "t",
        }
    }
}

/// What permalinks begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

/// A base that no permalink can begin with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// There is no scheme in front.
    #[error("{0:?} has no scheme such as https: or urn:")]
    Scheme(String),
    /// A character that an address may not have.
    #[error("{0:?} has the character {1:?}, which an address may not have")]
    Character(String, char),
}

impl Base {
    /// A base such as `https://desk.example/` or `urn:onrecord:`; a slash is put behind it unless it ends in a character that parts.
    ///
    /// # Errors
    /// There is no scheme, or a character that an address may not have.
    pub fn new(text: &str) -> Result<Base, BaseError> {
        let scheme = text.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !is_scheme {
            return Err(BaseError::Scheme(text.to_owned()));
        }
        if let Some(c) = text.chars().find(|&c| !c.is_ascii_graphic() || "\"<>\\^`{|}".contains(c)) {
            return Err(BaseError::Character(text.to_owned(), c));
        }
        let parts = text.ends_with(['/', ':', '#', '=']);
        Ok(Base(if parts { text.to_owned() } else { format!("{text}/") }))
    }

    /// `urn:onrecord:s/67fabb69871b5fe2257b6d4a8a6c3ae5`.
    pub fn permalink(&self, item: Item, id: Id) -> String {
        format!("{}{}/{}", self.0, item.letter(), id.hex())
    }
}

impl Default for Base {
    fn default() -> Base {
        Base("urn:onrecord:".to_owned())
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Base, BaseError, Id, Item};

    #[test]
    fn a_permalink_has_the_base_the_kind_and_the_id() {
        let link = |base: &str| Base::new(base).map(|base| base.permalink(Item::Statement, Id([0xab; 16])));
        let id = "ab".repeat(16);
        assert_eq!(link("https://desk.example"), Ok(format!("https://desk.example/s/{id}")));
        assert_eq!(link("https://desk.example/?item="), Ok(format!("https://desk.example/?item=s/{id}")));
        assert_eq!(link("urn:onrecord:"), Ok(Base::default().permalink(Item::Statement, Id([0xab; 16]))));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(Base::new("desk.example/a"), Err(BaseError::Scheme("desk.example/a".to_owned())));
        assert_eq!(Base::new("https://a b"), Err(BaseError::Character("https://a b".to_owned(), ' ')));
        assert_eq!(
            Base::new("1:").map_err(|error| error.to_string()),
            Err("\"1:\" has no scheme such as https: or urn:".to_owned())
        );
    }
}
