//! Many jobs: workers side by side, workers that go down, and batches on one tree.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::thread;

use lectern::asr::CancelToken;
use lectern::batch::{BatchEvent, Cause, Claims, EntryState, JobNews, LEASE, Queue, Report, Skip, run};

use super::scripted::{InProcess, Scripted, Tree};

/// What a batch on a tree did.
#[derive(Default)]
struct Ran {
    transcriber: Scripted,
    done: Mutex<Vec<String>>,
    crashes: Mutex<BTreeMap<String, usize>>,
    events: Vec<BatchEvent>,
}

impl Ran {
    fn crashing(names: &[(&str, usize)]) -> Self {
        let crashes = names.iter().map(|(name, times)| ((*name).to_owned(), *times)).collect();
        Self { crashes: Mutex::new(crashes), ..Self::default() }
    }

    fn run(&mut self, tree: &Tree, workers: usize) {
        self.run_until(tree, workers, &CancelToken::default(), |_| ());
    }

    fn run_until(&mut self, tree: &Tree, workers: usize, cancel: &CancelToken, look: impl Fn(&BatchEvent)) {
        let claims = Claims::new(&tree.store, LEASE).unwrap();
        let Self { transcriber, done, crashes, events } = self;
        let worker = || InProcess { transcriber, done, crashes };
        let workers = NonZeroUsize::new(workers).unwrap();
        run(&Queue::of(tree.orders()), &tree.store, &claims, workers, worker, cancel, |event| {
            look(&event);
            events.push(event);
        })
        .unwrap();
    }

    fn done(&self) -> Vec<String> {
        let mut done = self.done.lock().unwrap().clone();
        done.sort();
        done
    }

    fn count(&self, news: impl Fn(&JobNews) -> bool) -> usize {
        self.events.iter().filter(|event| news(&event.news)).count()
    }
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number}.wav")).collect()
}

#[test]
fn a_batch_that_is_run_again_recognizes_nothing() {
    let tree = Tree::new(&[1, 2, 3, 4, 5]);
    let mut first = Ran::default();
    first.run(&tree, 3);
    assert_eq!(first.done(), names(5));
    let captions = tree.captions();
    assert_eq!(captions.len(), 10);
    let mut second = Ran::default();
    second.run(&tree, 3);
    assert_eq!(second.transcriber.calls.load(Ordering::SeqCst), 0);
    assert_eq!(second.count(|news| *news == JobNews::Skipped(Skip::Captioned)), 5);
    assert_eq!(tree.captions(), captions);
    assert_eq!(tree.count("claims"), 0);
}

#[test]
fn what_takes_a_worker_down_is_tried_once_more_and_then_set_aside() {
    let tree = Tree::new(&[1, 1, 1, 1]);
    let mut ran = Ran::crashing(&[("1.wav", 1), ("2.wav", 2)]);
    ran.run(&tree, 2);
    assert_eq!(ran.done(), ["0.wav", "1.wav", "3.wav"]);
    assert_eq!(ran.count(|news| matches!(news, JobNews::Retrying(_))), 2);
    let crashed = |news: &JobNews| matches!(news, JobNews::Failed(failure) if failure.cause == Cause::Crash);
    assert_eq!(ran.count(crashed), 1);
    let last: Vec<_> = ran.events.iter().rev().take(4).map(|event| event.job.job.input.clone()).collect();
    assert!(
        last.iter().all(|path| path.ends_with("1.wav") || path.ends_with("2.wav")),
        "they run last, alone"
    );
}

#[test]
fn a_bad_recording_changes_nothing_for_the_others() {
    let tree = Tree::new(&[1, 1, 1]);
    fs::write(tree.folder.path().join("1.wav"), "no sound").unwrap();
    let mut ran = Ran::default();
    ran.run(&tree, 2);
    assert_eq!(ran.done(), ["0.wav", "2.wav"]);
    let report = Report::of(&tree.store).unwrap();
    let failed: Vec<_> =
        report.entries.iter().filter(|entry| matches!(entry.state, EntryState::Failed { .. })).collect();
    assert_eq!((report.entries.len(), failed.len()), (3, 1));
    assert_eq!(failed[0].input.to_str(), Some("1.wav"));
}

#[test]
fn the_longest_recording_comes_first() {
    let tree = Tree::new(&[1, 3, 2]);
    let mut orders = tree.orders();
    let mut work: Vec<_> = orders.iter_mut().map(|order| &mut order.job).collect();
    lectern::batch::measure(&mut work, NonZeroUsize::MIN);
    let claims = Claims::new(&tree.store, LEASE).unwrap();
    let (ran, mut started) = (Ran::default(), Vec::new());
    let worker = || InProcess { transcriber: &ran.transcriber, done: &ran.done, crashes: &ran.crashes };
    let cancel = CancelToken::default();
    run(&Queue::of(orders), &tree.store, &claims, NonZeroUsize::MIN, worker, &cancel, |event| {
        if event.news == JobNews::Started {
            started.push(event.job.job.input.file_name().unwrap().to_owned());
        }
    })
    .unwrap();
    assert_eq!(started, ["1.wav", "2.wav", "0.wav"]);
}

#[test]
fn batches_on_one_tree_do_every_job_once() {
    let tree = Tree::new(&[1; 24]);
    let mut all: Vec<Ran> = (0..3).map(|_| Ran::default()).collect();
    thread::scope(|scope| {
        for ran in &mut all {
            scope.spawn(|| ran.run(&tree, 2));
        }
    });
    let mut done: Vec<_> = all.iter().flat_map(Ran::done).collect();
    done.sort();
    let mut expected = names(24);
    expected.sort();
    assert_eq!(done, expected);
    for ran in &all {
        let ended = ran.count(|news| matches!(news, JobNews::Captioned(_) | JobNews::Skipped(_)));
        assert_eq!(ended, 24, "each batch knows what became of every job");
    }
    assert_eq!(tree.count("claims"), 0);
}

#[test]
fn a_batch_that_is_interrupted_leaves_its_jobs_to_the_next() {
    let tree = Tree::new(&[60, 60, 1]);
    let cancel = CancelToken::default();
    let mut first = Ran::default();
    first.run_until(&tree, 1, &cancel, |event| {
        if matches!(event.news, JobNews::Progress(_)) {
            cancel.cancel();
        }
    });
    assert_eq!(first.count(|news| *news == JobNews::Interrupted), 1);
    assert_eq!((tree.count("claims"), tree.captions().len()), (0, 0));
    let mut second = Ran::default();
    second.run(&tree, 2);
    assert_eq!(second.done(), names(3));
}
