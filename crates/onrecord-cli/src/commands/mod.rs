//! The subcommands, one file each: arguments in, output to the writer given, the outcome as the exit code.

pub mod add;
pub mod check;
pub mod correct;
pub mod errors;
pub mod explain;
pub mod export;
pub mod places;
pub mod read;
pub mod records;
pub mod reread;
pub mod timeline;
pub mod who;
