//! The tokens of a model: their bytes, the special ones, and how text becomes tokens.

mod languages;
mod merge;
mod non_speech;
mod special;
mod split;

use super::ReadError;

pub(super) use special::Special;

/// A rank that no merge has.
pub(super) const NEVER: u32 = u32::MAX;

/// The tokens of a Whisper model. Tokens of text come first, then the special ones: end of text, start of
/// transcript, the languages, the tasks, five more, and times in steps of 20 ms (OpenAI's tokenizer.py).
#[derive(Clone, Debug)]
pub struct Vocabulary {
    special: Special,
    /// The bytes of all tokens of text, one after the other; those of token `t` end at `ends[t]`.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// For each text token: neighbours that form a token with a lower rank are merged first.
    ranks: Vec<u32>,
    /// The tokens of text that have bytes, in the order of these.
    by_bytes: Vec<u32>,
}

impl Vocabulary {
    /// A vocabulary of `size` tokens, special ones included, of which `tokens` are the first. Text tokens merge in the
    /// order of their numbers, as in tiktoken.
    pub(crate) fn ranked_by_number(size: usize, tokens: &[&[u8]]) -> Result<Self, ReadError> {
        Self::new(size, tokens, |_| Ok((0..).take(tokens.len()).collect()))
    }

    /// Like [`ranked_by_number`](Self::ranked_by_number), but with ranks that `ranks` computes once tokens can be
    /// looked up by their bytes.
    pub(super) fn new(
        size: usize,
        tokens: &[&[u8]],
        ranks: impl FnOnce(&Self) -> Result<Vec<u32>, ReadError>,
    ) -> Result<Self, ReadError> {
        let special = Special::of(size).ok_or(ReadError::Dimension { name: "vocabulary", value: size })?;
        let text = special.end_of_text() as usize;
        // The last token of the multilingual vocabulary is empty, and some files omit it.
        if tokens.len() + 1 < text {
            return Err(ReadError::FewTokens { found: tokens.len(), expected: text });
        }
        let mut vocabulary =
            Self { special, bytes: Vec::new(), ends: Vec::new(), ranks: Vec::new(), by_bytes: Vec::new() };
        for token in (0..text).map(|i| tokens.get(i).copied().unwrap_or_default()) {
            vocabulary.bytes.extend(token);
            vocabulary.ends.push(vocabulary.bytes.len());
        }
        vocabulary.by_bytes = vocabulary.sorted();
        if let Some(byte) = (0..=u8::MAX).find(|&byte| vocabulary.find(&[byte]).is_none()) {
            return Err(ReadError::NoTokenForByte(byte));
        }
        vocabulary.ranks = ranks(&vocabulary)?;
        vocabulary.ranks.resize(text, NEVER);
        Ok(vocabulary)
    }

    fn sorted(&self) -> Vec<u32> {
        let mut tokens: Vec<u32> =
            (0..self.special.end_of_text()).filter(|&token| !self.bytes_of(token).is_empty()).collect();
        // The first of several with the same bytes counts.
        tokens.sort_by(|&a, &b| self.bytes_of(a).cmp(self.bytes_of(b)));
        tokens.dedup_by(|b, a| self.bytes_of(*a) == self.bytes_of(*b));
        tokens
    }

    /// The bytes of a token; none for special ones. They need not be whole characters.
    pub fn bytes_of(&self, token: u32) -> &[u8] {
        let end = |i: usize| self.ends.get(i).copied();
        let i = token as usize;
        let start = i.checked_sub(1).and_then(end).unwrap_or(0);
        end(i).map_or(&[], |end| &self.bytes[start..end])
    }

    /// The text of tokens without special ones, with U+FFFD for invalid UTF-8.
    pub fn text(&self, tokens: &[u32]) -> String {
        let bytes: Vec<u8> = tokens.iter().flat_map(|&token| self.bytes_of(token)).copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The token of text with exactly these bytes.
    pub fn find(&self, bytes: &[u8]) -> Option<u32> {
        let at = self.by_bytes.binary_search_by(|&token| self.bytes_of(token).cmp(bytes)).ok()?;
        Some(self.by_bytes[at])
    }

    /// Encodes text by OpenAI's byte pair encoding: text is split into words, each with the space before it, and the
    /// bytes of a word are merged, the pair with the lowest rank first. Special tokens spelled out in the text are
    /// treated as text.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        split::words(text).flat_map(|word| self.merge(word.as_bytes())).collect()
    }

    /// Tokens that are seldom speech: brackets, music, quotes and dashes at the start of a word (`non_speech_tokens` in
    /// OpenAI's tokenizer.py, whose decoder never produces them). In ascending order.
    pub fn non_speech_tokens(&self) -> Vec<u32> {
        non_speech::tokens(self)
    }

    /// The token of a single space, which must not come first.
    pub fn blank(&self) -> u32 {
        self.token_of(b' ')
    }

    /// The token of a byte; [`new`](Self::new) has checked that there is one.
    fn token_of(&self, byte: u8) -> u32 {
        self.find(&[byte]).expect("every byte has a token")
    }

    /// All tokens, special ones included.
    #[expect(clippy::len_without_is_empty, reason = "no vocabulary is empty")]
    pub fn len(&self) -> usize {
        self.special.size()
    }

    /// Ends a text. Every token below it is text, every token above it special.
    pub fn end_of_text(&self) -> u32 {
        self.special.end_of_text()
    }

    /// Begins every transcript.
    pub fn start_of_transcript(&self) -> u32 {
        self.special.start_of_transcript()
    }

    /// The codes of the languages in the order of their tokens, ISO 639-1 where there is such a code
    /// (`jw` for Javanese, as OpenAI has it). Those of English-only models have tokens but no use.
    pub fn languages(&self) -> &'static [&'static str] {
        self.special.languages()
    }

    /// The token of a language of [`languages`](Self::languages).
    pub fn language_token(&self, code: &str) -> Option<u32> {
        let place = self.languages().iter().position(|&language| language == code)?;
        Some(self.special.first_language() + place as u32)
    }

    /// The language of a token.
    pub fn language(&self, token: u32) -> Option<&'static str> {
        let place = token.checked_sub(self.special.first_language())?;
        self.languages().get(place as usize).copied()
    }

    /// Requests a translation into English.
    pub fn translate(&self) -> u32 {
        self.special.translate()
    }

    /// Requests the words that are spoken.
    pub fn transcribe(&self) -> u32 {
        self.special.transcribe()
    }

    /// Begins the text that comes before the transcript, as a prompt.
    pub fn start_of_prev(&self) -> u32 {
        self.special.start_of_prev()
    }

    /// Its probability after [`start_of_transcript`](Self::start_of_transcript) is that of no speech.
    pub fn no_speech(&self) -> u32 {
        self.special.no_speech()
    }

    /// Requests text without times.
    pub fn no_timestamps(&self) -> u32 {
        self.special.no_timestamps()
    }

    /// The time 0.00 s; every token from here on is a time, 20 ms after the one before, up to 30 s.
    pub fn first_timestamp(&self) -> u32 {
        self.special.first_timestamp()
    }

    /// Whether the model knows languages other than English.
    pub fn is_multilingual(&self) -> bool {
        self.special.is_multilingual()
    }
}
