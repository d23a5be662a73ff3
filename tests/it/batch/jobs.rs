//! One job at a time.

use std::fs;
use std::sync::atomic::Ordering;

use lectern::asr::CancelToken;
use lectern::batch::{Cause, Decision, FailureReason, JobError, Order, Record, Skip, decide, perform};
use lectern::recognize::Event;

use super::scripted::{Scripted, Tree, options};

fn do_all(tree: &Tree, transcriber: &Scripted) -> Vec<Result<Record, JobError>> {
    let cancel = CancelToken::default();
    tree.orders().iter().map(|order| perform(order, transcriber, &options(), &cancel, &mut |_| ())).collect()
}

/// Stops after so many windows.
fn stop_after(order: &Order, transcriber: &Scripted, windows: usize) -> Result<Record, JobError> {
    let cancel = CancelToken::default();
    let mut left = windows;
    let mut on_event = |event| {
        if matches!(event, Event::Progress(_)) {
            left -= 1;
            if left == 0 {
                cancel.cancel();
            }
        }
    };
    perform(order, transcriber, &options(), &cancel, &mut on_event)
}

#[test]
fn a_job_that_was_stopped_goes_on_and_ends_in_the_same_bytes() {
    let whole = Tree::new(&[90]);
    let once = Scripted::default();
    do_all(&whole, &once)[0].as_ref().unwrap();
    let needed = once.calls.load(Ordering::SeqCst);
    assert!(needed > 5, "{needed} calls");

    let tree = Tree::new(&[90]);
    let order = &tree.orders()[0];
    let (mut rounds, mut calls) = (0, 0);
    let record = loop {
        let transcriber = Scripted::default();
        let result = stop_after(order, &transcriber, 2 * (rounds + 1));
        calls += transcriber.calls.load(Ordering::SeqCst);
        rounds += 1;
        match result {
            Ok(record) => break record,
            Err(error) => assert!(matches!(error, JobError::Cancelled), "{error}"),
        }
        assert!(tree.captions().is_empty());
        assert!(tree.count("windows") > 0, "what was recognized is remembered");
    };
    assert!(rounds > 2, "{rounds} rounds");
    // When it is stopped a worker may have begun with windows that nobody was told of: they are remembered too.
    assert_eq!(calls, needed, "nothing is recognized twice");
    assert!(record.captioned().unwrap().remembered > 0);
    assert_eq!(tree.captions(), whole.captions());
    assert_eq!(tree.count("windows"), 0, "nothing is remembered longer than it is needed");
}

#[test]
fn what_is_done_is_known_again() {
    let tree = Tree::new(&[3]);
    let transcriber = Scripted::default();
    do_all(&tree, &transcriber)[0].as_ref().unwrap();
    let order = &tree.orders()[0];
    let decide =
        || decide(&order.job, tree.store.record(&order.job.id).as_ref(), &order.settings, &tree.store, false);
    assert_eq!(decide(), Decision::Skip(Skip::Captioned));
    fs::write(&order.job.outputs[0].path, "corrected").unwrap();
    assert_eq!(decide(), Decision::Skip(Skip::Corrected));
}

#[test]
fn captions_that_came_in_between_are_kept() {
    let tree = Tree::new(&[3]);
    let order = &tree.orders()[0];
    for output in &order.job.outputs {
        fs::write(&output.path, "by hand").unwrap();
    }
    let error = do_all(&tree, &Scripted::default()).remove(0).unwrap_err();
    assert_eq!(error.cause(), Cause::Output);
    assert!(error.to_string().contains("already exists"), "{error}");
    assert_eq!(fs::read(&order.job.outputs[1].path).unwrap(), b"by hand");
}

#[test]
fn captions_that_are_missing_are_made_beside_those_that_are_there() {
    let tree = Tree::new(&[3]);
    let order = &tree.orders()[0];
    fs::write(&order.job.outputs[1].path, "by hand").unwrap();
    let decide =
        || decide(&order.job, tree.store.record(&order.job.id).as_ref(), &order.settings, &tree.store, false);
    assert_eq!(decide(), Decision::Caption);
    let record = do_all(&tree, &Scripted::default()).remove(0).unwrap();
    let captioned = record.captioned().unwrap();
    assert!(captioned.warnings.iter().any(|warning| warning.contains("left as it is")), "{captioned:?}");
    assert_eq!(captioned.outputs.len(), 1);
    assert!(order.job.outputs[0].path.is_file());
    assert_eq!(fs::read(&order.job.outputs[1].path).unwrap(), b"by hand");
    assert_eq!(decide(), Decision::Skip(Skip::Foreign));
}

#[test]
fn captions_that_cannot_be_written_do_not_stop_the_others() {
    let tree = Tree::new(&[3]);
    let order = &tree.orders()[0];
    fs::create_dir(&order.job.outputs[0].path).unwrap();
    let error = do_all(&tree, &Scripted::default()).remove(0).unwrap_err();
    assert_eq!(error.cause(), Cause::Output);
    assert!(order.job.outputs[1].path.is_file());
    assert!(tree.count("windows") > 0, "nothing is recognized again");
}

#[test]
fn bad_recordings_are_told_with_their_cause() {
    let tree = Tree::new(&[1]);
    fs::write(tree.folder.path().join("empty.wav"), "").unwrap();
    fs::write(tree.folder.path().join("text.wav"), "no sound").unwrap();
    let results = do_all(&tree, &Scripted::default());
    assert!(results[0].is_ok());
    for (result, word) in results[1..].iter().zip(["empty", "not a sound"]) {
        let failure = result.as_ref().unwrap_err().to_failure();
        assert_eq!(failure.cause, Cause::Input);
        assert!(failure.message.contains(word), "{}", failure.message);
        let Some(FailureReason::Recording(fault)) = failure.reason else { panic!("{failure:?}") };
        assert!(fault.at("x.wav".as_ref()).to_string().contains(word), "{fault:?}");
    }
}
