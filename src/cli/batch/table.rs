//! The report of a batch as a table.

use unicode_width::UnicodeWidthStr;

use super::super::hint::explained_skip;
use super::super::report::{clock, counted};
use crate::batch::{Entry, EntryState, Report, Totals};
use crate::console::{print_line, visible};
use crate::time::MediaTime;

const HEAD: [&str; 7] = ["recording", "length", "speed", "words wrong", "doubtful", "faults", "result"];

/// Prints the result of each recording, and the totals.
pub fn print(report: &Report) {
    lines(report).iter().for_each(|line| print_line(line));
}

fn lines(report: &Report) -> Vec<String> {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(report.entries.iter().map(row));
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<_> = (0..HEAD.len()).map(width).collect();
    let mut lines: Vec<_> = rows.iter().map(|row| aligned(row, &widths)).collect();
    lines.push(String::new());
    lines.extend(sums(&report.totals()));
    lines
}

/// Pads the cells: the first and the last column are left-aligned, numbers right-aligned.
fn aligned(row: &[String; HEAD.len()], widths: &[usize]) -> String {
    let cell = |(column, text): (usize, &String)| {
        let room = " ".repeat(widths[column].saturating_sub(text.width()));
        match column {
            0 => format!("{text}{room}"),
            column if column + 1 == HEAD.len() => text.clone(),
            _ => format!("{room}{text}"),
        }
    };
    row.iter().enumerate().map(cell).collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

fn row(entry: &Entry) -> [String; HEAD.len()] {
    let name = visible(&entry.input.display().to_string()).into_owned();
    let (figures, result) = match &entry.state {
        EntryState::Captioned { fresh, captioned } => {
            let speed = captioned.duration.as_secs_f64() / captioned.seconds.max(0.001);
            let figures = [
                clock(captioned.duration),
                format!("{speed:.1}x"),
                percent(captioned.estimated_wer),
                captioned.doubtful.to_string(),
                captioned.faults.to_string(),
            ];
            let warned = captioned.warnings.iter().map(|warning| format!("; warning: {warning}"));
            let result = if *fresh { "captioned" } else { "already captioned" };
            (figures, result.to_owned() + &warned.collect::<String>())
        }
        EntryState::Kept { skip } => (Default::default(), format!("skipped: {}", explained_skip(*skip))),
        EntryState::Failed { failure } => (Default::default(), format!("FAILED: {}", failure.message)),
        EntryState::Unfinished => (Default::default(), "not finished".to_owned()),
    };
    let [length, speed, wrong, doubtful, faults] = figures;
    [name, length, speed, wrong, doubtful, faults, result]
}

pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn sums(totals: &Totals) -> Vec<String> {
    let speed = totals.audio / totals.seconds.max(0.001);
    vec![
        format!(
            "{}: {} captioned ({} already done), {} skipped, {} failed, {} not finished",
            counted(totals.recordings, "recording"),
            totals.captioned,
            totals.already,
            totals.kept,
            totals.failed,
            totals.unfinished
        ),
        format!(
            "{} of audio at {speed:.1}x per worker; about {} of the words are wrong; {}, {}, {}",
            clock(MediaTime::from_secs_f64(totals.audio)),
            percent(totals.estimated_wer),
            counted(totals.doubtful, "doubtful passage"),
            counted(totals.faults, "broken rule"),
            counted(totals.warnings, "warning")
        ),
        format!("{} recognizer calls, {} served from cache", totals.recognized, totals.remembered),
    ]
}
