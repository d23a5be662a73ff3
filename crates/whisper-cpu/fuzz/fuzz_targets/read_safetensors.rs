//! Any bytes as the files of transformers: an error or a model that can be used, never a panic or gigabytes
//! of memory.

#![no_main]

mod edit;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/model/hugging_face.rs"]
mod hugging_face;
#[allow(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/model/synthetic.rs"]
mod synthetic;
mod use_weights;

use std::borrow::Cow;
use std::sync::LazyLock;

use edit::File;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use synthetic::Synthetic;
use whisper_cpu::model::{ggml, safetensors};

/// One of the files is not as it should be.
#[derive(Arbitrary, Debug)]
enum Input<'a> {
    Weights(File<'a>),
    Config(File<'a>),
    Tokenizer(File<'a>),
    Generation(File<'a>),
}

struct Whole {
    weights: Vec<u8>,
    config: Vec<u8>,
    tokenizer: Vec<u8>,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let file = Synthetic::default().file();
    let weights = ggml::read(&file).expect("the file is whole");
    let names: Vec<String> = Synthetic::default().tensors().into_iter().map(|(name, _)| name).collect();
    Whole {
        weights: hugging_face::safetensors(&hugging_face::stored(&weights, &names)),
        config: hugging_face::config(&weights).to_string().into_bytes(),
        tokenizer: hugging_face::tokenizer(&weights.vocabulary, true).to_string().into_bytes(),
    }
});
static GENERATION: &[u8] = br#"{"alignment_heads": [[0, 0]], "no_timestamps_token_id": 50362}"#;
/// Takes no time; what comes before the tokenizer is read all the same.
static NO_TOKENIZER: &[u8] = br#"{"model": {"vocab": {}, "merges": []}}"#;
/// What matters of these files is at their start: the sizes of safetensors, and the names that JSON has.
static PLACES: LazyLock<Vec<usize>> = LazyLock::new(|| (0..4096).collect());

fuzz_target!(|input: Input| {
    let (mut weights, mut config) = (Cow::from(&WHOLE.weights), Cow::from(&WHOLE.config));
    let (mut tokenizer, mut generation) = (Cow::from(NO_TOKENIZER), Cow::from(GENERATION));
    match &input {
        Input::Weights(file) => weights = file.bytes(&WHOLE.weights, &PLACES).into(),
        Input::Config(file) => config = file.bytes(&WHOLE.config, &PLACES).into(),
        Input::Tokenizer(file) => tokenizer = file.bytes(&WHOLE.tokenizer, &PLACES).into(),
        Input::Generation(file) => generation = file.bytes(GENERATION, &PLACES).into(),
    }
    if let Ok(weights) = safetensors::read(&[&weights], &config, &tokenizer, Some(&generation)) {
        use_weights::use_weights(&weights);
    }
});
