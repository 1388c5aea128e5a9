//! Who may ask a server that asks who they are: tokens by name, of which only hashes are kept.
//!
//! The store neither makes a token nor sees one but to compare it: whoever makes one hands its hash over, and shows it once.

use rusqlite::Row;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Store, StoreError, Writer};

/// What a token allows; each also allows what those before it do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Looking.
    Read,
    /// Correcting.
    Correct,
    /// Everything.
    Admin,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Correct, Scope::Admin];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Correct => "correct",
            Scope::Admin => "admin",
        }
    }
}

/// The SHA-256 of a token, all that is kept of it.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// That of `token`.
    pub fn of(token: &str) -> TokenHash {
        TokenHash(Sha256::digest(token).into())
    }

    fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn read(hex: &str) -> Option<TokenHash> {
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(TokenHash(bytes))
    }
}

/// In a time that does not tell how much of it is equal.
impl PartialEq for TokenHash {
    fn eq(&self, other: &TokenHash) -> bool {
        let differing = self.0.iter().zip(&other.0).fold(0, |differing, (one, other)| differing | (one ^ other));
        std::hint::black_box(differing) == 0
    }
}

impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenHash")
    }
}

/// A token as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Token {
    /// Whose or what for; each name once.
    pub name: String,
    /// What it allows.
    pub scope: Scope,
    /// When it was made, ISO 8601 in UTC.
    pub created_at: String,
    /// From when on it is refused.
    pub expires_at: Option<String>,
    /// Since when it is refused.
    pub revoked_at: Option<String>,
    /// When it was last used, give or take an hour.
    pub used_at: Option<String>,
    /// To compare with.
    #[serde(skip)]
    pub hash: TokenHash,
}

impl Token {
    /// Whether it is still taken at `now` (ISO 8601 in UTC, to the second).
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, now: &str) -> Result<(), String> {
        match (&self.revoked_at, &self.expires_at) {
            (Some(at), _) => Err(format!("the token {:?} was revoked on {at}", self.name)),
            (None, Some(at)) if at.as_str() <= now => Err(format!("the token {:?} expired on {at}", self.name)),
            _ => Ok(()),
        }
    }
}

const COLUMNS: &str = "name, scope, created_at, expires_at, revoked_at, used_at, hash";

fn token(row: &Row) -> rusqlite::Result<Option<Token>> {
    let (scope, hash): (String, String) = (row.get(1)?, row.get(6)?);
    // What this program does not know allows nothing.
    let known = Scope::ALL.into_iter().find(|known| known.name() == scope).zip(TokenHash::read(&hash));
    let Some((scope, hash)) = known else { return Ok(None) };
    Ok(Some(Token {
        name: row.get(0)?,
        scope,
        created_at: row.get(2)?,
        expires_at: row.get(3)?,
        revoked_at: row.get(4)?,
        used_at: row.get(5)?,
        hash,
    }))
}

impl Store {
    /// All tokens, by name, with those that are refused.
    ///
    /// # Errors
    /// SQLite.
    pub fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let reading = self.readers().get(None)?;
        let mut statement = reading.prepare_cached(&format!("SELECT {COLUMNS} FROM tokens ORDER BY name"))?;
        let rows = statement.query_map([], token)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

impl Writer {
    /// Puts a token in. A name that was ever given is not given again: lists and logs name tokens.
    ///
    /// # Errors
    /// [`StoreError::Token`] where the name is taken or no name; SQLite.
    pub fn add_token(&mut self, token: &Token) -> Result<(), StoreError> {
        if token.name.trim().is_empty() || token.name.chars().any(char::is_control) || token.name.len() > 100 {
            return Err(StoreError::Token(format!("{:?} is no name for a token", token.name)));
        }
        self.whole(|writer| {
            let Token { name, scope, created_at, expires_at, hash, .. } = token;
            let sql = "INSERT INTO tokens (name, hash, scope, created_at, expires_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
            let row = (name, hash.hex(), scope.name(), created_at, expires_at);
            match writer.batch()?.execute(sql, row)? {
                0 => Err(StoreError::Token(format!("there is a token {name:?} already"))),
                _ => Ok(()),
            }
        })
    }

    /// Refuses a token from `at` on; one that was revoked before stays as it is. False where nothing has that name.
    ///
    /// # Errors
    /// SQLite.
    pub fn revoke_token(&mut self, name: &str, at: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE tokens SET revoked_at = coalesce(revoked_at, ?) WHERE name = ?";
        self.whole(|writer| Ok(writer.batch()?.execute(sql, [at, name])? > 0))
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// SQLite.
    pub fn note_use_of_token(&mut self, name: &str, at: &str) -> Result<(), StoreError> {
        self.whole(|writer| {
            writer.batch()?.execute("UPDATE tokens SET used_at = ? WHERE name = ?", [at, name])?;
            Ok(())
        })
    }
}
