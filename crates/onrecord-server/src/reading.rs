//! Texts that are sent → records, on a few threads that are there from the first text on.
//!
//! A bounded number of texts wait; whoever comes then is told to come again. A text whose sender has gone is not read, and a panic is a failure of its
//! text alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use onrecord::{Article, Reader, Record};
use tokio::sync::oneshot;

use crate::problem::Problem;

/// How many texts wait for a thread.
const WAITING: usize = 16;
/// In how many seconds to come again where all places to wait are taken.
const AGAIN: u64 = 5;

/// What reads a text, on one thread.
pub type Read = Box<dyn FnMut(&Article) -> Record + Send>;
/// What makes a [`Read`] for a thread; after a panic, anew.
pub type Engine = Arc<dyn Fn() -> Result<Read, String> + Send + Sync>;

/// The reader model, loaded once and shared by all threads.
pub fn model() -> Engine {
    let loaded: OnceLock<Result<Reader, String>> = OnceLock::new();
    Arc::new(move || {
        let reader = loaded.get_or_init(|| Reader::new().map_err(|error| error.to_string())).clone()?;
        Ok(Box::new(move |article: &Article| reader.read(article)) as Read)
    })
}

/// Threads that read.
pub struct Desk {
    engine: Engine,
    threads: usize,
    at_work: OnceLock<Result<SyncSender<Job>, String>>,
}

struct Job {
    article: Article,
    answer: oneshot::Sender<Result<Record, Problem>>,
}

impl Desk {
    /// So many threads, none of which is there yet.
    pub fn new(engine: Engine, threads: usize) -> Desk {
        Desk { engine, threads: threads.max(1), at_work: OnceLock::new() }
    }

    /// The record of a text.
    ///
    /// # Errors
    /// [`Problem::Busy`] where as many wait as may; [`Problem::Internal`] where the engine cannot be loaded or fails.
    pub async fn read(self: Arc<Self>, article: Article) -> Result<Record, Problem> {
        let (answer, read) = oneshot::channel();
        let failed = |why: &str| Problem::Internal(format!("{why}; please report it"));
        let hand_in = move || match self.at_work.get_or_init(|| self.start()) {
            Err(why) => Err(failed(why)),
            Ok(jobs) => jobs.try_send(Job { article, answer }).map_err(|error| match error {
                TrySendError::Full(_) => Problem::Busy(AGAIN),
                TrySendError::Disconnected(_) => failed("nothing reads any more"),
            }),
        };
        // The first time it loads the model.
        tokio::task::spawn_blocking(hand_in).await.map_err(|error| Problem::Internal(error.to_string()))??;
        read.await.map_err(|_| failed("the text could not be read"))?
    }

    fn start(&self) -> Result<SyncSender<Job>, String> {
        let (jobs, waiting) = sync_channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..self.threads {
            let (read, engine, waiting) = ((self.engine)()?, Arc::clone(&self.engine), Arc::clone(&waiting));
            let thread = std::thread::Builder::new().name(format!("reading-{number}"));
            thread.spawn(move || work(read, &engine, &waiting)).map_err(|error| error.to_string())?;
        }
        Ok(jobs)
    }
}

/// Reads what waits until nobody can send any more.
fn work(mut read: Read, engine: &Engine, waiting: &Mutex<Receiver<Job>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { article, answer }) = next else { return };
        if answer.is_closed() {
            continue;
        }
        let record = catch_unwind(AssertUnwindSafe(|| read(&article)));
        let record = record.map_err(|_| {
            // What panicked may have lost its own threads.
            match engine() {
                Ok(another) => {
                    read = another;
                    Problem::Internal("this text cannot be read; please report it".to_owned())
                }
                Err(why) => Problem::Internal(format!("{why}; please report it")),
            }
        });
        // Whoever asked may have gone.
        let _ = answer.send(record);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, mpsc};

    use onrecord::{Article, Record};

    use super::{Desk, Engine, Read, WAITING};
    use crate::problem::Problem;

    fn article(text: &str) -> Article {
        Article { text: text.to_owned(), ..Article::default() }
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_of_its_text_alone() {
        let engine: Engine =
            Arc::new(|| Ok(Box::new(|article: &Article| -> Record { panic!("{}", article.text) }) as Read));
        let desk = Arc::new(Desk::new(engine, 1));
        for _ in 0..3 {
            let told = Arc::clone(&desk).read(article("a text to fail on")).await.unwrap_err();
            assert_eq!(told.to_string(), "the server failed: this text cannot be read; please report it");
        }
    }

    #[tokio::test]
    async fn an_engine_that_cannot_be_loaded_says_so() {
        let desk = Arc::new(Desk::new(Arc::new(|| Err("no weights".to_owned())), 1));
        let told = desk.read(article("a text")).await.unwrap_err();
        assert_eq!(told.to_string(), "the server failed: no weights; please report it");
    }

    #[tokio::test]
    async fn whoever_finds_no_place_to_wait_is_told_to_come_again() {
        let (go, gone) = mpsc::channel::<()>();
        let gone = Arc::new(Mutex::new(gone));
        let engine: Engine = Arc::new(move || {
            let gone = Arc::clone(&gone);
            Ok(Box::new(move |_: &Article| -> Record {
                let _ = gone.lock().unwrap().recv();
                panic!("nothing is read here")
            }) as Read)
        });
        let desk = Arc::new(Desk::new(engine, 1));
        let asked: Vec<_> = (0..WAITING + 4).map(|_| tokio::spawn(Arc::clone(&desk).read(article("a text")))).collect();
        // One is being read, as many wait as may, and the others are answered while nothing moves.
        let mut refused = 0;
        while refused < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            refused = asked.iter().filter(|asked| asked.is_finished()).count();
        }
        drop(go);
        let mut busy = 0;
        for asked in asked {
            busy += usize::from(matches!(asked.await.unwrap(), Err(Problem::Busy(5))));
        }
        assert!((3..=4).contains(&busy), "{busy}");
    }
}
