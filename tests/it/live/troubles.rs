//! What a session does when something goes wrong: the recording goes on, or ends whole.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use lectern::asr::{RecognizeError, Request};
use lectern::live::{LiveEngine, LiveError, LiveSession, ManualClock};
use lectern::live::{LiveEvent, StopReason};

use super::stage::{Before, Player, Reader, Stage, english, lecture, quantized, spoken, texts};

#[test]
fn a_device_that_is_unplugged_leaves_a_gap_and_shifts_nothing() {
    let mut stage = Stage::new();
    let session = stage.start(lecture(&[2, 2, 2, 2]), 0.0);
    stage.play_until(&session, |event| matches!(event, LiveEvent::Recognized(_)));
    stage.is_plugged.store(false, Ordering::SeqCst);
    stage.play_until(&session, |event| matches!(event, LiveEvent::DeviceLost { .. }));
    for _ in 0..12 {
        stage.play_until(&session, |event| matches!(event, LiveEvent::Status(_)));
    }
    stage.is_plugged.store(true, Ordering::SeqCst);
    stage.play_until(&session, |event| matches!(event, LiveEvent::DeviceBack { .. }));
    let Some(LiveEvent::DeviceBack { gap }) = stage.events.last().cloned() else { unreachable!() };
    assert!(gap.duration().as_millis() > 500, "{gap}");
    let transcript = stage.play_to_end(session);
    // The last sentence is number 3, of words 6 and 7, which begin at 7 and 7.5 s.
    let last: Vec<_> =
        transcript.words().filter(|word| word.text == "word6" || word.text == "word7").collect();
    assert_eq!(last.len(), 2, "{:?}", spoken(&transcript));
    let start = last[0].span.start.as_millis();
    assert!((start - 7000).abs() <= 200, "the words after the gap are at {start} ms");
    assert!((transcript.duration.as_millis() - 9000).abs() <= 200, "{}", transcript.duration);
}

#[test]
fn a_computer_that_sleeps_shifts_nothing() {
    let mut stage = Stage::new();
    let player = stage.player(lecture(&[2, 2, 2]));
    // The device has a clock of its own, which does not go on while the computer sleeps.
    let device = Arc::new(ManualClock::default());
    let source = Box::new(Player { clock: Arc::clone(&device), ..*player });
    let engine = stage.engine(stage.reader(0.0));
    let session = LiveSession::start(source, engine, &stage.files, english()).unwrap();
    let night = Duration::from_secs(8 * 3600);
    for tick in 0..450 {
        device.advance(Duration::from_millis(20));
        stage.clock.advance(Duration::from_millis(20));
        // It falls asleep twice: while somebody speaks, and while the device is gone.
        match tick {
            60 | 200 => stage.clock.advance(night),
            190 => stage.is_plugged.store(false, Ordering::SeqCst),
            240 => stage.is_plugged.store(true, Ordering::SeqCst),
            _ => {}
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let transcript = stage.play_to_end(session);
    assert!((transcript.duration.as_millis() - 7000).abs() < 2000, "{}", transcript.duration);
    let starts: Vec<_> = transcript.words().map(|word| word.span.start.as_millis()).collect();
    assert!((starts[0] - 1000).abs() < 100 && (starts[1] - 1500).abs() < 100, "{starts:?}");
}

/// The samples of a 16-bit file, interleaved.
fn samples(path: &Path) -> Vec<i16> {
    hound::WavReader::open(path).unwrap().samples().map(Result::unwrap).collect()
}

#[test]
fn the_sound_of_the_device_is_kept_with_the_same_gaps() {
    let mut stage = Stage::new();
    stage.files = stage.files.clone().with_full_quality();
    let session = stage.start(lecture(&[2, 2, 2]), 0.0);
    stage.play_until(&session, |event| matches!(event, LiveEvent::Recognized(_)));
    stage.is_plugged.store(false, Ordering::SeqCst);
    stage.play_until(&session, |event| matches!(event, LiveEvent::DeviceLost { .. }));
    for _ in 0..12 {
        stage.play_until(&session, |event| matches!(event, LiveEvent::Status(_)));
    }
    stage.is_plugged.store(true, Ordering::SeqCst);
    stage.play_to_end(session);
    let (mono, stereo) = (samples(&stage.files.sound), samples(stage.files.full_quality.as_ref().unwrap()));
    let left: Vec<_> = stereo.iter().copied().step_by(2).collect();
    assert!(left == mono, "{} and {} frames", left.len(), mono.len());
    assert!(stereo.as_chunks::<2>().0.iter().all(|[left, right]| left + right == 0));
}

#[test]
fn what_stands_in_the_way_of_full_quality_does_not_stop_the_recording() {
    let mut stage = Stage::new();
    stage.files = stage.files.clone().with_full_quality();
    std::fs::write(stage.files.full_quality.as_ref().unwrap(), "precious").unwrap();
    let sound = lecture(&[2]);
    let session = stage.start(sound.clone(), 0.0);
    let transcript = stage.play_to_end(session);
    assert_eq!(spoken(&transcript), texts(2));
    assert!(stage.recording() == quantized(&sound));
    let told = |event: &&LiveEvent| matches!(event, LiveEvent::FullQualityStopped { .. });
    assert_eq!(stage.events.iter().filter(told).count(), 1);
    assert_eq!(std::fs::read(stage.files.full_quality.unwrap()).unwrap(), b"precious");
}

#[test]
fn a_recognizer_that_panics_is_started_anew_and_no_word_is_lost() {
    let mut stage = Stage::new();
    let (made, reader) = (Arc::new(AtomicUsize::new(0)), stage.reader(0.0));
    let count = Arc::clone(&made);
    let make = move || {
        let before = count.fetch_add(1, Ordering::SeqCst);
        let stumble = move |_: &[f32], _: &Request| assert!(before > 0, "on purpose, to see it caught");
        Ok(Before(reader()?, stumble))
    };
    let sound = lecture(&[1, 3, 2]);
    let engine = stage.engine(make);
    let session = LiveSession::start(stage.player(sound), engine, &stage.files, english()).unwrap();
    let transcript = stage.play_to_end(session);
    assert_eq!(spoken(&transcript), texts(6));
    assert!(made.load(Ordering::SeqCst) >= 2);
}

#[test]
fn without_any_recognizer_the_recording_is_whole_and_told_to_lack_words() {
    let mut stage = Stage::new();
    let engine = stage.engine(|| Err::<Reader, _>(RecognizeError::Load("no memory".to_owned())));
    let sound = lecture(&[2, 2]);
    let session = LiveSession::start(stage.player(sound.clone()), engine, &stage.files, english()).unwrap();
    let transcript = stage.play_to_end(session);
    assert_eq!(transcript.segments, []);
    assert!(stage.recording() == quantized(&sound));
    let lacking =
        stage.events.iter().filter(|event| matches!(event, LiveEvent::NotRecognized { .. })).count();
    assert_eq!(lacking, 2);
}

#[test]
fn a_disk_that_fills_is_told_in_time_and_ends_the_recording_whole() {
    static FREE: AtomicU64 = AtomicU64::new(u64::MAX);
    fn free(_: &Path) -> io::Result<u64> {
        Ok(FREE.load(Ordering::SeqCst))
    }
    let mut stage = Stage::new();
    let engine = LiveEngine { free_space: free, ..stage.engine(stage.reader(0.0)) };
    let session =
        LiveSession::start(stage.player(lecture(&[30, 30])), engine, &stage.files, english()).unwrap();
    let minute = 60 * 32_000;
    FREE.store((8 << 20) + 9 * minute + minute / 2, Ordering::SeqCst);
    stage.play_until(&session, |event| matches!(event, LiveEvent::DiskLow { .. }));
    assert!(matches!(stage.events.last(), Some(LiveEvent::DiskLow { minutes: 9 })));
    FREE.store(0, Ordering::SeqCst);
    let transcript = stage.play_to_end(session);
    let reason = stage.events.iter().find_map(|event| match event {
        LiveEvent::Stopped { reason, .. } => Some(reason.clone()),
        _ => None,
    });
    assert!(matches!(reason, Some(StopReason::DiskFull)), "{reason:?}");
    assert_eq!(transcript.duration.as_millis() as usize, stage.recording().len() / 16);
    assert_eq!(stage.committed(), spoken(&transcript));
}

#[test]
fn a_session_does_not_begin_on_a_full_disk() {
    let stage = Stage::new();
    let engine = LiveEngine { free_space: |_| Ok(1 << 20), ..stage.engine(stage.reader(0.0)) };
    let started = LiveSession::start(stage.player(lecture(&[1])), engine, &stage.files, english());
    assert!(matches!(started.err(), Some(LiveError::DiskFull { free: 1_048_576, .. })));
    assert!(!stage.files.sound.exists() && !stage.files.journal.exists());
}

#[test]
fn a_recording_that_is_there_is_never_replaced() {
    let stage = Stage::new();
    std::fs::write(&stage.files.sound, "precious").unwrap();
    let engine = stage.engine(stage.reader(0.0));
    let started = LiveSession::start(stage.player(lecture(&[1])), engine, &stage.files, english());
    assert!(matches!(started.err(), Some(LiveError::Audio(_))));
    assert_eq!(std::fs::read(&stage.files.sound).unwrap(), b"precious");
}

#[test]
fn nobody_who_listens_is_no_reason_to_stop_recording() {
    let mut stage = Stage::new();
    let sound = lecture(&[20, 20, 20]);
    let session = stage.start(sound.clone(), 0.0);
    // More news come than may wait; nobody takes any until all is recorded.
    let length = sound.len() as u64 / 16 + 1000;
    for _ in 0..length / 20 {
        stage.clock.advance(std::time::Duration::from_millis(20));
        std::thread::sleep(std::time::Duration::from_micros(500));
    }
    let transcript = stage.play_to_end(session);
    assert!(stage.recording() == quantized(&sound));
    assert_eq!((spoken(&transcript), stage.committed()), (texts(60), texts(60)));
}
