//! Descriptions of problems in a cue, in the language of the window.

use crate::caption::{BreakFault, Rule, Severity, Violation};
use crate::gui::words::{decimal, say, say_with, with_decimal_sign};

/// Returns [`Violation::message`] in the language of the window.
pub fn text(violation: &Violation) -> String {
    let seconds = decimal(violation.value.abs(), 3);
    match violation.rule {
        Rule::EmptyText => return say("remark-empty").to_owned(),
        Rule::PositiveDuration => return say_with!("remark-ends-early", seconds = seconds),
        Rule::Overlap => return say_with!("remark-overlap", seconds = seconds),
        Rule::Order => return say_with!("remark-order", seconds = seconds),
        Rule::Break(fault) => return say_with!("remark-break", parts = say(parts(fault))),
        _ => {}
    }
    let (value, limit) = violation.numbers();
    let found = say_with!(found(violation.rule), value = with_decimal_sign(value));
    let text = say_with!(bound(violation), remark = found, limit = with_decimal_sign(limit));
    if violation.speech_bound { say_with!("remark-fast-speech", remark = text) } else { text }
}

/// Message key of the value with its unit.
fn found(rule: Rule) -> &'static str {
    match rule {
        Rule::LineLength => "remark-line-length",
        Rule::LineCount => "remark-line-count",
        Rule::Characters => "remark-characters",
        Rule::ReadingSpeed => "remark-reading-speed",
        Rule::WordRate => "remark-word-rate",
        Rule::TimePerWord => "remark-time-per-word",
        Rule::Balance => "remark-balance",
        Rule::Gap | Rule::ShortGap => "remark-gap",
        Rule::MinDuration | Rule::MaxDuration => "remark-duration",
        Rule::EmptyText | Rule::PositiveDuration | Rule::Overlap | Rule::Order | Rule::Break(_) => {
            "remark-empty"
        }
    }
}

/// Message key of what the value should be.
fn bound(violation: &Violation) -> &'static str {
    match (violation.severity, violation.rule) {
        (_, Rule::ShortGap) => "remark-aim-gap",
        (Severity::Soft, rule) if rule.is_least() => "remark-aim-more",
        (Severity::Soft, rule) if rule.is_counted() => "remark-aim-fewer",
        (Severity::Soft, _) => "remark-aim-less",
        (Severity::Hard, rule) if rule.is_least() => "remark-at-least",
        (Severity::Hard, _) => "remark-at-most",
    }
}

/// Message key of what stands before and after a break.
fn parts(fault: BreakFault) -> &'static str {
    match fault {
        BreakFault::Word => "break-word",
        BreakFault::NumberUnit => "break-number-unit",
        BreakFault::Number => "break-number",
        BreakFault::TitleName => "break-title-name",
        BreakFault::Name => "break-name",
        BreakFault::InfinitiveVerb => "break-infinitive-verb",
        BreakFault::ArticleNoun => "break-article-noun",
        BreakFault::PossessiveNoun => "break-possessive-noun",
        BreakFault::PrepositionObject => "break-preposition-object",
        BreakFault::ConjunctionClause => "break-conjunction-clause",
        BreakFault::PronounVerb => "break-pronoun-verb",
        BreakFault::AuxiliaryVerb => "break-auxiliary-verb",
        BreakFault::NegationVerb => "break-negation-verb",
        BreakFault::ModifierNoun => "break-modifier-noun",
        BreakFault::Operator => "break-operator",
        BreakFault::Enclitic => "break-enclitic",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::CueId;
    use crate::gui::words::{WordsLanguage, in_language};
    use crate::time::MediaTime;

    const RULES: [Rule; 17] = [
        Rule::EmptyText,
        Rule::PositiveDuration,
        Rule::Overlap,
        Rule::Order,
        Rule::LineLength,
        Rule::LineCount,
        Rule::Characters,
        Rule::ReadingSpeed,
        Rule::WordRate,
        Rule::MinDuration,
        Rule::MaxDuration,
        Rule::TimePerWord,
        Rule::Gap,
        Rule::ShortGap,
        Rule::Balance,
        Rule::Break(BreakFault::ArticleNoun),
        Rule::Break(BreakFault::Enclitic),
    ];

    fn violation(rule: Rule, value: f64, severity: Severity, speech_bound: bool) -> Violation {
        let value = if rule == Rule::PositiveDuration { -value } else { value };
        let (id, at) = (CueId(1), MediaTime::ZERO);
        Violation { index: 0, id, at, rule, value, limit: 17.5, severity, speech_bound }
    }

    #[test]
    fn the_window_says_in_english_what_the_checker_says() {
        for rule in RULES {
            for severity in [Severity::Soft, Severity::Hard] {
                for (value, speech_bound) in [(0.25, false), (23.4167, true)] {
                    let violation = violation(rule, value, severity, speech_bound);
                    assert_eq!(text(&violation), violation.message());
                }
            }
        }
    }

    #[test]
    fn numbers_are_written_as_in_the_language_of_the_window() {
        in_language(WordsLanguage::German, || {
            let fast = violation(Rule::ReadingSpeed, 23.4167, Severity::Hard, true);
            let wanted = "23,4 Zeichen pro Sekunde, höchstens 17,5 (es wird zu schnell gesprochen)";
            assert_eq!(text(&fast), wanted);
        });
    }
}
