//! Where the special tokens are.

use super::languages::LANGUAGES;

/// Times from 0.00 s to 30.00 s.
const TIMES: u32 = 1501;

/// The layout of a vocabulary, of which OpenAI published three (`get_encoding` in its tokenizer.py): tokens
/// of text, then the special ones in an order that all share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Special {
    end_of_text: u32,
    languages: u32,
}

impl Special {
    /// The layout of a vocabulary of `size` tokens.
    pub fn of(size: usize) -> Option<Self> {
        match size {
            51_864 => Some(Self { end_of_text: 50_256, languages: 99 }),
            51_865 => Some(Self { end_of_text: 50_257, languages: 99 }),
            51_866 => Some(Self { end_of_text: 50_257, languages: 100 }),
            _ => None,
        }
    }

    pub fn size(self) -> usize {
        (self.first_timestamp() + TIMES) as usize
    }

    pub fn is_multilingual(self) -> bool {
        self.end_of_text != 50_256
    }

    pub fn languages(self) -> &'static [&'static str] {
        &LANGUAGES[..self.languages as usize]
    }

    pub fn end_of_text(self) -> u32 {
        self.end_of_text
    }

    pub fn start_of_transcript(self) -> u32 {
        self.end_of_text + 1
    }

    pub fn first_language(self) -> u32 {
        self.end_of_text + 2
    }

    pub fn translate(self) -> u32 {
        self.first_language() + self.languages
    }

    pub fn transcribe(self) -> u32 {
        self.translate() + 1
    }

    pub fn start_of_lm(self) -> u32 {
        self.translate() + 2
    }

    pub fn start_of_prev(self) -> u32 {
        self.translate() + 3
    }

    pub fn no_speech(self) -> u32 {
        self.translate() + 4
    }

    pub fn no_timestamps(self) -> u32 {
        self.translate() + 5
    }

    pub fn first_timestamp(self) -> u32 {
        self.translate() + 6
    }

    /// The token that is spelled like this in published tokenizers, times left out.
    pub fn named(self, name: &str) -> Option<u32> {
        let inner = name.strip_prefix("<|")?.strip_suffix("|>")?;
        Some(match inner {
            "endoftext" => self.end_of_text(),
            "startoftranscript" => self.start_of_transcript(),
            "translate" => self.translate(),
            "transcribe" => self.transcribe(),
            "startoflm" => self.start_of_lm(),
            "startofprev" => self.start_of_prev(),
            // The older name and OpenAI's.
            "nocaptions" | "nospeech" => self.no_speech(),
            "notimestamps" => self.no_timestamps(),
            code => {
                let place = self.languages().iter().position(|&language| language == code)?;
                self.first_language() + place as u32
            }
        })
    }
}
