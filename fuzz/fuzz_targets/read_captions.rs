//! Any bytes as a file of any format; the first byte chooses the format. What is read must be writable in the
//! same format and come back.
#![no_main]

use lectern::format::{WriteOptions, all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&choice, file)) = data.split_first() else { return };
    let format = &all()[usize::from(choice) % all().len()];
    let Some(Ok(reading)) = format.read.map(|read| read(file)) else { return };
    let options = WriteOptions { word_times: choice >= 128 };
    if let Some(Ok(written)) = format.write.map(|write| write(&reading.document, &options)) {
        format.verify(&reading.document, &options, &written).expect("what was written is read again");
    }
});
