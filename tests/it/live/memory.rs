//! A long session does not fill the memory.

use std::env;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crossbeam::channel::RecvTimeoutError;
use lectern::audio::Level;
use lectern::live::{LiveEngine, LiveSession, ManualClock, SessionClock, Source, SourceError, SourceRead};
use lectern::vad::{FRAME_SAMPLES, VoiceActivityDetector};

use super::stage::{Stage, english, lecture};

const RATE: u64 = 16_000;
const HOURS: u64 = 6;
/// Memory for the words of five hours and what the allocator keeps. Unit: bytes.
const ROOM: u64 = 48 << 20;

/// Says the same again and again.
struct Tireless {
    clock: Arc<ManualClock>,
    sentence: Vec<f32>,
    given: u64,
}

impl Source for Tireless {
    fn read(&mut self, samples: &mut Vec<f32>) -> Result<SourceRead, SourceError> {
        let due = (self.clock.now().as_millis() as u64 * RATE / 1000).min(HOURS * 3600 * RATE);
        let length = self.sentence.len() as u64;
        samples.extend((self.given..due).map(|n| self.sentence[(n % length) as usize]));
        self.given = due;
        Ok(if due == HOURS * 3600 * RATE { SourceRead::End } else { SourceRead::Sound { dropped: 0 } })
    }

    fn finish(&mut self, _: &mut Vec<f32>) {}

    fn reopen(&mut self) -> Result<(), SourceError> {
        Ok(())
    }

    fn level(&mut self) -> Level {
        Level::default()
    }
}

struct Ear;

impl VoiceActivityDetector for Ear {
    fn speech_probability(&mut self, frame: &[f32; FRAME_SAMPLES]) -> f32 {
        f32::from(frame.iter().any(|sample| sample.abs() > 0.1))
    }
}

/// Bytes of memory that this process holds now.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "is run by another test, in a process of its own"]
fn six_hours_in_a_process_of_its_own() {
    let stage = Stage::new();
    let clock = Arc::clone(&stage.clock);
    let source = Tireless { clock: Arc::clone(&clock), sentence: lecture(&[7, 3, 15]), given: 0 };
    let engine = LiveEngine { detector: Box::new(Ear), ..stage.engine(stage.reader(0.0)) };
    let session = LiveSession::start(Box::new(source), engine, &stage.files, english()).unwrap();
    let mut after_an_hour = None;
    loop {
        match session.events().recv_timeout(Duration::from_micros(500)) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => clock.advance(Duration::from_secs(4)),
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if clock.now() > Duration::from_secs(3600) {
            after_an_hour.get_or_insert_with(resident);
        }
    }
    let transcript = session.finish().unwrap();
    assert_eq!(transcript.duration.as_millis() as u64, HOURS * 3_600_000);
    assert!(transcript.words().count() > 30_000);
    let (early, late) = (after_an_hour.unwrap(), resident());
    println!("{} MB after an hour, {} MB after {HOURS}", early >> 20, late >> 20);
    assert!(late < early + ROOM, "{early} bytes became {late}");
}

#[cfg(target_os = "linux")]
#[test]
fn six_hours_take_little_more_memory_than_one() {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "live::memory::six_hours_in_a_process_of_its_own", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
