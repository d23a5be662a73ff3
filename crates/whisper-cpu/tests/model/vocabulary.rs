//! Tokens and text.

use proptest::prelude::*;
use whisper_cpu::model::{Vocabulary, ggml};

use super::base::weights;
use super::synthetic::{Synthetic, filler};

fn base() -> &'static Vocabulary {
    &weights().vocabulary
}

#[test]
fn special_tokens_are_where_openai_has_them() {
    let base = base();
    assert_eq!((base.len(), base.is_multilingual(), base.languages().len()), (51_865, true, 99));
    let english = ggml::read(&Synthetic::default().file()).expect("the model is whole").vocabulary;
    assert_eq!((english.len(), english.is_multilingual()), (51_864, false));
    let newest = Synthetic { vocabulary: 51_866, mel_bands: 128, ..Synthetic::default() }.file();
    let newest = ggml::read(&newest).expect("the model is whole").vocabulary;
    assert_eq!((newest.len(), newest.is_multilingual(), newest.languages().len()), (51_866, true, 100));
    let numbers = |v: &Vocabulary| {
        [
            v.end_of_text(),
            v.start_of_transcript(),
            v.translate(),
            v.transcribe(),
            v.start_of_prev(),
            v.no_speech(),
            v.no_timestamps(),
            v.first_timestamp(),
        ]
    };
    assert_eq!(numbers(base), [50_257, 50_258, 50_358, 50_359, 50_361, 50_362, 50_363, 50_364]);
    assert_eq!(numbers(&english), [50_256, 50_257, 50_357, 50_358, 50_360, 50_361, 50_362, 50_363]);
    assert_eq!(numbers(&newest), [50_257, 50_258, 50_359, 50_360, 50_362, 50_363, 50_364, 50_365]);
    assert_eq!(newest.language_token("yue"), Some(50_358));
}

#[test]
fn languages_and_their_tokens_correspond() {
    let base = base();
    assert_eq!(base.language_token("en"), Some(50_259));
    assert_eq!(base.language_token("de"), Some(50_261));
    assert_eq!(base.language_token("su"), Some(50_357));
    assert_eq!(base.language_token("yue"), None);
    for &code in base.languages() {
        assert_eq!(base.language_token(code).and_then(|token| base.language(token)), Some(code));
    }
    assert_eq!((base.language(50_258), base.language(50_358), base.language(0)), (None, None, None));
}

#[test]
fn texts_become_the_tokens_that_openais_tokenizer_gives() {
    let table: Vec<(String, Vec<u32>)> =
        serde_json::from_str(include_str!("../data/encodings.json")).expect("the table is JSON");
    for (text, tokens) in table {
        assert_eq!(base().encode(&text), tokens, "{text:?}");
        assert_eq!(base().text(&tokens), text);
    }
}

#[test]
fn a_long_word_takes_no_time() {
    let word = "a".repeat(1 << 20);
    let tokens = base().encode(&word);
    assert_eq!(base().text(&tokens), word);
}

#[test]
fn special_tokens_have_no_text() {
    let base = base();
    let tokens =
        [base.start_of_transcript(), 50_259, 440, base.first_timestamp() + 7, base.end_of_text(), u32::MAX];
    assert_eq!(base.text(&tokens), base.text(&[440]));
    assert!(base.bytes_of(50_256).is_empty());
}

#[test]
fn what_is_no_speech_in_many_languages_is_what_openai_has() {
    // `non_speech_tokens` of the multilingual tokenizer of openai-whisper.
    let expected = [
        1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93, 359, 503, 522,
        542, 873, 893, 902, 918, 922, 931, 1350, 1853, 1982, 2460, 2627, 3246, 3253, 3268, 3536, 3846, 3961,
        4183, 4667, 6585, 6647, 7273, 9061, 9383, 10428, 10929, 11938, 12033, 12331, 12562, 13793, 14157,
        14635, 15265, 15618, 16553, 16604, 18362, 18956, 20075, 21675, 22520, 26130, 26161, 26435, 28279,
        29464, 31650, 32302, 32470, 36865, 42863, 47425, 49870, 50254,
    ];
    assert_eq!(base().non_speech_tokens(), expected);
    assert_eq!(base().blank(), 220);
}

#[test]
fn what_is_no_speech_in_english_is_what_openai_has() {
    #[derive(serde::Deserialize)]
    struct Symbols {
        tokens: std::collections::BTreeMap<usize, String>,
        non_speech: Vec<u32>,
    }
    let symbols: Symbols =
        serde_json::from_str(include_str!("../data/gpt2_symbols.json")).expect("the tokens are JSON");
    let mut tokens: Vec<Vec<u8>> = (0..50_256).map(filler).collect();
    for (id, hex) in symbols.tokens {
        let digits = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).expect("bytes are in hexadecimal");
        tokens[id] = (0..hex.len()).step_by(2).map(digits).collect();
    }
    let file = Synthetic { tokens, ..Synthetic::default() }.file();
    let english = ggml::read(&file).expect("the model is whole").vocabulary;
    assert_eq!(english.non_speech_tokens(), symbols.non_speech);
    assert_eq!(english.blank(), 220);
}

proptest! {
    #[test]
    fn text_survives_its_tokens(text in "\\PC*|[ \t\n'a-zé日]*") {
        prop_assert_eq!(base().text(&base().encode(&text)), text);
    }

    /// Merging the pair of the lowest rank again and again, without a heap.
    #[test]
    fn words_are_merged_as_the_plain_algorithm_merges_them(word in "[a-z]{1,40}|[éßñøह日本a]{1,12}") {
        let base = base();
        let mut pieces: Vec<Vec<u8>> = word.bytes().map(|byte| vec![byte]).collect();
        let rank = |pieces: &[Vec<u8>], i: usize| base.find(&pieces[i..i + 2].concat());
        while let Some((_, i)) = (1..pieces.len()).filter_map(|i| Some((rank(&pieces, i - 1)?, i - 1))).min() {
            let right = pieces.remove(i + 1);
            pieces[i].extend(right);
        }
        let expected: Vec<u32> = pieces.iter().map(|piece| base.find(piece).expect("a token")).collect();
        prop_assert_eq!(base.encode(&word), expected);
    }
}
