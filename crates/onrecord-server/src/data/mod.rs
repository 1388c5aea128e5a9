//! What pages and the API show: the only part that asks the store. Each function is one question; none knows of HTTP or HTML.

pub mod articles;
pub mod corrections;
pub mod permalinks;
pub mod searches;

use std::time::Duration;

/// How long the store may work on one question of the web.
pub const PATIENCE: Duration = Duration::from_secs(1);
