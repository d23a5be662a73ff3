//! The queue of a batch: the longest recording first; jobs that crashed a worker run again, alone, at the end.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::job::JobId;
use super::perform::Order;
use crate::time::MediaTime;

/// A job that another process is working on is checked again after this time.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// How often waiting threads check whether they are still wanted.
const PATIENCE: Duration = Duration::from_millis(100);

/// Orders that wait for a worker. Orders can be added while workers run.
#[derive(Debug, Default)]
pub struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: BinaryHeap<QueuedJob>,
    /// Orders that other processes are working on, and when to check them again.
    held: Vec<(Instant, Arc<Order>)>,
    /// Orders to try again while nothing else runs.
    alone: VecDeque<Arc<Order>>,
    running: usize,
    alone_runs: bool,
    /// More orders may come.
    open: bool,
}

/// An order with its rank: first by the sequence that the user chose, then the longest recording first, then by path.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct QueuedJob {
    place: Reverse<usize>,
    length: Option<MediaTime>,
    path: Reverse<PathBuf>,
    order: Sealed,
}

/// An order, which is equal to any other in rank.
#[derive(Debug)]
struct Sealed(Arc<Order>);

impl PartialEq for Sealed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Sealed {}

impl PartialOrd for Sealed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sealed {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

/// An order that was taken. It counts as running until it is given back.
#[derive(Debug)]
pub(super) struct Ticket {
    pub order: Arc<Order>,
    /// It has crashed a worker before.
    pub alone: bool,
    /// Another process was working on it at the previous check.
    pub was_held: bool,
}

/// What to do with an order that is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Finished,
    /// Another process is working on it.
    LookAgain,
    /// It has crashed its worker.
    TryAlone,
}

impl Queue {
    /// Makes a queue that accepts orders until it is closed.
    pub fn open() -> Self {
        let queue = Self::default();
        queue.lock().open = true;
        queue
    }

    /// Makes a queue of these orders.
    pub fn of(orders: impl IntoIterator<Item = Order>) -> Self {
        let queue = Self::default();
        orders.into_iter().for_each(|order| queue.add(order));
        queue
    }

    /// Adds an order.
    pub fn add(&self, order: Order) {
        let entry = QueuedJob {
            place: Reverse(usize::MAX),
            length: order.job.stated,
            path: Reverse(order.job.input.clone()),
            order: Sealed(Arc::new(order)),
        };
        self.lock().waiting.push(entry);
        self.changed.notify_all();
    }

    /// Moves these jobs to the front, in this sequence.
    pub fn arrange(&self, sequence: &[JobId]) {
        let places: HashMap<_, _> = sequence.iter().zip(0..).collect();
        let mut state = self.lock();
        let arranged = std::mem::take(&mut state.waiting).into_iter().map(|entry| {
            let place = places.get(&entry.order.0.job.id).copied().unwrap_or(usize::MAX);
            QueuedJob { place: Reverse(place), ..entry }
        });
        state.waiting = arranged.collect();
    }

    /// Removes a waiting job. Returns false if it is not waiting any more.
    pub fn withdraw(&self, job: &JobId) -> bool {
        let mut state = self.lock();
        let before = state.waiting.len();
        state.waiting.retain(|entry| entry.order.0.job.id != *job);
        state.waiting.len() < before
    }

    /// Declares that no more orders will be added.
    pub fn close(&self) {
        self.lock().open = false;
        self.changed.notify_all();
    }

    /// Waits for an order. Returns `None` when all are done or `wanted` returns false.
    pub(super) fn take(&self, wanted: &dyn Fn() -> bool) -> Option<Ticket> {
        let mut state = self.lock();
        loop {
            if !wanted() {
                return None;
            }
            if let Some(ticket) = state.take() {
                return Some(ticket);
            }
            if state.is_done() {
                return None;
            }
            let waited = self.changed.wait_timeout(state, PATIENCE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    pub(super) fn give_back(&self, ticket: Ticket, next: Next) {
        let mut state = self.lock();
        state.running -= 1;
        if ticket.alone {
            state.alone_runs = false;
        }
        match next {
            Next::Finished => {}
            Next::LookAgain => state.held.push((Instant::now() + LOOK_AGAIN, ticket.order)),
            Next::TryAlone => state.alone.push_back(ticket.order),
        }
        drop(state);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take(&mut self) -> Option<Ticket> {
        if self.alone_runs {
            return None;
        }
        let ticket = |order, alone, was_held| Ticket { order, alone, was_held };
        let ticket = if let Some(entry) = self.waiting.pop() {
            ticket(entry.order.0, false, false)
        } else if let Some(due) = self.held.iter().position(|(when, _)| *when <= Instant::now()) {
            ticket(self.held.swap_remove(due).1, false, true)
        } else if self.running == 0 {
            let order = self.alone.pop_front()?;
            self.alone_runs = true;
            ticket(order, true, false)
        } else {
            return None;
        };
        self.running += 1;
        Some(ticket)
    }

    fn is_done(&self) -> bool {
        let empty = self.waiting.is_empty() && self.held.is_empty() && self.alone.is_empty();
        empty && self.running == 0 && !self.open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Job;

    fn order(name: &str, seconds: i64) -> Order {
        let input = PathBuf::from("/t").join(name);
        let job = Job {
            id: JobId::new(&input, "/t".as_ref()),
            input,
            outputs: Vec::new(),
            title: None,
            own: None,
            stated: Some(MediaTime::from_millis(1000 * seconds)),
        };
        let (state, settings, recognition) = (PathBuf::new(), String::new(), String::new());
        Order { job, state, settings, recognition, overwrite: false }
    }

    /// Returns the names of the orders, in the sequence in which they are taken.
    fn taken(queue: &Queue) -> Vec<String> {
        let take = || {
            let ticket = queue.take(&|| true)?;
            let name = ticket.order.job.input.file_name().unwrap().to_string_lossy().into_owned();
            queue.give_back(ticket, Next::Finished);
            Some(name)
        };
        std::iter::from_fn(take).collect()
    }

    #[test]
    fn the_longest_come_first_unless_another_sequence_was_chosen() {
        let orders = || [order("a", 10), order("b", 30), order("c", 20), order("d", 30)];
        assert_eq!(taken(&Queue::of(orders())), ["b", "d", "c", "a"]);
        let queue = Queue::of(orders());
        let id = |name: &str| order(name, 0).job.id;
        queue.arrange(&[id("c"), id("x"), id("a")]);
        assert!(queue.withdraw(&id("b")) && !queue.withdraw(&id("x")));
        queue.add(order("e", 5));
        assert_eq!(taken(&queue), ["c", "a", "d", "e"]);
    }
}
