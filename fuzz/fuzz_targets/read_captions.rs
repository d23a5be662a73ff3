//! Any bytes as a file of captions. What is read must be writable in the same format and come back.
//!
//! `FORMAT=srt` keeps to the reader of one format; else the first byte chooses it.

#![no_main]

use std::env;
use std::sync::LazyLock;

use lectern::format::{Format, WriteOptions, all, by_name};
use libfuzzer_sys::fuzz_target;

static ONLY: LazyLock<Option<&Format>> = LazyLock::new(|| {
    let name = env::var("FORMAT").ok()?;
    Some(by_name(&name).unwrap_or_else(|| panic!("FORMAT={name}: no such format")))
});

fuzz_target!(|data: &[u8]| {
    let Some((&choice, file)) = data.split_first() else { return };
    let format = ONLY.unwrap_or_else(|| &all()[usize::from(choice) % all().len()]);
    let Some(Ok(reading)) = format.read.map(|read| read(file)) else { return };
    let options = WriteOptions { word_times: choice >= 128, ..WriteOptions::default() };
    if let Some(Ok(written)) = format.write.map(|write| write(&reading.document, &options)) {
        format.verify(&reading.document, &options, &written).expect("what was written is read again");
    }
});
