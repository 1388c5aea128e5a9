//! The subcommands, one file each: arguments in, output to the writer given, the outcome as the exit code.

pub mod check;
pub mod explain;
pub mod export;
pub mod places;
pub mod read;
pub mod timeline;
pub mod who;
