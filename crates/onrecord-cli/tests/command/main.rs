//! The binary `onrecord` as a user runs it: files and pipes in, bytes and exit codes out.
//!
//! Nothing here depends on what the model finds: statements are written by hand where there must be some.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod add;
mod check;
mod desk;
mod explain;
mod export;
mod places;
mod read;
mod settings;
mod stock;
mod store;
mod stream;
mod timeline;
mod token;
mod web;
mod who;
