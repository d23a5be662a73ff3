//! What holds for any words at all.

use lectern::caption::{Profile, Rule, check, check_breaks, compose};
use lectern::time::TimeSpan;
use lectern::transcript::{Language, Segment, Word};
use proptest::prelude::*;

use super::{letters, said, texts};

/// Words as recognizers give them and as they should not: odd marks, other scripts, very long, empty.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-z]{1,9}",
        2 => "[A-Z][a-z]{0,8}[.,?!]?",
        1 => prop::sample::select(vec![
            "the", "of", "and", "Dr.", "3.5", "kg", "to", "I", "[door", "slams]", "(", ")", "«", "?", "—", "z.B.", "=",
        ]).prop_map(str::to_owned),
        1 => "[\u{4e00}-\u{4e40}ぁ-んァ-ン。、ก-๙]{1,12}",
        1 => "[a-z/._-]{30,120}",
        1 => "\\PC{0,6}",
        1 => Just("a b\nc\t".to_owned()),
    ]
}

/// Words in order of time, as speech has them.
fn spoken() -> impl Strategy<Value = Vec<Segment>> {
    let word =
        (text(), 40..900_i64, prop_oneof![5 => Just(0), 2 => 0..400_i64, 1 => 400..5000_i64], any::<bool>());
    let segment = prop::collection::vec(word, 0..60);
    prop::collection::vec(segment, 0..4).prop_map(|segments| {
        let mut now = 0;
        let mut word = |(text, duration, pause, space_before): (String, i64, i64, bool)| {
            let start = now + pause;
            now = start + duration;
            Word { probability: 0.5, space_before, ..Word::new(text, TimeSpan::from_millis(start, now)) }
        };
        let mut segment = |words: Vec<_>| Segment {
            words: words.into_iter().map(&mut word).collect(),
            ..Segment::default()
        };
        segments.into_iter().map(&mut segment).collect()
    })
}

/// Words at any times: overlapping, going back, before zero, without end.
fn nonsense() -> impl Strategy<Value = Vec<Segment>> {
    let time = prop_oneof![4 => -1000..20_000_i64, 1 => Just(0), 1 => any::<i64>()];
    let probability = prop_oneof![Just(f32::NAN), any::<f32>()];
    let word = (text(), time.clone(), time, probability, any::<bool>()).prop_map(
        |(text, start, end, probability, space_before)| Word {
            probability,
            space_before,
            ..Word::new(text, TimeSpan::from_millis(start, end))
        },
    );
    let segment =
        prop::collection::vec(word, 0..40).prop_map(|words| Segment { words, ..Segment::default() });
    prop::collection::vec(segment, 0..4)
}

fn profile() -> impl Strategy<Value = Profile> {
    prop::sample::select(Profile::names().collect::<Vec<_>>()).prop_map(|name| Profile::named(name).unwrap())
}

fn language() -> impl Strategy<Value = Language> {
    prop::sample::select(vec![
        "en", "de", "fr", "es", "pt", "it", "nl", "ja", "zh", "ko", "th", "ar", "fi", "",
    ])
    .prop_map(Language::new)
}

/// Languages whose lines are as long as the profile's.
fn alphabetic_language() -> impl Strategy<Value = Language> {
    prop::sample::select(vec!["en", "de", "fr", "es", "pt", "it", "nl", "ar", "fi", ""])
        .prop_map(Language::new)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_word_is_shown_once_and_in_order(segments in nonsense(), language in language(), profile in profile()) {
        let cues = compose(&segments, &language, &profile);
        prop_assert_eq!(letters(texts(&cues)), said(&segments));
        let words = cues.iter().flat_map(|cue| &cue.words).map(|word| &word.text);
        prop_assert_eq!(letters(words), said(&segments));
        for (n, cue) in cues.iter().enumerate() {
            prop_assert_eq!(cue.id.0, n as u64 + 1);
            prop_assert!(!cue.words.is_empty());
        }
    }

    #[test]
    fn cues_of_any_words_follow_each_other_and_fit(segments in nonsense(), language in language(), profile in profile()) {
        let cues = compose(&segments, &language, &profile);
        for found in check(&cues, &profile) {
            let is_structural = matches!(
                found.rule,
                Rule::EmptyText | Rule::PositiveDuration | Rule::Overlap | Rule::Order | Rule::Gap
                    | Rule::LineLength | Rule::LineCount | Rule::Characters
            );
            prop_assert!(!(is_structural && found.is_fault()), "{found}: {:?}", cues[found.index].text);
        }
        check_breaks(&cues, &language);
    }

    #[test]
    fn cues_of_speech_break_no_hard_rule(segments in spoken(), language in alphabetic_language(), profile in profile()) {
        let cues = compose(&segments, &language, &profile);
        for found in check(&cues, &profile) {
            prop_assert!(!found.is_fault(), "{found}: {:?}", cues[found.index].text);
        }
    }

    #[test]
    fn the_same_words_give_the_same_cues(segments in nonsense(), language in language(), profile in profile()) {
        let cues = compose(&segments, &language, &profile);
        prop_assert_eq!(format!("{:?}", compose(&segments, &language, &profile)), format!("{cues:?}"));
    }
}
