//! Workers: processes that do one job after another, so that a crash fails only one job.
//!
//! A worker reads lines of JSON on its standard input: first the [`JobOptions`] of the batch, then an [`Order`] on each
//! line. It answers with lines of [`Message`]s. It ends when its input ends, and so never outlives the process that
//! started it.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};
use serde::{Deserialize, Serialize};

use super::perform::{CachedTranscriber, JobError, JobOptions, Order, perform};
use super::reason::{ProcessEnd, Unusable};
use super::record::{Failure, Record};
use crate::asr::CancelToken;
use crate::log;
use crate::recognize::{Event, Progress};
use crate::transcript::Language;

/// The hidden subcommand of this program that runs a worker.
pub const WORKER_COMMAND: &str = "batch-worker";

/// Returns the command that starts a worker: this program, which logs where this process does.
pub fn worker_command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(WORKER_COMMAND);
    if let Some(path) = log::file() {
        command.env(log::VARIABLE, path);
    }
    command
}

/// How often to check whether the work is still wanted.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long a worker may take to end.
const GRACE: Duration = Duration::from_secs(5);
/// The number of lines of a crashed worker's standard error that are reported.
const LAST_WORDS: usize = 3;

/// A report of a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "message", content = "content", rename_all = "snake_case")]
pub enum Message {
    /// The models are in memory.
    Ready,
    /// The models cannot be loaded, so no worker can do any job.
    Unusable(Unusable),
    /// The language of the recording was detected.
    Language(Language),
    /// More of the recording was recognized.
    Progress(Progress),
    /// The job is done.
    Done(Box<Record>),
    /// The job has failed.
    Failed(Failure),
    /// The job was cancelled.
    Cancelled,
}

/// Why a worker did not do a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkError {
    /// The job is no longer wanted.
    Cancelled,
    /// The job has failed.
    Failed(Failure),
    /// The worker's process ended unexpectedly.
    Crashed(ProcessEnd),
    /// No worker can do any job.
    Unusable(Unusable),
}

/// Does jobs, one after the other.
pub trait Worker {
    /// Does a job. `wanted` is called repeatedly; the work ends soon after it returns false. `report` gets the messages
    /// of the worker.
    ///
    /// # Errors
    /// [`WorkError`] if the job is cancelled or has failed, the process crashed, or no job can be done. After each
    /// error a worker can do another job.
    fn perform(
        &mut self,
        order: &Order,
        wanted: &dyn Fn() -> bool,
        report: &mut dyn FnMut(Message),
    ) -> Result<Record, WorkError>;
}

impl Worker for Box<dyn Worker> {
    fn perform(
        &mut self,
        order: &Order,
        wanted: &dyn Fn() -> bool,
        report: &mut dyn FnMut(Message),
    ) -> Result<Record, WorkError> {
        (**self).perform(order, wanted, report)
    }
}

/// A worker in a separate process, which is started with the first job and again after a crash.
pub struct Process<F> {
    command: F,
    options: JobOptions,
    running: Option<Running>,
}

struct Running {
    child: Child,
    orders: ChildStdin,
    messages: Receiver<Message>,
    last_words: Receiver<String>,
}

impl<F: Fn() -> Command> Process<F> {
    /// `command` starts a worker, such as [`worker_command`]; its input and output are set here.
    pub fn new(command: F, options: JobOptions) -> Self {
        Self { command, options, running: None }
    }
}

impl<F: Fn() -> Command> Worker for Process<F> {
    fn perform(
        &mut self,
        order: &Order,
        wanted: &dyn Fn() -> bool,
        report: &mut dyn FnMut(Message),
    ) -> Result<Record, WorkError> {
        let running = match self.running.take() {
            Some(running) => running,
            None => Running::start((self.command)(), &self.options).map_err(not_started)?,
        };
        let (running, result) = running.perform(order, wanted, report);
        self.running = running;
        result
    }
}

fn not_started(error: io::Error) -> WorkError {
    WorkError::Unusable(Unusable::NotStarted((&error).into()))
}

impl Running {
    fn start(mut command: Command, options: &JobOptions) -> io::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        {
            // Ctrl-C on a terminal is meant for the parent process.
            use std::os::unix::process::CommandExt;
            command.process_group(0);
        }
        let mut child = command.spawn()?;
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let mut orders = child.stdin.take().ok_or_else(gone)?;
        let output = child.stdout.take().ok_or_else(gone)?;
        let errors = child.stderr.take().ok_or_else(gone)?;
        let (messages_in, messages) = bounded(64);
        let (words_in, last_words) = bounded(1);
        spawn("worker output", move || read_messages(output, &messages_in))?;
        spawn("worker errors", move || {
            let _ = words_in.send(read_last_words(errors));
        })?;
        // If the process has ended already, its status says why.
        let _ = write_line(&mut orders, options);
        Ok(Self { child, orders, messages, last_words })
    }

    /// Does a job. Returns the worker if it still runs.
    fn perform(
        mut self,
        order: &Order,
        wanted: &dyn Fn() -> bool,
        report: &mut dyn FnMut(Message),
    ) -> (Option<Self>, Result<Record, WorkError>) {
        // A process that has ended takes no order, but may have said why.
        let _ = write_line(&mut self.orders, order);
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(Message::Done(record)) => return (Some(self), Ok(*record)),
                Ok(Message::Failed(failure)) => return (Some(self), Err(WorkError::Failed(failure))),
                Ok(Message::Cancelled) => {
                    // Not requested here: the process itself got a signal.
                    return (None, Err(WorkError::Crashed(self.end())));
                }
                Ok(Message::Unusable(why)) => {
                    self.end();
                    return (None, Err(WorkError::Unusable(why)));
                }
                Ok(message) => report(message),
                Err(RecvTimeoutError::Disconnected) => {
                    return (None, Err(WorkError::Crashed(self.end())));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if !wanted() {
                self.end();
                return (None, Err(WorkError::Cancelled));
            }
        }
    }

    /// Ends the process. Returns how it ended.
    fn end(self) -> ProcessEnd {
        let Self { mut child, orders, messages, last_words } = self;
        drop(orders);
        let deadline = Instant::now() + GRACE;
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < deadline => thread::sleep(PATIENCE / 10),
                _ => {
                    let _ = child.kill();
                    break child.wait().ok();
                }
            }
        };
        drop(messages);
        ProcessEnd::new(status, last_words.recv_timeout(PATIENCE).unwrap_or_default())
    }
}

impl<F> Drop for Process<F> {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.end();
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

fn read_messages(output: impl Read, messages: &Sender<Message>) {
    for line in BufReader::new(output).lines() {
        // Libraries may print other lines, which are skipped.
        let Ok(line) = line else { return };
        if let Ok(message) = serde_json::from_str(&line)
            && messages.send(message).is_err()
        {
            return;
        }
    }
}

fn read_last_words(errors: impl Read) -> String {
    let mut last = VecDeque::new();
    for line in BufReader::new(errors).lines().map_while(Result::ok) {
        if last.len() == LAST_WORDS {
            last.pop_front();
        }
        last.push_back(line.trim().to_owned());
    }
    Vec::from(last).join(" / ")
}

fn write_line(to: &mut impl Write, content: &impl Serialize) -> io::Result<()> {
    writeln!(to, "{}", serde_json::to_string(content)?)?;
    to.flush()
}

/// In the worker: reads the first line of its input, before [`serve`] reads the others.
///
/// # Errors
/// [`io::Error`] if the parent process has ended or is of another version.
pub fn read_options(input: &mut impl BufRead) -> io::Result<JobOptions> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}

/// In the worker: does the orders that it reads from `orders` until they end, and reports to `messages`. If the orders
/// end during a job, the job is cancelled.
///
/// # Errors
/// [`io::Error`] if the parent process has ended or a thread cannot be started.
pub fn serve(
    orders: impl BufRead + Send + 'static,
    mut messages: impl Write,
    transcriber: &dyn CachedTranscriber,
    options: &JobOptions,
    cancel: &CancelToken,
) -> io::Result<()> {
    let (orders_in, waiting) = bounded(1);
    let orders_end = cancel.clone();
    spawn("orders", move || {
        for line in orders.lines() {
            let order = line.and_then(|line| serde_json::from_str::<Order>(&line).map_err(io::Error::other));
            if !order.is_ok_and(|order| orders_in.send(order).is_ok()) {
                break;
            }
        }
        orders_end.cancel();
    })?;
    let mut say = |message: &Message| write_line(&mut messages, message);
    say(&Message::Ready)?;
    for order in waiting {
        let mut lost = None;
        let mut on_event = |event| {
            let said = match event {
                Event::LanguageDetected { language, .. } => say(&Message::Language(language)),
                Event::Progress(progress) => say(&Message::Progress(progress)),
                Event::Recognized(_) => Ok(()),
            };
            if let Err(error) = said {
                cancel.cancel();
                lost = Some(error);
            }
        };
        let result = perform(&order, transcriber, options, cancel, &mut on_event);
        if let Some(error) = lost {
            return Err(error);
        }
        say(&match result {
            Ok(record) => Message::Done(Box::new(record)),
            Err(JobError::Cancelled) => Message::Cancelled,
            Err(error) => Message::Failed(error.to_failure()),
        })?;
    }
    Ok(())
}
