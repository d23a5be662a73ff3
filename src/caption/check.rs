//! Finds the rules that cues break, whether people or this program made them.

use super::breaks::Pair;
use super::lexicon::Lexicon;
use super::rules::{Limit, Profile};
use super::timing::{Load, Timing};
use super::token::Token;
use super::violation::{Rule, Severity, Violation};
use super::wrap::{columns, fits, has_wide};
use crate::document::Cue;
use crate::time::MediaTime;
use crate::transcript::Language;

/// Gaps up to this long count as closed: two frames at the slowest film rate.
const CLOSED: MediaTime = MediaTime::from_millis(85);

/// Returns every rule of the profile that a cue breaks, in the order of the cues.
///
/// Cues may be in any order and have any times. [`speech_bound`](Violation::speech_bound) marks violations that the
/// speech forces: a rate or minimum duration that fails although the cue begins with its first word, and would still
/// fail if it lasted until the next cue or were joined with a neighbour. For cues without timed words the speech is
/// unknown, so none of their violations is marked.
pub fn check(cues: &[Cue], profile: &Profile) -> Vec<Violation> {
    let timing = Timing::new(profile);
    (0..cues.len())
        .flat_map(|index| Checker { cues, profile, timing: &timing, index, found: Vec::new() }.run())
        .collect()
}

/// Returns soft violations for lines and cues that end where words belong together, according to the word lists of the
/// language.
pub fn check_breaks(cues: &[Cue], language: &Language) -> Vec<Violation> {
    let lexicon = Lexicon::of(language);
    let mut found = Vec::new();
    let mut left: Option<(usize, Token)> = None;
    for (index, cue) in cues.iter().enumerate() {
        for line in cue.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let token = |word: Option<&str>| Token::new(word.unwrap_or_default(), lexicon);
            let right = token(line.split_whitespace().next());
            if let Some((before, left)) = &left {
                // Without spaces, only a dictionary could tell words from parts of words.
                let pair = Pair { left, right: &right, spaced: true, word_boundary: true, lexicon };
                if let Some(fault) = pair.fault() {
                    found.push(violation(cues, *before, Rule::Break(fault), 1.0, 0.0, Severity::Soft));
                }
            }
            left = Some((index, token(line.split_whitespace().next_back())));
        }
    }
    found
}

/// Returns the first of two adjacent cues that could be joined without breaking a hard limit; one of them is the cue at
/// `index`.
pub(super) fn joinable(cues: &[Cue], index: usize, profile: &Profile) -> Option<usize> {
    let timing = Timing::new(profile);
    Checker { cues, profile, timing: &timing, index, found: Vec::new() }.joinable()
}

fn violation(
    cues: &[Cue],
    index: usize,
    rule: Rule,
    value: f64,
    limit: f64,
    severity: Severity,
) -> Violation {
    let Cue { id, span, .. } = cues[index];
    Violation { index, id, at: span.start, rule, value, limit, severity, speech_bound: false }
}

/// The text of a cue as the rules count it: without blank lines and trailing spaces.
struct Text<'a> {
    lines: Vec<&'a str>,
    load: Load,
}

impl<'a> Text<'a> {
    fn of(cue: &'a Cue) -> Self {
        let lines: Vec<&str> = cue.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let shown: usize = lines.iter().map(|line| columns(line)).sum();
        let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
        let characters = (shown + lines.len().saturating_sub(1)) as i64;
        Self { load: Load { characters, words: words as i64 }, lines }
    }
}

struct Checker<'a> {
    cues: &'a [Cue],
    profile: &'a Profile,
    timing: &'a Timing,
    index: usize,
    found: Vec<Violation>,
}

impl Checker<'_> {
    fn run(mut self) -> Vec<Violation> {
        let cue = &self.cues[self.index];
        let text = Text::of(cue);
        self.check_order();
        if text.lines.is_empty() {
            self.hard(Rule::EmptyText, 0.0, 1.0);
            return self.found;
        }
        self.check_text(&text);
        let duration = cue.span.duration();
        if duration <= MediaTime::ZERO {
            self.hard(Rule::PositiveDuration, duration.as_secs_f64(), 0.0);
            return self.found;
        }
        self.check_time(&text, duration.as_secs_f64());
        self.found
    }

    fn check_order(&mut self) {
        let Some(before) = self.index.checked_sub(1).map(|index| self.cues[index].span) else { return };
        let start = self.cues[self.index].span.start;
        let gap = start - before.end;
        if start < before.start {
            self.hard(Rule::Order, (before.start - start).as_secs_f64(), 0.0);
        }
        if gap < MediaTime::ZERO {
            self.hard(Rule::Overlap, -gap.as_secs_f64(), 0.0);
        } else if gap < self.profile.min_gap {
            self.hard(Rule::Gap, gap.as_secs_f64(), self.profile.min_gap.as_secs_f64());
        } else if let Some(least) = self.profile.close_gap_below
            && gap < least
            && gap > self.profile.min_gap.max(CLOSED)
        {
            self.soft(Rule::ShortGap, gap.as_secs_f64(), least.as_secs_f64());
        }
    }

    fn check_text(&mut self, text: &Text) {
        let limit = self.profile.line_length;
        let limit = Limit { soft: limit.soft.map(|n| n as f64), hard: limit.hard.map(|n| n as f64) };
        for line in &text.lines {
            self.at_most(Rule::LineLength, columns(line) as f64, limit);
        }
        let hard = |limit: usize| Limit { soft: None, hard: Some(limit as f64) };
        self.at_most(Rule::LineCount, text.lines.len() as f64, hard(self.profile.max_lines));
        if let Some(limit) = self.profile.max_characters {
            let line_ends = text.lines.len() as i64 - 1;
            self.at_most(Rule::Characters, (text.load.characters - line_ends) as f64, hard(limit));
        }
        if let (Some(least), [first, second]) = (self.profile.min_balance, text.lines.as_slice()) {
            let (first, second) = (columns(first) as f64, columns(second) as f64);
            let balance = first.min(second) / first.max(second).max(1.0);
            if balance < least {
                self.soft(Rule::Balance, balance, least);
            }
        }
    }

    fn check_time(&mut self, text: &Text, seconds: f64) {
        let before = self.found.len();
        let Load { characters, words } = text.load;
        self.at_most(Rule::ReadingSpeed, characters as f64 / seconds, self.profile.reading_speed);
        self.at_most(Rule::WordRate, words as f64 * 60.0 / seconds, self.profile.word_rate);
        self.at_least(Rule::MinDuration, seconds, self.profile.min_duration);
        let per_word = Limit { soft: self.profile.min_time_per_word, hard: None };
        self.at_least(Rule::TimePerWord, seconds / words.max(1) as f64, per_word);
        let is_hard = |violation: &Violation| violation.severity == Severity::Hard;
        let is_speech_known = !self.cues[self.index].words.is_empty();
        if is_speech_known && self.found[before..].iter().any(is_hard) && self.is_speech_bound(text) {
            for forced in self.found[before..].iter_mut().filter(|violation| is_hard(violation)) {
                forced.speech_bound = true;
            }
        }
        if let Some(most) = self.profile.max_duration {
            self.at_most(Rule::MaxDuration, seconds, Limit { soft: None, hard: Some(most.as_secs_f64()) });
        }
    }

    /// Returns whether neither more time nor joining a neighbour would satisfy the limits.
    fn is_speech_bound(&self, text: &Text) -> bool {
        let needed = self.timing.needed(text.load);
        let too_short = |index: usize| self.available(index, index).is_some_and(|time| time < needed);
        too_short(self.index) && self.joinable().is_none()
    }

    /// Returns the first of two cues that could be joined: this one and the next, or the one before and this one.
    fn joinable(&self) -> Option<usize> {
        let with_next = Some(self.index).filter(|index| index + 1 < self.cues.len());
        with_next.into_iter().chain(self.index.checked_sub(1)).find(|&first| self.could_join(first))
    }

    /// Returns the time in milliseconds from the start of cue `first` to the latest end of cue `last`; `None` if no cue
    /// follows.
    fn available(&self, first: usize, last: usize) -> Option<i64> {
        let next = self.cues.get(last + 1)?;
        Some((next.span.start - self.profile.min_gap - self.cues[first].span.start).as_millis())
    }

    /// Returns whether this cue and the next one could be joined without breaking a hard limit. Cues of different
    /// speakers cannot. Languages with wide characters have shorter lines than the profile's, so for them the answer is
    /// no.
    fn could_join(&self, first: usize) -> bool {
        let pair = &self.cues[first..=first + 1];
        if pair[0].speaker != pair[1].speaker || pair.iter().any(|cue| has_wide(&cue.text)) {
            return false;
        }
        let (one, other) = (Text::of(&self.cues[first]), Text::of(&self.cues[first + 1]));
        let words = one.lines.iter().chain(&other.lines).flat_map(|line| line.split_whitespace());
        let characters = one.load.characters + 1 + other.load.characters;
        let load = Load { characters, words: one.load.words + other.load.words };
        let needed = self.timing.needed(load);
        let enough = self.available(first, first + 1).is_none_or(|time| time >= needed);
        let spoken = (self.cues[first + 1].span.end - self.cues[first].span.start).as_millis();
        let not_too_long = self.timing.max_duration.is_none_or(|max| spoken.max(needed) <= max);
        enough && not_too_long && fits(words, self.profile)
    }

    fn at_most(&mut self, rule: Rule, value: f64, limit: Limit<f64>) {
        // Tolerance for the rounding of a division.
        let past = |limit: Option<f64>| limit.filter(|limit| value > limit + 1e-6);
        if let Some(limit) = past(limit.hard) {
            self.hard(rule, value, limit);
        } else if let Some(limit) = past(limit.soft) {
            self.soft(rule, value, limit);
        }
    }

    fn at_least(&mut self, rule: Rule, value: f64, limit: Limit<MediaTime>) {
        let short_of =
            |limit: Option<MediaTime>| limit.map(MediaTime::as_secs_f64).filter(|limit| value < limit - 1e-6);
        if let Some(limit) = short_of(limit.hard) {
            self.hard(rule, value, limit);
        } else if let Some(limit) = short_of(limit.soft) {
            self.soft(rule, value, limit);
        }
    }

    fn hard(&mut self, rule: Rule, value: f64, limit: f64) {
        self.found.push(violation(self.cues, self.index, rule, value, limit, Severity::Hard));
    }

    fn soft(&mut self, rule: Rule, value: f64, limit: f64) {
        self.found.push(violation(self.cues, self.index, rule, value, limit, Severity::Soft));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CueId;
    use crate::document::words::estimate;
    use crate::time::TimeSpan;

    fn cues(list: &[(i64, i64, &str)]) -> Vec<Cue> {
        let cue = |(n, (start, end, text)): (usize, &(i64, i64, &str))| Cue {
            id: CueId(n as u64),
            span: TimeSpan::from_millis(*start, *end),
            text: (*text).to_owned(),
            ..Cue::default()
        };
        list.iter().enumerate().map(cue).collect()
    }

    fn broken(profile: &str, list: &[(i64, i64, &str)]) -> Vec<(usize, Rule, Severity)> {
        let profile = Profile::named(profile).unwrap();
        check(&cues(list), &profile).iter().map(|found| (found.index, found.rule, found.severity)).collect()
    }

    const FINE: &str = "A line of twenty-two.";

    #[test]
    fn good_cues_break_no_rule() {
        assert_eq!(broken("lecture", &[(0, 3000, FINE), (3000, 6000, FINE), (7000, 9500, FINE)]), []);
    }

    #[test]
    fn text_rules() {
        use Severity::{Hard, Soft};
        let line = |length: usize| "x ".repeat(length / 2);
        let rules = |profile, text: &str| broken(profile, &[(0, 6000, text)]);
        assert_eq!(rules("lecture", " \n"), [(0, Rule::EmptyText, Hard)]);
        assert_eq!(rules("lecture", &"x".repeat(33)), [(0, Rule::LineLength, Soft)]);
        assert_eq!(rules("lecture", &"x".repeat(38)), [(0, Rule::LineLength, Hard)]);
        assert_eq!(rules("lecture", &"字".repeat(19)), [(0, Rule::LineLength, Hard)]);
        assert_eq!(rules("bbc", "one\ntwo\nthree"), [(0, Rule::LineCount, Hard)]);
        assert_eq!(rules("ted", "long enough to be one\nshort"), [(0, Rule::Balance, Soft)]);
        let wide = format!("{0}\n{0}\n{0}", line(30).trim());
        assert_eq!(rules("ted", &wide), [(0, Rule::LineCount, Hard), (0, Rule::Characters, Hard)]);
    }

    #[test]
    fn time_rules() {
        use Severity::{Hard, Soft};
        let rules = |profile, end| broken(profile, &[(0, end, FINE)]);
        assert_eq!(rules("lecture", 0), [(0, Rule::PositiveDuration, Hard)]);
        assert_eq!(
            rules("lecture", 900),
            [(0, Rule::ReadingSpeed, Hard), (0, Rule::WordRate, Hard), (0, Rule::MinDuration, Hard)]
        );
        assert_eq!(rules("dcmp", 1700), [(0, Rule::MinDuration, Soft)]);
        assert_eq!(rules("lecture", 6001), [(0, Rule::MaxDuration, Hard)]);
        assert_eq!(rules("bbc", 1000), [(0, Rule::WordRate, Soft), (0, Rule::TimePerWord, Soft)]);
    }

    #[test]
    fn rules_between_cues() {
        use Severity::{Hard, Soft};
        let rules = |profile, start| broken(profile, &[(1000, 4000, FINE), (start, start + 3000, FINE)]);
        assert_eq!(rules("lecture", 3999), [(1, Rule::Overlap, Hard)]);
        assert_eq!(rules("lecture", 999), [(1, Rule::Order, Hard), (1, Rule::Overlap, Hard)]);
        assert_eq!(rules("netflix", 4065), [(1, Rule::Gap, Hard)]);
        assert_eq!(rules("netflix", 4066), []);
        assert_eq!(rules("lecture", 4300), [(1, Rule::ShortGap, Soft)]);
        assert_eq!(rules("lecture", 4500), []);
    }

    const FAST: &str = "Thirty-nine characters are in this line";

    /// Makes cues with words, as after recognition.
    fn spoken(list: &[(i64, i64, &str)]) -> Vec<Cue> {
        let mut cues = cues(list);
        cues.iter_mut().for_each(|cue| cue.words = estimate(&cue.text, cue.span));
        cues
    }

    fn bound(cues: &[Cue]) -> Vec<bool> {
        let profile = Profile::named("netflix").unwrap();
        check(cues, &profile).iter().map(|found| found.speech_bound).collect()
    }

    #[test]
    fn speech_bound_means_that_nothing_helps() {
        // The next cue begins at once, and both do not fit into one.
        let full = "Two lines of this length\nleave no room for more.";
        assert_eq!(bound(&spoken(&[(0, 1500, FAST), (1566, 5566, full)])), [true]);
        // There is time before the next cue.
        assert_eq!(bound(&spoken(&[(0, 1500, FAST), (3000, 6000, FINE)])), [false]);
        // Joined with the next cue, there is enough time.
        assert_eq!(bound(&spoken(&[(0, 1500, FAST), (1566, 5566, "Yes.")])), [false]);
    }

    #[test]
    fn nothing_is_forced_by_a_speech_that_nobody_knows() {
        let full = "Two lines of this length\nleave no room for more.";
        assert_eq!(bound(&cues(&[(0, 1500, FAST), (1566, 5566, full)])), [false]);
    }

    #[test]
    fn breaks_are_judged_by_the_language() {
        let list = cues(&[
            (0, 3000, "He looked at the\nold house."),
            (3000, 6000, "It was 3.5"),
            (6000, 9000, "km away."),
        ]);
        let faults = |language| -> Vec<(usize, Rule)> {
            check_breaks(&list, &Language::new(language))
                .iter()
                .map(|found| (found.index, found.rule))
                .collect()
        };
        use crate::caption::BreakFault::{ArticleNoun, NumberUnit};
        assert_eq!(faults("en"), [(0, Rule::Break(ArticleNoun)), (1, Rule::Break(NumberUnit))]);
        assert_eq!(faults("fi"), [(1, Rule::Break(NumberUnit))]);
    }
}
