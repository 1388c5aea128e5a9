//! Where an item can be found: what stands in front of its id, and its id as a number.
//!
//! Ids are those of [`onrecord::permalinks`], the same as in every store. The address in front of them is the user's.

use sha2::{Digest, Sha256};

/// The first 63 bits of the SHA-256 of an id, for formats that number their rows: never negative.
pub fn number(id: &str) -> u64 {
    Sha256::digest(id).iter().take(8).fold(0, |number: u64, &byte| number << 8 | u64::from(byte)) & (u64::MAX >> 1)
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

    /// `urn:onrecord:s/3t52esu6qxns7w3v3r`.
    pub fn permalink(&self, item: Item, id: &str) -> String {
        format!("{}{}/{id}", self.0, item.letter())
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
    use super::{Base, BaseError, Item, number};

    #[test]
    fn a_permalink_has_the_base_the_kind_and_the_id() {
        let id = "3t52esu6qxns7w3v3r";
        let link = |base: &str| Base::new(base).map(|base| base.permalink(Item::Statement, id));
        assert_eq!(link("https://desk.example"), Ok(format!("https://desk.example/s/{id}")));
        assert_eq!(link("https://desk.example/?item="), Ok(format!("https://desk.example/?item=s/{id}")));
        assert_eq!(link("urn:onrecord:"), Ok(Base::default().permalink(Item::Statement, id)));
    }

    #[test]
    fn a_number_is_of_the_whole_id_and_never_negative() {
        // By sha256sum 13d5ca12447fc74d… and, with the bit that makes a number negative, dc15fc49ec20f955….
        assert_eq!(number("3t52esu6qxns7w3v3r"), 0x13d5_ca12_447f_c74d);
        assert_eq!(number("i6omdogavzqbrnp4ep"), 0x5c15_fc49_ec20_f955);
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
