//! The article, permalinks, cards and corrections, as a browser gets them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod corrections;
mod desk;
mod pages;
mod permalinks;
