//! `onrecord token`: who may ask a server that asks who they are.

use std::io::Write;

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use onrecord_store::{Row, Scope, Token, TokenHash};
use serde::Serialize;

use crate::intake::clock::{after_days, now};
use crate::listing::{Listing, To};
use crate::outcome::{self, Outcome};
use crate::paint::{self, Color};
use crate::pretty::Page;
use crate::settings::Settings;
use crate::shelf::{self, StoreArgument};

/// Make, list and revoke the tokens that onrecord serve asks for
///
/// A server that is reached from other machines, or was started with --token-required, answers only those who give a token: programs as
/// Authorization: Bearer, browsers as the password. The store keeps a hash of it and nothing else, so it is shown once, when it is made.
///
/// Exit code: 0 if it was done, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct TokenArguments {
    #[command(flatten)]
    store: StoreArgument,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a token and write it to stdout, this once
    Create(CreateArguments),
    /// List the tokens, with those that are no longer taken
    List(ListArguments),
    /// Refuse a token from now on; a server that runs does so within seconds
    Revoke { name: String },
}

#[derive(Debug, Args)]
struct CreateArguments {
    /// Whose it is or what it is for; each name once
    name: String,
    /// What it allows; each allows what those before it do
    #[arg(long, value_enum, default_value = "read")]
    scope: Allowed,
    /// In how many days it expires, or never
    #[arg(long, value_name = "DAYS", default_value = "90", value_parser = days)]
    expires: Expiry,
}

#[derive(Debug, Args)]
struct ListArguments {
    /// What to write [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When a table is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Allowed {
    /// Looking, and having a text read
    Read,
    /// Correcting
    Correct,
    /// Everything
    Admin,
}

impl From<Allowed> for Scope {
    fn from(allowed: Allowed) -> Scope {
        match allowed {
            Allowed::Read => Scope::Read,
            Allowed::Correct => Scope::Correct,
            Allowed::Admin => Scope::Admin,
        }
    }
}

/// In how many days; none: never.
#[derive(Debug, Clone, Copy)]
struct Expiry(Option<u16>);

fn days(text: &str) -> Result<Expiry, String> {
    if text == "never" {
        return Ok(Expiry(None));
    }
    let days = text.parse().ok().filter(|days| (1..=3660).contains(days));
    days.map(|days| Expiry(Some(days))).ok_or_else(|| "a number of days from 1 to 3660, or never".to_owned())
}

/// Makes a token, lists them or revokes one.
///
/// # Errors
/// The store cannot be opened or written, there is a token of that name or none, or `out` failed.
pub fn run(arguments: &TokenArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = arguments.store.open(settings)?;
    match &arguments.what {
        What::Create(create) => {
            let token = made().context("the system gives no random numbers")?;
            let created_at = now();
            let mut writer = store.writer()?;
            writer.make_durable()?;
            writer.add_token(&Token {
                name: create.name.clone(),
                scope: create.scope.into(),
                expires_at: create.expires.0.map(after_days),
                created_at,
                revoked_at: None,
                used_at: None,
                hash: TokenHash::of(&token),
            })?;
            writer.commit()?;
            writeln!(out, "{token}")?;
            outcome::tell("keep it: it is shown this once");
        }
        What::List(list) => {
            let page = Page { columns: paint::columns(), is_coloured: list.color.on_stdout() };
            let mut listing = Listing::new(shelf::form(list.to), page, out);
            let (tokens, now) = (store.tokens()?, now());
            tokens.into_iter().map(|token| Listed::new(token, &now)).try_for_each(|token| listing.row(&token))?;
            listing.end::<Listed>("")?;
        }
        What::Revoke { name } => {
            let mut writer = store.writer()?;
            writer.make_durable()?;
            if !writer.revoke_token(name, &now())? {
                bail!("there is no token {name:?}");
            }
            writer.commit()?;
        }
    }
    Ok(Outcome::Clean)
}

/// `orec_` and 256 random bits in hexadecimal.
fn made() -> Result<String, getrandom::Error> {
    let mut bits = [0; 32];
    getrandom::fill(&mut bits)?;
    Ok(bits.iter().fold("orec_".to_owned(), |token, byte| token + &format!("{byte:02x}")))
}

/// A token in a list.
#[derive(Serialize)]
struct Listed {
    #[serde(flatten)]
    token: Token,
    /// `valid`, `expired` or `revoked`.
    state: &'static str,
}

impl Listed {
    fn new(token: Token, now: &str) -> Listed {
        let state = match (&token.revoked_at, token.check(now)) {
            (_, Ok(())) => "valid",
            (Some(_), Err(_)) => "revoked",
            (None, Err(_)) => "expired",
        };
        Listed { token, state }
    }
}

impl Row for Listed {
    const COLUMNS: &'static [&'static str] =
        &["name", "scope", "state", "created_at", "expires_at", "revoked_at", "used_at"];
    const SHOWN: &'static [&'static str] = &["name", "scope", "state", "expires_at", "used_at"];

    fn cells(&self) -> Vec<String> {
        let Token { name, scope, created_at, expires_at, revoked_at, used_at, .. } = &self.token;
        let known = |at: &Option<String>| at.clone().unwrap_or_default();
        vec![
            name.clone(),
            scope.name().to_owned(),
            self.state.to_owned(),
            created_at.clone(),
            known(expires_at),
            known(revoked_at),
            known(used_at),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn a_token_is_long_and_another_each_time() {
        let (one, other) = (made().unwrap(), made().unwrap());
        assert_eq!((one.len(), &one[..5]), (69, "orec_"));
        assert_ne!(one, other);
    }
}
