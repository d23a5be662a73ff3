//! The files of transformers.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use whisper_cpu::model::{ReadError, Weights, ggml, safetensors};

use super::base;
use super::hugging_face::{Stored, config, safetensors as file, stored, tokenizer};
use super::synthetic::Synthetic;

fn names(weights: &Weights) -> Vec<String> {
    let layers = [weights.dimensions.encoder_layers, weights.dimensions.decoder_layers];
    Synthetic { layers, ..Synthetic::default() }.tensors().into_iter().map(|(name, _)| name).collect()
}

/// The files of one model.
struct Files {
    weights: Vec<Vec<u8>>,
    config: Value,
    tokenizer: Value,
    generation: Option<Value>,
}

impl Files {
    fn of(weights: &Weights) -> Self {
        let whole = file(&stored(weights, &names(weights)));
        let tokenizer = tokenizer(&weights.vocabulary, false);
        Self { weights: vec![whole], config: config(weights), tokenizer, generation: None }
    }

    fn read(&self) -> Result<Weights<'_>, ReadError> {
        let shards: Vec<&[u8]> = self.weights.iter().map(Vec::as_slice).collect();
        let generation = self.generation.as_ref().map(Value::to_string);
        safetensors::read(
            &shards,
            self.config.to_string().as_bytes(),
            self.tokenizer.to_string().as_bytes(),
            generation.as_deref().map(str::as_bytes),
        )
    }

    fn error(&self) -> ReadError {
        self.read().expect_err("the files are damaged")
    }
}

fn assert_same(read: &Weights, expected: &Weights) {
    assert_eq!(read.dimensions, expected.dimensions);
    assert_eq!(read.alignment_heads, expected.alignment_heads);
    for name in names(expected) {
        let (read, expected) = (read.tensor(&name), expected.tensor(&name));
        assert_eq!(read.shape(), expected.shape(), "{name}");
        assert!(read.to_f32() == expected.to_f32(), "{name} differs");
    }
    for token in 0..expected.vocabulary.len() as u32 {
        assert_eq!(read.vocabulary.bytes_of(token), expected.vocabulary.bytes_of(token), "token {token}");
    }
}

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| Synthetic::default().file());

fn small() -> (Weights<'static>, Files) {
    let weights = ggml::read(&SMALL).expect("it is whole");
    let files = Files::of(&weights);
    (weights, files)
}

#[test]
fn base_in_both_formats_is_the_same() {
    let expected = base::weights();
    let names = names(expected);
    assert_eq!(names.len(), 245);
    let (first, second) = names.split_at(100);
    let shards = vec![file(&stored(expected, first)), file(&stored(expected, second))];
    let apart = tokenizer(&expected.vocabulary, true);
    let files = Files { weights: shards, config: config(expected), tokenizer: apart, generation: None };
    let read = files.read().expect("the files are whole");
    assert_same(&read, expected);
    // Written as a ggml file, it has the numbers that it had before they became floats.
    let mut written = Vec::new();
    ggml::write(&read, &mut written).expect("memory takes all");
    let again = ggml::read(&written).expect("it was just written");
    assert_same(&again, expected);
    for name in &names {
        assert_eq!(again.tensor(name).element(), expected.tensor(name).element(), "{name}");
    }
    for (read, expected) in read.mel_filters.iter().zip(&expected.mel_filters) {
        assert!((read - expected).abs() <= 2e-7 * expected.abs(), "{read} {expected}");
    }
    let table: Vec<(String, Vec<u32>)> =
        serde_json::from_str(include_str!("../data/encodings.json")).expect("the table is JSON");
    for (text, tokens) in table {
        assert_eq!(read.vocabulary.encode(&text), tokens, "{text:?}");
    }
    assert_eq!(read.vocabulary.non_speech_tokens(), expected.vocabulary.non_speech_tokens());
}

#[test]
fn a_small_model_in_both_formats_is_the_same() {
    let (expected, files) = small();
    assert_same(&files.read().expect("the files are whole"), &expected);
}

#[test]
fn names_may_lack_the_prefix_and_the_logits_may_be_there_twice() {
    let (expected, mut files) = small();
    let tensors = stored(&expected, &names(&expected));
    let mut bare: std::collections::HashMap<String, Stored> = tensors
        .into_iter()
        .map(|(name, tensor)| (name.strip_prefix("model.").expect("all have it").to_owned(), tensor))
        .collect();
    let logits = expected.tensor("decoder.token_embedding.weight").to_f32();
    let bytes = logits.iter().flat_map(|number| number.to_le_bytes()).collect();
    let shape = vec![51_864, 64];
    bare.insert("proj_out.weight".to_owned(), Stored { dtype: ::safetensors::Dtype::F32, shape, bytes });
    files.weights = vec![file(&bare)];
    assert_same(&files.read().expect("the files are whole"), &expected);
}

#[test]
fn alignment_heads_come_from_the_files_when_the_model_has_them() {
    let file = Synthetic { layers: [1, 2], ..Synthetic::default() }.file();
    let mut files = Files::of(&ggml::read(&file).expect("it is whole"));
    let upper_half = vec![(1, 0)];
    for (heads, expected) in [
        (json!({"alignment_heads": [[1, 0], [0, 0], [1, 0]]}), vec![(0, 0), (1, 0)]),
        // A distilled model with its teacher's heads.
        (json!({"alignment_heads": [[0, 0], [10, 12]]}), upper_half.clone()),
        (json!({"alignment_heads": []}), upper_half.clone()),
        (json!({"alignment_heads": null}), upper_half.clone()),
        (json!({}), upper_half),
    ] {
        files.generation = Some(heads);
        assert_eq!(files.read().expect("the files are whole").alignment_heads, expected);
    }
    files.generation = Some(json!({"alignment_heads": "none"}));
    assert!(matches!(files.error(), ReadError::Json { file: "generation_config.json", .. }));
}

#[test]
fn what_whisper_does_not_compute_is_refused() {
    let (_, mut files) = small();
    let whole = files.config.clone();
    for (name, value) in [
        ("activation_function", json!("relu")),
        ("scale_embedding", json!(true)),
        ("tie_word_embeddings", json!(false)),
        ("encoder_ffn_dim", json!(128)),
        ("decoder_ffn_dim", json!(128)),
    ] {
        files.config = whole.clone();
        files.config[name] = value;
        assert!(matches!(files.error(), ReadError::Setting { name: found, .. } if found == name), "{name}");
    }
    files.config = whole.clone();
    files.config["d_model"] = json!(u64::MAX);
    assert!(matches!(files.error(), ReadError::Dimension { name: "state", .. }));
    files.config = json!({});
    assert!(matches!(files.error(), ReadError::Json { file: "config.json", .. }));
}

#[test]
fn tensors_that_do_not_belong_there_are_found_out() {
    let (expected, mut files) = small();
    let store = |dtype, shape: Vec<usize>, bytes| Stored { dtype, shape, bytes: vec![0; bytes] };
    let mut with = |name: &str, tensor| {
        let mut tensors = stored(&expected, &names(&expected));
        tensors.insert(name.to_owned(), tensor);
        files.weights = vec![file(&tensors)];
        files.error()
    };
    use ::safetensors::Dtype;
    let bias = "model.encoder.layer_norm.bias";
    assert!(matches!(with("lora.weight", store(Dtype::F32, vec![1], 4)), ReadError::UnknownTensor(_)));
    assert!(matches!(
        with("model.encoder.layers.1.fc1.bias", store(Dtype::F32, vec![1], 4)),
        ReadError::UnknownTensor(_)
    ));
    assert!(matches!(
        with("encoder.layer_norm.bias", store(Dtype::F32, vec![64], 256)),
        ReadError::DuplicateTensor(_)
    ));
    assert!(matches!(with(bias, store(Dtype::F64, vec![64], 512)), ReadError::ElementType { .. }));
    assert!(matches!(with(bias, store(Dtype::F32, vec![32], 128)), ReadError::TensorShape { .. }));
    files.weights.clear();
    assert!(matches!(files.error(), ReadError::MissingTensor(_)));
    files.weights = vec![vec![0xff; 16]];
    assert!(matches!(files.error(), ReadError::Safetensors(_)));
}

#[test]
fn numbers_that_are_not_finite_are_refused_with_the_name_of_their_tensor() {
    let (expected, mut files) = small();
    let name = "model.decoder.layer_norm.weight";
    for (dtype, number) in [
        (::safetensors::Dtype::F32, &[0, 0, 0x80, 0xff][..]),
        (::safetensors::Dtype::F16, &[0, 0x7e]),
        (::safetensors::Dtype::BF16, &[1, 0x7f, 0x80, 0x7f]),
    ] {
        let mut tensors = stored(&expected, &names(&expected));
        let bytes = number.iter().copied().cycle().take(64 * dtype.bitsize() / 8).collect();
        tensors.insert(name.to_owned(), Stored { dtype, shape: vec![64], bytes });
        files.weights = vec![file(&tensors)];
        assert!(matches!(files.error(), ReadError::NotFinite(found) if found == name), "{dtype}");
    }
}

#[test]
fn a_damaged_tokenizer_is_found_out() {
    let (_, mut files) = small();
    let whole = files.tokenizer.clone();
    let mut with = |change: fn(&mut Value)| {
        files.tokenizer = whole.clone();
        change(&mut files.tokenizer);
        files.error()
    };
    assert!(matches!(with(|t| t["model"] = json!({})), ReadError::Json { file: "tokenizer.json", .. }));
    assert!(matches!(
        with(|t| t["model"]["vocab"]["日"] = json!(7)),
        ReadError::TokenSpelling(_) | ReadError::TokenId { .. }
    ));
    assert!(matches!(with(|t| t["model"]["vocab"]["zzzz"] = json!(7)), ReadError::TokenId { .. }));
    assert!(matches!(
        with(|t| t["model"]["vocab"]["zzzz"] = json!(u64::MAX)),
        ReadError::TokenId { id: u64::MAX, .. }
    ));
    assert!(
        matches!(with(|t| t["model"]["merges"] = json!(["q q"])), ReadError::UnknownMerge(merge) if merge == "qq")
    );
    assert!(matches!(
        with(|t| t["added_tokens"][0]["id"] = json!(50_257)),
        ReadError::SpecialToken { expected: 50_256, .. }
    ));
    let few = with(|t| {
        let vocab = t["model"]["vocab"].as_object_mut().expect("an object");
        vocab.retain(|_, id| id.as_u64() != Some(300) && id.as_u64() != Some(301));
    });
    assert!(matches!(few, ReadError::FewTokens { found: 50_254, expected: 50_256 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn damaged_bytes_do_no_harm(
        which in 0_usize..2,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        static FILES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
            let (_, files) = small();
            [files.weights[0].clone(), files.tokenizer.to_string().into_bytes(), files.config.to_string().into_bytes()]
        });
        let mut files = FILES.clone();
        let length = files[which].len().min(8000);
        for (place, byte) in places {
            files[which][place.index(length)] = byte;
        }
        let _ = safetensors::read(&[&files[0]], &files[2], &files[1], None);
    }
}
