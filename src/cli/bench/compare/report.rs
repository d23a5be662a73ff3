//! The time and memory of two programs, as a table or as JSON.

use std::path::Path;

use serde_json::{Value, json};

use super::Round;
use super::program::Cost;
use crate::cli::machine;

/// A measure of a program's cost.
struct Measure {
    name: &'static str,
    /// Its name in JSON.
    key: &'static str,
    unit: &'static str,
    of: fn(&Cost) -> Option<f64>,
}

const MEASURES: [Measure; 3] = [
    Measure { name: "wall", key: "wall", unit: "s", of: |cost| Some(cost.wall.as_secs_f64()) },
    Measure { name: "CPU", key: "cpu", unit: "s", of: |cost| Some(cost.cpu.as_secs_f64()) },
    Measure {
        name: "memory",
        key: "peak_memory_mb",
        unit: "MB",
        of: |cost| Some(cost.peak_memory? as f64 / 1e6),
    },
];

/// The median and the extremes of some numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spread {
    median: f64,
    least: f64,
    most: f64,
}

impl Spread {
    /// Computes the spread; `None` without numbers.
    fn of(numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<_> = numbers.collect();
        sorted.sort_by(f64::total_cmp);
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let median = (sorted[(sorted.len() - 1) / 2] + sorted[middle]) / 2.0;
        Some(Self { median, least, most })
    }

    fn json(self) -> Value {
        json!({ "median": self.median, "min": self.least, "max": self.most })
    }
}

/// Returns the spreads of ours, the peer's, and ours as a multiple of the peer's in the same round.
fn spreads(measure: &Measure, rounds: &[Round]) -> [Option<Spread>; 3] {
    let ours = |round: &Round| (measure.of)(&round.ours);
    let peer = |round: &Round| (measure.of)(&round.peer);
    let ratio = |round: &Round| Some(ours(round)? / peer(round).filter(|cost| *cost > 0.0)?);
    [
        Spread::of(rounds.iter().filter_map(ours)),
        Spread::of(rounds.iter().filter_map(peer)),
        Spread::of(rounds.iter().filter_map(ratio)),
    ]
}

pub(super) fn text(recording: &Path, rounds: &[Round]) -> Vec<String> {
    let mut lines = vec![
        format!("machine          {}", machine::describe()),
        format!("recording        {}", recording.display()),
        format!("rounds           {}, alternating", rounds.len()),
        format!("{:<16} {:>12} {:>12} {:>12}", "", "median", "minimum", "maximum"),
    ];
    for measure in &MEASURES {
        let [ours, peer, ratio] = spreads(measure, rounds);
        lines.push(row(measure.name, "Lectern", ours, |cost| format!("{cost:.2} {}", measure.unit)));
        lines.push(row("", "peer", peer, |cost| format!("{cost:.2} {}", measure.unit)));
        lines.push(row("", "ratio", ratio, |ratio| format!("{ratio:.3}")));
    }
    lines
}

fn row(name: &str, of: &str, spread: Option<Spread>, shown: impl Fn(f64) -> String) -> String {
    let columns = spread.map(|Spread { median, least, most }| [median, least, most].map(shown));
    let [median, least, most] = columns.unwrap_or_else(|| ["-"; 3].map(str::to_owned));
    format!("{name:<8} {of:<7} {median:>12} {least:>12} {most:>12}")
}

pub(super) fn json(recording: &Path, rounds: &[Round]) -> Value {
    let cost = |cost: &Cost| Value::from_iter(MEASURES.map(|measure| (measure.key, (measure.of)(cost))));
    let each = |round: &Round| json!({ "ours": cost(&round.ours), "peer": cost(&round.peer) });
    let mut object = json!({
        "machine": machine::describe(), "recording": recording.display().to_string(),
        "rounds": rounds.iter().map(each).collect::<Vec<_>>(),
    });
    for measure in &MEASURES {
        let [ours, peer, ratio] = spreads(measure, rounds).map(|spread| spread.map(Spread::json));
        object[measure.key] = json!({ "ours": ours, "peer": peer, "ratio": ratio });
    }
    object
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn cost(wall: u64, peak_memory: Option<u64>) -> Cost {
        let wall = Duration::from_millis(wall);
        Cost { wall, cpu: wall * 2, peak_memory }
    }

    fn rounds(peer_memory: Option<u64>) -> Vec<Round> {
        let round = |ours, peer| Round { ours: cost(ours, Some(2_000_000)), peer: cost(peer, peer_memory) };
        vec![round(1000, 10_000), round(3000, 10_000), round(2000, 40_000)]
    }

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        let median = |numbers: &[f64]| Spread::of(numbers.iter().copied()).map(|spread| spread.median);
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0]), Some(2.5));
        assert_eq!(median(&[4.0, 1.0, 2.0]), Some(2.0));
    }

    #[test]
    fn ratios_are_those_of_a_round() {
        let [ours, peer, ratio] = spreads(&MEASURES[0], &rounds(None));
        assert_eq!(ours, Some(Spread { median: 2.0, least: 1.0, most: 3.0 }));
        assert_eq!(peer, Some(Spread { median: 10.0, least: 10.0, most: 40.0 }));
        assert_eq!(ratio, Some(Spread { median: 0.1, least: 0.05, most: 0.3 }));
    }

    #[test]
    fn what_a_system_does_not_report_is_left_open() {
        let object = json(Path::new("a.wav"), &rounds(None));
        assert_eq!(object["cpu"]["ours"]["median"], 4.0);
        assert_eq!(object["rounds"][2]["peer"]["wall"], 40.0);
        assert_eq!(object["peak_memory_mb"]["ours"]["max"], 2.0);
        assert_eq!(object["peak_memory_mb"]["peer"], Value::Null);
        assert_eq!(object["peak_memory_mb"]["ratio"], Value::Null);
        let lines = text(Path::new("a.wav"), &rounds(None));
        assert!(lines.iter().any(|line| line.contains("peer") && line.ends_with('-')), "{lines:?}");
        assert!(text(Path::new("a.wav"), &rounds(Some(1_000_000))).last().unwrap().contains("2.000"));
    }
}
