//! `lectern models import` of models as they are published. The shipped model is written in that form, imported, and
//! must give the same captions.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;
use whisper_cpu::model::ggml;

use super::command::{Home, shipped, text};

#[path = "../../../crates/whisper-cpu/tests/model/hugging_face.rs"]
mod hugging_face;

use hugging_face::{Stored, config, safetensors, stored, theirs, tokenizer};

/// Where a ggml file of base has its mel filters: after the magic, eleven dimensions, and the filters' own two.
const FILTERS: Range<usize> = 56..56 + 80 * 201 * 4;

/// The files of the shipped model in the form in which its makers publish theirs.
struct Published {
    tensors: HashMap<String, Stored>,
    config: Value,
    tokenizer: Value,
}

static BASE: LazyLock<Published> = LazyLock::new(|| {
    let file = fs::read(shipped()).unwrap();
    let weights = ggml::read(&file).expect("the shipped model is whole");
    let names: Vec<String> = weights.tensors().map(|(name, _)| name.to_owned()).collect();
    Published {
        tensors: stored(&weights, &names),
        config: config(&weights),
        tokenizer: tokenizer(&weights.vocabulary, false),
    }
});

fn write_json(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("config.json"), BASE.config.to_string()).unwrap();
    fs::write(folder.join("tokenizer.json"), BASE.tokenizer.to_string()).unwrap();
}

#[test]
fn the_shipped_model_as_published_gives_the_same_captions() {
    let home = Home::new();
    let folder = home.folder().join("whisper-base-copy");
    write_json(&folder);
    fs::write(folder.join("README.md"), "---\nlicense: mit\n---\n").unwrap();
    fs::write(folder.join("model.safetensors"), safetensors(&BASE.tensors)).unwrap();
    let output = home.run(&["import", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output));
    let origin = fs::read_to_string(home.model("whisper-base-copy").with_extension("origin.json")).unwrap();
    assert!(origin.contains(r#""licence": "mit""#) && origin.contains("whisper-base-copy"), "{origin}");
    let again = home.run(&["import", folder.join("model.safetensors").to_str().unwrap()]);
    assert!(again.status.success(), "the weights stand for their folder: {}", text(&again));

    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/photosynthesis.flac");
    let captions = |model: &Path| {
        let mut caption = home.program();
        caption.arg("caption").arg(&sound).arg("--model").arg(model).arg("--output-dir").arg(home.folder());
        let output = caption.args(["--language", "en", "--overwrite"]).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", text(&output));
        fs::read(home.folder().join("photosynthesis.srt")).unwrap()
    };
    // The mel filters of the shipped file differ from those that OpenAI published in their last bits, and bits change
    // words.
    let mut bytes = fs::read(home.model("whisper-base-copy")).unwrap();
    bytes[FILTERS].copy_from_slice(&fs::read(shipped()).unwrap()[FILTERS]);
    let same_filters = home.folder().join("same-filters.bin");
    fs::write(&same_filters, bytes).unwrap();
    assert!(captions(&shipped()) == captions(&same_filters), "the captions differ");
}

#[test]
fn a_model_in_several_files_is_imported_and_a_missing_one_is_named() {
    let home = Home::new();
    let folder = home.folder().join("sharded");
    write_json(&folder);
    let (mut shards, mut index) = ([HashMap::new(), HashMap::new()], HashMap::new());
    for (i, (name, Stored { dtype, shape, bytes })) in BASE.tensors.iter().enumerate() {
        let part = i % 2;
        index.insert(name, format!("model-{part}.safetensors"));
        let (shape, bytes) = (shape.clone(), bytes.clone());
        shards[part].insert(name.clone(), Stored { dtype: *dtype, shape, bytes });
    }
    fs::write(
        folder.join("model.safetensors.index.json"),
        serde_json::json!({ "weight_map": index }).to_string(),
    )
    .unwrap();
    fs::write(folder.join("model-0.safetensors"), safetensors(&shards[0])).unwrap();
    let output = home.run(&["import", folder.to_str().unwrap()]);
    assert!(!output.status.success() && text(&output).contains("model-1.safetensors"), "{}", text(&output));
    assert!(!home.model("sharded").exists());
    fs::write(folder.join("model-1.safetensors"), safetensors(&shards[1])).unwrap();
    let output = home.run(&["import", folder.to_str().unwrap()]);
    assert!(output.status.success() && home.model("sharded").exists(), "{}", text(&output));
}

#[test]
fn a_stick_gives_every_model_on_it_and_half_a_model_is_told_from_none() {
    let home = Home::new();
    let stick = home.folder().join("stick");
    write_json(&stick.join("whole"));
    fs::write(stick.join("whole/model.safetensors"), safetensors(&BASE.tensors)).unwrap();
    fs::copy(shipped(), stick.join("ggml-copy.bin")).unwrap();
    fs::write(stick.join("notes.bin"), "no model").unwrap();
    let output = home.run(&["import", stick.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(home.model("whole").exists(), "{}", text(&output));
    assert!(home.model("base-q8_0").exists(), "known by its checksum: {}", text(&output));

    fs::remove_file(stick.join("whole/tokenizer.json")).unwrap();
    for path in ["whole", "whole/model.safetensors"] {
        let output = home.run(&["import", stick.join(path).to_str().unwrap()]);
        assert!(text(&output).contains("tokenizer.json is missing"), "{}", text(&output));
    }
}

#[test]
fn damaged_files_give_one_clear_error_and_no_model() {
    let home = Home::new();
    let whole = safetensors(&BASE.tensors);
    let name = theirs("encoder.conv1.bias");
    let mut reshaped = whole.clone();
    // The header is JSON; another shape of the same length no longer fits the bytes.
    let at = whole.windows(name.len()).position(|part| part == name.as_bytes()).unwrap();
    let digits = at + whole[at..].iter().position(|&byte| byte == b'5').unwrap();
    reshaped[digits] = b'9';
    let mut endless = whole.clone();
    endless[..8].copy_from_slice(&u64::MAX.to_le_bytes());
    let cases: [(&str, &[u8]); 5] = [
        ("empty", b""),
        ("cut", &whole[..whole.len() / 2]),
        ("header", &endless),
        ("shape", &reshaped),
        ("page", b"<html>not found</html>"),
    ];
    for (case, bytes) in cases {
        let folder = home.folder().join(case);
        write_json(&folder);
        fs::write(folder.join("model.safetensors"), bytes).unwrap();
        let output = home.run(&["import", folder.to_str().unwrap()]);
        let said = text(&output);
        assert!(!output.status.success() && said.contains(case), "{case}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{case}: {said}");
        assert!(!home.model(case).exists(), "{case}");
    }
    let left = fs::read_dir(home.model("x").parent().unwrap()).map(Iterator::count).unwrap_or_default();
    assert_eq!(left, 0, "temporary files are removed");
}
