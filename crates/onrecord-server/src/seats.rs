//! How many connections may be open, and which one makes room for the next.
//!
//! A connection that waits for a request, sends one slowly or takes its answer slowly is idle; where all seats are taken, the one that has been idle longest
//! is closed. One that waits for an answer keeps its seat.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

/// The files that a server has open beside its connections, at most: those of the store for each thread that asks it, and the standard ones.
const OTHER_FILES: u64 = 300;
/// How many connections there are room for in any case.
const FEWEST: usize = 16;

/// Room for connections.
pub struct Seats {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    seats: HashMap<u64, Arc<Inner>>,
}

struct Inner {
    idle_since: Mutex<Option<Instant>>,
    leave: Notify,
}

/// A connection's place among the open ones; given back when it is dropped.
pub struct Seat {
    number: u64,
    inner: Arc<Inner>,
    seats: Arc<Seats>,
}

impl Seats {
    /// Room for `most` connections, or as many as the system gives files for, of which it is asked for all.
    pub fn new(most: usize) -> Arc<Seats> {
        // Where the system does not tell, accepting more than it gives waits: see `listen`.
        let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(u64::MAX);
        let given = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
        Seats::exactly(most.min(given).max(FEWEST))
    }

    fn exactly(most: usize) -> Arc<Seats> {
        Arc::new(Seats { most, taken: Mutex::default() })
    }

    /// A seat; where all are taken, that of whoever has been idle longest, and none where nobody is idle.
    pub fn take(self: &Arc<Self>) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.seats.len() >= self.most {
            let idle = taken.seats.iter().filter_map(|(number, seat)| Some((seat.idle_since()?, *number)));
            let (_, longest) = idle.min()?;
            if let Some(seat) = taken.seats.remove(&longest) {
                seat.leave.notify_one();
            }
        }
        let inner = Arc::new(Inner { idle_since: Mutex::new(Some(Instant::now())), leave: Notify::new() });
        let number = taken.next;
        taken.next += 1;
        taken.seats.insert(number, Arc::clone(&inner));
        Some(Seat { number, inner, seats: Arc::clone(self) })
    }
}

impl Inner {
    fn idle_since(&self) -> Option<Instant> {
        *self.idle_since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Notes that a request is being answered, or no longer.
    pub fn set_answering(&self, is_answering: bool) {
        let since = (!is_answering).then(Instant::now);
        *self.inner.idle_since.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    /// Ends when the connection has to make room.
    pub async fn is_given_away(&self) {
        self.inner.leave.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner).seats.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::Seats;

    #[test]
    fn whoever_has_been_idle_longest_makes_room() {
        let seats = Seats::exactly(2);
        let (busy, idle) = (seats.take().unwrap(), seats.take().unwrap());
        busy.set_answering(true);
        let third = seats.take().unwrap();
        assert!(seats.taken.lock().unwrap().seats.contains_key(&busy.number));
        assert!(!seats.taken.lock().unwrap().seats.contains_key(&idle.number));
        third.set_answering(true);
        assert!(seats.take().is_none(), "nobody is idle");
        drop(third);
        assert!(seats.take().is_some());
    }
}
