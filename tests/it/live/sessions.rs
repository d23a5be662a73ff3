//! What a session gives when all goes well, whatever the speed of the machine.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crossbeam::channel::RecvTimeoutError;
use lectern::asr::{Effort, Request};
use lectern::live::{
    JournalError, LiveError, LiveEvent, LiveSession, SessionClock, StopReason, keep_recorded, recover,
    unfinished,
};
use lectern::project::{Project, load};
use lectern::recognize::CaptionRequest;
use lectern::time::MediaTime;
use lectern::transcript::Language;

use super::stage::{Before, Look, Stage, english, lecture, quantized, spoken, texts};

const SENTENCES: [usize; 8] = [3, 12, 1, 40, 7, 2, 20, 5];
const WORDS: usize = 90;

#[test]
fn every_word_is_committed_once_and_every_sample_kept() {
    let mut stage = Stage::new();
    let sound = lecture(&SENTENCES);
    let session = stage.start(sound.clone(), 0.0);
    let transcript = stage.play_to_end(session);
    assert_eq!(spoken(&transcript), texts(WORDS));
    assert_eq!(stage.committed(), texts(WORDS));
    assert!(stage.recording() == quantized(&sound), "the recording is what was played");
    let stopped = stage.events.iter().find(|event| matches!(event, LiveEvent::Stopped { .. }));
    assert!(matches!(stopped, Some(LiveEvent::Stopped { reason: StopReason::EndOfInput, .. })));
}

#[test]
fn words_are_committed_while_a_sentence_is_spoken() {
    let mut stage = Stage::new();
    let session = stage.start(lecture(&[12]), 0.0);
    stage.play_until(
        &session,
        |event| matches!(event, LiveEvent::Committed { is_last: false, words, .. } if !words.is_empty()),
    );
    let sentence_is_open = !stage.events.iter().any(|event| matches!(event, LiveEvent::Recognized(_)));
    assert!(sentence_is_open);
    let transcript = stage.play_to_end(session);
    assert_eq!((spoken(&transcript), stage.committed()), (texts(12), texts(12)));
}

/// Sound between the drafts of a word of ten seconds, by a recognizer that takes so many seconds for a second of sound.
/// Unit: milliseconds.
fn steps(slowness: f64) -> Vec<usize> {
    let mut stage = Stage::new();
    let (reader, drafts) = (stage.reader(slowness), Arc::<Mutex<Vec<_>>>::default());
    let notes = Arc::clone(&drafts);
    let make = move || {
        let notes = Arc::clone(&notes);
        let note = move |samples: &[f32], request: &Request| {
            if request.effort == Effort::Draft {
                notes.lock().unwrap().push(samples.len());
            }
        };
        Ok(Before(reader()?, note))
    };
    let engine = stage.engine(make);
    let hum = lecture(&[1])[16_000..20_000].repeat(40);
    let sound = [vec![0.0; 16_000], hum, vec![0.0; 16_000]].concat();
    let session = LiveSession::start(stage.player(sound), engine, &stage.files, english()).unwrap();
    stage.play_to_end(session);
    let drafts = drafts.lock().unwrap();
    // The last one is made in the pause after the word.
    drafts[..drafts.len().saturating_sub(1)].windows(2).map(|pair| (pair[1] - pair[0]) / 16).collect()
}

#[test]
fn drafts_come_as_often_as_the_recognizer_is_quick() {
    let quick = steps(0.0);
    assert!(quick.iter().all(|step| *step >= 250), "{quick:?}");
    assert!(quick.iter().any(|step| *step < 500), "{quick:?}");
    let slow = steps(0.3);
    assert!(2 * slow.len() < quick.len(), "{slow:?} and {quick:?}");
}

#[test]
fn words_have_the_times_at_which_they_were_played() {
    let mut stage = Stage::new();
    let session = stage.start(lecture(&[3, 2]), 0.0);
    let transcript = stage.play_to_end(session);
    let starts: Vec<_> = transcript.words().map(|word| word.span.start.as_millis()).collect();
    for (start, expected) in starts.iter().zip([1000, 1500, 2000, 3500, 4000]) {
        assert!((start - expected).abs() <= 64, "{starts:?}");
    }
}

#[test]
fn a_slow_recognizer_gives_the_same_words_later_and_loses_no_sound() {
    let sound = lecture(&SENTENCES);
    let run = |slowness| {
        let mut stage = Stage::new();
        let session = stage.start(sound.clone(), slowness);
        let transcript = stage.play_to_end(session);
        let lag = |event: &LiveEvent| match event {
            LiveEvent::Status(status) => Some(status.lag.as_millis()),
            _ => None,
        };
        let most = stage.events.iter().filter_map(lag).max().unwrap();
        assert!(stage.recording() == quantized(&sound), "the recording is what was played");
        (transcript, stage.committed(), most)
    };
    let (fast, fast_committed, fast_lag) = run(0.0);
    let (slow, slow_committed, slow_lag) = run(4.0);
    assert_eq!(fast, slow);
    assert_eq!(fast_committed, slow_committed);
    // The clock of the stage does not wait for threads that other programs hold up, so that the fast one lags too.
    assert!(slow_lag > 20_000 && fast_lag < slow_lag / 4, "{fast_lag} and {slow_lag} ms");
}

/// The least and the most that the lag can have been when so much was recorded, as source and detector know it.
fn true_lag(looks: &[Look], recorded: MediaTime) -> (MediaTime, MediaTime) {
    let time = |samples: usize| MediaTime::from_samples(samples as u64, 16_000);
    let then = || looks.iter().filter(|look| time(look.given) == recorded);
    let least = then().map(|look| time(look.given.saturating_sub(look.heard.1))).min();
    let most = then().map(|look| time(look.given.saturating_sub(look.heard.0))).max();
    least.zip(most).expect("a status tells of what the source gave")
}

#[test]
fn ten_minutes_with_a_recognizer_four_times_too_slow_lose_nothing_and_the_lag_is_true() {
    // A word takes half a second, a sentence a second more.
    let sentences: Vec<usize> = (0..80).map(|n| 6 + n * 7 % 17).collect();
    let sound = lecture(&sentences);
    assert!(sound.len() / 16_000 >= 600);
    let run = |slowness| {
        let mut stage = Stage { tick: Duration::from_millis(100), ..Stage::new() };
        let session = stage.start(sound.clone(), slowness);
        stage.play_until(&session, |event| matches!(event, LiveEvent::Stopped { .. }));
        stage.tick = Duration::from_secs(1);
        let transcript = stage.play_to_end(session);
        assert!(stage.recording() == quantized(&sound), "the recording is what was played");
        (transcript, stage)
    };
    let (fast, _) = run(0.0);
    let (slow, stage) = run(4.0);
    assert!(fast == slow, "the words and times are the same");
    assert_eq!(stage.committed(), spoken(&slow));
    let looks = stage.looks.lock().unwrap();
    let mut greatest = MediaTime::ZERO;
    for event in &stage.events {
        let LiveEvent::Status(status) = event else { continue };
        let (least, most) = true_lag(&looks, status.recorded);
        let half = MediaTime::from_millis(500);
        let (lag, told) = (status.lag, format!("{} is not in {least}..{most}", status.lag));
        assert!(lag + half >= least && lag <= most + half, "{told}");
        greatest = greatest.max(lag);
    }
    assert!(greatest > MediaTime::from_millis(400_000), "{greatest}");
}

#[test]
fn the_language_is_found_once_and_told() {
    let mut stage = Stage::new();
    let engine = stage.engine(stage.reader(0.0));
    let request = CaptionRequest { language: None, ..english() };
    let session = LiveSession::start(stage.player(lecture(&[3, 3])), engine, &stage.files, request).unwrap();
    let transcript = stage.play_to_end(session);
    assert_eq!(transcript.language, Language::new("de"));
    let told = stage.events.iter().filter(|event| matches!(event, LiveEvent::LanguageDetected(_))).count();
    assert_eq!(told, 1);
}

#[test]
fn what_is_said_during_a_pause_is_not_recorded() {
    let mut stage = Stage::new();
    let session = stage.start(lecture(&[2, 2, 2]), 0.0);
    stage.play_until(&session, |event| matches!(event, LiveEvent::Recognized(_)));
    session.pause();
    stage.play_until(&session, |event| matches!(event, LiveEvent::Paused { .. }));
    let paused = stage.clock.now();
    while stage.clock.now() < paused + Duration::from_secs(2) {
        stage.play_until(&session, |event| matches!(event, LiveEvent::Status(_)));
    }
    session.resume();
    stage.play_until(&session, |event| matches!(event, LiveEvent::Resumed { .. }));
    let at = |event: &LiveEvent| match event {
        LiveEvent::Paused { at } | LiveEvent::Resumed { at } => Some(*at),
        _ => None,
    };
    let times: Vec<_> = stage.events.iter().filter_map(at).collect();
    assert_eq!(times[0], times[1], "no time passes in the recording");
    let transcript = stage.play_to_end(session);
    assert!(transcript.duration.as_millis() <= 5100, "2 of 7 seconds are left out: {}", transcript.duration);
}

#[test]
fn a_session_that_is_stopped_keeps_what_was_said() {
    let mut stage = Stage::new();
    let session = stage.start(lecture(&[4, 30]), 0.0);
    stage.play_until(&session, |event| matches!(event, LiveEvent::Recognized(_)));
    session.stop();
    let transcript = stage.play_to_end(session);
    assert!(spoken(&transcript).starts_with(&texts(4)));
    assert_eq!(stage.committed(), spoken(&transcript));
    assert_eq!(transcript.duration.as_millis() as usize, stage.recording().len() / 16);
}

#[test]
fn a_session_that_was_cut_off_is_completed_from_its_files() {
    let sound = lecture(&SENTENCES);
    let mut stage = Stage::new();
    let session = stage.start(sound.clone(), 2.0);
    stage.play_until(&session, |event| matches!(event, LiveEvent::Stopped { .. }));
    session.abandon();
    let patience = Duration::from_millis(1);
    while !matches!(session.events().recv_timeout(patience), Err(RecvTimeoutError::Disconnected)) {
        stage.clock.advance(Duration::from_secs(60));
    }
    assert!(session.finish().is_err());
    let found = unfinished(stage.folder.path()).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].recognized < found[0].recorded, "{found:?}");
    let already = stage.committed();
    assert!(!already.is_empty());

    let mut again = Stage { events: Vec::new(), ..stage };
    let session = recover(again.engine(again.reader(0.0)), &found[0].files, english()).unwrap();
    let transcript = again.play_to_end(session);
    assert_eq!(spoken(&transcript), texts(WORDS));
    assert!(again.recording() == quantized(&sound));
}

#[test]
fn a_session_that_still_runs_is_not_offered_for_recovery() {
    let mut stage = Stage::new();
    let session = stage.start(lecture(&[3]), 0.0);
    stage.play_until(&session, |event| matches!(event, LiveEvent::Status(_)));
    assert_eq!(unfinished(stage.folder.path()).unwrap(), []);
    let refused = recover(stage.engine(stage.reader(0.0)), &stage.files, english());
    assert!(matches!(refused, Err(LiveError::Journal(JournalError::InUse { .. }))));
    let transcript = stage.play_to_end(session);
    assert_eq!(unfinished(stage.folder.path()).unwrap().len(), 1, "nobody has kept its captions yet");

    let rest = Project { vocabulary: vec!["Ada".to_owned()], ..Project::default() };
    let path = keep_recorded(transcript, &stage.files, &english(), rest).unwrap();
    assert_eq!(unfinished(stage.folder.path()).unwrap(), []);
    let project = load(&path).unwrap().project;
    assert_eq!(project.document.cues.len(), 1);
    assert_eq!(project.vocabulary, ["Ada"]);
    assert_eq!(project.media.unwrap().path, stage.files.sound);
}
