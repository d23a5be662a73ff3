//! Scores a text that the caller gives.

use super::{Options, Prompt, TranscribeError, Transcriber};
use crate::cancel::Cancel;
use crate::decoder::{Feed, step};
use crate::kernels::FloatMode;
use crate::kernels::elementwise::log_sum_exp;

/// Places whose scores are computed together: a row is 200 KB.
const ROWS: usize = 16;

/// The model's scores for one place in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The natural logarithm of the probability of the token that stands there.
    pub log_probability: f32,
    /// The most probable token there.
    pub best: u32,
    /// The natural logarithm of its probability.
    pub best_log_probability: f32,
}

impl Transcriber {
    /// Scores a text of a window: one score for each token after all tokens before it, and one for the end of the text.
    /// Probabilities are among text tokens and the end, without the rules of the search. `samples` are as for
    /// [`Transcriber::transcribe`]; of the options, only the language, task, prompt and room are used.
    ///
    /// # Errors
    /// If it is cancelled, or the model cannot process the window or the text.
    pub fn score(
        &mut self,
        samples: &[f32],
        text: &[u32],
        options: &Options,
        cancel: Cancel,
    ) -> Result<Vec<Score>, TranscribeError> {
        let _mode = FloatMode::ieee();
        let model = std::sync::Arc::clone(&self.model);
        let end = model.vocabulary.end_of_text();
        if let Some(&token) = text.iter().find(|&&token| token >= end) {
            return Err(TranscribeError::NoTextToken(token));
        }
        let prompt = Prompt::new(&model, options)?.tokens;
        let most = model.dimensions.text_positions.saturating_sub(prompt.len());
        if text.len() > most {
            return Err(TranscribeError::TextTooLong { tokens: text.len(), most });
        }
        let mut sound = self.sound(samples, options.room, cancel)?;
        let fed: Vec<u32> = prompt.iter().chain(text).copied().collect();
        let rows: Vec<u32> = fed.iter().map(|_| sound.new_row()).collect();
        let feed = |(i, &token): (usize, &u32)| Feed { window: 0, token, rows: &rows[..=i] };
        let feeds: Vec<Feed> = fed.iter().enumerate().map(feed).collect();
        step(&model, &mut [&mut sound], &feeds, &mut self.decoder, None, cancel)?;
        let layer = &model.decoder.text_logits;
        let places: Vec<usize> = (prompt.len() - 1..fed.len()).collect();
        let mut following = text.iter().copied().chain([end]);
        let (mut scores, mut logits) = (Vec::with_capacity(places.len()), Vec::new());
        for places in places.chunks(ROWS) {
            cancel.check()?;
            self.decoder.logits(layer, places.iter().copied(), &mut logits);
            for (row, token) in logits.chunks_exact(layer.outputs()).zip(&mut following) {
                let total = log_sum_exp(model.level, row);
                let (best, most) = best_of(row);
                let log_probability = row[token as usize] - total;
                scores.push(Score { log_probability, best, best_log_probability: most - total });
            }
        }
        Ok(scores)
    }
}

/// The first of the highest scores, and its place.
fn best_of(row: &[f32]) -> (u32, f32) {
    let higher = |best: (u32, f32), (place, &score): (usize, &f32)| {
        if score > best.1 { (place as u32, score) } else { best }
    };
    row.iter().enumerate().fold((0, f32::MIN), higher)
}
