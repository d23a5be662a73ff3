//! Any bytes as a recording: an error or some sound, never a panic, a hang or gigabytes of memory.

#![no_main]

use lectern::audio::{Recording, SAMPLE_RATE};
use libfuzzer_sys::fuzz_target;

/// What the time stamps of a damaged file may ask for in silence is left unread. Unit: samples.
const ENOUGH: usize = 600 * SAMPLE_RATE as usize;

fuzz_target!(
    // The reader catches the panics of decoders; the hook that libFuzzer sets would end the process before that.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        let Ok(mut recording) = Recording::from_bytes(bytes.to_vec()) else { return };
        let (mut samples, mut total) = (Vec::new(), 0);
        while total < ENOUGH && recording.read(&mut samples).expect("what happens after the start is a warning") {
            assert!(samples.iter().all(|sample| (-1.0..=1.0).contains(sample)));
            total += samples.len();
            samples.clear();
        }
    }
);
