//! Who is who, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{CharIndex, CharSpan, Findings};
use crate::{mentions, resolution};

/// Somebody or something that the article speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Entity {
    /// `e1`, `e2`, … in the order of their first mentions.
    pub id: String,
    /// The fullest name of the text, or the usual one of a state or organisation that the tables know.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// False for "officials", "a person familiar with the matter".
    pub named: bool,
    /// What the article calls it beside its name.
    pub roles: Vec<Role>,
    /// ISO 3166-1 alpha-2, or null.
    pub country: Option<String>,
    /// PLOVER sector code, or null.
    pub sector: Option<String>,
    /// Place id, where the entity is a place.
    pub place: Option<String>,
    /// Every mention that was resolved, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Somebody.
    Person,
    /// A company, a ministry, a party, a paper.
    Organization,
    /// A place, also where its name stands for a government.
    Place,
    /// A people, a faith, the members of a party.
    Group,
    /// A product, a ship, a film.
    Work,
    /// Anything else.
    Other,
}

/// What an entity is called beside its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Role {
    /// The words of the text.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
}

/// One mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mention {
    /// Where it stands.
    pub span: CharSpan,
    /// How it stands for the entity.
    pub form: MentionForm,
}

/// How a mention stands for its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a noun: "the minister".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

pub(super) fn write_entity(
    entity: &resolution::Entity,
    number: usize,
    found: &Findings,
    text: &str,
    index: &CharIndex,
) -> Entity {
    let is_place = entity.kind == mentions::Kind::Place;
    Entity {
        id: format!("e{number}"),
        name: entity.name.clone(),
        kind: match entity.kind {
            mentions::Kind::Person => Kind::Person,
            mentions::Kind::Organization => Kind::Organization,
            mentions::Kind::Place => Kind::Place,
            mentions::Kind::Group => Kind::Group,
            mentions::Kind::Work => Kind::Work,
            mentions::Kind::Other => Kind::Other,
        },
        named: entity.named,
        roles: entity
            .roles
            .iter()
            .map(|role| Role { text: role.span.text(text).to_owned(), span: index.chars(role.span) })
            .collect(),
        country: entity.country.map(str::to_owned),
        sector: entity.sector.map(str::to_owned),
        place: is_place.then(|| entity.mentions.iter().find_map(|mention| found.place_at(mention.span))).flatten(),
        mentions: entity.mentions.iter().map(|mention| write_mention(mention, index)).collect(),
    }
}

fn write_mention(mention: &mentions::Mention, index: &CharIndex) -> Mention {
    let form = match mention.form {
        mentions::Form::Name => MentionForm::Name,
        mentions::Form::Nominal => MentionForm::Nominal,
        mentions::Form::Pronoun => MentionForm::Pronoun,
    };
    Mention { span: index.chars(mention.span), form }
}
