//! The report of a batch as a self-contained web page.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::super::hint::explained_skip;
use super::super::report::clock;
use super::table::percent;
use crate::batch::{Captioned, Entry, EntryState, Report, Totals};
use crate::time::MediaTime;

const STYLE: &str = include_str!("page.css");
/// The headings of the columns, and whether a column holds numbers.
const COLUMNS: [(&str, bool); 7] = [
    ("Recording", false),
    ("Length", true),
    ("Speed", true),
    ("Words wrong (estimate)", true),
    ("Doubtful stretches", true),
    ("Broken rules", true),
    ("Result", false),
];

/// Returns the page; recordings that need attention come first.
pub fn page(report: &Report) -> String {
    let mut page = String::new();
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Captions: report of a batch</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <h1>Captions: report of a batch</h1>\n"
    );
    push_totals(&mut page, &report.totals());
    page.push_str("<table>\n<thead><tr>");
    for (heading, is_number) in COLUMNS {
        let _ = write!(page, "<th scope=\"col\"{}>{heading}</th>", class(is_number));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    let mut entries: Vec<_> = report.entries.iter().collect();
    entries.sort_by_key(|entry| (rank(entry), &entry.input));
    entries.into_iter().for_each(|entry| push_row(&mut page, entry));
    page.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    page
}

fn class(is_number: bool) -> &'static str {
    if is_number { " class=\"number\"" } else { "" }
}

/// Returns the rank of an entry: those that need attention most come first.
fn rank(entry: &Entry) -> u8 {
    match &entry.state {
        EntryState::Failed { .. } => 0,
        EntryState::Unfinished => 1,
        EntryState::Captioned { captioned, .. }
            if captioned.doubtful > 0 || !captioned.warnings.is_empty() =>
        {
            2
        }
        EntryState::Kept { .. } => 3,
        EntryState::Captioned { .. } => 4,
    }
}

fn push_totals(page: &mut String, totals: &Totals) {
    let speed = totals.audio / totals.seconds.max(0.001);
    let figures = [
        ("recordings", totals.recordings.to_string()),
        ("captioned", totals.captioned.to_string()),
        ("failed", totals.failed.to_string()),
        ("not finished", totals.unfinished.to_string()),
        ("left as they were", totals.kept.to_string()),
        ("of sound", clock(MediaTime::from_secs_f64(totals.audio))),
        ("speed of a worker", format!("{speed:.1}×")),
        ("words wrong (estimate)", percent(totals.estimated_wer)),
        ("doubtful stretches", totals.doubtful.to_string()),
        ("broken rules", totals.faults.to_string()),
        ("warnings", totals.warnings.to_string()),
    ];
    page.push_str("<dl>\n");
    for (name, value) in figures {
        let _ = writeln!(page, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    page.push_str("</dl>\n");
}

fn push_row(page: &mut String, entry: &Entry) {
    let name = entry.input.display().to_string();
    let _ = write!(page, "<tr><td>{}</td>", escape(name.as_str()));
    let figures = match &entry.state {
        EntryState::Captioned { captioned, .. } => figures(captioned),
        _ => Default::default(),
    };
    for figure in figures {
        let _ = write!(page, "<td class=\"number\">{figure}</td>");
    }
    page.push_str("<td>");
    match &entry.state {
        EntryState::Captioned { captioned, .. } => push_details(page, captioned),
        EntryState::Kept { skip } => page.push_str(&escape(explained_skip(*skip))),
        EntryState::Failed { failure } => {
            let _ =
                write!(page, "<strong class=\"bad\">Failed</strong>: {}", escape(failure.message.as_str()));
        }
        EntryState::Unfinished => {
            page.push_str("<strong class=\"bad\">Not finished</strong>: run the batch again")
        }
    }
    page.push_str("</td></tr>\n");
}

fn figures(captioned: &Captioned) -> [String; 5] {
    let speed = captioned.duration.as_secs_f64() / captioned.seconds.max(0.001);
    [
        clock(captioned.duration),
        format!("{speed:.1}×"),
        percent(captioned.estimated_wer),
        captioned.doubtful.to_string(),
        captioned.faults.to_string(),
    ]
}

fn push_details(page: &mut String, captioned: &Captioned) {
    let doubts = captioned.doubts.iter().map(|doubt| format!("{}: {}", doubt.span, doubt.text));
    let lists = [
        ("warnings", captioned.warnings.clone()),
        ("doubtful stretches", doubts.collect()),
        ("broken rules", captioned.violations.clone()),
    ];
    let _ = write!(page, "{} cues", captioned.cues);
    for (name, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        let _ = write!(page, "<details><summary class=\"doubt\">{name}</summary><ul>");
        for item in items {
            let _ = write!(page, "<li>{}</li>", escape(item.as_str()));
        }
        page.push_str("</ul></details>");
    }
}
