//! Detects texts that repeat themselves, as decoders do and people do not.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A text repeats itself if zlib compresses it by more than this. The limit is that of OpenAI's Whisper.
const MAX_COMPRESSION_RATIO: f32 = 2.4;
/// A phrase repeated this many times in a row is a loop of the decoder, not speech.
const MAX_REPEATS: usize = 4;
/// The longest phrase, in words, that counts as a loop.
const MAX_LOOP_WORDS: usize = 12;
/// A letter repeated more often than this in a row is a loop, too.
const MAX_EQUAL_LETTERS: usize = 12;

/// Whether a text repeats itself.
pub fn repeats_itself(text: &str) -> bool {
    compression_ratio(text) > MAX_COMPRESSION_RATIO || has_loop(text) || has_endless_letter(text)
}

/// Whether the last tokens repeat themselves.
pub(super) fn runs_in_circles(tokens: &[u32]) -> bool {
    /// A shorter run may be speech: "very, very, very".
    const LEAST_TOKENS: usize = 16;
    const LONGEST_PHRASE: usize = 16;
    (1..=LONGEST_PHRASE).any(|phrase| {
        let run = (phrase * MAX_REPEATS).max(LEAST_TOKENS.next_multiple_of(phrase));
        let Some(start) = tokens.len().checked_sub(run) else { return false };
        let run = &tokens[start..];
        run[phrase..] == run[..run.len() - phrase]
    })
}

/// Length of the text over its length after zlib; 1 for very short texts, which do not compress.
fn compression_ratio(text: &str) -> f32 {
    const SHORT: usize = 80;
    if text.len() < SHORT {
        return 1.0;
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let compressed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    compressed.map_or(1.0, |bytes| text.len() as f32 / bytes.len() as f32)
}

/// Whether a phrase is repeated too often in a row.
fn has_loop(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
    (1..=MAX_LOOP_WORDS).any(|length| {
        let mut equal = 0;
        (length..words.len()).any(|at| {
            equal = if words[at] == words[at - length] { equal + 1 } else { 0 };
            equal >= length * (MAX_REPEATS - 1)
        })
    })
}

/// Whether a letter is repeated too often; digits may be, as in the zeros of large numbers.
fn has_endless_letter(text: &str) -> bool {
    let letters: Vec<_> = text.chars().collect();
    letters.chunk_by(|a, b| a == b).any(|run| run.len() > MAX_EQUAL_LETTERS && run[0].is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_found_and_emphasis_is_not() {
        assert!(repeats_itself("and so on and so on and so on and so on"));
        assert!(repeats_itself(&"thank you very much for watching this video ".repeat(6)));
        assert!(!repeats_itself("It is very, very, very important, as I said."));
        assert!(!repeats_itself("A leaf takes in carbon dioxide through small pores called stomata."));
    }

    #[test]
    fn circles_of_tokens_are_found_when_they_close() {
        let phrase = [1, 2, 3, 4, 5];
        let text: Vec<u32> = [9, 8].into_iter().chain(phrase.into_iter().cycle().take(20)).collect();
        assert!(runs_in_circles(&text));
        assert!(!runs_in_circles(&text[..21]));
        assert!(!runs_in_circles(&[7; 15]) && runs_in_circles(&[7; 16]));
        assert!(!runs_in_circles(&[]));
    }

    #[test]
    fn letters_without_end_are_a_loop() {
        assert!(repeats_itself(&"m".repeat(40)));
        assert!(!repeats_itself("Hmmmm, that is 1000000000000000, isn't it......................?"));
    }

    #[test]
    fn compression_finds_loops_without_spaces() {
        assert!(repeats_itself(&"ありがとうございました".repeat(12)));
        assert!(!repeats_itself("光合成とは、植物が光を糖に変える仕組みのことです。今日はその話をします。"));
    }
}
