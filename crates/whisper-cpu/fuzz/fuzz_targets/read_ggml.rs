//! Any bytes as whisper.cpp's model file: an error or a model that can be used, never a panic or gigabytes
//! of memory.

#![no_main]

mod edit;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/model/synthetic.rs"]
mod synthetic;
mod use_weights;

use std::sync::LazyLock;

use edit::File;
use libfuzzer_sys::fuzz_target;
use synthetic::Synthetic;
use whisper_cpu::model::ggml;

/// A whole file; and in it the header, the sizes of mel filters and vocabulary, and the head of each tensor.
static WHOLE: LazyLock<(Vec<u8>, Vec<usize>)> = LazyLock::new(|| {
    let (file, tensors) = Synthetic::default().layout();
    let mut places: Vec<usize> = (0..14).map(|i| 4 * i).collect();
    let tokens = 4 * (12 + 2 + 80 * 201);
    places.extend([tokens, tokens + 4, tokens + 9]);
    places.extend(tensors.iter().flat_map(|&start| (0..8).map(move |i| start + 4 * i)));
    (file, places)
});

fuzz_target!(|file: File| {
    let bytes = file.bytes(&WHOLE.0, &WHOLE.1);
    if let Ok(weights) = ggml::read(&bytes) {
        use_weights::use_weights(&weights);
    }
});
