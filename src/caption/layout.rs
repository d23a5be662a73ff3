//! Line layout: breaks the text of a cue into lines at the least cost.

use std::ops::Range;

use super::passage::Passage;
use super::rules::Profile;

/// Per line after the first: text that fits one line stays on one.
const LINE: i64 = 550;
/// For a full line; grows with the square of the width, so that even lines cost least.
const SHAPE: i64 = 800;
/// For a line beyond the soft limit, and for each column beyond it.
const LONG_LINE: i64 = 60;
const LONG_LINE_COLUMN: i64 = 20;
/// For two lines that are less even than the profile asks.
const UNEVEN: i64 = 500;
/// For a line of one short word among others.
const ORPHAN: i64 = 700;
const ORPHAN_WIDTH: i64 = 10;
/// For a sentence that begins inside a line and continues on the next.
const SENTENCE_BEGUN: i64 = 1_200;

/// Limits for lines. Unit: columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines {
    pub(super) max_columns: i64,
    soft_columns: i64,
    max_lines: usize,
    max_characters: i64,
    min_balance: f64,
}

impl Lines {
    /// Uses the profile's limit, or the language's if its lines are usually shorter.
    pub(super) fn new(profile: &Profile, language_limit: Option<usize>) -> Self {
        let hard = profile.line_length.hard.unwrap_or(usize::MAX >> 32);
        let max_columns = hard.min(language_limit.unwrap_or(hard)) as i64;
        Self {
            max_columns,
            soft_columns: profile.line_length.soft.map_or(max_columns, |soft| soft as i64),
            max_lines: profile.max_lines.max(1),
            max_characters: profile.max_characters.map_or(i64::MAX, |max| max as i64),
            min_balance: profile.min_balance.unwrap_or(0.0),
        }
    }
}

/// The best lines of a cue: their cost, and the number of line ends that replace no space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) cost: i64,
    pub(super) unspaced: i64,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    cost: i64,
    unspaced: i64,
    /// Width of the last line. Unit: columns.
    width: i64,
    /// First word of the last line.
    line: usize,
}

/// Finds the lines of all cues that begin with the same word. Reuses its memory for the next word.
pub(super) struct LayoutSearch<'a> {
    passage: &'a Passage,
    lines: Lines,
    first: usize,
    /// `steps[n][d]`: the best layout of the words `first..=first + d` in `n + 1` lines.
    steps: Vec<Vec<Option<Step>>>,
}

impl<'a> LayoutSearch<'a> {
    pub(super) fn new(passage: &'a Passage, lines: Lines) -> Self {
        Self { passage, lines, first: 0, steps: vec![Vec::new(); lines.max_lines] }
    }

    /// Examines all cues that begin with the word `first`.
    pub(super) fn begin(&mut self, first: usize) {
        self.first = first;
        self.set_first_line();
        for level in 1..self.lines.max_lines {
            self.add_line(level);
        }
    }

    /// Returns the cues found: the last word of each, with its best layout.
    pub(super) fn layouts(&self) -> impl Iterator<Item = (usize, Layout)> {
        let reach = self.steps.iter().map(Vec::len).max().unwrap_or(0);
        (0..reach).filter_map(|offset| {
            let (_, step) = self.best(offset)?;
            Some((self.first + offset, Layout { cost: step.cost, unspaced: step.unspaced }))
        })
    }

    /// Returns the words of each line of the best layout up to the word `last`.
    pub(super) fn lines(&self, last: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let Some((mut level, _)) = self.best(last - self.first) else { return lines };
        let mut end = last + 1;
        while let Some(step) = self.step(level, end - 1) {
            lines.push(step.line..end);
            end = step.line;
            if level == 0 {
                break;
            }
            level -= 1;
        }
        lines.reverse();
        lines
    }

    fn best(&self, offset: usize) -> Option<(usize, Step)> {
        let found = self.steps.iter().enumerate().filter_map(|(n, steps)| Some((n, (*steps.get(offset)?)?)));
        found.min_by_key(|(_, step)| step.cost)
    }

    fn step(&self, level: usize, last: usize) -> Option<Step> {
        *self.steps[level].get(last.checked_sub(self.first)?)?
    }

    fn set_first_line(&mut self) {
        let steps = &mut self.steps[0];
        steps.clear();
        for last in self.first..self.passage.len() {
            let width = self.passage.width(self.first, last);
            if width > self.lines.max_columns || goes_on(self.passage, self.first, last) {
                break;
            }
            let cost = line_cost(self.passage, &self.lines, self.first, last, width);
            steps.push(Some(Step { cost, unspaced: 0, width, line: self.first }));
        }
    }

    fn add_line(&mut self, level: usize) {
        let (before, rest) = self.steps.split_at_mut(level);
        let (before, steps) = (&before[level - 1], &mut rest[0]);
        steps.clear();
        for (offset, previous) in before.iter().enumerate() {
            let Some(previous) = previous else { continue };
            let line = self.first + offset + 1;
            if line >= self.passage.len() {
                break;
            }
            let unspaced = previous.unspaced + 1 - self.passage.lead(line);
            let so_far = previous.cost
                + LINE
                + self.passage.break_points(line - 1)
                + if level == 1 { orphan(self.passage, self.first, line - 1, previous.width) } else { 0 };
            for last in line..self.passage.len() {
                let width = self.passage.width(line, last);
                let total = self.passage.width(self.first, last);
                let is_full = width > self.lines.max_columns || total > self.lines.max_characters;
                if is_full || goes_on(self.passage, line, last) {
                    break;
                }
                let uneven = level == 1 && is_uneven(previous.width, width, self.lines.min_balance);
                let cost = so_far
                    + line_cost(self.passage, &self.lines, line, last, width)
                    + orphan(self.passage, line, last, width)
                    + if uneven { UNEVEN } else { 0 };
                offer(steps, last - self.first, Step { cost, unspaced, width, line });
            }
        }
    }
}

/// Returns whether a line of the words `first..=last` would continue after a change of speaker.
fn goes_on(passage: &Passage, first: usize, last: usize) -> bool {
    last > first && passage.begins_line(last)
}

fn offer(steps: &mut Vec<Option<Step>>, offset: usize, step: Step) {
    if steps.len() <= offset {
        steps.resize(offset + 1, None);
    }
    if steps[offset].is_none_or(|known| step.cost < known.cost) {
        steps[offset] = Some(step);
    }
}

fn line_cost(passage: &Passage, lines: &Lines, first: usize, last: usize, width: i64) -> i64 {
    let shape = SHAPE * width * width / (lines.max_columns * lines.max_columns);
    let over = (width - lines.soft_columns).max(0);
    let long = if over > 0 { LONG_LINE + over * LONG_LINE_COLUMN } else { 0 };
    let begun = passage.inner_sentence_ends(first, last) > 0 && !passage.ends_sentence(last);
    shape + long + if begun { SENTENCE_BEGUN } else { 0 }
}

fn orphan(passage: &Passage, first: usize, last: usize, width: i64) -> i64 {
    let is_orphan = width < ORPHAN_WIDTH && passage.is_one_word(first, last);
    if is_orphan { ORPHAN } else { 0 }
}

fn is_uneven(first: i64, second: i64, min_balance: f64) -> bool {
    (first.min(second) as f64) < first.max(second) as f64 * min_balance
}
