//! What stands before the pages and beside them: tokens, limits, fields, the reading of texts, the description of the API.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod description;
mod desk;
mod limits;
mod listening;
mod reading;
mod tokens;
