//! What pages and the API show: the only part that asks the store. Each function is one question; none knows of HTTP or HTML.

pub mod articles;
pub mod corrections;
pub mod feeds;
pub mod front;
pub mod health;
pub mod ingest;
pub mod map;
pub mod periods;
pub mod permalinks;
pub mod searches;
pub mod sources;
pub mod speakers;
pub mod timeline;

use std::time::Duration;

/// How long the store may work on one question of the web.
pub const PATIENCE: Duration = Duration::from_secs(1);
