//! The measurements, as a table or as JSON.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Measured, Stage};
use crate::cli::machine;
use crate::eval::{StartErrors, WordErrors};
use crate::time::MediaTime;

impl Measured {
    fn rtf(&self) -> f64 {
        self.whole.wall.as_secs_f64() / self.audio.as_secs_f64().max(0.001)
    }

    pub fn text(&self) -> Vec<String> {
        let (engine, instructions) = self.engine;
        let with = instructions.map_or(String::new(), |level| format!(", instructions {level}"));
        let mut lines = vec![
            format!("machine          {}", machine::describe()),
            format!("engine           {engine}{with}"),
            format!("recording        {} with {} recognizers", self.audio, self.threads),
            format!("{:<26} {:>11} {:>14}", "per second of audio", "wall", "CPU"),
        ];
        lines.extend(self.stages.iter().map(Stage::text));
        let cpu = self.whole.cpu.map_or(String::new(), |cpu| format!(", {:.1} s of CPU", cpu.as_secs_f64()));
        let wall = self.whole.wall.as_secs_f64();
        lines.push(format!("whole            {wall:.1} s{cpu}, RTF {:.4}", self.rtf()));
        lines.extend(
            self.words.as_ref().map(|words| format!("word error rate  {:.2} %", 100.0 * words.wer())),
        );
        lines.push(format!(
            "expected errors  {:.2} % of words, by their probabilities",
            100.0 * self.expected
        ));
        lines.extend(self.starts.as_ref().and_then(|starts| {
            let (median, most) = (starts.median()?.as_millis(), starts.percentile(95)?.as_millis());
            Some(format!("sentence starts  {median} ms off (median), {most} ms (95th percentile)"))
        }));
        lines.extend(machine::peak_memory_mb().map(|memory| format!("peak memory      {memory} MB")));
        lines
    }

    pub fn json(&self) -> Value {
        let millis = |time: MediaTime| time.as_millis();
        let starts = self.starts.as_ref();
        let (engine, instructions) = self.engine;
        json!({
            "machine": machine::describe(), "engine": engine, "instructions": instructions,
            "audio": self.audio.as_secs_f64(), "threads": self.threads,
            "wall": self.whole.wall.as_secs_f64(), "cpu": self.whole.cpu.as_ref().map(Duration::as_secs_f64),
            "rtf": self.rtf(), "stages": self.stages.iter().map(Stage::json).collect::<Vec<_>>(),
            "wer": self.words.as_ref().map(WordErrors::wer), "expected_wer": self.expected,
            "sentence_start_median_ms": starts.and_then(StartErrors::median).map(millis),
            "sentence_start_p95_ms": starts.and_then(|starts| starts.percentile(95)).map(millis),
            "peak_memory_mb": machine::peak_memory_mb(),
        })
    }
}

impl Stage {
    fn text(&self) -> String {
        let per_second = |time: Duration| 1000.0 * time.as_secs_f64() / self.audio.as_secs_f64().max(0.001);
        let wall = per_second(self.spent.wall);
        let cpu = self.spent.cpu.map_or("-".to_owned(), |cpu| format!("{:.2} ms", per_second(cpu)));
        format!("  {:<24} {wall:>8.2} ms {cpu:>14}", self.name)
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name, "audio": self.audio.as_secs_f64(), "wall": self.spent.wall.as_secs_f64(),
            "cpu": self.spent.cpu.as_ref().map(Duration::as_secs_f64),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asr::TimeSpent;

    #[test]
    fn a_stage_is_shown_per_second_of_its_audio() {
        let stage = |cpu: Option<u64>| Stage {
            name: "encoder",
            spent: TimeSpent { wall: Duration::from_millis(90), cpu: cpu.map(Duration::from_millis) },
            audio: MediaTime::from_millis(20_000),
        };
        let columns = |stage: Stage| stage.text().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(columns(stage(Some(60))), ["encoder", "4.50", "ms", "3.00", "ms"]);
        assert_eq!(columns(stage(None)), ["encoder", "4.50", "ms", "-"]);
        assert_eq!(stage(None).json()["cpu"], Value::Null);
        assert_eq!(stage(Some(60)).json()["cpu"], json!(0.06));
    }
}
