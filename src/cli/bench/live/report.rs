//! The measurements, as a table or as JSON.

use serde_json::{Value, json};

use super::Measured;
use crate::cli::machine;
use crate::eval::Latencies;
use crate::time::MediaTime;

impl Measured {
    fn changes_per_word(&self) -> f64 {
        self.latencies.changed as f64 / self.latencies.committed_words.max(1) as f64
    }

    pub fn json(&self) -> Value {
        let ((seen, seen_most), (certain, certain_most)) =
            (middle_and_most(&self.latencies.seen), middle_and_most(&self.latencies.committed));
        let errors = self.errors.as_ref().map(|(captions, screen)| (captions.wer(), screen.wer()));
        json!({
            "machine": machine::describe(), "audio": self.audio.as_secs_f64(),
            "by_microphone": self.by_microphone, "times_known": self.is_exact,
            "words": self.latencies.seen.len(), "committed_words": self.latencies.committed_words,
            "seen_median": seen, "seen_p95": seen_most,
            "committed_median": certain, "committed_p95": certain_most,
            "changes_per_word": self.changes_per_word(), "most_lag": self.most_lag.as_secs_f64(),
            "differing": self.differing,
            "wer": errors.map(|(captions, _)| captions), "screen_wer": errors.map(|(_, screen)| screen),
            "peak_memory_mb": machine::peak_memory_mb(),
        })
    }

    pub fn text(&self) -> Vec<String> {
        let path = if self.by_microphone { "through the microphone" } else { "from its file" };
        let known = if self.is_exact { "known" } else { "recognized" };
        let row = |name: &str, times: &[MediaTime]| {
            let (middle, most) = middle_and_most(times);
            format!("{name:<26} {middle:>6.2} s {most:>16.2} s")
        };
        let mut lines = vec![
            format!("machine          {}", machine::describe()),
            format!("recording        {}, in real time {path}", self.audio),
            format!(
                "words            {} of {} are measured; their times are {known}",
                self.latencies.seen.len(),
                self.latencies.committed_words
            ),
            format!("{:<26} {:>8} {:>18}", "from the end of a word", "median", "95th percentile"),
            row("  until it appears", &self.latencies.seen),
            row("  until it is certain", &self.latencies.committed),
            format!("changes          {:.2} tentative words per certain word", self.changes_per_word()),
            format!("on the screen    {} words differ from the captions", self.differing),
            format!("greatest lag     {:.1} s", self.most_lag.as_secs_f64()),
        ];
        lines.extend(self.errors.as_ref().map(|(captions, screen)| {
            let (captions, screen) = (100.0 * captions.wer(), 100.0 * screen.wer());
            format!("word error rate  {captions:.2} %, on the screen {screen:.2} %")
        }));
        lines.extend(machine::peak_memory_mb().map(|memory| format!("peak memory      {memory} MB")));
        lines
    }
}

/// Returns the median and the 95th percentile in seconds.
fn middle_and_most(times: &[MediaTime]) -> (f64, f64) {
    let percentile = |percent| Latencies::percentile(times, percent).map_or(0.0, MediaTime::as_secs_f64);
    (percentile(50), percentile(95))
}
