//! Runs work that cannot be interrupted on a thread that can be abandoned.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam::channel::{RecvTimeoutError, SendTimeoutError, Sender, bounded};

use crate::asr::{CancelToken, RecognizeError};

/// How often a waiting caller checks for cancellation.
const LOOK: Duration = Duration::from_millis(20);

type Call<T> = Box<dyn FnOnce(&mut T) + Send>;

/// A value that works on a thread of its own.
pub(super) struct WorkerThread<T> {
    /// `None` when the thread should end.
    orders: Option<Sender<Call<T>>>,
    thread: Option<JoinHandle<()>>,
    /// Whether the last answer was abandoned.
    left: bool,
}

impl<T: Send + 'static> WorkerThread<T> {
    pub fn new(mut value: T) -> Result<Self, RecognizeError> {
        let (orders, taken) = bounded::<Call<T>>(1);
        let thread = thread::Builder::new()
            .name("whisper".to_owned())
            .spawn(move || taken.into_iter().for_each(|order| order(&mut value)))
            .map_err(|error| RecognizeError::Failed(format!("a thread could not be started: {error}")))?;
        Ok(Self { orders: Some(orders), thread: Some(thread), left: false })
    }

    /// Lets the value do something. After a cancellation nobody waits for the answer; the value stays busy until it is
    /// done, and then takes the next order.
    pub fn ask<A: Send + 'static>(
        &mut self,
        cancel: &CancelToken,
        work: impl FnOnce(&mut T) -> Result<A, RecognizeError> + Send + 'static,
    ) -> Result<A, RecognizeError> {
        let (answer, answered) = bounded(1);
        // The caller may be gone.
        self.hand_over(Box::new(move |value| drop(answer.send(work(value)))), cancel)?;
        loop {
            self.left = cancel.is_cancelled();
            if self.left {
                return Err(RecognizeError::Cancelled);
            }
            match answered.recv_timeout(LOOK) {
                Ok(answer) => return answer,
                // An order sent while the thread was panicking stays unread.
                Err(RecvTimeoutError::Timeout) if !self.has_stopped() => (),
                Err(_) => return Err(RecognizeError::Stopped),
            }
        }
    }
}

impl<T> WorkerThread<T> {
    /// Waits until the thread has room for another order.
    fn hand_over(&self, mut order: Call<T>, cancel: &CancelToken) -> Result<(), RecognizeError> {
        let orders = self.orders.as_ref().ok_or(RecognizeError::Stopped)?;
        while !cancel.is_cancelled() {
            order = match orders.send_timeout(order, LOOK) {
                Err(SendTimeoutError::Timeout(order)) => order,
                handed => return handed.map_err(|_| RecognizeError::Stopped),
            };
        }
        Err(RecognizeError::Cancelled)
    }

    fn has_stopped(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl<T> Drop for WorkerThread<T> {
    /// Waits for the thread, and so for its memory, unless it was abandoned while working.
    fn drop(&mut self) {
        self.orders = None;
        if let (Some(thread), false) = (self.thread.take(), self.left) {
            // A panic there has been reported as an error.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_from_the_same_value() {
        let mut worker_thread = WorkerThread::new(0).unwrap();
        let mut add = |n| {
            let add = move |value: &mut i32| {
                *value += n;
                Ok(*value)
            };
            worker_thread.ask(&CancelToken::default(), add)
        };
        assert_eq!((add(2), add(3)), (Ok(2), Ok(5)));
    }

    #[test]
    fn nobody_waits_for_what_is_cancelled() {
        let mut worker_thread = WorkerThread::new(()).unwrap();
        let (go_on, wait) = bounded::<()>(0);
        let cancel = CancelToken::default();
        let token = cancel.clone();
        let endless = move |_: &mut ()| {
            token.cancel();
            Ok(wait.recv().is_ok())
        };
        assert_eq!(worker_thread.ask(&cancel, endless), Err(RecognizeError::Cancelled));
        assert_eq!(
            worker_thread.ask(&cancel, |_| Ok(1)),
            Err(RecognizeError::Cancelled),
            "and nothing is begun"
        );
        drop(go_on);
        assert_eq!(worker_thread.ask(&CancelToken::default(), |_| Ok(7)), Ok(7), "it takes orders again");
    }

    #[test]
    fn a_panic_is_an_error_now_and_later() {
        for _ in 0..50 {
            let mut worker_thread = WorkerThread::new(()).unwrap();
            for _ in 0..2 {
                let panics = |_: &mut ()| -> Result<(), _> { panic!("as a test asks for") };
                assert_eq!(worker_thread.ask(&CancelToken::default(), panics), Err(RecognizeError::Stopped));
            }
        }
    }
}
