//! Which tokens a text may go on with.

use crate::model::Vocabulary;

/// Makes tokens more or less probable, such as those of names and terms that are expected.
pub trait TokenBias {
    /// Adds to the scores of tokens (natural logarithms) that may follow `text`. It depends on its arguments alone, or
    /// results would depend on the windows beside this one.
    fn bias(&self, text: &[u32], scores: &mut [f32]);
}

/// The rules of one model.
pub(super) struct Rules<'a> {
    pub end_of_text: u32,
    /// Tokens that nobody speaks: brackets, notes, dashes that begin a turn.
    suppressed: Vec<u32>,
    /// What a text does not begin with.
    blank: u32,
    bias: Option<&'a dyn TokenBias>,
}

impl<'a> Rules<'a> {
    pub fn new(vocabulary: &Vocabulary, bias: Option<&'a dyn TokenBias>) -> Self {
        let (end_of_text, blank) = (vocabulary.end_of_text(), vocabulary.blank());
        Self { end_of_text, suppressed: vocabulary.non_speech_tokens(), blank, bias }
    }

    /// Makes the tokens impossible that may not follow `text`.
    pub fn apply(&self, text: &[u32], scores: &mut [f32]) {
        for &token in &self.suppressed {
            scores[token as usize] = f32::MIN;
        }
        if text.is_empty() {
            scores[self.blank as usize] = f32::MIN;
            scores[self.end_of_text as usize] = f32::MIN;
        }
        if let Some(bias) = self.bias {
            bias.bias(text, scores);
        }
    }
}
