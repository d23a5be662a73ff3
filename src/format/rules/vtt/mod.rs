//! WebVTT, following section 4 ("Syntax") of <https://www.w3.org/TR/webvtt1/>.

mod settings;
mod text;

use std::collections::HashSet;

use crate::format::Repair;
use crate::format::encoding::decode;
use crate::format::vtt::timestamp::{self, Timings};

pub(super) fn find(bytes: &[u8]) -> Vec<Repair> {
    let decoded = decode(bytes).text;
    let mut rules = File::default();
    for (number, line) in (1..).zip(decoded.split('\n')) {
        if line.contains('\0') {
            rules.fault(number, "the file contains a NUL character");
        }
    }
    rules.blocks(&decoded.split('\n').collect::<Vec<_>>());
    rules.faults.sort_by_key(|fault| fault.line);
    rules.faults
}

/// State while checking a file.
#[derive(Default)]
struct File {
    faults: Vec<Repair>,
    identifiers: HashSet<String>,
    regions: HashSet<String>,
    has_cues: bool,
}

impl File {
    /// Records a fault in a line, counted from 1.
    fn fault(&mut self, line: usize, what: &str) {
        self.faults.push(Repair::at(line, what));
    }

    /// Checks all blocks, which are separated by blank lines.
    fn blocks(&mut self, lines: &[&str]) {
        if lines.get(1).is_some_and(|line| !line.is_empty()) {
            self.fault(2, "the line after WEBVTT is not blank");
        }
        let mut next = 1;
        while next < lines.len() {
            let end = lines[next..].iter().position(|line| line.is_empty()).map_or(lines.len(), |n| next + n);
            if next < end {
                self.block(next, &lines[next..end]);
            }
            next = end + 1;
        }
    }

    /// Checks a block; `first` is the position of its first line in the file, from 0.
    fn block(&mut self, first: usize, lines: &[&str]) {
        let timed = lines.iter().take(2).position(|line| line.contains("-->"));
        match timed {
            Some(place) => self.cue(first + place, &lines[..place], &lines[place..]),
            None if is_called(lines[0], "STYLE") => self.declared(first, "a style block follows a cue"),
            None if is_called(lines[0], "REGION") => {
                self.declared(first, "a region block follows a cue");
                let found = settings::region(first + 2, &lines[1..], &mut self.regions);
                self.faults.extend(found);
            }
            None => {}
        }
    }

    fn declared(&mut self, first: usize, what: &str) {
        if self.has_cues {
            self.fault(first + 1, what);
        }
    }

    /// Checks a cue. `lines` begin with the timing line, whose position in the file is `first`.
    fn cue(&mut self, first: usize, identifier: &[&str], lines: &[&str]) {
        let Some(Timings { span, settings }) = timestamp::timings(lines[0]) else { return };
        self.has_cues = true;
        if identifier.first().is_some_and(|line| !self.identifiers.insert((*line).to_owned())) {
            self.fault(first, "the identifier of the cue was used before");
        }
        self.times(first + 1, lines[0]);
        self.faults.extend(settings::of_cue(first + 1, &settings, &self.regions));
        // The reader begins another block at a line with an arrow.
        let lines = &lines[1..];
        let end = lines.iter().position(|line| line.contains("-->")).unwrap_or(lines.len());
        self.faults.extend(text::find(first + 2, &lines[..end].join("\n"), span));
    }

    /// Checks what readers overlook in a timing line.
    fn times(&mut self, line: usize, text: &str) {
        let (before, after) = text.split_once("-->").unwrap_or((text, ""));
        let is_spaced = before.ends_with([' ', '\t']) && after.starts_with([' ', '\t']);
        if !is_spaced {
            self.fault(line, "there is no space beside the arrow");
        }
        if before.starts_with([' ', '\t']) {
            self.fault(line, "there is a space before the times");
        }
        let end = after.split_ascii_whitespace().next().unwrap_or_default();
        if end.contains(|c: char| !c.is_ascii_digit() && c != ':' && c != '.') {
            self.fault(line, "there is no space between the times and the settings");
        }
        let hours = |time: &str| {
            let time = time.trim();
            (time.matches(':').count() == 2).then(|| time.find(':').unwrap_or(0))
        };
        if [before, after].into_iter().filter_map(hours).any(|digits| digits < 2) {
            self.fault(line, "the hours have one digit; WebVTT requires two or more");
        }
    }
}

fn is_called(line: &str, name: &str) -> bool {
    line.strip_prefix(name).is_some_and(|rest| rest.trim_matches([' ', '\t']).is_empty())
}
