//! Paths, addresses and stdin → documents in a store: what `add`, `watch` and `reread` share.
//!
//! [`sources`] finds documents in order, [`feeds`] those that are new in feeds, [`desk`] reads them on all cores, [`keeper`] alone writes, in the order of the input, documents together with
//! how far the input was read. So the position of a file is one number, and a kill loses nothing that was kept.

pub mod clock;
pub mod desk;
mod engine;
pub mod feeds;
pub mod keeper;
#[cfg(feature = "failpoints")]
mod quick;
pub mod sources;
pub mod stop;
pub mod watch;

use onrecord_store::StoreError;

pub use engine::Engine;

/// Why a run ended before its end.
#[derive(Debug)]
pub enum Halt {
    /// A person asked for it.
    Asked,
    /// The store cannot be read or written.
    Store(StoreError),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Halt {
        Halt::Store(error)
    }
}
