//! The subcommands, one file each: arguments in, output to the writer given, the outcome as the exit code.

pub mod add;
pub mod check;
pub mod completions;
pub mod config;
pub mod correct;
pub mod demo;
pub mod errors;
pub mod events;
pub mod explain;
pub mod export;
pub mod fetch;
pub mod limits;
pub mod man;
pub mod places;
pub mod read;
pub mod records;
pub mod reread;
pub mod search;
pub mod serve;
pub mod show;
pub mod stats;
pub mod timeline;
pub mod token;
pub mod watch;
pub mod who;
