//! A store → pages that people read and an HTTP API with the same data.
//!
//! A request is a path, a form (`.json`, `.csv`, `.atom`, else a page) and a query. [`data`] alone asks the store; what it answers is what JSON holds, and a page
//! is made of that and of nothing else. Every page works without JavaScript. Nothing here reads files or asks the network but for the address it listens on.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod answer;
mod api;
mod app;
mod asked;
mod assets;
mod correcting;
mod data;
mod feeds;
mod form;
mod listen;
mod marked;
mod pages;
mod plots;
mod problem;
mod reading;
mod seats;
mod security;
mod sent;

pub use app::{App, Options};
pub use listen::{Listening, ServeError, listen};
pub use reading::{Engine, Read};
pub use security::Pace;
