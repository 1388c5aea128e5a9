//! Work on several threads, results in the order of the work, with a bounded number of pieces in flight.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Gives `take` the result of every item, in the order of `items`, made by `workers` (one for each thread).
///
/// With one worker everything happens on this thread. With more, at most two items for each worker wait or are worked on, besides the one
/// just taken from `items` and the one being written. Items are taken from their own thread, so one that is slow to come holds nothing up.
///
/// # Errors
/// The first error of `take`, at once; threads that still wait for an item are left to end with the program.
///
/// # Panics
/// If a worker does: it is meant to use [`caught`]. No result is left out in silence.
pub fn map<I, W, T, R, E>(items: I, mut workers: Vec<W>, mut take: impl FnMut(R) -> Result<(), E>) -> Result<(), E>
where
    I: Iterator<Item = T> + Send + 'static,
    W: FnMut(T) -> R + Send + 'static,
    T: Send + 'static,
    R: Send + 'static,
{
    if workers.len() <= 1 {
        let Some(work) = workers.first_mut() else { return Ok(()) };
        return items.map(work).try_for_each(take);
    }
    let (to_worker, from_feeder) = sync_channel::<(T, SyncSender<R>)>(workers.len());
    let (to_order, in_order) = sync_channel::<Receiver<R>>(workers.len() * 2 - 1);
    thread::spawn(move || feed(items, &to_order, &to_worker));
    let from_feeder = Arc::new(Mutex::new(from_feeder));
    for work in workers {
        let items = Arc::clone(&from_feeder);
        thread::spawn(move || serve(&items, work));
    }
    for result in in_order {
        let Ok(result) = result.recv() else { panic!("a worker ended before its result was there") };
        take(result)?;
    }
    Ok(())
}

fn feed<T, R>(
    items: impl Iterator<Item = T>,
    order: &SyncSender<Receiver<R>>,
    workers: &SyncSender<(T, SyncSender<R>)>,
) {
    for item in items {
        let (answer, result) = sync_channel(1);
        if order.send(result).is_err() || workers.send((item, answer)).is_err() {
            return;
        }
    }
}

fn serve<T, R>(items: &Mutex<Receiver<(T, SyncSender<R>)>>, mut work: impl FnMut(T) -> R) {
    loop {
        let next = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, answer)) = next else { return };
        // Nobody waits for the answer once the output is closed.
        let _ = answer.send(work(item));
    }
}

/// Runs `work`; a panic in it comes back as its message.
pub fn caught<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let message = payload.downcast_ref::<&str>().map(|&message| message.to_owned());
        message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};
    use std::thread;
    use std::time::Duration;

    use super::{caught, map};

    fn squares(threads: usize, count: u64) -> Vec<u64> {
        let work = |n: u64| {
            thread::sleep(Duration::from_micros(n * 7919 % 500));
            n * n
        };
        let mut taken = Vec::new();
        let done: Result<(), ()> = map(0..count, vec![work; threads], |square| {
            taken.push(square);
            Ok(())
        });
        done.unwrap();
        taken
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let expected: Vec<u64> = (0..200).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            assert_eq!(squares(threads, 200), expected, "{threads} threads");
        }
        assert!(squares(3, 0).is_empty());
    }

    #[test]
    fn no_more_than_two_items_a_thread_are_in_flight() {
        let given = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&given);
        let items = (0..500).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let (mut taken, mut most) = (0, 0);
        let done: Result<(), ()> = map(items, vec![|n: usize| n; 2], |_| {
            thread::sleep(Duration::from_micros(200));
            taken += 1;
            most = most.max(given.load(Ordering::SeqCst) - taken);
            Ok(())
        });
        done.unwrap();
        assert!(most <= 2 * 2 + 2, "{most} items were in flight");
    }

    #[test]
    fn workers_work_at_the_same_time() {
        let all_three = Arc::new(Barrier::new(3));
        let work = move |n: u32| {
            all_three.wait();
            n
        };
        let mut taken = Vec::new();
        let done: Result<(), ()> = map(0..6, vec![work; 3], |n| {
            taken.push(n);
            Ok(())
        });
        assert_eq!((done, taken), (Ok(()), vec![0, 1, 2, 3, 4, 5]));
    }

    #[test]
    fn an_error_of_the_output_ends_the_run() {
        let mut taken = 0;
        let done = map(0.., vec![|n: u64| n; 2], |_| {
            taken += 1;
            if taken == 3 { Err("closed") } else { Ok(()) }
        });
        assert_eq!((done, taken), (Err("closed"), 3));
    }

    #[test]
    fn a_panic_comes_back_as_its_message() {
        assert_eq!(caught(|| 5), Ok(5));
        let text = "abc".to_owned();
        assert_eq!(caught(|| panic!("cannot read {text}")), Err::<(), _>("cannot read abc".to_owned()));
        assert_eq!(caught(|| panic!("flat")), Err::<(), _>("flat".to_owned()));
    }
}
