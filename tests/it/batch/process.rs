//! Workers in processes of their own: a shell script stands for the program.

use std::process::Command;

use lectern::batch::{
    Cause, Failure, FailureReason, Message, ModelFault, Order, Process, ProcessEnd, Record, RecordingFault,
    Unusable, WorkError, Worker,
};

use super::scripted::{Tree, options};

fn perform(script: &str, orders: &[Order]) -> Vec<Result<Record, WorkError>> {
    let command = || {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        shell
    };
    let mut worker = Process::new(command, options());
    orders.iter().map(|order| worker.perform(order, &|| true, &mut |_| ())).collect()
}

/// A line that the script prints.
fn say(message: &Message) -> String {
    format!("echo '{}'", serde_json::to_string(message).unwrap())
}

#[test]
fn a_process_that_goes_down_is_told_with_its_last_words_and_started_anew() {
    let tree = Tree::new(&[1, 1]);
    let script = "echo some noise; read options; read order; echo assertion failed >&2; kill -ABRT $$";
    for result in perform(script, &tree.orders()) {
        let Err(WorkError::Crashed(how)) = result else { panic!("{result:?}") };
        assert_eq!((how.signal, &*how.last_words), (Some(6), "assertion failed"));
    }
}

#[test]
fn a_process_that_ends_without_a_word_has_crashed() {
    let tree = Tree::new(&[1]);
    let result = perform("read options; exit 3", &tree.orders()).remove(0);
    let Err(WorkError::Crashed(how)) = result else { panic!("{result:?}") };
    assert_eq!(how, ProcessEnd { code: Some(3), ..ProcessEnd::default() });
}

#[test]
fn a_process_does_one_job_after_another() {
    let tree = Tree::new(&[1, 1, 1]);
    let failure = Failure {
        cause: Cause::Input,
        message: "no sound".to_owned(),
        reason: Some(FailureReason::Recording(RecordingFault::NoSamples)),
    };
    let script = format!(
        "read options; echo start >> log; while read order; do {}; done",
        say(&Message::Failed(failure.clone()))
    );
    let script = format!("cd {} && {script}", tree.folder.path().display());
    for result in perform(&script, &tree.orders()) {
        assert_eq!(result, Err(WorkError::Failed(failure.clone())));
    }
    let log = std::fs::read_to_string(tree.folder.path().join("log")).unwrap();
    assert_eq!(log, "start\n", "one process did them all");
}

#[test]
fn a_process_that_is_of_no_use_says_why() {
    let tree = Tree::new(&[1]);
    let why = Unusable::Model {
        fault: ModelFault::Flawed("/models/base.bin".into()),
        message: "the model is damaged".to_owned(),
    };
    let script = say(&Message::Unusable(why.clone()));
    let result = perform(&script, &tree.orders()).remove(0);
    assert_eq!(result, Err(WorkError::Unusable(why)));
}

#[test]
fn work_that_is_not_wanted_any_more_ends() {
    let tree = Tree::new(&[1]);
    // The shell ends with its input, as a worker does.
    let command = || {
        let mut shell = Command::new("sh");
        shell.args(["-c", "while read order; do :; done"]);
        shell
    };
    let result = Process::new(command, options()).perform(&tree.orders()[0], &|| false, &mut |_| ());
    assert_eq!(result, Err(WorkError::Cancelled));
}
