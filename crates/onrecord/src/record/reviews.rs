//! What people made of what was read. The engine writes none of it; a store puts it on the records that it gives out.

use serde::{Deserialize, Serialize};

/// What people made of a statement or an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Review {
    /// The last word on it; none where it was opened again.
    pub status: Option<Status>,
    /// Ids of the corrections that made it what it is, in their order.
    pub corrections: Vec<String>,
    /// The permalink that it has by what was read; it stays when the words are corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

/// What a person made of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is right.
    Accepted,
    /// It is wrong and should not be there.
    Rejected,
    /// It is right as it was changed.
    Edited,
}
